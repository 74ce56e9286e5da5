import * as pulumi from "@pulumi/pulumi";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ServerlessApi, type ServerlessApiArgs } from "../../components/index.ts";
import { minimal } from "./fixture.ts";
import { run } from "./recorder.ts";

const gatewayId = "ocid1.apigateway.oc1.fra.shared";
let warned: string[];
const { warn } = pulumi.log;
beforeEach(() => {
  warned = [];
  pulumi.log.warn = async (message) => void warned.push(message);
});
afterEach(() => {
  pulumi.log.warn = warn;
});

/** What is wrong with a program, one problem a line; empty when nothing is. */
async function problemsOf(program: () => unknown): Promise<string[]> {
  const error: unknown = await run(program).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error === undefined) return [];
  expect(error).toBeInstanceOf(pulumi.ResourceError);
  return (error as Error).message.split("\n");
}

const declare = (name: string, changes: object) =>
  new ServerlessApi(name, { ...minimal, ...changes } as unknown as ServerlessApiArgs);

describe("several APIs on one gateway", () => {
  const on = (id: pulumi.Input<string>, pathPrefix: string) => ({ gateway: { gatewayId: id }, pathPrefix });
  const taken = (name: string, prefix: string) => [
    `serverless-api "${name}": 1 problem`,
    `  ✖ pathPrefix: "${prefix}" is another deployment's on this gateway; give each its own, for example "/v2" [path-prefix-taken]`,
  ];

  it("[path-prefix-taken] have different prefixes", async () => {
    const program = () => [declare("a", on(gatewayId, "/v1")), declare("b", on(gatewayId, "/v1"))];
    expect(await problemsOf(program)).toEqual(taken("b", "/v1"));
    const root = () => [declare("a", on(gatewayId, "/v1")), declare("b", on(gatewayId, "/"))];
    expect(await problemsOf(root)).toEqual([
      'serverless-api "b": 1 problem',
      `  ✖ pathPrefix: "/" can't stand beside "/v1": a deployment under "/" must be the only one [path-prefix-taken]`,
    ]);
  });

  it("[path-prefix-taken] also on the gateway that one of them makes", async () => {
    const program = () => {
      const first = declare("a", {});
      return declare("b", on(first.gateway.id, "/v1"));
    };
    expect(await problemsOf(program)).toEqual(taken("b", "/v1"));
  });

  it("[path-prefix-nested] have prefixes side by side", async () => {
    const program = () => [declare("a", on(gatewayId, "/v1")), declare("b", on(gatewayId, "/v1/admin"))];
    expect(await problemsOf(program)).toEqual([]);
    expect(warned).toEqual([
      'api-gateway "b-gateway": pathPrefix: "/v1/admin" lies inside "/v1", another deployment\'s on this gateway; Oracle\'s documents don\'t say which one answers: put them side by side, for example "/shop" and "/users" [path-prefix-nested]',
    ]);
  });

  it("[path-prefix-taken] [path-prefix-nested] don't meet those of other gateways, or of another run", async () => {
    const program = () => [
      declare("a", on(gatewayId, "/v1")),
      declare("b", on(gatewayId, "/v2")),
      declare("c", on(`${gatewayId}2`, "/v1")),
      declare("d", {}),
      declare("e", { gateway: {}, pathPrefix: "/" }),
    ];
    expect(await problemsOf(program)).toEqual([]);
    expect(await problemsOf(program)).toEqual([]);
    expect(warned).toEqual([]);
  });
});

describe("settings beside each other", () => {
  it("[authorization-needs-authentication] are refused together with what is wrong by itself", async () => {
    const requestPolicies = { authorization: { type: "ANONYMOUS" } };
    const program = () =>
      declare("a", {
        pathPrefix: "v1",
        routes: { "GET /a": { kind: "function", function: "hello", requestPolicies } },
      });
    expect(await problemsOf(program)).toEqual([
      'serverless-api "a": 2 problems',
      '  ✖ pathPrefix: "v1" must begin with "/", for example "/v1" [path-prefix]',
      '  ✖ routes["GET /a"].requestPolicies.authorization: needs an authentication: give requestPolicies.authentication to the API, or leave this out [authorization-needs-authentication]',
    ]);
  });

  it("[route-prefix-repeated] warn where a route repeats the prefix, the default one too", async () => {
    const routes = { "GET /v1/a": "hello", "GET /v2/a": "hello" };
    const program = () => [declare("a", { routes }), declare("b", { routes, pathPrefix: "/v2" })];
    expect(await problemsOf(program)).toEqual([]);
    expect(warned).toEqual([
      'serverless-api "a": routes["GET /v1/a"]: path "/v1/a" begins with the prefix "/v1", which stands before every route\'s path: it is reached at "/v1/v1/a"; write "/a" [route-prefix-repeated]',
      'serverless-api "b": routes["GET /v2/a"]: path "/v2/a" begins with the prefix "/v2", which stands before every route\'s path: it is reached at "/v2/v2/a"; write "/a" [route-prefix-repeated]',
    ]);
  });

  it("[route-unreachable] [authorizer-unused] warn where they only look wrong, also inside choices", async () => {
    const { hello } = minimal.functions;
    const program = () =>
      declare("a", {
        functions: { hello, beta: hello, authorizer: hello },
        routes: {
          "GET /a/{p*}": "hello",
          "GET /a": "hello",
          "GET /a/{b}/{p*}": {
            kind: "dynamic",
            selectionSource: { type: "SINGLE", selector: "request.headers[x-canary]" },
            routingBackends: [{ key: { type: "ANY_OF", name: "b", isDefault: true }, backend: "beta" }],
          },
        },
      });
    expect(await problemsOf(program)).toEqual([]);
    expect(warned).toEqual([
      'serverless-api "a": routes["GET /a/{p*}"]: is never reached: routes["GET /a"], routes["GET /a/{b}/{p*}"] answer all of its requests before it; remove it, or give it another path [route-unreachable]',
      'serverless-api "a": functions.authorizer: is named by no route, and without an authentication every route is open to everybody; if it is the authorizer, give requestPolicies: { authentication: { type: "CUSTOM_AUTHENTICATION", function: "authorizer", … } } [authorizer-unused]',
    ]);
  });

  it.each<[unknown]>([
    [7],
    [null],
    [{ kind: "dynamic", routingBackends: [7] }],
    [{ kind: "function" }],
    [[]],
  ])("stay silent about a route that is %j", async (route) => {
    const [, ...lines] = await problemsOf(() => declare("a", { routes: { "GET /a": route } }));
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.filter((line) => line.includes("[authorizer-unused]"))).toEqual([]);
  });
});
