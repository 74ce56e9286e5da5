import { controlOperations } from "./control/operations.ts";
import { Faults } from "./core/faults.ts";
import { StoredIam } from "./core/iam.ts";
import { KnownKeys } from "./core/keys.ts";
import { Lifecycles } from "./core/lifecycles.ts";
import type { Emulation } from "./core/operation.ts";
import { RetryTokens } from "./core/retry-tokens.ts";
import { seedTenancy, storedTenancy } from "./core/seed.ts";
import { createServer } from "./core/server.ts";
import { Store } from "./core/store.ts";
import { switchDefaults } from "./core/switches.ts";
import { localTenancy } from "./core/tenancy.ts";
import { Writes } from "./core/writes.ts";
import type { DataPlane, DataPlaneDependencies, SpecificationProblem } from "./gateway/types.ts";
import type { AccessDecider, IamState } from "./iam/types.ts";
import { LogKeeper } from "./logs/keeper.ts";
import { allOperations, allRefused } from "./operations.ts";
import { functionCredentials } from "./principals/function-credentials.ts";
import { ResourcePrincipals } from "./principals/resource-principals.ts";
import type { CredentialSource, FunctionRuntime, RuntimeEvent } from "./runtime/types.ts";
import { reopenGateways } from "./services/apigateway/reopen.ts";
import { invokeForGateway } from "./services/functions/invoke.ts";
import type { Emulator, EmulatorEvent, EmulatorOptions } from "./types.ts";

/** The rooms beside the control plane. */
export interface EmulatorParts {
  compileIam(state: IamState): AccessDecider;
  parseMatchingRule(text: string): unknown;
  parseStatement(text: string): unknown;
  createFunctionRuntime(options: {
    onEvent(event: RuntimeEvent): void;
    credentials: CredentialSource;
  }): FunctionRuntime;
  checkFunctionCode(directory: string): string[];
  createDataPlane(dependencies: DataPlaneDependencies): DataPlane;
  checkSpecification(specification: unknown, pathPrefix: string): SpecificationProblem[];
  /** @default - the machine's clock */
  now?(): Date;
}

/** Puts the rooms together and starts listening. */
export async function composeEmulator(options: EmulatorOptions, parts: EmulatorParts): Promise<Emulator> {
  const store = new Store(options.stateFile);
  const tenancy = options.tenancy ?? storedTenancy(store) ?? localTenancy;
  const stored = storedTenancy(store);
  if (stored !== undefined && stored.id !== tenancy.id) {
    store.close();
    throw new Error(
      `The state file ${options.stateFile} belongs to tenancy ${stored.id}, not to ${tenancy.id}; give another file.`,
    );
  }
  if (stored === undefined) seedTenancy(store, tenancy);
  let url = "";
  const now = parts.now ?? (() => new Date());
  const logs = new LogKeeper({
    store,
    tenancyId: () => emulation.tenancy.id,
    nowInMs: () => now().getTime(),
    file: options.stateFile?.replace(/(\.sqlite)?$/, ".logs.sqlite"),
  });
  const emit = (event: EmulatorEvent) => {
    logs.handle(event);
    options.onEvent?.(event);
  };
  const principals = new ResourcePrincipals(() => now().getTime());
  const runtime = parts.createFunctionRuntime({
    onEvent: emit,
    credentials: functionCredentials(
      principals,
      () => emulation.tenancy,
      () => url,
    ),
  });
  const dataPlane = parts.createDataPlane({
    get tenancyId() {
      return emulation.tenancy.id;
    },
    invokeFunction: (call) => invokeForGateway(emulation, call),
    onEvent: emit,
  });
  const iam = new StoredIam({
    store,
    tenancy: () => emulation.tenancy,
    compile: parts.compileIam,
    nowInMs: () => now().getTime(),
    delayInMs: () => emulation.switches.iamPropagationDelayInMs,
  });
  const emulation: Emulation = {
    tenancy,
    region: options.region ?? tenancy.homeRegion,
    store,
    switches: { ...switchDefaults },
    lifecycles: new Lifecycles(),
    lingeringVnics: new Map(),
    runtime,
    dataPlane,
    principals,
    iam: {
      parseMatchingRule: parts.parseMatchingRule,
      parseStatement: parts.parseStatement,
      decide: (request) => iam.decide(request),
    },
    logs,
    gatewayPort: { first: options.gatewayPort ?? 0, isExact: options.isGatewayPortExact ?? false },
    checkSpecification: parts.checkSpecification,
    checkFunctionCode: parts.checkFunctionCode,
    url: () => url,
    now,
    emit,
  };
  const memory = {
    writes: new Writes(),
    retryTokens: new RetryTokens(),
    keys: new KnownKeys(),
    faults: new Faults(),
  };
  const operations = [...allOperations(), ...controlOperations(memory)];
  const server = createServer({ emulation, operations, refused: allRefused, ...memory });
  const close = async () => {
    await server.close();
    await dataPlane.close();
    await runtime.close();
    principals.close();
    logs.close();
    store.close();
  };
  try {
    await reopenGateways(emulation);
    url = await server.listen({ host: "127.0.0.1", port: options.port ?? 0 });
    if (store.list("function").length > 0) principals.warm();
  } catch (cause) {
    await close();
    throw cause;
  }
  let closing: Promise<void> | undefined;
  return {
    url,
    get tenancy() {
      return emulation.tenancy;
    },
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}
