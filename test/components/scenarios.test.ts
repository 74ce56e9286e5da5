import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { ServerlessApi, type ServerlessApiArgs } from "../../components/index.ts";
import { image, minimal } from "./fixture.ts";
import { run } from "./recorder.ts";

type Resources = Readonly<Record<string, object>>;

/**
 * What each scenario registers otherwise than the minimal arguments, whose resources serverless-api.test.ts has in full
 * (a private endpoint: otherwise than a created network): inputs and options, and `null` for what isn't there.
 */
const expected: Readonly<Record<string, Resources>> = JSON.parse(
  readFileSync(new URL("scenarios.json", import.meta.url), "utf8"),
);

const gateways = "ocid1.compartment.oc1..gateways";
const users = "ocid1.compartment.oc1..users";
const network = { cidrBlock: "10.0.0.0/16" };
const scenarios: Readonly<Record<string, Partial<ServerlessApiArgs>>> = {
  "an existing gateway": {
    gateway: { gatewayId: "ocid1.apigateway.oc1.fra.shared", compartmentId: gateways },
  },
  "an existing group": { access: { mode: "existing", groupId: "ocid1.dynamicgroup.oc1..theirs" } },
  "any-user": { access: { mode: "any-user" } },
  "any-user, scope functions": { access: { mode: "any-user", scope: "functions" } },
  "scope functions": { access: { scope: "functions" } },
  "a created network": { network },
  "a private endpoint": { network, gateway: { endpointType: "PRIVATE" } },
  "several compartments": {
    functions: {
      hello: { image },
      users: { functionId: "ocid1.fnfunc.oc1.fra.users", compartmentId: users },
    },
  },
  "a home region other than the region": { homeRegion: "us-ashburn-1" },
};

/** Every argument that has no other form, each with a value that isn't its default. */
const allArguments: Partial<ServerlessApiArgs> = {
  homeRegion: "us-ashburn-1",
  network: {
    cidrBlock: "10.1.0.0/20",
    allowedCidrs: ["192.0.2.0/24", "198.51.100.7/32"],
    internetEgress: true,
  },
  gateway: {
    endpointType: "PRIVATE",
    displayName: "Shop",
    networkSecurityGroupIds: ["ocid1.networksecuritygroup.oc1.fra.n"],
  },
  application: { shape: "GENERIC_ARM", config: { STAGE: "prod" } },
  functions: {
    hello: { image, memoryInMBs: 1024, timeoutInSeconds: 60, config: { GREETING: "Hello" } },
    code: { source: "./functions/hello", memoryInMBs: 512, timeoutInSeconds: 10, config: { A: "1" } },
    users: { functionId: "ocid1.fnfunc.oc1.fra.users", compartmentId: users },
  },
  pathPrefix: "/",
  routes: {
    "GET,POST /hello": { kind: "function", function: "hello" },
    "GET /code": "code",
    "GET /users/{id}": "users",
    "ANY /shop/{rest*}": {
      kind: "http",
      url: "https://shop.example.com/${request.path[rest]}",
      connectTimeoutInSeconds: 1,
      readTimeoutInSeconds: 2,
      sendTimeoutInSeconds: 3,
      isSslVerifyDisabled: true,
    },
    "GET /": { kind: "stock", status: 201, body: "up", headers: { "X-A": "1" } },
  },
  access: {
    mode: "create",
    scope: "functions",
    statements: ["Allow dynamic-group {group} to use virtual-network-family in tenancy"],
  },
  registry: { username: "jane", password: "token" },
  protect: true,
  logging: { access: true, execution: true, invoke: true, retentionInDays: 60 },
  freeformTags: { team: "web" },
};

/** Every resource, by the end of its type and its name, with its inputs and options. */
async function registered(changes: Partial<ServerlessApiArgs>): Promise<Resources> {
  const args: ServerlessApiArgs = { ...minimal, ...changes };
  const { resources, options } = await run(() => new ServerlessApi("api", args));
  const entries = resources.map(({ type, name, inputs }): [string, object] => {
    const own = type.startsWith("oci-serverless-api:") ? {} : { options: options[name] };
    return [`${type.split(":").at(-1)} ${name}`, JSON.parse(JSON.stringify({ inputs, ...own }))];
  });
  return Object.fromEntries(entries);
}

it.each(Object.entries(scenarios))("registers exactly for %s", async (name, changes) => {
  const all = await registered(changes);
  const before = await registered("gateway" in changes && "network" in changes ? { network } : {});
  const keys = [...new Set([...Object.keys(all), ...Object.keys(before)])].toSorted();
  const different = keys.filter((key) => JSON.stringify(all[key]) !== JSON.stringify(before[key]));
  expect(Object.fromEntries(different.map((key) => [key, all[key] ?? null]))).toEqual(expected[name]);
});

it("registers exactly for all arguments", async () => {
  const expectedForAll = JSON.parse(readFileSync(new URL("all-arguments.json", import.meta.url), "utf8"));
  // The tag is the hash of the function's bundle.
  const all = JSON.stringify(await registered(allArguments)).replace(/(?<=-code:)[0-9a-f]{16}/g, "<hash>");
  expect(JSON.parse(all)).toEqual(expectedForAll);
});
