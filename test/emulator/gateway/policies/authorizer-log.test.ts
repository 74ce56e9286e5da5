import { describe, expect, test } from "vitest";
import type { GatewayEvent } from "../../../../emulator/gateway/types.ts";
import type { FunctionResult, HeaderList } from "../../../../emulator/runtime/types.ts";
import { functionBackend, functionId, openPlane } from "../harness.ts";

const authorizerId = "ocid1.fnfunc.oc1.iad.authorizer";
const stock = { type: "STOCK_RESPONSE_BACKEND", status: 200 };
const byHeader = { tokenHeader: "Authorization" };
const letIn = { active: true };

const json = (value: unknown, headers: HeaderList = []): FunctionResult => ({
  kind: "answer",
  headers,
  body: Buffer.from(JSON.stringify(value)),
});

/** A gateway whose authorizer answers so. */
const protect = (
  more: object,
  invoke: () => FunctionResult | Promise<FunctionResult> = () => json(letIn),
  backend: object = stock,
) => {
  const authentication = { type: "CUSTOM_AUTHENTICATION", functionId: authorizerId, ...more };
  return openPlane({
    routes: [{ path: "/a", backend }],
    specification: { requestPolicies: { authentication } },
    invoke,
  });
};

const lines = (events: readonly GatewayEvent[]) =>
  events.flatMap((event) =>
    event.type === "execution" ? [`${event.level} ${event.code.split(".")[1]}: ${event.message}`] : [],
  );

const miss = `INFO cacheMiss: no result of ${authorizerId} is remembered`;
const answered = `INFO successfulFunctionInvocation: ${authorizerId} answered`;
const success = `INFO successfulAuthentication: ${authorizerId} lets it in`;

// "Troubleshooting API Gateway": codes of the execution log; the messages are the emulator's
describe("what the log says of an authorizer that", () => {
  const failure = (status: 404 | 502): FunctionResult => ({
    kind: "failure",
    status,
    code: "Code",
    message: "no",
  });
  const unexpected = (text: string) => `ERROR unexpectedResponse: ${authorizerId} ${text}`;

  test.each<[string, FunctionResult, string[]]>([
    ["lets in", json(letIn), [answered, success]],
    [
      "refuses",
      json({ active: false }),
      [answered, `WARN authenticationFailed: ${authorizerId} refuses the request`],
    ],
    ["fails", failure(502), [`ERROR failedFunctionInvocation: ${authorizerId}: Code: no`]],
    ["isn't there", failure(404), [`ERROR failedFunctionInvocation: ${authorizerId}: Code: no`]],
    ["answers 403", json(letIn, [["Fn-Http-Status", "403"]]), [unexpected("answered 403")]],
    [
      "answers an impossible status",
      json(letIn, [["Fn-Http-Status", "99"]]),
      [unexpected("answered with an invalid status or header")],
    ],
    ["answers no result", json([]), [unexpected("answered no authorizer's result")]],
  ])("%s", async (_, result, expected) => {
    const { url, logged } = await protect(byHeader, () => result);
    await fetch(`${url}/a`, { headers: { authorization: "x" } });
    expect(lines(await logged())).toEqual([miss, ...expected]);
  });

  test("isn't asked again", async () => {
    const { url, logged } = await protect(byHeader);
    for (const _ of [1, 2]) await fetch(`${url}/a`, { headers: { authorization: "x" } });
    expect(lines(await logged(2))).toEqual([miss, answered, success, success]);
  });

  test("isn't asked for want of its token", async () => {
    const { url, logged } = await protect(byHeader);
    await fetch(`${url}/a`);
    expect(lines(await logged())).toEqual([
      "WARN authenticationFailed: the request has no header Authorization",
    ]);
  });

  test("is asked each time, as nothing is remembered", async () => {
    const { url, logged, calls } = await protect({ parameters: { body: "request.body" } });
    const send = () => fetch(`${url}/a`, { method: "POST", body: "same" });
    await Promise.all([send(), send()]);
    expect(calls.map(({ body }) => body.toString())).toEqual(
      Array(2).fill('{"type":"USER_DEFINED","data":{"body":"same"}}'),
    );
    expect(lines(await logged(2)).sort()).toEqual([success, success, answered, answered]);
  });
});

test("a body that no argument needs isn't read ahead, however large it is", async () => {
  const { url } = await protect({ parameters: { key: "request.headers[x-key]" } });
  const body = Buffer.alloc(6 * 1024 * 1024 + 1, "a");
  expect((await fetch(`${url}/a`, { method: "POST", body })).status).toBe(200);
});

test("a request whose client is gone when its authorizer answers goes no further", async () => {
  const going = new AbortController();
  let release: (result: FunctionResult) => void = () => {};
  const result = new Promise<FunctionResult>((resolve) => {
    release = resolve;
  });
  const { url, logged, calls } = await protect(
    byHeader,
    () => {
      going.abort();
      return result;
    },
    functionBackend,
  );
  const request = fetch(`${url}/a`, { headers: { authorization: "x" }, signal: going.signal });
  await expect(request).rejects.toThrow("This operation was aborted");
  const events = await logged();
  release(json(letIn));
  await new Promise((resolve) => setImmediate(resolve));
  expect(calls.map((call) => call.functionId)).toEqual([authorizerId]);
  expect(lines(events)).not.toContain(success);
});

test("a refusal that the policy answers doesn't reach the back end", async () => {
  const validationFailurePolicy = { type: "MODIFY_RESPONSE", responseCode: "403" };
  const more = { ...byHeader, validationFailurePolicy };
  const { url, calls } = await protect(more, () => json({ active: false }), functionBackend);
  expect((await fetch(`${url}/a`, { headers: { authorization: "x" } })).status).toBe(403);
  expect(calls.map((call) => call.functionId)).not.toContain(functionId);
});

// "API Gateway log details"
test("a line that isn't about its function doesn't name it", async () => {
  const items = [{ name: "x-a", values: ["${request.query[a]}"] }];
  const requestPolicies = { headerTransformations: { setHeaders: { items } } };
  const authentication = { type: "CUSTOM_AUTHENTICATION", functionId: authorizerId, ...byHeader };
  const { url, logged } = await openPlane({
    routes: [{ path: "/a", backend: stock, requestPolicies }],
    specification: { requestPolicies: { authentication } },
    invoke: () => json(letIn),
  });
  await fetch(`${url}/a`, { headers: { authorization: "x" } });
  const named = (await logged()).flatMap((event) =>
    event.type === "execution" ? [[event.code, event.functionId]] : [],
  );
  expect(named.slice(-2)).toEqual([
    ["customAuthentication.successfulAuthentication", authorizerId],
    ["headerTransformation.missingSetValues", undefined],
  ]);
});
