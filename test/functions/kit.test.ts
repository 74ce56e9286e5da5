import { describe, expect, it } from "vitest";
import { readFields } from "../../functions/kit/body.ts";
import { toRequest } from "../../functions/kit/request.ts";
import { HttpError, json } from "../../functions/kit/response.ts";

describe("toRequest", () => {
  it.each([
    ["//host:99999/a?k=1?2", "//host:99999/a", "1?2"],
    ["/v1/a/../b/./c?k=%41", "/v1/a/../b/./c", "A"],
    ["/v1/%2e%2e/?k=", "/v1/%2e%2e/", ""],
    ["http://fn.example?k=1", "/", "1"],
  ])("takes %j as the client sent it", (given, path, value) => {
    const request = toRequest(Buffer.alloc(0), { "Fn-Http-Method": ["GET"], "Fn-Http-Request-Url": [given] });
    expect([request.path, request.query.get("k")]).toEqual([path, value]);
    expect(request.url).toBe(given.replace("http://fn.example", "/"));
  });

  it("reads a call from a gateway: path and query only, the client's headers prefixed", () => {
    // Header names and values as in public dumps of real calls from API Gateway.
    const request = toRequest(Buffer.from("hi"), {
      "Content-Type": ["application/octet-stream"],
      "Fn-Call-Id": ["01J"],
      "Fn-Deadline": ["2026-11-21T10:00:30Z"],
      "Fn-Http-H-Accept": ["*/*"],
      "Fn-Http-H-Content-Type": ["Text/Plain; charset=utf-8"],
      "Fn-Http-Method": ["PUT"],
      "Fn-Http-Request-Url": ["/v1/a%20b/?k=1&k=2"],
    });
    expect(request).toMatchObject({
      method: "PUT",
      url: "/v1/a%20b/?k=1&k=2",
      path: "/v1/a%20b/",
      headers: { accept: ["*/*"], "content-type": ["Text/Plain; charset=utf-8"] },
      mediaType: "text/plain",
      callId: "01J",
      deadline: "2026-11-21T10:00:30Z",
    });
    expect([...request.query]).toEqual([
      ["k", "1"],
      ["k", "2"],
    ]);
  });

  it("reads the absolute URL of Fn's own triggers", () => {
    const request = toRequest(Buffer.alloc(0), {
      "Fn-Http-Method": ["GET"],
      "Fn-Http-Request-Url": ["http://fn:8080/t/app/f?x=1"],
    });
    expect(request.url).toBe("/t/app/f?x=1");
  });

  it("sees no content type when the client sent none, whatever Functions puts there", () => {
    const headers = { "Fn-Http-Method": ["GET"], "Content-Type": ["application/octet-stream"] };
    expect(toRequest(Buffer.alloc(0), headers).mediaType).toBeUndefined();
  });

  it("reads a call without a gateway as a POST to /", () => {
    const request = toRequest(Buffer.from("{}"), { "Content-Type": ["application/json"] });
    expect(request).toMatchObject({ method: "POST", url: "/", mediaType: "application/json" });
  });
});

describe("readFields", () => {
  const post = (contentType: string | undefined, body: string) =>
    toRequest(Buffer.from(body), {
      "Fn-Http-Method": ["POST"],
      ...(contentType === undefined ? {} : { "Fn-Http-H-Content-Type": [contentType] }),
    });

  it("reads a JSON object and a form", () => {
    expect(readFields(post("application/json; charset=utf-8", '{"name":"Ada"}'))).toEqual({ name: "Ada" });
    expect(readFields(post("application/x-www-form-urlencoded", "name=Ada+L%C3%BC"))).toEqual({
      name: "Ada Lü",
    });
  });

  it.each([
    [
      "text/plain",
      "x",
      415,
      '"text/plain" is not supported: send application/json or application/x-www-form-urlencoded',
    ],
    [
      undefined,
      "x",
      415,
      "no content type is not supported: send application/json or application/x-www-form-urlencoded",
    ],
    ["application/json", "{", 400, "The body is not JSON"],
    ["application/json", "", 400, "The body is not JSON"],
    ["application/json", "[1]", 400, "The body is not a JSON object"],
    ["application/json", "null", 400, "The body is not a JSON object"],
  ])("throws when the body is %s %j", (contentType, body, status, message) => {
    const error = catchError(() => readFields(post(contentType, body)));
    expect(error).toBeInstanceOf(HttpError);
    expect(error).toMatchObject({ status, message });
  });
});

it("answers errors in the form of the gateway's own", () => {
  expect(new HttpError(405, "No", { allow: "GET" }).toResponse()).toEqual({
    status: 405,
    headers: { "content-type": "application/json", allow: "GET" },
    body: '{"code":405,"message":"No"}\n',
  });
  expect(json(201, { a: 1 })).toEqual({
    status: 201,
    headers: { "content-type": "application/json" },
    body: '{"a":1}\n',
  });
});

function catchError(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}
