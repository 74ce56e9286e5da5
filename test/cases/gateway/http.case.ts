import { defineCases, everyAnswer, gatewayError, httpBackend, route, stockBackend, wish } from "./case.ts";

const title = "Adding an HTTP or HTTPS URL as an API Gateway Back End";
const unreachable = "Troubleshooting API Gateway, back end unreachable";
const post = { methods: ["POST"] };

export const http = defineCases(
  {
    id: "http-request",
    name: "method, query, headers and body reach the URL of the specification",
    routes: [route("/a", httpBackend("backend:/fixed/path"), post)],
    steps: [
      {
        request: {
          method: "POST",
          path: "/a?x=1&y=%20",
          headers: { "content-type": "application/json", "x-one": "1" },
          body: '{"a":1}',
        },
        expected: {
          status: 200,
          headers: everyAnswer,
          saw: {
            method: "POST",
            url: "@/fixed/path?x=1&y=%20",
            headers: { "x-one": "1" },
            contentType: "application/json",
            body: '{"a":1}',
          },
        },
      },
    ],
    source: title,
    confidence: "documented",
  },
  {
    id: "http-path-variable",
    name: "a path parameter stands in the back end's path as it was sent",
    routes: [route("/u/{id}/{rest*}", httpBackend("backend:/v2/${request.path[id]}/${request.path[rest]}"))],
    steps: [
      {
        request: { path: "/u/a%20b/c/d" },
        expected: { status: 200, saw: { url: "@/v2/a%20b/c/d" } },
      },
    ],
    source: "Adding Context Variables to Policies and HTTP Back End Definitions",
    confidence: "documented",
  },
  {
    id: "http-answer",
    name: "status, headers and body of the back end reach the client",
    routes: [route("/a", httpBackend("backend:/a"))],
    steps: [
      {
        request: {
          path: "/a",
          headers: wish({
            status: 202,
            headers: { "x-own": ["1", "2"], "content-type": "text/x-a" },
            body: "b",
          }),
        },
        expected: { status: 202, headers: { ...everyAnswer, "content-type": "text/x-a" }, body: "b" },
      },
    ],
    source: title,
    confidence: "documented",
  },
  {
    id: "http-own-error",
    name: "a back end's own error passes unchanged",
    routes: [route("/a", httpBackend("backend:/a"))],
    steps: [
      {
        request: { path: "/a", headers: wish({ status: 500, body: "mine" }) },
        expected: { status: 500, body: "mine" },
      },
    ],
    source: title,
    confidence: "documented",
  },
  {
    id: "http-unknown-host",
    name: "a host that DNS doesn't know is a bad gateway",
    routes: [route("/a", httpBackend("https://nowhere.invalid/a"))],
    steps: [{ request: { path: "/a" }, expected: gatewayError(502, "Bad Gateway") }],
    source: unreachable,
    confidence: "documented",
  },
  {
    id: "http-refused",
    name: "a refused connection is a bad gateway",
    routes: [route("/a", httpBackend("http://127.0.0.1:1/a"))],
    steps: [{ request: { path: "/a" }, expected: gatewayError(502, "Bad Gateway") }],
    source: unreachable,
    confidence: "documented",
  },
  {
    id: "http-read-timeout",
    name: "a back end that answers too late is a gateway time-out",
    routes: [route("/a", httpBackend("backend:/a", { readTimeoutInSeconds: 1 }))],
    steps: [
      {
        request: { path: "/a", headers: wish({ sleepInMs: 4000 }) },
        expected: gatewayError(504, "Gateway Timeout"),
      },
    ],
    source: unreachable,
    confidence: "documented",
  },
  {
    id: "stock-answer",
    name: "status, headers and body of the specification",
    routes: [
      route("/a", stockBackend("teapot", { status: 418, headers: [{ name: "X-Own", value: "1" }] })),
      route("/none", { type: "STOCK_RESPONSE_BACKEND", status: 204 }),
    ],
    steps: [
      {
        request: { path: "/a" },
        expected: { status: 418, headers: { ...everyAnswer, "X-Own": "1" }, body: "teapot" },
      },
      { request: { path: "/none" }, expected: { status: 204, headers: everyAnswer, body: "" } },
    ],
    source: "Adding Stock Responses as an API Gateway Back End",
    confidence: "documented",
  },
  {
    id: "stock-body-limit",
    name: "a stock response takes a body of up to 20 MB, and none above",
    routes: [route("/a", stockBackend(), post)],
    steps: [
      {
        request: { method: "POST", path: "/a", body: { bytes: 20 * 1024 * 1024 } },
        expected: { status: 200, body: "ok" },
      },
      {
        request: { method: "POST", path: "/a", body: { bytes: 20 * 1024 * 1024 + 1 } },
        expected: { status: 413 },
      },
    ],
    source: "Adding Stock Responses as an API Gateway Back End; API Gateway Internal Limits",
    confidence: "documented",
  },
);
