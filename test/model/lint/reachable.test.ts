import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lintApi } from "../../../components/model/lint.ts";
import { parseRouteKeys } from "../../../components/model/routes.ts";
import { compileMatcher } from "../../../emulator/gateway/compile/matcher.ts";
import { lines } from "../policies/checked.ts";
import { keyed } from "./fixture.ts";

const check = (...keys: string[]) => lines(lintApi(keyed(...keys)));

describe("routes that no request reaches", () => {
  it.each<[string[]]>([
    [["GET,POST /hello", "ANY /echo/{path*}", "GET /health"]],
    [["GET /users/me", "GET /users/{id}"]],
    [["GET /a/{p*}", "GET /a/{b}/{p*}"]],
    [["ANY /a/{p*}", "GET /a", "GET /a/{b}/{p*}"]],
    [["GET /a/{p*}", "POST /a", "POST /a/{b}/{p*}"]],
    [["GET /{a}/b", "GET /c/{d}"]],
    [["GET /a/{p*}", "GET /a/{b}", "GET /a/{b}/{c}"]],
    [["GET /{p*}", "GET /", "GET /{a}", "GET /{a}/{b}"]],
    // These have rules of their own.
    [["GET /a/{b}", "ANY /a/{c}"]],
    [["GET /a/{b}", "GET /a/{c}"]],
    [["GET /a", "ANY /a"]],
  ])("[route-unreachable] are not among %j", (keys) => {
    expect(check(...keys)).toEqual([]);
  });

  const rest = "answer all of its requests before it; remove it, or give it another path [route-unreachable]";
  it.each<[string[], string]>([
    [
      ["GET /a/{p*}", "GET /a", "GET /a/{b}/{p*}"],
      `routes["GET /a/{p*}"]: is never reached: routes["GET /a"], routes["GET /a/{b}/{p*}"] ${rest}`,
    ],
    [
      ["GET,POST /{p*}", "ANY /{a}/{p*}", "GET /", "POST /"],
      `routes["GET,POST /{p*}"]: is never reached: routes["GET /"], routes["POST /"], routes["ANY /{a}/{p*}"] ${rest}`,
    ],
    [
      ["HEAD /{p*}", "ANY /", "HEAD /{a}", "HEAD /{a}/{b}/{p*}"],
      `routes["HEAD /{p*}"]: is never reached: routes["ANY /"], routes["HEAD /{a}"], routes["HEAD /{a}/{b}/{p*}"] ${rest}`,
    ],
  ])("[route-unreachable] are found among %j", (keys, expected) => {
    expect(check(...keys)).toEqual([expected]);
  });
});

const segment = fc.constantFrom("a", "b", "{x}", "{y}");
const path = fc
  .tuple(fc.uniqueArray(segment, { maxLength: 3 }), fc.boolean())
  .map(([segments, isWild]) => `/${[...segments, ...(isWild ? ["{rest*}"] : [])].join("/")}`);
const method = fc.constantFrom("GET", "POST", "GET,POST", "ANY");
const key = fc.tuple(method, path).map((parts) => parts.join(" "));
const request = fc.tuple(
  fc.constantFrom("GET", "POST", "PUT"),
  fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 5 }).map((parts) => `/${parts.join("/")}`),
);

it("[route-unreachable] the gateway's matcher never chooses a route that is told to be never reached", () => {
  fc.assert(
    fc.property(fc.uniqueArray(key, { minLength: 2, maxLength: 6 }), fc.array(request), (keys, requests) => {
      const { routes } = parseRouteKeys(keys);
      const match = compileMatcher(
        routes.map((route) => ({ key: route.key, path: route.path, methods: route.methods })),
      );
      const found = lintApi(keyed(...keys)).filter(({ rule }) => rule === "route-unreachable");
      const unreached = new Set(found.map((problem) => problem.key));
      for (const [verb, at] of requests) {
        const matched = match(verb, at);
        if (matched.kind === "route") {
          expect(unreached).not.toContain(`routes[${JSON.stringify(matched.route.key)}]`);
        }
      }
    }),
  );
});
