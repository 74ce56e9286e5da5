import { describe, expect, it } from "vitest";
import { checkAuthorization } from "../../../components/model/policies/authorization.ts";
import { checkRoutePolicies } from "../../../components/model/policies/checks.ts";
import { checkCors } from "../../../components/model/policies/cors.ts";
import { checkDynamicRouting } from "../../../components/model/policies/dynamic-routing.ts";
import { checkRateLimiting } from "../../../components/model/policies/rate-limiting.ts";
import type { Problem } from "../../../components/model/problems.ts";
import { rules } from "../../../components/model/rules.ts";
import { checkSpecification } from "../../../emulator/gateway/specification/check.ts";
import { names } from "./checked.ts";

// Product and gateway are two readings of the same documents: what one refuses the other refuses too. Stricter at
// preview, where it can only be a mistake: parameters that the route hasn't, methods in lower case, validations of nothing.

const scope = { parameters: ["id"], hasAuthentication: false };
const isRefused = (problems: readonly Problem[]) =>
  problems.some(({ rule }) => rules[rule].level === "error");

function gatewayRefuses(route: object, requestPolicies: object = {}): boolean {
  const backend = { type: "STOCK_RESPONSE_BACKEND", status: 200 };
  const routes = [{ path: "/a/{id}", methods: ["GET"], backend, ...route }];
  return checkSpecification({ requestPolicies, routes }, "/v1").length > 0;
}

const item = (name: string) => ({ name, values: ["1"] });
const set = (...values: unknown[]) => ({ setHeaders: { items: [{ name: "X-A", values }] } });
const headerTransformations: [text: string, given: object][] = [
  ["nothing", {}],
  ["an unknown setting", { setHeader: {} }],
  ["an empty value", set("")],
  ["no value", set()],
  ["10 values", set(...names(10))],
  ["11 values", set(...names(11))],
  ["a line break", set("a\nb")],
  ["a zero byte", set("a\0")],
  ["text beyond ASCII", set("é")],
  ["half a character", set("\ud800")],
  ["an escaped variable's text", set("a ${request.host} é")],
  ["a variable of the path", set("${request.path[id]}")],
  ["a variable of the body", set("${request.body}")],
  ["an open variable", set("${request.host")],
  ["an unknown table", set("${request.cookie[a]}")],
  ["two brackets", set("${request.query[a][b]}")],
  ["20 set", { setHeaders: { items: names(20).map(item) } }],
  ["21 set", { setHeaders: { items: names(21).map(item) } }],
  ["none set", { setHeaders: { items: [] } }],
  ["21 renamed", { renameHeaders: { items: names(21).map((name) => ({ from: name, to: `y-${name}` })) } }],
  ["50 filtered", { filterHeaders: { type: "BLOCK", items: names(50).map((name) => ({ name })) } }],
  ["51 filtered", { filterHeaders: { type: "BLOCK", items: names(51).map((name) => ({ name })) } }],
  ["a filter without a type", { filterHeaders: { items: [{ name: "X" }] } }],
  ["a filter without items", { filterHeaders: { type: "ALLOW" } }],
  ["none filtered", { filterHeaders: { type: "ALLOW", items: [] } }],
  ["a name with a blank", { setHeaders: { items: [item("X A")] } }],
  ["an empty name", { setHeaders: { items: [item("")] } }],
  ["a name twice", { setHeaders: { items: [item("X-A"), item("x-a")] } }],
  ["a renamed name set too", { ...set("1"), renameHeaders: { items: [{ from: "X-A", to: "X-B" }] } }],
  ["a new name set too", { ...set("1"), renameHeaders: { items: [{ from: "X-B", to: "x-a" }] } }],
  ["a name renamed to itself", { renameHeaders: { items: [{ from: "X-B", to: "x-b" }] } }],
  [
    "a chain",
    {
      renameHeaders: {
        items: [
          { from: "a", to: "b" },
          { from: "b", to: "c" },
        ],
      },
    },
  ],
  ["a set name blocked", { ...set("1"), filterHeaders: { type: "BLOCK", items: [{ name: "X-A" }] } }],
  ["a set name allowed", { ...set("1"), filterHeaders: { type: "ALLOW", items: [{ name: "X-A" }] } }],
  ["a name allowed twice", { filterHeaders: { type: "ALLOW", items: [{ name: "a" }, { name: "A" }] } }],
  ["a protected name", { setHeaders: { items: [item("Cookie")] } }],
  ["a protected name allowed", { filterHeaders: { type: "ALLOW", items: [{ name: "Cookie" }] } }],
  ["Authorization", { setHeaders: { items: [item("Authorization")] } }],
];

it.each<[text: string, requestPolicies: object]>([
  ["a parameter that the route hasn't", { headerTransformations: set("${request.path[x]}") }],
  ["a method in lower case", { cors: { allowedOrigins: ["*"], allowedMethods: ["get"] } }],
  ["a validation of nothing", { headerValidations: {} }],
  ["an unsupported policy with nothing in it", { responseCacheLookup: {} }],
])("preview refuses %s, which the gateway takes", (_, requestPolicies) => {
  expect(isRefused(checkRoutePolicies({ requestPolicies }, "r", scope))).toBe(true);
  expect(gatewayRefuses({ requestPolicies })).toBe(false);
});

describe("the gateway says of transformations what the product says", () => {
  it.each(headerTransformations)("of headers: %s", (_, given) => {
    const requestPolicies = { headerTransformations: given };
    expect(isRefused(checkRoutePolicies({ requestPolicies }, "r", scope))).toBe(
      gatewayRefuses({ requestPolicies }),
    );
  });
  it.each(headerTransformations)("of an answer's headers: %s", (_, given) => {
    const responsePolicies = { headerTransformations: given };
    expect(isRefused(checkRoutePolicies({ responsePolicies }, "r", scope))).toBe(
      gatewayRefuses({ responsePolicies }),
    );
  });
  it.each(headerTransformations)("of the query: %s", (_, given) => {
    const text = JSON.stringify(given).replaceAll("Headers", "QueryParameters");
    const requestPolicies = { queryParameterTransformations: JSON.parse(text) };
    expect(isRefused(checkRoutePolicies({ requestPolicies }, "r", scope))).toBe(
      gatewayRefuses({ requestPolicies }),
    );
  });
});

const validations: [text: string, requestPolicies: object][] = [
  ["an empty list", { headerValidations: { headers: [] } }],
  ["a header", { headerValidations: { headers: [{ name: "a" }] } }],
  ["a header twice", { headerValidations: { headers: [{ name: "a" }, { name: "A" }] } }],
  ["a header's blank", { headerValidations: { headers: [{ name: "a b" }] } }],
  ["a parameter", { queryParameterValidations: { parameters: [{ name: "a b", required: true }] } }],
  ["an empty parameter", { queryParameterValidations: { parameters: [{ name: "" }] } }],
  ["a mode", { bodyValidation: { validationMode: "enforcing" } }],
  ["no content", { bodyValidation: { content: {} } }],
  ["all content", { bodyValidation: { content: { "*/*": { validationType: "NONE" } } } }],
  ["half a range", { bodyValidation: { content: { "*/json": { validationType: "NONE" } } } }],
  ["a range's parameter", { bodyValidation: { content: { "a/b;c=d": { validationType: "NONE" } } } }],
  ["another type", { bodyValidation: { content: { "a/b": { validationType: "SCHEMA" } } } }],
];
it.each(validations)("the gateway says of validations what the product says: %s", (_, requestPolicies) => {
  expect(isRefused(checkRoutePolicies({ requestPolicies }, "r", scope))).toBe(
    gatewayRefuses({ requestPolicies }),
  );
});

const origins = { allowedOrigins: ["*"] };
const cors: [text: string, given: object][] = [
  ["nothing", {}],
  ["no origin", { allowedOrigins: [] }],
  ["an origin", { allowedOrigins: ["https://a.example:8443"] }],
  ["null", { allowedOrigins: ["null"] }],
  ["an origin's path", { allowedOrigins: ["https://a.example/"] }],
  ["an origin's wildcard", { allowedOrigins: ["https://*.example"] }],
  ["an origin's user", { allowedOrigins: ["https://a@b.example"] }],
  ["an origin's blank", { allowedOrigins: ["https://a b.example"] }],
  ["another scheme", { allowedOrigins: ["ftp://a.example"] }],
  ["an origin beyond ASCII", { allowedOrigins: ["https://müller.example"] }],
  ["an origin's mark", { allowedOrigins: ["https://a.example!"] }],
  ["an address of IPv6", { allowedOrigins: ["https://[::1]:8443"] }],
  ["credentials of all", { ...origins, isAllowCredentialsEnabled: true }],
  ["50 methods", { ...origins, allowedMethods: names(50).map(() => "GET") }],
  ["51 methods", { ...origins, allowedMethods: names(51).map(() => "GET") }],
  ["50 headers", { ...origins, allowedHeaders: names(25), exposedHeaders: names(25) }],
  ["51 headers", { ...origins, allowedHeaders: names(25), exposedHeaders: names(26) }],
  ["all headers", { ...origins, allowedHeaders: ["*"], exposedHeaders: ["*"] }],
  ["no age", { ...origins, maxAgeInSeconds: 0 }],
  ["an age below", { ...origins, maxAgeInSeconds: -1 }],
  ["a broken age", { ...origins, maxAgeInSeconds: 1.5 }],
];
it.each(cors)("the gateway says of CORS what the product says: %s", (_, given) => {
  expect(isRefused(checkCors(given, "cors"))).toBe(gatewayRefuses({}, { cors: given }));
});

it.each([0, 1, 1.5, 150_000, 150_001])("the gateway says of a rate of %d what the product says", (rate) => {
  const rateLimiting = { rateInRequestsPerSecond: rate, rateKey: "TOTAL" };
  expect(isRefused(checkRateLimiting(rateLimiting, "r"))).toBe(gatewayRefuses({}, { rateLimiting }));
});

const uri = "https://idp.example.com/jwks";
const authentication = {
  type: "TOKEN_AUTHENTICATION",
  tokenQueryParam: "token",
  validationPolicy: { type: "REMOTE_JWKS", uri },
};
it.each<[string[]]>([[["a"]], [["a", "b:c/d"]], [[]], [[""]], [["a b"]], [["a\tb"]]])(
  "the gateway says of the scopes %j what the product says",
  (allowedScope) => {
    const authorization = { type: "ANY_OF", allowedScope };
    const route = { requestPolicies: { authorization } };
    expect(isRefused(checkAuthorization(authorization, "a"))).toBe(gatewayRefuses(route, { authentication }));
  },
);

const anyOf = (name: string, ...values: string[]) => ({ type: "ANY_OF", name, values });
const wildcard = (name: string, expression: string) => ({ type: "WILDCARD", name, expression });
const keys: [text: string, keys: object[]][] = [
  ["one", [anyOf("a", "1")]],
  ["none", []],
  ["no name", [anyOf("")]],
  ["an empty value", [anyOf("a", "")]],
  ["100 values", [anyOf("a", ...names(100))]],
  ["101 values", [anyOf("a", ...names(101))]],
  ["100 rules", names(100).map((name) => anyOf(name))],
  ["101 rules", names(101).map((name) => anyOf(name))],
  ["a name twice", [anyOf("a"), anyOf("a")]],
  ["a name in another case", [anyOf("a"), anyOf("A")]],
  ["a value twice", [anyOf("a", "x"), anyOf("b", "X")]],
  ["an expression twice", [wildcard("a", "x*"), wildcard("b", "x*")]],
  ["a value like an expression", [anyOf("a", "x*"), wildcard("b", "x*")]],
  ["two defaults", ["a", "b"].map((name) => ({ ...anyOf(name), isDefault: true }))],
  ...["*a", "a+", "*", "a*b", "*a*", ""].map((text): [string, object[]] => [text, [wildcard("a", text)]]),
];
it.each(keys)("the gateway says of a choice's rules what the product says: %s", (_, given) => {
  const selectionSource = { type: "SINGLE", selector: "request.host" };
  const backend = { type: "STOCK_RESPONSE_BACKEND", status: 200 };
  const routingBackends = given.map((key) => ({ key, backend }));
  const choice = { selectionSource, routingBackends };
  expect(isRefused(checkDynamicRouting(choice, "r", scope))).toBe(
    gatewayRefuses({ backend: { type: "DYNAMIC_ROUTING_BACKEND", ...choice } }),
  );
});

it.each([
  "request.host",
  "request.path[id]",
  "request.query[a]",
  "request.headers[a]",
  "request.subdomain[a.example]",
  "request.body",
  "request.usage_plan[id]",
  "request.cert[client_base64]",
  "request.auth[access_token_claims][scope]",
  "${request.host}",
  "request.query[]",
  "",
])("the gateway says of the selector %j what the product says", (selector) => {
  const key = { type: "ANY_OF", name: "a" };
  const selectionSource = { type: "SINGLE", selector };
  const backend = { type: "STOCK_RESPONSE_BACKEND", status: 200 };
  const choice = { selectionSource, routingBackends: [{ key, backend }] };
  expect(isRefused(checkDynamicRouting(choice, "r", scope))).toBe(
    gatewayRefuses({ backend: { type: "DYNAMIC_ROUTING_BACKEND", ...choice } }),
  );
});
