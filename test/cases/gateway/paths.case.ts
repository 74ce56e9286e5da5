import { unverified } from "../../../emulator/gateway/unverified.ts";
import { defineCases, functionBackend, gatewayError, route, stockBackend } from "./case.ts";

const creating = "Creating an API Deployment Specification";
const parameters = "Adding Path Parameters and Wildcards to Route Paths";
const notFound = gatewayError(404, "Not Found");
const ok = (body: string) => ({ status: 200, body });

export const paths = defineCases(
  {
    id: "path-literal",
    name: "a literal path is answered by its route, another one with 404",
    routes: [route("/users", stockBackend("users"))],
    steps: [
      { request: { path: "/users" }, expected: ok("users") },
      { request: { path: "/user" }, expected: notFound },
      { request: { path: "/users/1" }, expected: notFound },
    ],
    source: `${creating}; the body of 404 was measured (shukawam, "OCI API Gateway", Qiita)`,
    confidence: "measured",
  },
  {
    id: "path-parameter",
    name: "a parameter takes exactly one segment",
    routes: [route("/users/{id}/orders/{order_id}", functionBackend())],
    steps: [
      {
        request: { path: "/users/7/orders/a-b" },
        expected: { status: 200, saw: { url: "~/users/7/orders/a-b" } },
      },
      { request: { path: "/users/7/8/orders/a" }, expected: notFound },
    ],
    source: parameters,
    confidence: "documented",
  },
  {
    id: "path-wildcard",
    name: "a wildcard takes no, one or many segments",
    routes: [route("/files/{path*}", stockBackend("file"))],
    steps: ["/files/", "/files/a", "/files/a/b/c.txt"].map((path) => ({
      request: { path },
      expected: ok("file"),
    })),
    source: parameters,
    confidence: "documented",
  },
  {
    id: "path-trailing-slash",
    name: "a slash at the end makes no difference, and is passed on",
    routes: [route("/hello", functionBackend()), route("/bye/", functionBackend())],
    steps:
      unverified.trailingSlash === "tolerant"
        ? [
            { request: { path: "/hello/" }, expected: { status: 200, saw: { url: "~/hello/" } } },
            { request: { path: "/bye" }, expected: { status: 200, saw: { url: "~/bye" } } },
          ]
        : [
            { request: { path: "/hello/" }, expected: notFound },
            { request: { path: "/bye" }, expected: notFound },
          ],
    source: "Adding a Function in OCI Functions as an API Gateway Back End calls a route /hello as …/hello/",
    confidence: "unverified",
    switches: ["trailingSlash"],
  },
  {
    id: "path-case",
    name: "literal segments know case",
    routes: [route("/Users", stockBackend())],
    steps: [
      {
        request: { path: "/users" },
        expected: unverified.literalSegments === "case-sensitive" ? notFound : ok("ok"),
      },
    ],
    source: "no document says it",
    confidence: "unverified",
    switches: ["literalSegments"],
  },
  {
    id: "path-priority",
    name: "a literal wins over a parameter, a parameter over a wildcard, however they are ordered",
    routes: [
      route("/p/{path*}", stockBackend("wildcard")),
      route("/p/{id}", stockBackend("parameter")),
      route("/p/me", stockBackend("literal")),
    ],
    steps: [
      { request: { path: "/p/me" }, expected: ok("literal") },
      { request: { path: "/p/you" }, expected: ok("parameter") },
      { request: { path: "/p/you/too" }, expected: ok("wildcard") },
    ],
    source: "no document states an order",
    confidence: "unverified",
    assumptions: [
      "literal > {parameter} > {wildcard*} per segment, then declaration order; a route that doesn't answer the method is passed over",
    ],
  },
  {
    id: "path-method",
    name: "a method that no route of the path answers",
    routes: [route("/a", stockBackend("get")), route("/a", stockBackend("put"), { methods: ["PUT"] })],
    steps: [
      { request: { path: "/a", method: "PUT" }, expected: ok("put") },
      {
        request: { path: "/a", method: "POST" },
        expected: { status: unverified.methodNotAllowedStatus },
      },
    ],
    source: "the answer's status is reported as 405 and as 404",
    confidence: "unverified",
    switches: ["methodNotAllowedStatus"],
  },
  {
    id: "path-any",
    name: "ANY answers every method",
    routes: [route("/a", functionBackend(), { methods: ["ANY"] })],
    steps: ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"].map((method) => ({
      request: { path: "/a", method },
      expected: { status: 200, saw: { method } },
    })),
    source: creating,
    confidence: "documented",
  },
  {
    id: "path-head",
    name: "HEAD is answered by a route for HEAD, without a body",
    routes: [route("/a", stockBackend("not sent"), { methods: ["GET", "HEAD"] })],
    steps: [{ request: { path: "/a", method: "HEAD" }, expected: { status: 200, body: "" } }],
    source: `${creating}; HTTP Semantics (RFC 9110)`,
    confidence: "documented",
  },
  {
    id: "path-encoded",
    name: "a path stays percent-encoded for matching and for the back end",
    routes: [route("/f/{name}", functionBackend())],
    steps: [{ request: { path: "/f/a%2Fb%20c" }, expected: { status: 200, saw: { url: "~/f/a%2Fb%20c" } } }],
    source: "Adding Context Variables to Policies and HTTP Back End Definitions",
    confidence: "documented",
  },
  {
    id: "path-dots",
    name: "a path that would leave its route is refused",
    routes: [route("/f/{path*}", stockBackend("file"))],
    steps: ["/f/../secret", "/f/%2e%2e/secret", "/f/./a", "/f/a\\b"].map((path) => ({
      request: { path },
      expected: { status: unverified.unsafePathStatus },
    })),
    source: "no document says it",
    confidence: "unverified",
    switches: ["unsafePathStatus"],
  },
  {
    id: "path-root",
    deployment: "root",
    name: "route / under a prefix answers with and without the slash",
    routes: [route("/", functionBackend())],
    steps: [{ request: { path: "/" }, expected: { status: 200, saw: { url: "~/" } } }],
    source: "Recorded requests of real gateways: prefix /fn-netty, route /, called as /fn-netty/",
    confidence: "measured",
  },
);
