import { describe, expect, test } from "vitest";
import type { GatewayEvent } from "../../../../emulator/gateway/types.ts";
import type { FunctionResult, HeaderList } from "../../../../emulator/runtime/types.ts";
import { openPlane } from "../harness.ts";
import { claims, goodToken, sign, staticAuthentication } from "../tokens/fixtures.ts";

const authorizerId = "ocid1.fnfunc.oc1.iad.authorizer";
const single = { type: "CUSTOM_AUTHENTICATION", functionId: authorizerId, tokenHeader: "X-Token" };
const stock = { type: "STOCK_RESPONSE_BACKEND", status: 200, body: "let in" };

const answering = (value: unknown, headers: HeaderList = []): FunctionResult => ({
  kind: "answer",
  headers,
  body: Buffer.from(JSON.stringify(value)),
});

const protect = (authentication: object, result?: FunctionResult) => open({ authentication }, result);

async function open(requestPolicies: object, result = answering({ active: true }), ofRoute: object = {}) {
  const plane = await openPlane({
    routes: [{ path: "/a", backend: stock, requestPolicies: ofRoute }],
    specification: { requestPolicies },
    invoke: () => result,
  });
  const call = async (headers: Record<string, string> = {}, query = "") => {
    const answer = await fetch(`${plane.url}/a${query}`, { headers });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };
  return { ...plane, call };
}

/** Lines of the execution log that tell of authentication. */
function lines(events: readonly GatewayEvent[]): string[] {
  return events.flatMap((event) =>
    event.type === "execution" && event.code.includes("uthentication")
      ? [`${event.level} ${event.code.split(".")[1]}: ${event.message}`]
      : [],
  );
}

describe("what the execution log says", () => {
  test("of a token that is verified, and of the next request with it", async () => {
    const { call, logged } = await protect(staticAuthentication());
    const headers = { authorization: `Bearer ${goodToken()}` };
    expect([(await call(headers)).status, (await call(headers)).status]).toEqual([200, 200]);
    const line = "INFO successfulAuthentication: the token is valid";
    expect(lines(await logged(2))).toEqual([line, line]);
  });

  test("of a query parameter without a token", async () => {
    const { tokenHeader: _, tokenAuthScheme: __, ...rest } = staticAuthentication();
    const { call, logged } = await protect({ ...rest, tokenQueryParam: "token" });
    expect((await call({}, "?token=")).status).toBe(401);
    expect((await call({}, `?token=${sign(claims())}&token=b`)).status).toBe(401);
    expect(lines(await logged(2))).toEqual([
      "WARN authenticationFailed: the request has no query parameter token",
      "WARN authenticationFailed: the request has query parameter token 2 times",
    ]);
  });

  test.each<[string, FunctionResult, string[]]>([
    [
      "lets it in",
      answering({ active: true }),
      [
        `INFO cacheMiss: no result of ${authorizerId} is remembered`,
        `INFO successfulFunctionInvocation: ${authorizerId} answered`,
        `INFO successfulAuthentication: ${authorizerId} lets it in`,
      ],
    ],
    [
      "refuses it",
      answering({ active: false }),
      [
        `INFO cacheMiss: no result of ${authorizerId} is remembered`,
        `INFO successfulFunctionInvocation: ${authorizerId} answered`,
        `WARN authenticationFailed: ${authorizerId} refuses the request`,
      ],
    ],
    [
      "fails",
      { kind: "failure", status: 502, code: "FunctionInvokeExecutionFailed", message: "it fell over" },
      [
        `INFO cacheMiss: no result of ${authorizerId} is remembered`,
        `ERROR failedFunctionInvocation: ${authorizerId}: FunctionInvokeExecutionFailed: it fell over`,
      ],
    ],
    [
      "answers 500",
      answering({ active: true }, [["Fn-Http-Status", "500"]]),
      [
        `INFO cacheMiss: no result of ${authorizerId} is remembered`,
        `ERROR unexpectedResponse: ${authorizerId} answered 500`,
      ],
    ],
    [
      "answers an impossible status",
      answering({ active: true }, [["Fn-Http-Status", "99"]]),
      [
        `INFO cacheMiss: no result of ${authorizerId} is remembered`,
        `ERROR unexpectedResponse: ${authorizerId} answered with an invalid status or header`,
      ],
    ],
    [
      "answers no result",
      answering("yes"),
      [
        `INFO cacheMiss: no result of ${authorizerId} is remembered`,
        `ERROR unexpectedResponse: ${authorizerId} answered no authorizer's result`,
      ],
    ],
  ])("of an authorizer that %s", async (_, result, said) => {
    const { call, logged } = await protect(single, result);
    await call({ "x-token": "a" });
    expect(lines(await logged())).toEqual(said);
  });

  test("of a request without what the authorizer is asked about", async () => {
    const { call, logged } = await protect(single);
    const { status, headers } = await call();
    expect([status, headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
    expect(lines(await logged())).toEqual(["WARN authenticationFailed: the request has no header X-Token"]);
  });
});

test("a request without the scopes of the route", async () => {
  const authorization = { type: "ANY_OF", allowedScope: ["read", "write"] };
  const { call, logged } = await open({ authentication: single }, answering({ active: true, scope: "x" }), {
    authorization,
  });
  expect((await call({ "x-token": "a" })).status).toBe(404);
  const messages = (await logged()).flatMap((event) => (event.type === "execution" ? [event.message] : []));
  expect(messages.at(-1)).toBe("the request has none of the scopes read, write");
});

test("which server was chosen, and a token that none could be chosen by", async () => {
  const key = { type: "ANY_OF", name: "red", values: ["https://idp.example.com"] };
  const dynamicAuthentication = {
    selectionSource: { type: "SINGLE", selector: "request.auth[iss]" },
    authenticationServers: [{ key, authenticationServerDetail: staticAuthentication() }],
  };
  const { call, logged } = await open({ dynamicAuthentication });
  const token = goodToken({ iss: "https://idp.example.com" });
  expect((await call({ authorization: `Bearer ${token}` })).status).toBe(200);
  expect((await call({ authorization: "Bearer x" })).status).toBe(401);
  expect(lines(await logged(2))).toEqual([
    "INFO authenticationServerMatched: rule red",
    "INFO successfulAuthentication: the token is valid",
    "WARN jwtTokenInvalid: the token isn't a signed JSON web token",
  ]);
});

describe("a failure policy", () => {
  const failing = (more: object, context: object) => {
    const validationFailurePolicy = { type: "MODIFY_RESPONSE", ...more };
    return protect({ ...single, validationFailurePolicy }, answering({ active: false, context }));
  };

  // The switch `invalidResponseCodeStatus`.
  test.each([
    ["200", 200],
    ["599", 599],
    ["4040", 401],
    ["x404", 401],
    ["404x", 401],
    ["199", 401],
    ["", 401],
  ])("that takes the status from %j answers %i", async (code, status) => {
    const { call } = await failing({ responseCode: "request.auth[code]", responseMessage: "no" }, { code });
    const answer = await call({ "x-token": "a" });
    expect([answer.status, answer.text]).toEqual([status, "no"]);
  });

  test("without a message has the body of a gateway's error, which knows its own reasons only", async () => {
    const { call } = await failing({ responseCode: "request.auth[code]" }, { code: "404" });
    const answer = await call({ "x-token": "a" });
    expect(answer.headers.get("content-type")).toBe("application/json");
    expect(JSON.parse(answer.text)).toEqual({ code: 404, message: "Not Found" });
    const other = await failing({ responseCode: "418" }, {});
    expect(JSON.parse((await other.call({ "x-token": "a" })).text)).toEqual({ code: 418, message: "" });
  });

  test("without a code answers 401 with the challenge, and lets nobody through", async () => {
    const { call, calls } = await failing({ responseMessage: "no" }, {});
    const answer = await call({ "x-token": "a" });
    expect([answer.status, answer.text]).toEqual([401, "no"]);
    expect(answer.headers.get("www-authenticate")).toBe("Bearer");
    expect(calls).toHaveLength(1);
  });
});
