import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { ServerlessApi, type ServerlessApiArgs } from "../../components/index.ts";
import { minimal } from "./fixture.ts";
import { run } from "./recorder.ts";

/** The error's lines after the heading; a program in JavaScript may give anything. */
async function problemsOf(changes: object): Promise<string[]> {
  const args = { ...minimal, ...changes } as unknown as ServerlessApiArgs;
  const error = await run(() => new ServerlessApi("api", args)).then(
    () => new Error("nothing wrong"),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(pulumi.ResourceError);
  const [heading, ...lines] = (error as Error).message.split("\n");
  expect(heading).toBe(
    `serverless-api "api": ${lines.length} ${lines.length === 1 ? "problem" : "problems"}`,
  );
  return lines.map((line) => line.replace("  ✖ ", ""));
}

describe("one problem", () => {
  it.each<[object, string]>([
    [
      { compartmentId: "shop" },
      'compartmentId: "shop" is not the OCID of a compartment, which begins with "ocid1.compartment." [compartment-ocid]',
    ],
    [
      { tenancyId: "acme" },
      'tenancyId: "acme" is not the OCID of the tenancy, which begins with "ocid1.tenancy." [tenancy-ocid]',
    ],
    [
      { gateway: { gatewayId: "g" } },
      'gateway.gatewayId: "g" is not the OCID of a gateway, which begins with "ocid1.apigateway." [gateway-ocid]',
    ],
    [{ pathPrefix: "v1" }, 'pathPrefix: "v1" must begin with "/", for example "/v1" [path-prefix]'],
    [
      { cors: { allowedOrigins: ["*"] } },
      'cors: stands under "requestPolicies" of the API or of a route; allowed here are compartmentId, tenancyId, region, homeRegion, network, gateway, pathPrefix, application, functions, routes, specification, requestPolicies, loggingPolicies, logging, access, registry, readiness, protect, freeformTags [unsupported-setting]',
    ],
    [
      { routes: { "GET /a": { kind: "stock", status: 200, cors: {} } } },
      'routes["GET /a"].cors: stands under "requestPolicies" of the API or of a route; allowed here are kind, status, body, headers, requestPolicies, responsePolicies, loggingPolicies [unsupported-setting]',
    ],
    [{ routes: {} }, "routes: has 0 routes; a deployment takes 1 to 50 [route-count]"],
    [
      { routes: { "GET /a": "helo" } },
      'routes["GET /a"]: names function "helo", which is not among "functions"; there are hello [route-function]',
    ],
    [
      { routes: { "GET /a": { kind: "function", function: "toString" } } },
      'routes["GET /a"].function: names function "toString", which is not among "functions"; there are hello [route-function]',
    ],
    [
      { routes: { "GET /a": { kind: "function" } } },
      'routes["GET /a"].function: is missing; must name one of "functions"; there are hello [route-function]',
    ],
    [
      { routes: { "GET /a": 1 } },
      'routes["GET /a"]: must be a function\'s key or an object with a "kind": "function", "http", "stock", "dynamic" [route-backend]',
    ],
    [
      { routes: { "GET /a": { kind: "oauth2" } } },
      'routes["GET /a"].kind: "oauth2" is not a supported kind; supported are "function", "http", "stock", "dynamic" [route-backend]',
    ],
    [
      {
        functions: {},
        routes: { "GET /a": { kind: "stock", status: 200 } },
        access: { statements: ["Allow x"] },
      },
      "access.statements: are given, but there is no function whose compartment a policy is made in; leave them out [access-unused]",
    ],
    [
      { access: { mode: "any-user", statements: ["Allow dynamic-group {group} to read x in tenancy"] } },
      'access.statements[0]: "Allow dynamic-group {group} to read x in tenancy" names {group}, but access is for any-user: there is no group [statement-group]',
    ],
    [
      { access: { scope: "functions", statements: Array(49).fill("Allow group A to read x in tenancy") } },
      "access.statements: the policy would have 51 statements; at most 50 are allowed [statement-count]",
    ],
    [
      { routes: { "GET /a": { kind: "http", url: "https://example.com/${request.path[id]}" } } },
      'routes["GET /a"].url: "${request.path[id]}" is not a parameter of the route\'s path; it has none [http-url-variable]',
    ],
    [
      { routes: { "GET /a": { kind: "http", url: `https://example.com/${"a".repeat(2_097_152)}` } } },
      "routes: make a specification of 2097368 bytes; at most 2097152 are allowed: split the API [specification-size]",
    ],
  ])(
    "[compartment-ocid] [tenancy-ocid] [gateway-ocid] [route-backend] [route-function] [access-unused] refuses %.60j",
    async (changes, line) => {
      expect(await problemsOf(changes)).toEqual([line]);
    },
  );
});

it("tells several problems together, and declares nothing but itself", async () => {
  const changes = {
    pathPrefix: "/v1/",
    region: "eu-frankfurt-1",
    network: {},
    functions: { hello: { image: "hello:latest", memoryInMBs: 100 }, gone: { source: "./no-such-folder" } },
    routes: { "get /hello": "hello", "GET /a": { kind: "http", url: "ftp://a", readTimeoutInSeconds: 0 } },
    access: { scope: "all" },
  };
  const lines = await problemsOf(changes);
  const rules = lines.map((line) => line.slice(line.lastIndexOf("[") + 1, -1)).toSorted();
  expect(rules).toEqual(
    [
      "access-mode",
      "function-memory",
      "function-source",
      "http-timeout",
      "http-url",
      "image-reference",
      "network-subnets",
      "network-subnets",
      "path-prefix",
      "route-methods",
    ].toSorted(),
  );
});

it("[route-any-overlap] only warns of what Oracle doesn't document", async () => {
  const warned: string[] = [];
  const routes = { "GET /a": "hello", "ANY /a": "hello" } as const;
  const { warn } = pulumi.log;
  pulumi.log.warn = async (message) => void warned.push(message);
  try {
    const { one } = await run(() => new ServerlessApi("api", { ...minimal, routes }));
    expect(one("oci:ApiGateway/deployment:Deployment").inputs.specification.routes).toHaveLength(2);
  } finally {
    pulumi.log.warn = warn;
  }
  expect(warned).toEqual([
    'serverless-api "api": routes["ANY /a"]: has path "/a" in common with routes["GET /a"], one of them for "ANY"; Oracle\'s documents don\'t say which one wins: name the methods [route-any-overlap]',
  ]);
});
