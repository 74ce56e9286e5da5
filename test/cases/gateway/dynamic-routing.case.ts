import { unverified } from "../../../emulator/gateway/unverified.ts";
import { defineCases, functionBackend, httpBackend, route, stockBackend } from "./case.ts";

const title = "Selecting API Gateway Back Ends Dynamically Based on Request Elements";
const anyOf = (name: string, values: string[], backend: object, isDefault = false) => ({
  key: { type: "ANY_OF", name, values, isDefault },
  backend,
});
const wildcard = (name: string, expression: string, backend: object) => ({
  key: { type: "WILDCARD", name, expression, isDefault: false },
  backend,
});
const chosen = (selector: string, ...routingBackends: object[]) => ({
  type: "DYNAMIC_ROUTING_BACKEND",
  selectionSource: { type: "SINGLE", selector },
  routingBackends,
});
const of = (headers: Record<string, string>, body: string) => ({
  request: { path: "/a", headers },
  expected: { status: 200, body },
});

export const dynamicRouting = defineCases(
  {
    id: "dynamic-any-of",
    name: "exact values are compared without regard to case, and win over wildcards",
    routes: [
      route(
        "/a",
        chosen(
          "request.headers[x-version]",
          wildcard("all", "b*", stockBackend("wildcard")),
          anyOf("beta", ["Beta", "test"], stockBackend("exact")),
          anyOf("stable", ["stable"], stockBackend("default"), true),
        ),
      ),
    ],
    steps: [
      of({ "x-version": "beta" }, "exact"),
      of({ "x-version": "TEST" }, "exact"),
      of({ "x-version": "bravo" }, "wildcard"),
      of({ "x-version": "other" }, "default"),
    ],
    source: title,
    confidence: "documented",
  },
  {
    id: "dynamic-wildcard",
    name: "the first wildcard that matches is taken, with regard to case; + wants something, * doesn't",
    routes: [
      route(
        "/a",
        chosen(
          "request.headers[x-version]",
          wildcard("plus", "v1+", stockBackend("plus")),
          wildcard("star", "v1*", stockBackend("star")),
          wildcard("end", "*-x", stockBackend("end")),
          anyOf("none", ["none"], stockBackend("default"), true),
        ),
      ),
    ],
    steps: [
      of({ "x-version": "v1.2" }, "plus"),
      of({ "x-version": "v1" }, "star"),
      of({ "x-version": "any-x" }, "end"),
      of({ "x-version": "V1" }, "default"),
    ],
    source: title,
    confidence: "documented",
  },
  {
    id: "dynamic-query",
    name: "a choice by query parameter, path parameter and host",
    routes: [
      route(
        "/q",
        chosen(
          "request.query[v]",
          anyOf("two", ["2"], stockBackend("two")),
          anyOf("d", [], stockBackend("default"), true),
        ),
      ),
      route(
        "/p/{v}",
        chosen(
          "request.path[v]",
          anyOf("two", ["2"], stockBackend("two")),
          anyOf("d", [], stockBackend("default"), true),
        ),
      ),
    ],
    steps: [
      { request: { path: "/q?v=2&v=3" }, expected: { status: 200, body: "two" } },
      { request: { path: "/q?v=3&v=2" }, expected: { status: 200, body: "default" } },
      { request: { path: "/p/2" }, expected: { status: 200, body: "two" } },
    ],
    source: title,
    confidence: "documented",
  },
  {
    id: "dynamic-kinds",
    name: "functions, HTTP and stock back ends behind one choice",
    routes: [
      route(
        "/a",
        chosen(
          "request.headers[x-kind]",
          anyOf("function", ["function"], functionBackend()),
          anyOf("http", ["http"], httpBackend("backend:/chosen")),
          anyOf("stock", ["stock"], stockBackend("stock")),
        ),
      ),
    ],
    steps: [
      {
        request: { path: "/a", headers: { "x-kind": "function" } },
        expected: { status: 200, saw: { url: "~/a" } },
      },
      {
        request: { path: "/a", headers: { "x-kind": "http" } },
        expected: { status: 200, saw: { url: "@/chosen" } },
      },
      of({ "x-kind": "stock" }, "stock"),
    ],
    source: title,
    confidence: "documented",
  },
  {
    id: "dynamic-absent",
    name: "a request without the element takes the default",
    routes: [
      route(
        "/a",
        chosen(
          "request.headers[x-version]",
          anyOf("beta", ["beta"], stockBackend("beta")),
          anyOf("d", ["d"], stockBackend("default"), true),
        ),
      ),
    ],
    steps: [
      unverified.absentElement === "default"
        ? of({}, "default")
        : { request: { path: "/a" }, expected: { status: unverified.noBackendMatchedStatus } },
    ],
    source: "no document speaks of an absent element",
    confidence: "unverified",
    switches: ["absentElement"],
  },
  {
    id: "dynamic-no-match",
    name: "no rule matches and there is no default",
    routes: [
      route("/a", chosen("request.headers[x-version]", anyOf("beta", ["beta"], stockBackend("beta")))),
    ],
    steps: [
      {
        request: { path: "/a", headers: { "x-version": "other" } },
        expected: { status: unverified.noBackendMatchedStatus },
      },
    ],
    source: `${title} says only that the request fails`,
    confidence: "unverified",
    switches: ["noBackendMatchedStatus"],
  },
);
