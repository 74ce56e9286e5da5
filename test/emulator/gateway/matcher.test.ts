import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { belowPrefix } from "../../../emulator/gateway/compile/deployment.ts";
import { compileMatcher, type Matchable } from "../../../emulator/gateway/compile/matcher.ts";
import { seeds } from "../../hostile/seeds.ts";
import { turn } from "./switch.ts";

const found = (paths: string[], path: string, method = "GET") => {
  const match = compileMatcher(paths.map((each) => ({ path: each, methods: ["GET"] })))(method, path);
  return match.kind === "route" ? [match.route.path, Object.fromEntries(match.parameters)] : match.kind;
};

describe("one route", () => {
  // "Adding Path Parameters and Wildcards to Route Paths"; the rows on slashes: see the lines marked unverified
  test.each<[route: string, path: string, expected: unknown]>([
    ["/", "/", {}],
    ["/", "", {}],
    ["/", "/a", "no-route"],
    ["/hello", "/hello", {}],
    ["/hello", "/hello/", {}],
    ["/hello/", "/hello", {}],
    ["/hello", "/hello//", "no-route"],
    ["/hello", "//hello", "no-route"],
    ["/hello", "/Hello", "no-route"],
    ["/hello", "/hell", "no-route"],
    ["/hello", "/hello1", "no-route"],
    ["/hello", "/h%65llo", "no-route"],
    ["/users/{id}", "/users/7", { id: "7" }],
    ["/users/{id}", "/users/7/", { id: "7" }],
    ["/users/{id}", "/users/a%2Fb", { id: "a%2Fb" }],
    ["/users/{id}", "/users", "no-route"],
    ["/users/{id}", "/users/", "no-route"],
    ["/users/{id}", "/users//", "no-route"],
    ["/users/{id}", "/users/7/8", "no-route"],
    ["/users/{my-token}", "/users/7", { "my-token": "7" }],
    ["/users/{__proto__}", "/users/7", { ["__proto__"]: "7" }],
    ["/{a}/x/{b}", "/1/x/2", { a: "1", b: "2" }],
    ["/{a}/x/{b}", "/1/y/2", "no-route"],
    ["/hello/{p*}", "/hello", { p: "" }],
    ["/hello/{p*}", "/hello/", { p: "" }],
    ["/hello/{p*}", "/hello/a", { p: "a" }],
    ["/hello/{p*}", "/hello/a/b", { p: "a/b" }],
    ["/hello/{p*}", "/hello/a/b/", { p: "a/b/" }],
    ["/hello/{p*}", "/hello//", { p: "/" }],
    ["/hello/{p*}", "/hellos", "no-route"],
    ["/{p*}", "", { p: "" }],
    ["/{p*}", "/a/b", { p: "a/b" }],
    ["/{a}/{p*}", "/", "no-route"],
    ["/{a}/{p*}", "/x", { a: "x", p: "" }],
  ])("%s on %s", (route, path, expected) => {
    const result = found([route], path);
    expect(typeof result === "string" ? result : result[1]).toEqual(expected);
  });
});

describe("several routes", () => {
  test.each<[routes: string[], path: string, expected: string]>([
    [["/users/{id}", "/users/me"], "/users/me", "/users/me"],
    [["/users/{path*}", "/users/{id}"], "/users/7", "/users/{id}"],
    [["/users/{path*}", "/users/{id}"], "/users/7/8", "/users/{path*}"],
    [["/{path*}", "/{a}/{b}", "/{a}/x"], "/7/x", "/{a}/x"],
    [["/{a}/x", "/y/{b}"], "/y/x", "/y/{b}"],
    [["/{p*}", "/"], "/", "/"],
    [["/a/{p*}", "/a"], "/a", "/a"],
    [["/a/{p*}", "/a"], "/a/", "/a"],
    [["/{x}", "/{y}"], "/1", "/{x}"],
  ])("%j on %s", (routes, path, expected) => {
    expect(found(routes, path)[0]).toBe(expected);
  });

  test("a route that doesn't answer the method is passed over", () => {
    const match = compileMatcher([
      { path: "/users/me", methods: ["GET"] },
      { path: "/users/{id}", methods: ["ANY"] },
    ]);
    expect(match("POST", "/users/me")).toMatchObject({ kind: "route", route: { path: "/users/{id}" } });
  });

  test("a known path without the method is told from an unknown path", () => {
    expect(found(["/a", "/{b}/c"], "/a", "POST")).toBe("no-method");
    expect(found(["/a", "/{b}/c"], "/x/c", "POST")).toBe("no-method");
    expect(found(["/a", "/{b}/c"], "/x", "POST")).toBe("no-route");
  });
});

describe("switches", () => {
  test.each<[route: string, path: string, expected: string]>([
    ["/a", "/a", "/a"],
    ["/a", "/a/", "no-route"],
    ["/a/", "/a/", "/a/"],
    ["/a/", "/a", "no-route"],
    ["/{x}", "/a", "/{x}"],
    ["/{x}", "/a/", "no-route"],
    ["/{x}/", "/a/", "/{x}/"],
    ["/{x}/", "/a", "no-route"],
    ["/a/{p*}", "/a/", "/a/{p*}"],
    ["/a/{p*}", "/a/b/", "/a/{p*}"],
    ["/a/{p*}", "/a/b", "/a/{p*}"],
  ])("trailingSlash exact: %s on %s is %s", (route, path, expected) => {
    turn({ trailingSlash: "exact" });
    const result = found([route], path);
    expect(typeof result === "string" ? result : result[0]).toBe(expected);
  });

  test.each<[route: string, path: string, expected: unknown]>([
    ["/Hello", "/hELLO/", {}],
    ["/Users/{Id}", "/uSERS/Ann", { Id: "Ann" }],
    ["/Users/{p*}", "/USERS/Ann/B", { p: "Ann/B" }],
    ["/{a}/Hello", "/X/hello", { a: "X" }],
    ["/{a}/Hello", "/X/hell", "no-route"],
  ])("literalSegments case-insensitive: %s on %s", (route, path, expected) => {
    turn({ literalSegments: "case-insensitive" });
    const result = found([route], path);
    expect(typeof result === "string" ? result : result[1]).toEqual(expected);
  });
});

test("routes of one path are tried as declared, those with ANY for every method", () => {
  const match = compileMatcher([
    { path: "/a", methods: ["GET", "PUT"] },
    { path: "/a/", methods: ["POST"] },
    { path: "/a", methods: ["ANY"] },
  ]);
  const pathAndMethods = (method: string) => {
    const { route } = match(method, "/a") as { route: Matchable };
    return [route.path, ...route.methods];
  };
  expect(["PUT", "POST", "DELETE"].map(pathAndMethods)).toEqual([
    ["/a", "GET", "PUT"],
    ["/a/", "POST"],
    ["/a", "ANY"],
  ]);
});

test.each([
  ["/v1/a", "/v1", "/a"],
  ["/v1", "/v1", ""],
  ["/v1/", "/v1", "/"],
  ["/v10", "/v1", undefined],
  ["/V1/a", "/v1", undefined],
  ["/a", "/", "/a"],
  ["/v%31/a", "/v1", undefined],
])("%s below the prefix %s is %s", (path, prefix, rest) => {
  expect(belowPrefix(path, prefix)).toBe(rest);
});

/** The rules once more, without any preparation: all routes that match, compared two by two. */
function reference(routes: readonly Matchable[], method: string, path: string): Matchable | string {
  const split = (text: string) => {
    const segments = text.split("/").slice(1);
    return segments.at(-1) === "" ? segments.slice(0, -1) : segments;
  };
  const kind = (segment = "") => (segment.endsWith("*}") ? 2 : segment.startsWith("{") ? 1 : 0);
  const fits = (pattern: string[], segments: string[]): boolean => {
    const [head, ...rest] = pattern;
    if (head === undefined) return segments.length === 0;
    if (kind(head) === 2) return true;
    const [first, ...others] = segments;
    if (first === undefined) return false;
    return (kind(head) === 1 ? first !== "" : head === first) && fits(rest, others);
  };
  const all = routes.filter((route) => fits(split(route.path), split(path)));
  const able = all.filter(({ methods }) => methods.includes("ANY") || methods.includes(method));
  const better = (a: string[], b: string[]): boolean => {
    for (let index = 0; index < 10; index++) {
      if (kind(a[index]) !== kind(b[index])) return kind(a[index]) < kind(b[index]);
    }
    return false;
  };
  if (able.length === 0) return all.length === 0 ? "no-route" : "no-method";
  return able.reduce((best, route) => (better(split(route.path), split(best.path)) ? route : best));
}

test.each(seeds.matcher)("compiled and naive matching agree, seed %i", (seed) => {
  const literal = fc.constantFrom("a", "b", "ab", "%61");
  const segment = fc.oneof(literal, fc.constantFrom("{x}", "{y}"));
  const routePath = fc
    .tuple(fc.array(segment, { maxLength: 4 }), fc.constantFrom("", "/", "/{w*}"))
    .map(([segments, end]) => segments.map((each) => `/${each}`).join("") + end || "/");
  const route = fc.record({
    path: routePath,
    methods: fc.constantFrom(["GET"], ["POST"], ["GET", "POST"], ["ANY"]),
  });
  const path = fc
    .array(fc.oneof(literal, fc.constantFrom("", "A", "x")), { maxLength: 5 })
    .map((segments) => segments.map((each) => `/${each}`).join(""));
  fc.assert(
    fc.property(
      fc.array(route, { maxLength: 8 }),
      fc.constantFrom("GET", "POST", "PUT"),
      path,
      (routes, method, on) => {
        const match = compileMatcher(routes)(method, on);
        expect(match.kind === "route" ? match.route : match.kind).toEqual(reference(routes, method, on));
      },
    ),
    { seed, numRuns: 5000 },
  );
});
