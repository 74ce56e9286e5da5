import { generateKeyPairSync } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { expect, it } from "vitest";
import { ServerlessApi, type ServerlessApiArgs } from "../../../components/index.ts";
import { minimal, types } from "../fixture.ts";
import { lateErrors, resolved, run } from "../recorder.ts";

const { routes: _, ...rest } = minimal;
const foreignId = "ocid1.fnfunc.oc1.eu-frankfurt-1.foreign";
const existingId = "ocid1.fnfunc.oc1.eu-frankfurt-1.existing";

const make = (specification: object, changes: object = {}) =>
  new ServerlessApi("api", { ...rest, ...changes, specification } as ServerlessApiArgs);
const toFunction = (path: string, functionId: pulumi.Input<string>) => ({
  path,
  methods: ["GET"],
  backend: { type: "ORACLE_FUNCTIONS_BACKEND", functionId },
});

it("functions stand by their keys or by OCIDs; only those of the API's own get a policy", async () => {
  const functions = { ...rest.functions, old: { functionId: existingId } };
  const specification = {
    requestPolicies: {
      authentication: {
        type: "CUSTOM_AUTHENTICATION",
        functionId: "old",
        parameters: { code: "request.query[code]" },
        cacheKey: ["code"],
      },
    },
    routes: [toFunction("/a", "hello"), toFunction("/b", existingId), toFunction("/c", foreignId)],
  };
  const { one, resources, result } = await run(() =>
    make(specification, { functions, access: { scope: "functions" } }),
  );
  const { routes, requestPolicies } = one(types.deployment).inputs.specification;
  expect(routes.map(({ backend }: { backend: { functionId: string } }) => backend.functionId)).toEqual([
    expect.stringContaining("hello"),
    existingId,
    foreignId,
  ]);
  expect(requestPolicies.authentication).toEqual({
    type: "CUSTOM_AUTHENTICATION",
    functionId: existingId,
    parameters: { code: "request.query[code]" },
    cacheKeys: ["code"],
    isAnonymousAccessAllowed: false,
  });
  const backends = await Promise.all(result.routes.map(({ backend }) => resolved(backend)));
  expect(backends).toEqual(["function hello", "function old", `function ${foreignId}`]);
  const statements = resources
    .filter(({ type }) => type === types.policy)
    .flatMap(({ inputs }) => inputs.statements as string[]);
  expect(statements.join("\n")).toContain(existingId);
  expect(statements.join("\n")).not.toContain(foreignId);
});

it.each(["key_ops", "key-ops", "keyOps"])("a key's operations are read as %s", async (name) => {
  const { n, e } = generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey.export({ format: "jwk" });
  const key = { format: "JSON_WEB_KEY", kid: "a", kty: "RSA", n, e, alg: "RS256", [name]: ["verify"] };
  const requestPolicies = {
    authentication: {
      type: "TOKEN_AUTHENTICATION",
      tokenQueryParam: "token",
      validationPolicy: { type: "STATIC_KEYS", keys: [key] },
    },
  };
  const { one, result } = await run(() => make({ requestPolicies, routes: [toFunction("/a", "hello")] }));
  const keysOf = (specification: unknown) =>
    (specification as { requestPolicies: typeof requestPolicies }).requestPolicies.authentication
      .validationPolicy.keys;
  expect(keysOf(one(types.deployment).inputs.specification)[0]).toHaveProperty("keyOps", ["verify"]);
  const [printed] = keysOf(result.specification());
  expect(printed).toEqual({ ...key, [name]: undefined, key_ops: ["verify"] });
});

it.each<[object, string]>([
  [
    { type: "HTTP_BACKEND", url: pulumi.output("ftp://a") },
    'specification.routes[0].backend.url: must begin with "http://" or "https://", in lower case [http-url]',
  ],
  [
    { type: "STOCK_RESPONSE_BACKEND", status: 200, body: pulumi.output("a".repeat(5121)) },
    "specification.routes[0].backend.body: has 5121 bytes; at most 5120 are allowed, better 4096 [stock-body]",
  ],
  [
    { type: "ORACLE_FUNCTIONS_BACKEND", functionId: pulumi.output("hello") },
    'specification.routes[0].backend.functionId: "hello" is not the OCID of a function, which begins with "ocid1.fnfunc." [function-ocid]',
  ],
])(
  "[function-ocid] what is known later is checked when it resolves, at its own place: %#",
  async (backend, line) => {
    const errors = await lateErrors(() => make({ routes: [{ path: "/a", methods: ["GET"], backend }] }));
    expect(errors).toEqual([`serverless-api "api": 1 problem\n  ✖ ${line}`]);
  },
);

it("the arguments of a route take an existing function's OCID too, but not beside a key", async () => {
  const route = { kind: "function", functionId: foreignId } as const;
  const { one } = await run(() => new ServerlessApi("api", { ...rest, routes: { "GET /a": route } }));
  expect(one(types.deployment).inputs.specification.routes[0].backend).toEqual({
    type: "ORACLE_FUNCTIONS_BACKEND",
    functionId: foreignId,
  });
  const both = { "GET /a": { ...route, function: "hello" } } as unknown as ServerlessApiArgs["routes"];
  const error = await run(
    () => new ServerlessApi("api", { ...rest, routes: both } as ServerlessApiArgs),
  ).then(
    () => new Error("nothing wrong"),
    (reason: unknown) => reason,
  );
  expect((error as Error).message).toBe(
    'serverless-api "api": 1 problem\n  ✖ routes["GET /a"].functionId: stands beside "function"; give one of the two [route-function]',
  );
});

it("a program reads its API's specification, with keys or with OCIDs", async () => {
  const functions = { old: { functionId: existingId } };
  const { result } = await run(() => make({ routes: [toFunction("/a", "old")] }, { functions }));
  expect(result.specification()).toEqual({ routes: [toFunction("/a", "old")] });
  const ids = result
    .specification("ocids")
    .routes.map(({ backend }) => ("functionId" in backend ? backend.functionId : ""));
  expect(await resolved(pulumi.all(ids))).toEqual([existingId]);
});
