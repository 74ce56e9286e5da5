import { afterEach } from "vitest";
import { composeEmulator, type EmulatorParts } from "../../../emulator/compose.ts";
import { localTenancy } from "../../../emulator/core/tenancy.ts";
import { pathPrefixFault } from "../../../emulator/gateway/specification/paths.ts";
import type { DataPlaneDependencies, DeploymentView, GatewayView } from "../../../emulator/gateway/types.ts";
import type { IamState } from "../../../emulator/iam/types.ts";
import type { FunctionCall, FunctionDefinition, FunctionResult } from "../../../emulator/runtime/types.ts";
import type { Emulator, EmulatorEvent, EmulatorOptions } from "../../../emulator/types.ts";

/** The control plane alone: IAM, gateways and functions are stand-ins whose calls are recorded. */
export interface Bench {
  emulator: Emulator;
  events: EmulatorEvent[];
  /** Gateways that are open, by id. */
  open: Map<string, { view: GatewayView; port: number }>;
  /** Deployments that are served, by id. */
  served: Map<string, DeploymentView>;
  /** Ports that are taken by someone else. */
  takenPorts: Set<number>;
  /** Calls that reached the runtime. */
  functionCalls: { definition: FunctionDefinition; call: FunctionCall }[];
  released: string[];
  /** When the processes of a released function are gone. */
  releaseEnds: Promise<void>;
  iamStates: IamState[];
  /** What the data plane was given: its way to call functions. */
  dependencies: DataPlaneDependencies;
  /** Added to the machine's clock. */
  clockAheadInMs: number;
  /** The runtime's next answer. */
  functionResult: FunctionResult;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
}

export interface Reply {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers are asserted field by field
  body: any;
  headers: Headers;
}

const started: Emulator[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((emulator) => emulator.close()));
});

/** IAM allows as soon as a policy has a statement with `use functions-family`. */
export async function startBench(
  options: EmulatorOptions = {},
  prepare?: (bench: Bench) => void,
): Promise<Bench> {
  const bench = {
    events: [],
    open: new Map(),
    served: new Map(),
    takenPorts: new Set(),
    functionCalls: [],
    released: [],
    releaseEnds: Promise.resolve(),
    iamStates: [],
    clockAheadInMs: 0,
    functionResult: { kind: "answer", headers: [["Content-Type", "text/plain"]], body: Buffer.from("hi") },
  } as unknown as Bench;
  prepare?.(bench);
  const parts: EmulatorParts = {
    now: () => new Date(Date.now() + bench.clockAheadInMs),
    parseMatchingRule: refuseBad,
    parseStatement: refuseBad,
    compileIam(state) {
      bench.iamStates.push(state);
      return {
        decide() {
          const policy = state.policies.find(({ statements }) =>
            statements.join().includes("functions-family"),
          );
          return policy === undefined
            ? { allowed: false, reasons: ["no policy"], missingStatement: "Allow …" }
            : { allowed: true, policyId: policy.id, statement: String(policy.statements[0]) };
        },
      };
    },
    createFunctionRuntime: () => ({
      async call(definition, call) {
        bench.functionCalls.push({ definition, call });
        return bench.functionResult;
      },
      async release(id) {
        bench.released.push(id);
        await bench.releaseEnds;
      },
      processCount: () => 0,
      async close() {},
    }),
    checkFunctionCode: (directory) =>
      directory.startsWith("/bad") ? ["func.yaml is missing", "no runtime"] : [],
    createDataPlane(dependencies) {
      bench.dependencies = dependencies;
      return {
        async openGateway(view, port) {
          if (bench.takenPorts.has(port)) throw Object.assign(new Error("taken"), { code: "EADDRINUSE" });
          const chosen = port === 0 ? 40_000 + bench.open.size : port;
          bench.open.set(view.id, { view, port: chosen });
          return { port: chosen };
        },
        updateGateway(view) {
          const known = bench.open.get(view.id);
          if (known !== undefined) bench.open.set(view.id, { ...known, view });
        },
        async closeGateway(id) {
          bench.open.delete(id);
        },
        putDeployment: (view) => void bench.served.set(view.id, view),
        removeDeployment: (id) => void bench.served.delete(id),
        async close() {},
      };
    },
    checkSpecification: (specification, pathPrefix) => [
      ...[pathPrefixFault(pathPrefix) ?? []].flat().map((message) => ({ path: "pathPrefix", message })),
      ...((specification as { bad?: boolean }).bad === true
        ? [
            { path: "specification.bad", message: "is bad" },
            { path: "specification.routes", message: "is required" },
          ]
        : []),
    ],
  };
  bench.emulator = await composeEmulator({ onEvent: (event) => bench.events.push(event), ...options }, parts);
  started.push(bench.emulator);
  bench.call = async (method, path, body, headers = {}) => {
    const response = await fetch(`${bench.emulator.url}${path}`, {
      method,
      headers: body === undefined ? headers : { "content-type": "application/json", ...headers },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json") === true;
    return {
      status: response.status,
      body: isJson && text !== "" ? JSON.parse(text) : text,
      headers: response.headers,
    };
  };
  return bench;
}

function refuseBad(text: string): void {
  if (text.startsWith("bad")) throw new Error(`"${text}" can't be read`);
}

export const tenancyId = localTenancy.id;
export const compartmentId = localTenancy.compartments[0]?.id ?? "";
export const digest = `sha256:${"a".repeat(64)}`;
export const image = "lcl.ocir.io/localns/hello:1";

/** OCID that nothing has. */
export const nowhere = (type: string) => `ocid1.${type}.oclocal.local-laptop-1.nowhere`;

/** Creates a resource and returns its body; fails with the answer when it is refused. */
export async function create(bench: Bench, path: string, body: object): Promise<Reply["body"]> {
  const reply = await bench.call("POST", path, body);
  if (reply.status >= 300) throw new Error(`POST ${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
  return reply.body;
}

/** A VCN with one public subnet. */
export async function withSubnet(bench: Bench, fields: object = {}) {
  const vcn = await create(bench, "/20160918/vcns", {
    compartmentId,
    cidrBlock: "10.0.0.0/16",
    dnsLabel: "api",
  });
  const subnet = await create(bench, "/20160918/subnets", {
    compartmentId,
    vcnId: vcn.id,
    cidrBlock: "10.0.1.0/24",
    ...fields,
  });
  return { vcn, subnet };
}

/** Subnet, application, and one function of a registered image. */
export async function withFunction(bench: Bench) {
  const { vcn, subnet } = await withSubnet(bench);
  const application = await create(bench, "/20181201/applications", {
    compartmentId,
    displayName: "app",
    subnetIds: [subnet.id],
    config: { STAGE: "one", SHARED: "application" },
  });
  await bench.call("PUT", "/_emulator/images", { image, digest, directory: "/code/hello" });
  const fn = await create(bench, "/20181201/functions", {
    applicationId: application.id,
    displayName: "hello",
    image,
    imageDigest: digest,
    memoryInMBs: 256,
    config: { SHARED: "function" },
  });
  return { vcn, subnet, application, fn };
}

/** All of {@link withFunction}, a policy and a gateway. */
export async function withGateway(bench: Bench) {
  const parts = await withFunction(bench);
  const policy = await create(bench, "/20160918/policies", {
    compartmentId,
    name: "policy",
    description: "d",
    statements: ["Allow x to use functions-family in tenancy"],
  });
  const gateway = await create(bench, "/20190501/gateways", {
    compartmentId,
    subnetId: parts.subnet.id,
    endpointType: "PUBLIC",
    displayName: "gw",
  });
  return { ...parts, policy, gateway };
}

export const routesTo = (functionId: string) => ({
  routes: [{ path: "/hello", methods: ["GET"], backend: { type: "ORACLE_FUNCTIONS_BACKEND", functionId } }],
});
