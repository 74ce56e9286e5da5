import * as pulumi from "@pulumi/pulumi";
import { expect, it } from "vitest";
import type { ServerlessApiArgs } from "../../components/index.ts";
import { formatProblem } from "../../components/model/problems.ts";
import { rules } from "../../components/model/rules.ts";
import { serverlessApiProblems } from "../../components/serverless-api-problems.ts";
import { compartmentId, functionsSubnetId, gatewaySubnetId, image, minimal, tenancyId } from "./fixture.ts";

// Programs in JavaScript give anything: nothing of it may end in a TypeError, or be passed on.

type Bag = Record<string, unknown>;

const transformations = (noun: string): Bag => ({
  [`set${noun}`]: { items: [{ name: "X-C", values: ["1"], ifExists: "SKIP" }] },
  [`rename${noun}`]: { items: [{ from: "X-D", to: "X-E" }] },
  [`filter${noun}`]: { type: "BLOCK", items: [{ name: "X-F" }] },
});

const made = (): Bag => ({
  compartmentId,
  tenancyId,
  region: "eu-frankfurt-1",
  homeRegion: "us-ashburn-1",
  network: { cidrBlock: "10.0.0.0/16", allowedCidrs: ["0.0.0.0/0"], internetEgress: true },
  gateway: {
    endpointType: "PUBLIC",
    displayName: "Shop",
    networkSecurityGroupIds: ["ocid1.networksecuritygroup.oc1.fra.n"],
  },
  pathPrefix: "/v1",
  application: { shape: "GENERIC_X86", config: { LEVEL: "info" } },
  functions: {
    hello: { image, memoryInMBs: 256, timeoutInSeconds: 30, config: { LEVEL: "info" } },
    users: { functionId: "ocid1.fnfunc.oc1.fra.users", compartmentId },
    here: { source: "./functions/hello" },
  },
  routes: {
    "GET /a": "hello",
    "GET /b": { kind: "function", function: "hello" },
    "GET /c": {
      kind: "http",
      url: "https://example.com/",
      connectTimeoutInSeconds: 1,
      readTimeoutInSeconds: 1,
      sendTimeoutInSeconds: 1,
      isSslVerifyDisabled: false,
    },
    "GET /d": { kind: "stock", status: 200, body: "ok", headers: { "X-A": "1" } },
  },
  access: { mode: "create", scope: "compartment", statements: ["Allow group A to read x in tenancy"] },
  registry: { username: "jane", password: "hush" },
  readiness: { timeoutInSeconds: 600 },
  protect: true,
  freeformTags: { team: "web" },
});

const withPolicies = (): Bag => ({
  ...existing(),
  functions: { hello: { functionId: "ocid1.fnfunc.oc1.fra.hello" } },
  routes: {
    "GET /e": {
      kind: "dynamic",
      selectionSource: { type: "SINGLE", selector: "request.host" },
      routingBackends: [
        { key: { type: "ANY_OF", name: "a", values: ["a"], isDefault: true }, backend: "hello" },
        {
          key: { type: "WILDCARD", name: "b", expression: "b*" },
          backend: { kind: "http", url: "https://example.com/", sendTimeoutInSeconds: 10 },
        },
      ],
    },
    "GET /f": {
      kind: "stock",
      status: 200,
      requestPolicies: {
        cors: { allowedOrigins: ["*"] },
        headerTransformations: transformations("Headers"),
        queryParameterTransformations: transformations("QueryParameters"),
        headerValidations: { headers: [{ name: "X-A", required: true }], validationMode: "ENFORCING" },
        queryParameterValidations: { parameters: [{ name: "a", required: true }] },
        bodyValidation: { required: true, content: { "text/*": { validationType: "NONE" } } },
      },
      responsePolicies: { headerTransformations: transformations("Headers") },
      loggingPolicies: { accessLog: { isEnabled: true } },
    },
  },
  requestPolicies: {
    rateLimiting: { rateInRequestsPerSecond: 1, rateKey: "TOTAL" },
    cors: {
      allowedOrigins: ["*"],
      allowedMethods: ["GET"],
      allowedHeaders: ["X-A"],
      exposedHeaders: ["X-B"],
      isAllowCredentialsEnabled: false,
      maxAgeInSeconds: 1,
    },
  },
  loggingPolicies: { accessLog: { isEnabled: true }, executionLog: { isEnabled: true, logLevel: "INFO" } },
});

const existing = (): Bag => ({
  ...made(),
  network: { gatewaySubnetId, functionsSubnetIds: [functionsSubnetId] },
  gateway: { gatewayId: "ocid1.apigateway.oc1.fra.g", compartmentId },
  application: { applicationId: "ocid1.fnapp.oc1.fra.a", compartmentId, shape: "GENERIC_ARM" },
  access: { mode: "existing", groupId: "ocid1.dynamicgroup.oc1..g", scope: "functions" },
});

const circle: Bag = {};
circle.itself = circle;

/** Kinds of values that no argument takes, whatever it is. */
const nowhere: Bag = {
  circle,
  "a date": new Date(0),
  "a function": () => 1,
  "a big integer": 10n,
  "a symbol": Symbol("x"),
  "not a number": Number.NaN,
  null: null,
  "a resource": Object.assign(new (class Bucket {})(), { __pulumiResource: true, id: pulumi.output("x") }),
  "a list of lists": [[null]],
};

/** `null` is as good as absent here. */
const mayBeNull = ["pathPrefix"];

/** What is refused; what only looks wrong is another matter. */
function problemsOf(args: unknown): string[] {
  const problems = serverlessApiProblems("api", args as ServerlessApiArgs);
  return problems.filter(({ rule }) => rules[rule].level === "error").map(formatProblem);
}

function pathsOf(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [[...path, key], ...pathsOf(inner, [...path, key])]);
}

function changed(args: Bag, path: readonly string[], value: unknown): Bag {
  const holder = path.slice(0, -1).reduce((at, key) => at[key] as Bag, args);
  holder[path.at(-1) as string] = value;
  return args;
}

it.each([
  ["everything made", made],
  ["everything existing", existing],
  ["every policy", withPolicies],
])("takes what is right: %s", (_, args) => {
  expect(problemsOf(args())).toEqual([]);
});

it.each(
  Object.entries(nowhere).flatMap(([kind, value]) => [
    [kind, "made", value, made] as const,
    [kind, "existing", value, existing] as const,
    [kind, "with policies", value, withPolicies] as const,
  ]),
)("refuses %s in the place of every single argument, %s", (kind, _, value, args) => {
  for (const path of pathsOf(args())) {
    if (kind === "null" && mayBeNull.includes(path.join("."))) continue;
    const problems = problemsOf(changed(args(), path, value));
    expect(problems, path.join(".")).not.toEqual([]);
    expect(problems.join("\n"), path.join(".")).not.toMatch(/\[object|Calling \[|hush/);
  }
});

it.each<[object, string[]]>([
  [
    { compartmentId: undefined },
    [
      'compartmentId: is missing: give the OCID of a compartment, which begins with "ocid1.compartment." [compartment-ocid]',
    ],
  ],
  [
    { compartmentId: nowhere["a resource"] },
    [
      'compartmentId: a resource is not the OCID of a compartment, which begins with "ocid1.compartment." [compartment-ocid]',
    ],
  ],
  [
    { region: undefined },
    ['region: is missing: give the name of a region, for example "eu-frankfurt-1" [region-name]'],
  ],
  [
    { homeRegion: "iad" },
    ['homeRegion: "iad" is not the name of a region, for example "eu-frankfurt-1" [region-name]'],
  ],
  [{ homeRegion: null }, ['homeRegion: must be a text, for example "us-ashburn-1"; is null [argument-kind]']],
  [
    { network: null },
    ['network: must be an object, for example { cidrBlock: "10.0.0.0/16" }; is null [argument-kind]'],
  ],
  [
    { gateway: "PUBLIC" },
    ['gateway: must be an object, for example { endpointType: "PUBLIC" }; is a text [argument-kind]'],
  ],
  [
    { gateway: { displayName: 7 } },
    ['gateway.displayName: must be a text, for example "Shop"; is a number [argument-kind]'],
  ],
  [
    { gateway: { networkSecurityGroupIds: pulumi.output(["a"]) } },
    [
      "gateway.networkSecurityGroupIds: must be a list, for example [groupId]; is an Output or a promise [argument-kind]",
    ],
  ],
  [
    { registry: "hush" },
    ["registry: must be an object, for example { username, password }; is a text [argument-kind]"],
  ],
  [
    { registry: { username: "jane", password: 12345 } },
    ['registry.password: must be a text, for example "<auth token>"; is a number [argument-kind]'],
  ],
  [{ protect: "yes" }, ["protect: must be true or false, for example true; is a text [argument-kind]"]],
  [
    { freeformTags: { team: 1, cost: null } },
    [
      'freeformTags.team: must be a text, for example "web"; is a number [argument-kind]',
      'freeformTags.cost: must be a text, for example "web"; is null [argument-kind]',
    ],
  ],
  [
    { access: { statements: "Allow x" } },
    [
      'access.statements: must be a list, for example ["Allow dynamic-group {group} to …"]; is a text [argument-kind]',
    ],
  ],
  [
    { functions: { hello: "./functions/hello" } },
    [
      'functions.hello: "./functions/hello" must be an object, for example { source: "./functions/hello" } [function-code]',
    ],
  ],
  [
    { routes: { "GET /a": { kind: "http", url: "https://a.example", isSslVerifyDisabled: "false" } } },
    ['routes["GET /a"].isSslVerifyDisabled: is "false"; must be true or false [http-ssl-verify]'],
  ],
  [
    { routes: { "GET /a": { kind: "stock", status: 200, headers: ["X-A"] } } },
    [
      'routes["GET /a"].headers: must be an object, for example { "X-Version": "1" }; is a list [stock-headers]',
    ],
  ],
])("[argument-kind] [region-name] [http-ssl-verify] says what is wrong with %.80j", (changes, expected) => {
  expect(problemsOf({ ...minimal, ...changes })).toEqual(expected);
});

it("[argument-kind] says it of the arguments as a whole, and tells the rest beside a wrong kind", () => {
  expect(problemsOf(undefined)).toEqual([
    "args: must be an object, for example { compartmentId, tenancyId, region, network, routes }; is absent [argument-kind]",
  ]);
  expect(problemsOf({ ...minimal, gateway: 7, pathPrefix: "v1" })).toEqual([
    'gateway: must be an object, for example { endpointType: "PUBLIC" }; is a number [argument-kind]',
    'pathPrefix: "v1" must begin with "/", for example "/v1" [path-prefix]',
  ]);
});
