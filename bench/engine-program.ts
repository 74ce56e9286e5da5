import { mkdtemp, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { localTenancy } from "../emulator/core/tenancy.ts";

/** Routes of each API: as many as OCI allows ("API Gateway Internal Limits"). */
export const routesPerApi = 50;
/** Deployments that a gateway holds, and functions' applications are shared alike. */
const apisPerGateway = 20;

const image = "lcl.ocir.io/localns/bench:1";
const digest = `sha256:${"0".repeat(64)}`;

/**
 * Makes a program of many APIs in a new folder: each has a function, a policy and a deployment of its own; network,
 * gateways, applications and dynamic group exist already, as OCI's limits have it.
 */
export async function writeProgram(apis: number, existing: Existing): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "bench-engine-"));
  await symlink(resolve("node_modules"), join(folder, "node_modules"));
  // As the default program has it.
  const nodeargs = `--import ${resolve("tools/require-node.mjs")}`;
  const project = {
    name: "many-apis",
    main: "index.ts",
    runtime: { name: "nodejs", options: { typescript: false, nodeargs } },
  };
  await writeFile(join(folder, "package.json"), '{ "type": "module" }\n');
  // JSON is YAML.
  await writeFile(join(folder, "Pulumi.yaml"), JSON.stringify(project));
  await writeFile(join(folder, "index.ts"), programText(apis, existing));
  return folder;
}

function programText(apis: number, { gatewayIds, applicationIds, groupId }: Existing): string {
  return `import { ServerlessApi } from ${JSON.stringify(resolve("components/index.ts"))};

const gatewayIds = ${JSON.stringify(gatewayIds)};
const applicationIds = ${JSON.stringify(applicationIds)};
const routes = (key: string) => ({
  ...Object.fromEntries(Array.from({ length: 20 }, (_, i) => [\`GET,POST /function\${i}/{id}\`, key])),
  ...Object.fromEntries(Array.from({ length: 20 }, (_, i) => [
    \`ANY /http\${i}/{path*}\`,
    { kind: "http", url: \`https://backend\${i}.example.com/\\\${request.path[path]}\` } as const,
  ])),
  ...Object.fromEntries(Array.from({ length: ${routesPerApi} - 40 }, (_, i) => [
    \`GET /stock\${i}\`,
    { kind: "stock", status: 200, body: \`{"route":\${i}}\` } as const,
  ])),
});

for (let index = 0; index < ${apis}; index += 1) {
  const key = \`f\${index}\`;
  const place = Math.floor(index / ${apisPerGateway});
  new ServerlessApi(\`api\${index}\`, {
    compartmentId: ${JSON.stringify(compartmentId)},
    tenancyId: ${JSON.stringify(localTenancy.id)},
    region: ${JSON.stringify(localTenancy.homeRegion)},
    network: {},
    gateway: { gatewayId: gatewayIds[place] ?? "" },
    application: { applicationId: applicationIds[place] ?? "" },
    access: { mode: "existing", groupId: ${JSON.stringify(groupId)} },
    functions: { [key]: { image: "${image}@${digest}" } },
    pathPrefix: \`/api\${index}\`,
    routes: routes(key),
  });
}
`;
}

/** What the programs build upon. */
export interface Existing {
  gatewayIds: readonly string[];
  applicationIds: readonly string[];
  groupId: string;
}

const compartmentId = localTenancy.compartments[0]?.id ?? "";

/** Makes network, gateways, applications and dynamic group by calls of the control plane. */
export async function makeExisting(url: string, apis: number): Promise<Existing> {
  const make = async (path: string, body: object) => (await send(url, "POST", path, body)).id;
  await send(url, "PUT", "/_emulator/images", { image, digest });
  const network = "/20160918";
  const vcnId = await make(`${network}/vcns`, { compartmentId, cidrBlocks: ["10.0.0.0/16"] });
  const subnetId = await make(`${network}/subnets`, { compartmentId, vcnId, cidrBlock: "10.0.0.0/20" });
  const gatewayIds: string[] = [];
  const applicationIds: string[] = [];
  for (let place = 0; place < Math.ceil(apis / apisPerGateway); place += 1) {
    const displayName = `bench${place}`;
    const endpointType = "PUBLIC";
    gatewayIds.push(await make("/20190501/gateways", { compartmentId, displayName, endpointType, subnetId }));
    applicationIds.push(
      await make("/20181201/applications", { compartmentId, displayName, subnetIds: [subnetId] }),
    );
  }
  const groupId = await make("/20160918/dynamicGroups", {
    compartmentId: localTenancy.id,
    name: "bench",
    description: "gateways of the benchmark",
    matchingRule: `ALL {resource.type = 'ApiGateway', resource.compartment.id = '${compartmentId}'}`,
  });
  return { gatewayIds, applicationIds, groupId };
}

async function send(url: string, method: string, path: string, body: object): Promise<{ id: string }> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${text}`);
  return text === "" ? { id: "" } : (JSON.parse(text) as { id: string });
}
