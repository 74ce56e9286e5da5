import { checkedBody, parseJson } from "../core/check.ts";
import { refuseProblems } from "../core/errors.ts";
import type { Faults } from "../core/faults.ts";
import type { KnownKeys } from "../core/keys.ts";
import type { Emulation, Operation } from "../core/operation.ts";
import type { RetryTokens } from "../core/retry-tokens.ts";
import { seedTenancy } from "../core/seed.ts";
import { setSwitches, switchDefaults } from "../core/switches.ts";
import type { Writes } from "../core/writes.ts";
import { listImages, registerImage } from "../services/functions/images.ts";
import { adopt } from "./adopt.ts";
import { listLogLines } from "./logs.ts";
import * as model from "./model.ts";

const common = { service: "emulator", state: "modelled" } as const;

export interface ControlParts {
  writes: Writes;
  retryTokens: RetryTokens;
  keys: KnownKeys;
  faults: Faults;
}

/** The control API under `/_emulator/`: what OCI doesn't have. */
export function controlOperations({ writes, retryTokens, keys, faults }: ControlParts): Operation[] {
  return [
    {
      ...common,
      name: "GetHealth",
      method: "GET",
      path: "/_emulator/health",
      run: ({ emulation }) => ({
        status: 200,
        body: {
          status: "ready",
          tenancyId: emulation.tenancy.id,
          region: emulation.region,
          gateways: emulation.store.count("gateway"),
          functionProcesses: emulation.runtime.processCount(),
          pid: process.pid,
        },
      }),
    },
    {
      ...common,
      name: "ListWrites",
      method: "GET",
      path: "/_emulator/writes",
      run: () => ({ status: 200, body: writes.list() }),
    },
    {
      ...common,
      name: "Reset",
      method: "POST",
      path: "/_emulator/reset",
      async run({ emulation }) {
        await reset(emulation);
        writes.clear();
        retryTokens.clear();
        keys.clear();
        faults.clear();
        return { status: 204 };
      },
    },
    {
      ...common,
      name: "GetSwitches",
      method: "GET",
      path: "/_emulator/switches",
      run: ({ emulation }) => ({ status: 200, body: emulation.switches }),
    },
    {
      ...common,
      name: "SetSwitches",
      method: "PUT",
      path: "/_emulator/switches",
      run({ emulation, rawBody }) {
        setSwitches(emulation.switches, parseJson(rawBody));
        return { status: 200, body: emulation.switches };
      },
    },
    {
      ...common,
      name: "ListKeys",
      method: "GET",
      path: "/_emulator/keys",
      run: () => ({ status: 200, body: keys.ids() }),
    },
    {
      ...common,
      name: "AddKey",
      method: "PUT",
      path: "/_emulator/keys",
      run: ({ rawBody }) => ({ status: 200, body: { keyId: keys.add(rawBody) } }),
    },
    {
      ...common,
      name: "ListFaults",
      method: "GET",
      path: "/_emulator/faults",
      run: () => ({ status: 200, body: faults.list() }),
    },
    {
      ...common,
      name: "SetFaults",
      method: "PUT",
      path: "/_emulator/faults",
      run({ rawBody }) {
        faults.set(rawBody);
        return { status: 200, body: faults.list() };
      },
    },
    {
      ...common,
      name: "ListImages",
      method: "GET",
      path: "/_emulator/images",
      run: ({ emulation }) => ({ status: 200, body: listImages(emulation) }),
    },
    {
      ...common,
      name: "RegisterImage",
      method: "PUT",
      path: "/_emulator/images",
      run({ emulation, rawBody }) {
        const { image, digest, directory } = checkedBody(model.image, rawBody) as Record<string, string>;
        const entry = { image: String(image), digest: String(digest) };
        const problems = directory === undefined ? [] : emulation.checkFunctionCode(directory);
        refuseProblems(problems.map((message) => ({ path: "directory", message })));
        const registered = directory === undefined ? entry : { ...entry, directory };
        registerImage(emulation, registered);
        return { status: 200, body: registered };
      },
    },
    listLogLines,
    {
      ...common,
      name: "Adopt",
      method: "POST",
      path: "/_emulator/adopt",
      run: (call) => adopt(call),
    },
  ];
}

/** Back to the state of a new emulator with the same tenancy. */
async function reset(emulation: Emulation): Promise<void> {
  const { store, runtime, dataPlane, principals, tenancy } = emulation;
  for (const { id } of store.list("deployment")) dataPlane.removeDeployment(id);
  await Promise.all(store.list("gateway").map(({ id }) => dataPlane.closeGateway(id)));
  await Promise.all(store.list("function").map(({ id }) => runtime.release(id)));
  for (const { id } of store.list("function")) principals.forget(id);
  store.clear();
  emulation.logs.clear();
  seedTenancy(store, tenancy);
  Object.assign(emulation.switches, switchDefaults);
  emulation.lifecycles.clear();
  emulation.lingeringVnics.clear();
}
