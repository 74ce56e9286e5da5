import { describe, expect, it } from "vitest";
import { echo } from "../../functions/echo/handler.ts";
import { hello } from "../../functions/hello/handler.ts";
import { toRequest } from "../../functions/kit/request.ts";

function call(method: string, url: string, contentType?: string, body: string | Buffer = "") {
  return toRequest(Buffer.from(body), {
    "Fn-Call-Id": ["01J"],
    "Fn-Http-Method": [method],
    "Fn-Http-Request-Url": [url],
    ...(contentType === undefined ? {} : { "Fn-Http-H-Content-Type": [contentType] }),
  });
}

describe("hello", () => {
  it.each([
    ["a query", call("GET", "/v1/hello?name=Ada"), "Hello, Ada!"],
    ["an encoded query", call("GET", "/v1/hello?name=Ad%C3%A8le+L"), "Hello, Adèle L!"],
    ["HEAD", call("HEAD", "/v1/hello?name=Ada"), "Hello, Ada!"],
    ["no name", call("GET", "/v1/hello"), "Hello, World!"],
    ["JSON", call("POST", "/v1/hello", "application/json", '{"name":"Ada"}'), "Hello, Ada!"],
    ["a form", call("POST", "/v1/hello", "application/x-www-form-urlencoded", "name=Ada"), "Hello, Ada!"],
    ["JSON without a name", call("POST", "/v1/hello", "application/json", "{}"), "Hello, World!"],
  ])("greets by %s", (_how, request, message) => {
    expect(hello(request)).toEqual({
      status: 200,
      headers: { "content-type": "application/json" },
      body: `${JSON.stringify({ message })}\n`,
    });
  });

  it.each([
    [
      "a name that isn't a text",
      call("POST", "/", "application/json", '{"name":1}'),
      400,
      "The name is not a text",
    ],
    ["another method", call("DELETE", "/"), 405, "DELETE is not supported: use GET or POST"],
  ])("refuses %s", (_what, request, status, message) => {
    expect(() => hello(request)).toThrow(expect.objectContaining({ status, message }));
  });
});

describe("echo", () => {
  it("shows the request, the call, the function, and only names of the environment", () => {
    const request = call("POST", "/v1/echo?a=1&a=2", "text/plain", "hi");
    const environment = {
      SECRET: "hush",
      FN_FN_NAME: "echo",
      FN_FN_ID: "f",
      FN_APP_ID: "a",
      FN_MEMORY: "256",
    };
    const answer = echo(request, environment);
    expect(answer.status).toBe(200);
    expect(answer.body).not.toContain("hush");
    expect(JSON.parse(answer.body as string)).toEqual({
      request: {
        method: "POST",
        url: "/v1/echo?a=1&a=2",
        path: "/v1/echo",
        query: [
          ["a", "1"],
          ["a", "2"],
        ],
        headers: { "content-type": ["text/plain"] },
        body: { bytes: 2, text: "hi" },
      },
      call: {
        id: "01J",
        deadline: null,
        headers: {
          "fn-call-id": ["01J"],
          "fn-http-method": ["POST"],
          "fn-http-request-url": ["/v1/echo?a=1&a=2"],
        },
      },
      function: { id: "f", name: "echo", applicationId: "a", applicationName: null, memoryInMBs: 256 },
      environmentNames: ["FN_APP_ID", "FN_FN_ID", "FN_FN_NAME", "FN_MEMORY", "SECRET"],
    });
  });

  it("shows bytes that are no text in Base64", () => {
    const answer = echo(call("POST", "/", "image/png", Buffer.from([0xff, 0x00])), {});
    expect(JSON.parse(answer.body as string).request.body).toEqual({ bytes: 2, base64: "/wA=" });
  });
});
