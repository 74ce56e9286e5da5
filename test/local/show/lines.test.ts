import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import type { EmulatorEvent } from "../../../emulator/types.ts";
import { formatOutputs } from "../../../local/show/outputs.ts";
import { formatEvent } from "../../../local/show/requests.ts";
import { createStepsView, formatProblems } from "../../../local/show/steps.ts";
import { secret } from "../../../local/values.ts";

const shown = (event: EmulatorEvent) => stripVTControlCharacters(formatEvent(event) ?? "");

test("a refused call shows the missing statement once", () => {
  const decision: EmulatorEvent = {
    type: "decision",
    principalId: "g",
    permission: "FN_INVOCATION",
    targetId: "f",
    decision: { allowed: false, reasons: ["no statement"], missingStatement: "Allow x" },
  };
  expect(shown(decision)).toBe(
    "       IAM refused FN_INVOCATION on f to g\n         no statement\n         This statement would allow it: Allow x",
  );
  expect(
    shown({
      type: "execution",
      level: "ERROR",
      code: "c",
      message: "m. A statement that would allow it: Allow x",
      gatewayId: "g",
      deploymentId: undefined,
      opcRequestId: "r",
      route: "/hello",
    }),
  ).toBe("       c: m.");
});

test("a setting without effect is said", () => {
  const notice: EmulatorEvent = { type: "notice", resourceId: "f", message: "traceConfig is kept." };
  expect(shown(notice)).toBe("       note: traceConfig is kept.");
});

test("outputs: routes with URLs and a line to try; no secret is printed", () => {
  const routes = [{ methods: ["GET"], path: "/hello", url: "http://h/v1/hello", backend: "function hello" }];
  const text = stripVTControlCharacters(
    formatOutputs({ endpoint: "http://h/v1", routes, token: secret("s3cret") }),
  );
  expect(text).toBe(
    'Endpoint  http://h/v1\n  GET  http://h/v1/hello  function hello\n\nTry:  curl "http://h/v1/hello?name=Ada"',
  );
  expect(stripVTControlCharacters(formatOutputs({ token: secret("s3cret") }))).toBe(
    "Outputs\n  token: [secret]",
  );
});

test("outputs: what everybody may call is tried first, what nobody may without credentials is marked", () => {
  const route = (path: string, isAnonymous: boolean) => ({
    methods: ["GET"],
    path,
    url: `http://h/v1${path}`,
    backend: "function f",
    isAnonymous,
  });
  const shownOf = (...routes: object[]) =>
    stripVTControlCharacters(formatOutputs({ endpoint: "http://h/v1", routes: routes as never }))
      .split("\n")
      .slice(1);
  expect(shownOf(route("/hello", false), route("/health", true))).toEqual([
    "  GET  http://h/v1/hello   function f, callers are authenticated",
    "  GET  http://h/v1/health  function f",
    "",
    'Try:  curl "http://h/v1/health"',
  ]);
  expect(shownOf(route("/mine", false)).slice(-2)).toEqual([
    'Try:  curl "http://h/v1/mine"',
    "      callers are authenticated: see the program's requestPolicies",
  ]);
});

test("outputs: without a GET route that needs no parameters, the first one is tried with made-up ones", () => {
  const route = (method: string, path: string) => ({ methods: [method], path, url: `http://h/v1${path}` });
  const triedOf = (...routes: object[]) =>
    stripVTControlCharacters(formatOutputs({ endpoint: "http://h/v1", routes }))
      .split("\n")
      .at(-1);
  expect(triedOf(route("POST", "/orders"), route("PUT", "/b"))).toBe(
    'Try:  curl -X POST "http://h/v1/orders"',
  );
  expect(triedOf(route("GET", "/{id}/{rest*}"))).toBe('Try:  curl "http://h/v1/1/a/b"');
});

const authorizer =
  "what the API's authorizer function lets in; for functions/authorizer, docs/app-keys.md says how one is made";

test.each([
  [
    {
      type: "CUSTOM_AUTHENTICATION",
      parameters: { host: "request.host", key: "request.headers[x-api-key]" },
    },
    ['curl -H "x-api-key: <key>" "http://h/v1/mine"', `<key> is ${authorizer}`],
  ],
  [
    { type: "CUSTOM_AUTHENTICATION", parameters: { code: "request.query[code]" } },
    ['curl "http://h/v1/mine?code=<key>"', `<key> is ${authorizer}`],
  ],
  [
    { type: "CUSTOM_AUTHENTICATION", tokenHeader: "X-Token" },
    ['curl -H "X-Token: <key>" "http://h/v1/mine"', `<key> is ${authorizer}`],
  ],
  [
    { type: "CUSTOM_AUTHENTICATION", parameters: { host: "request.host" } },
    ['curl "http://h/v1/mine"', "callers are authenticated: see the program's requestPolicies"],
  ],
  [
    {
      type: "JWT_AUTHENTICATION",
      tokenHeader: "Authorization",
      tokenAuthScheme: "Bearer",
      issuers: ["https://a", "https://b"],
      audiences: ["shop"],
    },
    [
      'curl -H "Authorization: Bearer <token>" "http://h/v1/mine"',
      "<token> is a token that https://a or https://b has issued for shop",
    ],
  ],
  [
    {
      type: "TOKEN_AUTHENTICATION",
      tokenQueryParam: "token",
      validationPolicy: { additionalValidationPolicy: { issuers: [secret("https://hidden")] } },
    },
    ['curl "http://h/v1/mine?token=<token>"', "<token> is a token that [secret] has issued"],
  ],
])("outputs: where nobody may call without credentials, they are named: %j", (authentication, expected) => {
  const deployment = (endpoint: string, requestPolicies: object) => ({
    type: "oci:ApiGateway/deployment:Deployment",
    inputs: { specification: { requestPolicies } },
    outputs: { endpoint },
  });
  const routes = [{ methods: ["GET"], path: "/mine", url: "http://h/v1/mine", isAnonymous: false }];
  const triedOf = (requestPolicies: object) =>
    stripVTControlCharacters(
      formatOutputs({ endpoint: "http://h/v1", routes }, [
        deployment("http://h/v", {}),
        deployment("http://h/v1", requestPolicies),
        deployment("http://h/v2", {}),
      ]),
    )
      .split("\n")
      .slice(-2);
  const lines = [`Try:  ${expected[0]}`, `      ${expected[1]}`];
  expect(triedOf({ authentication })).toEqual(lines);
  const authenticationServers = [{ authenticationServerDetail: authentication }];
  expect(triedOf({ dynamicAuthentication: { authenticationServers } })).toEqual(lines);
});

test("problems name the resource as the CLI does", () => {
  const urn = "urn:pulumi:local::p::oci:Core/vcn:Vcn::net";
  expect(stripVTControlCharacters(formatProblems([{ urn, message: "a\nb" }, { message: "c" }]))).toBe(
    "error: Core.Vcn (net):\n  a\n  b\nerror: c",
  );
});

const access = {
  type: "access",
  httpMethod: "GET",
  requestUri: "/v1/hello?name=\u001b[2J",
  status: 200,
  requestDurationInMs: 45.6,
  backendType: "ORACLE_FUNCTIONS_BACKEND",
  route: "/hello",
} as EmulatorEvent;

test("requests and steps stand in columns", () => {
  expect([
    shown(access),
    shown({ ...access, httpMethod: "OPTIONS", status: 404, route: undefined } as EmulatorEvent),
  ]).toEqual([
    "GET     200    46 ms  /v1/hello?name=%1B[2J  function /hello",
    "OPTIONS 404    46 ms  /v1/hello?name=%1B[2J  no route",
  ]);
  let written = "";
  const view = createStepsView({
    write: (text: string) => (written += text),
  } as unknown as NodeJS.WriteStream);
  const step = { type: "step", phase: "done", durationInMs: 14.4 } as const;
  view.onEvent({ ...step, operation: "create", urn: "urn:pulumi:local::p::oci:Core/vcn:Vcn::net" });
  view.onEvent({
    type: "step",
    phase: "done",
    operation: "create",
    urn: "urn:pulumi:local::p::a:index:Component::api",
  });
  view.onEvent({
    ...step,
    phase: "failed",
    operation: "update",
    urn: "urn:pulumi:local::p::docker-build:index:Image::image",
    changed: ["tags", "push"],
    durationInMs: 1234,
  });
  expect(stripVTControlCharacters(written)).toBe(
    "  + created       14 ms  net  Core.Vcn\n  ✖ not updated 1234 ms  image  Image (tags, push)\n",
  );
  expect(view.summary()).toBe("1 created");
});

test("what a function writes keeps its colours and moves nothing on the terminal", () => {
  const log = (line: string) =>
    formatEvent({ type: "function-log", displayName: "f", line } as EmulatorEvent) ?? "";
  expect(log("\u001b[31mred\u001b[2J\u0007\r\tend").endsWith(" \u001b[31mred[2J\tend\u001b[0m")).toBe(true);
  expect(log("plain").endsWith(" plain")).toBe(true);
});
