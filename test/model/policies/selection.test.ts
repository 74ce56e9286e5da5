import { describe, expect, it } from "vitest";
import { checkDynamicRouting } from "../../../components/model/policies/dynamic-routing.ts";
import { lines, names } from "./checked.ts";

const scope = { parameters: ["id"], hasAuthentication: false };
const selectionSource = { type: "SINGLE", selector: "request.headers[x-canary]" };
const anyOf = (name: string, ...values: string[]) => ({
  key: { type: "ANY_OF", name, values },
  backend: "a",
});
const wildcard = (name: string, expression: string) => ({
  key: { type: "WILDCARD", name, expression },
  backend: "a",
});
const check = (given: object) =>
  lines(checkDynamicRouting({ selectionSource, routingBackends: [anyOf("a", "1")], ...given }, "r", scope));

// "Selecting API Gateway Back Ends Dynamically Based on Request Elements"
describe("choices between back ends", () => {
  it("[selection] take rules of both types, and one default", () => {
    const rules = [
      anyOf("a", "1", ""),
      anyOf("none"),
      wildcard("b", "beta-*"),
      wildcard("c", "+-x"),
      { key: { type: "ANY_OF", name: "rest", isDefault: true }, backend: "a" },
    ];
    expect(check({ routingBackends: rules })).toEqual([]);
    expect(check({ routingBackends: names(100).map((name) => anyOf(name, name)) })).toEqual([]);
    expect(check({ routingBackends: [anyOf("a", ...names(100))] })).toEqual([]);
  });

  it("[context-variable] look at the selector whatever else is wrong with its source", () => {
    expect(check({ selectionSource: { type: "ALL", selector: "request.body", more: 1 } })).toEqual([
      expect.stringMatching(/^r\.selectionSource\.type: is "ALL"; must be "SINGLE"/),
      "r.selectionSource.more: is not a setting; allowed are type, selector [unsupported-setting]",
      expect.stringMatching(/^r\.selectionSource\.selector: "request\.body" may not stand here; /),
    ]);
    expect(check({ selectionSource: { type: "SINGLE", selector: "" } })).toEqual([
      "r.selectionSource.selector: must not be empty [selection]",
    ]);
  });

  it.each<[unknown, string]>([
    [
      {},
      'r.routingBackends: must be a list, for example [{ key: { type: "ANY_OF", name: "beta", values: ["beta"] }, backend: "beta" }]; is an object [selection]',
    ],
    [[], "r.routingBackends: has 0 rules; must have 1 to 100 [selection]"],
    [
      names(101).map((name) => anyOf(name)),
      "r.routingBackends: has 101 rules; must have 1 to 100 [selection]",
    ],
    [["a"], 'r.routingBackends[0]: must be an object with "key" and "backend"; is a text [selection]'],
    [[{ backend: "a" }], "r.routingBackends[0].key: is missing; must be an object [selection]"],
    [
      [{ ...anyOf("a"), name: "x" }],
      "r.routingBackends[0].name: is not a setting; allowed are key, backend [unsupported-setting]",
    ],
    [[anyOf("")], "r.routingBackends[0].key.name: must not be empty [selection]"],
    [
      [anyOf("a", ...names(101))],
      "r.routingBackends[0].key.values: has 101; at most 100 are allowed [selection]",
    ],
    [
      [{ key: { type: "any_of", name: "a" }, backend: "a" }],
      'r.routingBackends[0].key.type: is "any_of"; must be one of "ANY_OF", "WILDCARD" [selection]',
    ],
    [
      [{ key: { type: "ANY_OF", name: "a", expression: "a*" }, backend: "a" }],
      "r.routingBackends[0].key.expression: is not a setting; allowed are type, name, values, isDefault [unsupported-setting]",
    ],
    [
      [anyOf("a", "1"), anyOf("a", "2")],
      'r.routingBackends[1].key.name: is "a", which stands at r.routingBackends[0].key.name already; each must be unique among the rules [selection]',
    ],
    [
      [anyOf("a", "Beta"), anyOf("b", "1", "bETA")],
      'r.routingBackends[1].key.values[1]: is "bETA", which stands at r.routingBackends[0].key.values[0] already; each must be unique among the rules [selection]',
    ],
    [
      [wildcard("a", "b*"), wildcard("b", "b*")],
      'r.routingBackends[1].key.expression: is "b*", which stands at r.routingBackends[0].key.expression already; each must be unique among the rules [selection]',
    ],
    [
      ["a", "b"].map((name) => ({ key: { type: "ANY_OF", name, isDefault: true }, backend: "a" })),
      "r.routingBackends[1].key.isDefault: is the default beside r.routingBackends[0].key.isDefault; only one rule can be [selection]",
    ],
  ])("[selection] refuse rules %.80j", (routingBackends, expected) => {
    expect(check({ routingBackends })).toEqual([expected]);
  });

  it("[selection] tell everything at once", () => {
    const routingBackends = [wildcard("a", "b*a"), anyOf("a", "x", "X"), { key: 7, backend: "a" }];
    expect(check({ routingBackends })).toEqual([
      'r.routingBackends[0].key.expression: is "b*a"; must hold one "*" or "+", at its beginning or its end, for example "beta-*" [selection]',
      "r.routingBackends[2].key: must be an object; is 7 [selection]",
      'r.routingBackends[1].key.name: is "a", which stands at r.routingBackends[0].key.name already; each must be unique among the rules [selection]',
      'r.routingBackends[1].key.values[1]: is "X", which stands at r.routingBackends[1].key.values[0] already; each must be unique among the rules [selection]',
    ]);
  });

  it.each(["b*a", "*b*", "**", "*", "+", "beta", "", "b*+"])(
    "[selection] refuse the wildcard %j",
    (expression) => {
      expect(check({ routingBackends: [wildcard("a", expression)] })).toEqual([
        `r.routingBackends[0].key.expression: is ${JSON.stringify(expression)}; must hold one "*" or "+", at its beginning or its end, for example "beta-*" [selection]`,
      ]);
    },
  );

  it.each([
    "request.headers[x]",
    "request.query[x]",
    "request.path[id]",
    "request.host",
    "request.subdomain[example.com]",
  ])("[context-variable] take the selector %s", (selector) => {
    expect(check({ selectionSource: { type: "SINGLE", selector } })).toEqual([]);
  });

  const allowed =
    "allowed here are request.headers[name], request.query[name], request.path[name], request.host, request.subdomain[name], request.auth[name]";
  it.each([
    [
      "${request.header[x]}",
      `is "\${request.header[x]}"; a context variable stands here without "\${}" ("request.header[x]" is not a context variable; ${allowed})`,
    ],
    ["${request.host}", 'is "${request.host}"; a context variable stands here without "${}": "request.host"'],
    [
      "request.path[name]",
      '"request.path[name]" is not a parameter of the route\'s path; it has request.path[id]',
    ],
    ["x ${request.host}", `"x \${request.host}" is not a context variable; ${allowed}`],
    ["${request.host} x", `"\${request.host} x" is not a context variable; ${allowed}`],
    ["a.request.host", `"a.request.host" is not a context variable; ${allowed}`],
    ["request.body", `"request.body" may not stand here; ${allowed}`],
    ["request.usage_plan[id]", `"request.usage_plan[id]" is not supported yet; ${allowed}`],
    ["x-canary", `"x-canary" is not a context variable; ${allowed}`],
    [
      "request.auth[sub]",
      '"request.auth[sub]" needs an authentication policy: give requestPolicies.authentication to the API',
    ],
  ])("[context-variable] refuse the selector %s", (selector, message) => {
    expect(check({ selectionSource: { type: "SINGLE", selector } })).toEqual([
      `r.selectionSource.selector: ${message} [context-variable]`,
    ]);
  });

  it("[selection] refuse another kind of source", () => {
    expect(check({ selectionSource: { type: "MULTIPLE", selector: "request.host" } })).toEqual([
      'r.selectionSource.type: is "MULTIPLE"; must be "SINGLE" [selection]',
    ]);
    expect(check({ selectionSource: "request.host" })).toEqual([
      "r.selectionSource: must be an object; is a text [selection]",
    ]);
  });
});
