import { describe, expect, test } from "vitest";
import { checkSpecification } from "../../../emulator/gateway/index.ts";

const stock = { type: "STOCK_RESPONSE_BACKEND", status: 200 };
const at = "specification.routes[0].backend";
const given = (backend: unknown) => ({ routes: [{ path: "/a", methods: ["GET"], backend }] });
const anyOf = (name: string, values?: unknown, more = {}) => ({ type: "ANY_OF", name, values, ...more });
const wildcard = (name: string, expression: unknown, more = {}) => ({
  type: "WILDCARD",
  name,
  expression,
  ...more,
});
const routed = (keys: unknown[], selector: unknown = "request.headers[x]", backend: unknown = stock) =>
  given({
    type: "DYNAMIC_ROUTING_BACKEND",
    selectionSource: { type: "SINGLE", selector },
    routingBackends: keys.map((key) => ({ key, backend })),
  });
const many = (count: number) => Array.from({ length: count }, (_, index) => `v${index}`);
const manyRules = (count: number) => many(count).map((name) => anyOf(name, [name]));
const keyAt = (index: number) => `${at}.routingBackends[${index}].key`;

// "Selecting API Gateway Back Ends Dynamically Based on Request Elements", "API Gateway Internal Limits"
describe("accepts", () => {
  test.each([
    ...["auth[sub]", "headers[X-A]", "path[a]", "query[a]", "subdomain[example.com]", "host"].map(
      (element): [string, unknown] => [
        `request.${element}`,
        routed([anyOf("a", ["1"])], `request.${element}`),
      ],
    ),
    ["100 rules", routed(manyRules(100))],
    ["100 values", routed([anyOf("a", many(100))])],
    ...["*a", "a*", "+a", "a+"].map((text): [string, unknown] => [text, routed([wildcard("a", text)])]),
    ["a default without values", routed([anyOf("a", undefined, { isDefault: true })])],
    ["a value that is also an expression", routed([anyOf("a", ["b*"]), wildcard("b", "b*")])],
    ["expressions that differ in case", routed([wildcard("a", "a*"), wildcard("b", "A*")])],
    ["names that differ in case", routed([anyOf("a", ["1"]), anyOf("A", ["2"])])],
    [
      "the selector in a host",
      routed([anyOf("a", ["1"])], "request.headers[x]", {
        type: "HTTP_BACKEND",
        url: "https://${request.headers[x]}.example.com/${request.host}",
      }),
    ],
  ])("%s", (_, specification) => {
    expect(checkSpecification(specification, "/v1")).toEqual([]);
  });
});

describe("refuses", () => {
  const expression = (text: string) =>
    `must have exactly one * (any characters) or + (at least one), at its beginning or its end, but is ${JSON.stringify(text)}; for example "beta-*"`;
  const selectors =
    "request.auth[name], request.headers[name], request.host, request.path[name], request.query[name] or request.subdomain[name]";
  const example = 'for example "https://api.example.com/users/${request.path[id]}"';
  test.each<[what: string, specification: unknown, path: string, message: string]>([
    ["no rules", routed([]), `${at}.routingBackends`, "must have at least 1 item, but has none"],
    [
      "101 rules",
      routed(manyRules(101)),
      `${at}.routingBackends`,
      "must have at most 100 items, but has 101",
    ],
    [
      "101 values",
      routed([anyOf("a", many(101))]),
      `${keyAt(0)}.values`,
      "must have at most 100 items, but has 101",
    ],
    [
      "a selector in ${}",
      routed([anyOf("a", ["1"])], "${request.host}"),
      `${at}.selectionSource.selector`,
      `has an unknown context variable \${request.host}; use ${selectors}`,
    ],
    [
      "the body as selector",
      routed([anyOf("a", ["1"])], "request.body"),
      `${at}.selectionSource.selector`,
      "must not use request.body: it is for authorizer functions' parameters only",
    ],
    [
      "usage plans as selector",
      routed([anyOf("a", ["1"])], "request.usage_plan[id]"),
      `${at}.selectionSource.selector`,
      "uses request.usage_plan, which is not carried out by this emulator yet; remove it from the local stack",
    ],
    [
      "no name",
      routed([{ type: "ANY_OF", values: [] }]),
      `${keyAt(0)}.name`,
      "is missing; it must be a string",
    ],
    [
      "an empty name",
      routed([anyOf("", ["1"])]),
      `${keyAt(0)}.name`,
      'must not be empty; for example "canary"',
    ],
    [
      "another type of rule",
      routed([{ type: "REGEX", name: "a" }]),
      `${keyAt(0)}.type`,
      'must be one of ANY_OF, WILDCARD, but is "REGEX"',
    ],
    ...["", "a", "*", "+", "a*b", "*a*", "**", "a++", "+a*"].map(
      (text): [string, unknown, string, string] => [
        `the expression ${JSON.stringify(text)}`,
        routed([wildcard("a", text)]),
        `${keyAt(0)}.expression`,
        expression(text),
      ],
    ),
    [
      "a name twice",
      routed([anyOf("a", ["1"]), wildcard("b", "b*"), anyOf("a", ["2"])]),
      `${keyAt(2)}.name`,
      "is also the name of rule 0; give each rule its own",
    ],
    [
      "a value twice in one rule",
      routed([anyOf("a", ["x", "X"])]),
      `${keyAt(0)}.values[1]`,
      'has the value "X" a second time, as rule 0 has it; case makes no difference',
    ],
    [
      "a value in two rules",
      routed([anyOf("a", ["x"]), anyOf("b", ["y", "x"])]),
      `${keyAt(1)}.values[1]`,
      'has the value "x" a second time, as rule 0 has it; case makes no difference',
    ],
    [
      "an expression twice",
      routed([wildcard("a", "x*"), wildcard("b", "x*")]),
      `${keyAt(1)}.expression`,
      "is also the expression of rule 0; remove one of them",
    ],
    [
      "two defaults",
      routed([anyOf("a", ["x"], { isDefault: true }), wildcard("b", "y*", { isDefault: true })]),
      `${keyAt(1)}.isDefault`,
      "must be set once at most, but rule 0 has it too",
    ],
    [
      "a dynamic back end in a dynamic back end",
      routed([anyOf("a", ["1"])], "request.host", { type: "DYNAMIC_ROUTING_BACKEND" }),
      `${at}.routingBackends[0].backend.type`,
      'must be one of ORACLE_FUNCTIONS_BACKEND, HTTP_BACKEND, STOCK_RESPONSE_BACKEND, but is "DYNAMIC_ROUTING_BACKEND"',
    ],
    [
      "another variable in a host",
      routed([anyOf("a", ["1"])], "request.headers[x]", {
        type: "HTTP_BACKEND",
        url: "http://${request.host}/",
      }),
      `${at}.routingBackends[0].backend.url`,
      `must have no context variable in the host but the selector's, \${request.headers[x]}, but is "http://\${request.host}/"; ${example}`,
    ],
    [
      "a URL that is none",
      routed([anyOf("a", ["1"])], "request.host", { type: "HTTP_BACKEND", url: "ftp://a" }),
      `${at}.routingBackends[0].backend.url`,
      `must be http(s)://host[:port]/path, but is "ftp://a"; ${example}`,
    ],
  ])("%s", (_, specification, path, message) => {
    expect(checkSpecification(specification, "/v1")).toEqual([{ path, message }]);
  });

  test("all at once: a rule's own fault beside the faults of the rules together", () => {
    const specification = routed([anyOf("a", ["x"]), wildcard("a", "x"), anyOf("b", "x")], "x", {
      type: "HTTP_BACKEND",
      url: "x",
    });
    expect(checkSpecification(specification, "/v1").map(({ path }) => path)).toEqual([
      `${at}.selectionSource.selector`,
      `${keyAt(1)}.expression`,
      `${keyAt(2)}.values`,
      `${keyAt(1)}.name`,
      `${at}.routingBackends[0].backend.url`,
      `${at}.routingBackends[1].backend.url`,
      `${at}.routingBackends[2].backend.url`,
    ]);
  });
});
