import { unverified } from "../../../emulator/gateway/unverified.ts";
import { defineCases, gatewayError, route, stockBackend } from "./case.ts";

const limits = "API Gateway Internal Limits";
const padded = (bytes: number) =>
  `GET ~/a HTTP/1.1\r\nHost: <host>\r\nConnection: close\r\nX-Pad: <pad:${bytes}>\r\n\r\n`;
const malformed = { status: unverified.malformedRequestStatus };

export const requests = defineCases(
  {
    id: "unknown-route",
    name: "a path below no route",
    routes: [route("/a", stockBackend())],
    steps: [{ request: { path: "/b" }, expected: gatewayError(404, "Not Found") }],
    source: 'measured by shukawam, "OCI API Gateway" (Qiita)',
    confidence: "measured",
  },
  {
    id: "head-limit",
    name: "8 KB of request line and headers pass, one byte more doesn't",
    routes: [route("/a", stockBackend())],
    steps: [
      { request: { raw: padded(8192) }, expected: { status: 200, body: "ok" } },
      { request: { raw: padded(8193) }, expected: { status: unverified.headTooLargeStatus } },
    ],
    source: `${limits}; the status stands in no document`,
    confidence: "unverified",
    switches: ["headTooLargeStatus"],
  },
  {
    id: "request-malformed",
    name: "two lengths, a length beside chunks, and a header with a blank in its name",
    routes: [route("/a", stockBackend(), { methods: ["POST"] })],
    steps: [
      "Content-Length: 1\r\nContent-Length: 2",
      "Content-Length: 1\r\nTransfer-Encoding: chunked",
      "X Y: 1",
    ].map((line) => ({
      request: { raw: `POST ~/a HTTP/1.1\r\nHost: <host>\r\nConnection: close\r\n${line}\r\n\r\n` },
      expected: malformed,
    })),
    source: "HTTP/1.1 (RFC 9112); the status stands in no document of Oracle's",
    confidence: "unverified",
    switches: ["malformedRequestStatus"],
  },
  {
    id: "request-expectation",
    name: "an expectation that no server meets",
    routes: [route("/a", stockBackend())],
    steps: [
      {
        request: { path: "/a", headers: { expect: "200-ok" } },
        expected: { status: unverified.expectationFailedStatus },
      },
    ],
    source: "HTTP Semantics (RFC 9110)",
    confidence: "unverified",
    switches: ["expectationFailedStatus"],
  },
  {
    id: "request-stall",
    name: "a client that stops in the middle of its head is given up after 15 seconds",
    routes: [route("/a", stockBackend())],
    steps: [
      {
        request: { raw: "GET ~/a HTTP/1.1\r\nHost: <host>\r\n" },
        expected: { status: unverified.clientTimeoutStatus },
      },
    ],
    source: `${limits}; the status stands in no document`,
    confidence: "unverified",
    switches: ["clientTimeoutStatus"],
    except: {
      runners: ["memory", "emulator"],
      because: "it waits for 15 seconds; test/emulator/gateway holds it with a shorter time",
    },
  },
  {
    id: "request-unsafe-value",
    name: "a path parameter that would leave the back end's path",
    routes: [route("/a/{id}", { type: "HTTP_BACKEND", url: "backend:/a/${request.headers[x-id]}/b" })],
    steps: [
      {
        request: { path: "/a/1", headers: { "x-id": ".." } },
        expected: { status: unverified.urlInvalidStatus },
      },
    ],
    source: "API Gateway log details has httpBackend.urlInvalid, no document the status",
    confidence: "unverified",
    switches: ["urlInvalidStatus"],
  },
);
