import { describe, expect, test } from "vitest";
import { createHttpClients } from "../../emulator/gateway/backends/http-clients.ts";
import type { FunctionResult } from "../../emulator/runtime/types.ts";
import { openPlane, sendRaw, startBackend } from "../emulator/gateway/harness.ts";

// What a policy has looked at is what the back end gets: a client must not show one request to the policies and
// another to the back end.

const authorizerId = "ocid1.fnfunc.oc1.iad.authorizer";
const answered = (value: unknown): FunctionResult => ({
  kind: "answer",
  headers: [],
  body: Buffer.from(JSON.stringify(value)),
});

/** Opens a route to a back end that notes the headers it got. */
async function open(requestPolicies: object, ofDeployment: object = {}) {
  const got: (string | undefined)[] = [];
  const backend = await startBackend((request, response) => {
    got.push(request.headers["x-tenant"] as string | undefined);
    request.resume().on("end", () => response.end("ok"));
  });
  const asked: unknown[] = [];
  const plane = await openPlane({
    routes: [{ path: "/a", backend: { type: "HTTP_BACKEND", url: backend }, requestPolicies }],
    specification: { requestPolicies: ofDeployment },
    invoke: (call) => {
      asked.push(JSON.parse(call.body.toString()));
      return answered({ active: true });
    },
  });
  const send = async (headers: string, body = "") => {
    const answer = await sendRaw(
      plane.port,
      `POST /v1/a HTTP/1.1\r\nHost: a\r\n${headers}Content-Length: ${body.length}\r\n\r\n${body}`,
    );
    return answer.status;
  };
  return { ...plane, got, asked, send };
}

// RFC 9110, section 7.6.1: what Connection names isn't for the next hop.
describe("headers that Connection names", () => {
  test.each(["close, X-Tenant", "x-tenant,close", "close\r\nConnection: X-TENANT"])(
    "are validated as absent: %j",
    async (connection) => {
      const headers = [{ name: "x-tenant", required: true }];
      const { send, got } = await open({ headerValidations: { headers } });
      expect(await send(`Connection: ${connection}\r\nX-Tenant: a\r\n`)).toBe(400);
      expect(await send("Connection: close\r\nX-Tenant: a\r\n")).toBe(200);
      expect(got).toEqual(["a"]);
    },
  );

  test("are not shown to an authorizer", async () => {
    const parameters = { tenant: "request.headers[X-Tenant]", host: "request.host" };
    const authentication = { type: "CUSTOM_AUTHENTICATION", functionId: authorizerId, parameters };
    const { send, got, asked } = await open({}, { authentication });
    expect(await send("Connection: close, x-tenant, host\r\nX-Tenant: a\r\n")).toBe(200);
    expect([asked, got]).toEqual([[{ type: "USER_DEFINED", data: { host: "a" } }], [undefined]]);
  });

  test("are no tokens", async () => {
    const authentication = {
      type: "CUSTOM_AUTHENTICATION",
      functionId: authorizerId,
      tokenHeader: "Authorization",
    };
    const { send, asked } = await open({}, { authentication });
    expect(await send("Connection: close, authorization\r\nAuthorization: Bearer a\r\n")).toBe(401);
    expect(asked).toEqual([]);
  });
});

describe("a query parameter whose name is encoded", () => {
  const custom = (more: object) => ({ type: "CUSTOM_AUTHENTICATION", functionId: authorizerId, ...more });

  test.each([
    ["us%65r=admin", "admin"],
    ["user=me&%75ser=admin", ["me", "admin"]],
    ["User=admin", undefined],
    ["user%00=admin", undefined],
    ["us%2565r=admin", undefined],
  ])("%s is shown to an authorizer", async (query, user) => {
    const authentication = custom({ parameters: { user: "request.query[user]", host: "request.host" } });
    const { url, asked } = await open({}, { authentication });
    expect((await fetch(`${url}/a?${query}`)).status).toBe(200);
    const { host } = new URL(url);
    expect(asked).toEqual([{ type: "USER_DEFINED", data: user === undefined ? { host } : { user, host } }]);
  });

  test.each([
    ["k%65y=a", 200],
    ["key=a&k%65y=b", 401],
    ["KEY=a", 401],
  ])("%s as a token is answered %i", async (query, status) => {
    const { url } = await open({}, { authentication: custom({ tokenQueryParam: "key" }) });
    expect((await fetch(`${url}/a?${query}`)).status).toBe(status);
  });
});

describe("body validation", () => {
  const bodyValidation = { content: { "application/*": { validationType: "NONE" } } };

  test.each([
    ["two types, the second not allowed", "Content-Type: application/json\r\nContent-Type: text/html\r\n"],
    ["two types, the first not allowed", "Content-Type: text/html\r\nContent-Type: application/json\r\n"],
    ["two types in one", "Content-Type: application/json, text/html\r\n"],
    ["a type with blanks", "Content-Type: application/json text/html\r\n"],
    ["two slashes", "Content-Type: application/json/html\r\n"],
    ["no subtype", "Content-Type: application/\r\n"],
  ])("%s", async (_, headers) => {
    const { send, got } = await open({ bodyValidation });
    expect([await send(`Connection: close\r\n${headers}`, "abc"), got]).toEqual([415, []]);
  });

  test.each([
    ["3\r\nabc\r\n0\r\n\r\n", 200],
    ["0\r\n\r\n", 400],
  ])("in chunks, which an authorizer has been shown before: %j is answered %i", async (chunks, status) => {
    const parameters = { body: "request.body", host: "request.host" };
    const authentication = { type: "CUSTOM_AUTHENTICATION", functionId: authorizerId, parameters };
    const { port } = await open({ bodyValidation: { required: true } }, { authentication });
    const answer = await sendRaw(
      port,
      `POST /v1/a HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}`,
    );
    expect(answer.status).toBe(status);
  });

  test("two types that are both allowed", async () => {
    const { send } = await open({ bodyValidation });
    const types = "Content-Type: application/json\r\nContent-Type: Application/xml; charset=utf-8\r\n";
    expect(await send(`Connection: close\r\n${types}`, "abc")).toBe(200);
  });
});

test("a refused request's answer can't say what is the gateway's to say", async () => {
  const items = [
    { name: "Server", values: ["other"] },
    { name: "Trailer", values: ["X-A"] },
    { name: "X-Why", values: ["no"] },
  ];
  const authentication = {
    type: "CUSTOM_AUTHENTICATION",
    functionId: authorizerId,
    tokenHeader: "Authorization",
    validationFailurePolicy: {
      type: "MODIFY_RESPONSE",
      responseCode: "403",
      responseHeaderTransformations: { setHeaders: { items } },
    },
  };
  const { url } = await open({}, { authentication });
  const { status, headers } = await fetch(`${url}/a`);
  expect([status, headers.get("server"), headers.get("trailer"), headers.get("x-why")]).toEqual([
    403,
    "Oracle API Gateway",
    null,
    "no",
  ]);
});

test("no connection is opened once the data plane is closed", async () => {
  const clients = createHttpClients();
  await clients.get(1, false);
  await clients.close();
  await expect(clients.get(1, false)).rejects.toThrow("the data plane is closed");
});
