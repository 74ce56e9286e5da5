import { unverified } from "../../../emulator/gateway/unverified.ts";
import { defineCases, everyAnswer, functionBackend, gatewayError, route, wish } from "./case.ts";

const format = "Fn project, Fn format; fnproject/fn runner_httptrigger.go";
const recorded =
  "Recorded requests of real gateways (README Functions without FDK; oracle-functions-samples)";
const troubleshooting = "Troubleshooting OCI Functions; API Gateway log details";
const post = { methods: ["POST"] };
const notCallable = "OCI refuses to create a deployment whose function can't be called";
const notByRequest = "no request brings the service into this state";

export const functions = defineCases(
  {
    id: "function-request",
    name: "method, path, query, headers and body reach the function as they were sent",
    routes: [route("/things/{id}", functionBackend(), post)],
    steps: [
      {
        request: {
          method: "POST",
          path: "/things/1?b=2&a=%20x&b=3",
          headers: { "content-type": "text/plain", "x-one": "1", "x-two": ["a", "b"] },
          body: "hello, ü",
        },
        expected: {
          status: 200,
          headers: everyAnswer,
          saw: {
            method: "POST",
            url: "~/things/1?b=2&a=%20x&b=3",
            headers: { "x-one": "1", "x-two": ["a", "b"], "content-type": "text/plain" },
            contentType: "text/plain",
            body: "hello, ü",
          },
        },
      },
    ],
    source: recorded,
    confidence: "measured",
  },
  {
    id: "function-added-headers",
    name: "the gateway adds Forwarded, X-Forwarded-For, X-Real-Ip and Cdn-Loop",
    routes: [route("/a", functionBackend())],
    steps: [
      {
        request: { path: "/a" },
        expected: {
          status: 200,
          saw: {
            contentType: "application/octet-stream",
            headers: {
              forwarded: /^for=/,
              "x-forwarded-for": /^[0-9a-f.:]+$/,
              "x-real-ip": /^[0-9a-f.:]+$/,
              "cdn-loop": /./,
              host: /./,
            },
          },
        },
      },
    ],
    source: recorded,
    confidence: "measured",
  },
  {
    id: "function-hop-headers",
    name: "headers of the connection don't reach the function",
    routes: [route("/a", functionBackend())],
    steps: [
      {
        request: {
          path: "/a",
          headers: { connection: "close, x-hop", "x-hop": "1", "keep-alive": "timeout=5", "x-kept": "1" },
        },
        expected: {
          status: 200,
          saw: { headers: { connection: null, "x-hop": null, "keep-alive": null, "x-kept": "1" } },
        },
      },
    ],
    source: format,
    confidence: "documented",
  },
  {
    id: "function-answer",
    name: "status, headers and body of the function reach the client",
    routes: [route("/a", functionBackend())],
    steps: [
      {
        request: {
          path: "/a",
          headers: wish({
            status: 418,
            headers: { "X-Own": "1", "Content-Type": "text/x-tea" },
            body: "short",
          }),
        },
        expected: {
          status: 418,
          headers: { ...everyAnswer, "X-Own": "1", "Content-Type": "text/x-tea" },
          body: "short",
        },
      },
    ],
    source: format,
    confidence: "documented",
  },
  {
    id: "function-own-error",
    name: "a function's own 5xx passes unchanged",
    routes: [route("/a", functionBackend())],
    steps: [
      {
        request: { path: "/a", headers: wish({ status: 503, body: "mine" }) },
        expected: { status: 503, body: "mine" },
      },
    ],
    source: format,
    confidence: "documented",
  },
  {
    id: "function-request-id",
    name: "the client's opc-request-id is the first part of the answer's",
    routes: [route("/a", functionBackend())],
    steps: [
      {
        request: { path: "/a", headers: { "opc-request-id": "mine" } },
        expected: {
          status: 200,
          headers: { "opc-request-id": /^\/?mine\/[0-9A-F]{32}\/[0-9A-F]{32}$/ },
        },
      },
    ],
    source: "API Gateway log details",
    confidence: "documented",
  },
  {
    id: "function-body-limit",
    name: "6 MB reach a function, one byte more doesn't",
    routes: [route("/a", functionBackend(), post)],
    steps: [
      {
        request: { method: "POST", path: "/a", body: { bytes: 6 * 1024 * 1024 } },
        expected: { status: 200, saw: { body: { bytes: 6 * 1024 * 1024 } } },
      },
      {
        request: { method: "POST", path: "/a", body: { bytes: 6 * 1024 * 1024 + 1 } },
        expected: gatewayError(413, unverified.contentTooLargeReason),
      },
    ],
    source: "API Gateway Internal Limits; the reason phrase stands in no document",
    confidence: "unverified",
    switches: ["contentTooLargeReason"],
  },
  {
    id: "function-answer-limit",
    name: "an answer over 6 MB is a bad gateway",
    routes: [route("/a", functionBackend())],
    steps: [
      {
        request: { path: "/a", headers: wish({ bytes: 6 * 1024 * 1024 + 1 }) },
        expected: gatewayError(502, "Bad Gateway"),
      },
    ],
    source: troubleshooting,
    confidence: "documented",
  },
  {
    id: "function-throws",
    name: "a function that throws is a bad gateway",
    routes: [route("/a", functionBackend())],
    steps: [
      {
        request: { path: "/a", headers: wish({ throws: true }) },
        expected: gatewayError(502, "Bad Gateway"),
      },
    ],
    source: troubleshooting,
    confidence: "documented",
  },
  {
    id: "function-timeout",
    name: "a function beyond its time-out is a gateway time-out",
    routes: [route("/a", functionBackend("slow"))],
    steps: [
      {
        request: { path: "/a", headers: wish({ sleepInMs: 15_000 }) },
        expected: gatewayError(504, "Gateway Timeout"),
      },
    ],
    source: troubleshooting,
    confidence: "documented",
  },
  {
    id: "function-missing",
    name: "a function that is gone, or that the gateway may not call",
    routes: [route("/a", functionBackend("missing"))],
    steps: [{ request: { path: "/a" }, expected: gatewayError(500, "Internal Server Error") }],
    source: "measured on a live tenancy: without the policy clients get 500",
    confidence: "measured",
    except: { runners: ["emulator", "url"], because: notCallable },
  },
  {
    id: "function-uninitialised",
    name: "a container that doesn't start is a bad gateway",
    routes: [route("/a", functionBackend("uninitialised"))],
    steps: [{ request: { path: "/a" }, expected: gatewayError(502, "Bad Gateway") }],
    source: troubleshooting,
    confidence: "documented",
    except: { runners: ["emulator", "url"], because: notByRequest },
  },
  {
    id: "function-throttled",
    name: "a throttled function",
    routes: [route("/a", functionBackend("throttled"))],
    steps: [{ request: { path: "/a" }, expected: { status: unverified.functionThrottledStatus } }],
    source: "API Gateway log details has functionBackend.rateLimited, no document the status",
    confidence: "unverified",
    switches: ["functionThrottledStatus"],
    except: { runners: ["emulator", "url"], because: notByRequest },
  },
  {
    id: "function-unavailable",
    name: "a service that has no room",
    routes: [route("/a", functionBackend("unavailable"))],
    steps: [{ request: { path: "/a" }, expected: gatewayError(503, "Service Unavailable") }],
    source: "Troubleshooting API Gateway, 503: Service Unavailable",
    confidence: "documented",
    except: { runners: ["emulator", "url"], because: notByRequest },
  },
);
