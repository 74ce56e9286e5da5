import { readFileSync } from "node:fs";
import { compileIam } from "../../emulator/iam/index.ts";
import type { IamState, ResourcePrincipal } from "../../emulator/iam/types.ts";
import { signed } from "../emulator/principals/fixture.ts";
import { folderOf } from "../emulator/runtime/definitions.ts";
import type { Caller, modes, Scope, Target } from "./privileges.ts";
import { bringStackUp, startWatchedEmulator, type WatchedEmulator } from "./stack.ts";

/** A program that is up, with others around it. */
export interface World {
  local: WatchedEmulator;
  /** Calls a function by a real request, or asks for a user; answers the status that the caller sees. */
  statusOf(caller: Caller, target: Target): Promise<number>;
  close(): Promise<void>;
}

type Made = {
  id: string;
  endpoint: string;
  compartmentId: string;
  subnetId: string;
  [field: string]: unknown;
};

const script = JSON.stringify({ do: "echo" });
const groupName = "shop-gateways";

/** Brings the program up with a mode and a scope of access, and makes the others beside it. */
export async function startWorld(mode: (typeof modes)[number], scope: Scope): Promise<World> {
  const local = await startWatchedEmulator();
  const { emulator } = local;
  const tenancyId = emulator.tenancy.id;
  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await local.call(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body as Made;
  };
  const make = (path: string, body: object) => call("POST", path, body);

  const compartmentId = emulator.tenancy.compartments[0]?.id ?? "";
  const access = await accessOf(mode, make, tenancyId, compartmentId);
  const config = { "oci-serverless-api:access": JSON.stringify({ ...access, scope }) };
  const { outputs, problems } = await bringStackUp(emulator, { config });
  if (problems.length > 0) throw new Error(JSON.stringify(problems));

  const elsewhere = await make("/20160918/compartments", {
    compartmentId: tenancyId,
    name: "elsewhere",
    description: "another team's",
  });
  const gateway = await call("GET", `/20190501/gateways/${outputs.gatewayId}`);
  const gatewayIn = (id: string, displayName: string) =>
    make("/20190501/gateways", {
      compartmentId: id,
      displayName,
      endpointType: "PUBLIC",
      subnetId: gateway.subnetId,
    });
  const image = { image: "lcl.ocir.io/localns/scripted:1", digest: `sha256:${"5".repeat(64)}` };
  await call("PUT", "/_emulator/images", { ...image, directory: folderOf("scripted") });
  const functionIn = (applicationId: unknown) =>
    make("/20181201/functions", {
      applicationId,
      displayName: "scripted",
      image: image.image,
      memoryInMBs: 256,
    });
  const application = await make("/20181201/applications", {
    compartmentId: elsewhere.id,
    displayName: "elsewhere",
    subnetIds: [gateway.subnetId],
  });
  const functions: Record<Target, string> = {
    own: (outputs.functionIds as Record<string, string>).echo ?? "",
    neighbour: (await functionIn(outputs.applicationId)).id,
    foreign: (await functionIn(application.id)).id,
  };

  // Else OCI refuses deployments already, so that no call could be seen.
  await call("PUT", "/_emulator/switches", { deploymentAccessCheck: false });
  const probeOn = async (gatewayId: unknown, id: string) => {
    const routes = Object.entries(functions).map(([target, functionId]) => ({
      path: `/${target}`,
      methods: ["POST"],
      backend: { type: "ORACLE_FUNCTIONS_BACKEND", functionId },
    }));
    const body = { compartmentId: id, gatewayId, pathPrefix: "/probe", specification: { routes } };
    const { id: deploymentId } = await make("/20190501/deployments", body);
    return (await call("GET", `/20190501/deployments/${deploymentId}`)).endpoint;
  };
  const sibling = await gatewayIn(gateway.compartmentId, "sibling");
  const stranger = await gatewayIn(elsewhere.id, "stranger");
  const endpoints = {
    gateway: await probeOn(gateway.id, gateway.compartmentId),
    sibling: await probeOn(sibling.id, gateway.compartmentId),
    stranger: await probeOn(stranger.id, elsewhere.id),
  };

  async function asFunction(target: Target): Promise<number> {
    const path = (id: string) => `/20181201/functions/${id}/actions/invoke`;
    const { env } = (await make(path(functions.neighbour), { do: "echo" })) as unknown as {
      env: Record<string, string>;
    };
    const read = (name: string) => readFileSync(env[name] ?? "", "utf8");
    const credentials = {
      token: read("OCI_RESOURCE_PRINCIPAL_RPST"),
      privateKey: read("OCI_RESOURCE_PRINCIPAL_PRIVATE_PEM"),
    };
    const headers = signed(emulator.url, "POST", path(functions[target]), credentials, script);
    const answer = await fetch(emulator.url + path(functions[target]), {
      method: "POST",
      body: script,
      headers,
    });
    return answer.status;
  }

  /** The emulator has no users; what its policies say of one is asked directly. */
  async function asUser(target: Target): Promise<number> {
    const compartments = [...emulator.tenancy.compartments, { ...elsewhere, name: "elsewhere" }];
    const state = await iamState(local, tenancyId, compartments as IamState["compartments"]);
    // unverified: `request.principal.type` of a user is "user"
    const type = "user" as ResourcePrincipal["type"];
    const principal = { type, id: "ocid1.user.oclocal..ada", compartmentId: tenancyId, tenancyId };
    const { allowed } = compileIam(state).decide({
      principal,
      permission: "FN_INVOCATION",
      targetCompartmentId: target === "foreign" ? elsewhere.id : compartmentId,
      variables: { "target.function.id": functions[target] },
    });
    return allowed ? 200 : 404;
  }

  return {
    local,
    async statusOf(caller, target) {
      if (caller === "fn") return asFunction(target);
      if (caller === "user") return asUser(target);
      const headers = { "content-type": "application/json" };
      const init = { method: "POST", body: script, headers };
      return (await fetch(`${endpoints[caller]}/${target}`, init)).status;
    },
    close: () => emulator.close(),
  };
}

async function accessOf(
  mode: (typeof modes)[number],
  make: (path: string, body: object) => Promise<Made>,
  tenancyId: string,
  compartmentId: string,
): Promise<object> {
  if (mode === "create" || mode === "any-user") return { mode };
  const { id } = await make("/20160918/dynamicGroups", {
    compartmentId: tenancyId,
    name: groupName,
    description: "gateways of the shop",
    matchingRule: `ALL {resource.type = 'ApiGateway', resource.compartment.id = '${compartmentId}'}`,
  });
  return {
    mode: "existing",
    ...(mode === "existing group by OCID" ? { groupId: id } : { group: groupName }),
  };
}

async function iamState(
  local: WatchedEmulator,
  tenancyId: string,
  compartments: IamState["compartments"],
): Promise<IamState> {
  const list = async (path: string, id: string) =>
    (await local.call("GET", `${path}?compartmentId=${id}`)).body as never[];
  const all = [{ id: tenancyId, name: "tenancy", compartmentId: undefined }, ...compartments];
  const policies = await Promise.all(all.map(({ id }) => list("/20160918/policies", id)));
  return {
    tenancyId,
    compartments: all,
    dynamicGroups: await list("/20160918/dynamicGroups", tenancyId),
    policies: policies.flat(),
  };
}
