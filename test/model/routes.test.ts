import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Problem } from "../../components/model/problems.ts";
import { methods, parseRouteKeys, RouteKey } from "../../components/model/routes.ts";

const lines = (problems: readonly Problem[]) => problems.map((p) => `${p.key}: ${p.message} [${p.rule}]`);
const of = (...keys: string[]) => lines(parseRouteKeys(keys).problems);

describe("route keys that are right", () => {
  it.each([
    ["GET /", ["GET"], "/", []],
    ["GET,POST /users", ["GET", "POST"], "/users", []],
    ["ANY /files/{path*}", ["ANY"], "/files/{path*}", ["path"]],
    [
      "DELETE /users/{user_id}/posts/{postId}",
      ["DELETE"],
      "/users/{user_id}/posts/{postId}",
      ["user_id", "postId"],
    ],
    ["HEAD,GET,POST,PUT,PATCH,DELETE,OPTIONS /a/", methods.slice(1).toSorted(), "/a/", []],
    // Characters: "Creating an API Deployment Specification"
    ["GET /a$-_.+!*'(),%;:@&=b", ["GET"], "/a$-_.+!*'(),%;:@&=b", []],
  ])("[route-key] [route-path] reads %s", (key, verbs, path, parameters) => {
    const { route, problems } = RouteKey.parse(key);
    expect(problems).toEqual([]);
    expect(route?.methods.toSorted()).toEqual([...verbs].toSorted());
    expect(route?.path).toBe(path);
    expect(route?.parameters).toEqual(parameters);
  });

  it("keeps the order of methods as typed", () => {
    expect(RouteKey.parse("PUT,GET /a").route?.methods).toEqual(["PUT", "GET"]);
  });

  it("[route-path] takes 2000 characters and no more", () => {
    expect(of(`GET /${"a".repeat(1999)}`)).toEqual([]);
    const key = `GET /${"a".repeat(2000)}`;
    expect(of(key)).toEqual([
      `routes["${key}"]: path has 2001 characters, at most 2000 are allowed [route-path]`,
    ]);
  });
});

describe("route keys that are wrong", () => {
  const example = 'for example "GET /users/{id}" or "GET,POST /users"';
  it.each([
    ["/users", `must be methods (comma between them, no blank), one blank, path; ${example} [route-key]`],
    [
      "GET, POST /users",
      `must be methods (comma between them, no blank), one blank, path; ${example} [route-key]`,
    ],
    [
      "GET  /users",
      `must be methods (comma between them, no blank), one blank, path; ${example} [route-key]`,
    ],
    ["", `must be methods (comma between them, no blank), one blank, path; ${example} [route-key]`],
    [
      "FETCH /users",
      `"FETCH" is not a method; allowed are ANY, HEAD, GET, POST, PUT, PATCH, DELETE, OPTIONS; ${example} [route-methods]`,
    ],
    ["get /users", 'method "get" must be in upper case: "GET" [route-methods]'],
    ["GET,GET /users", 'names method "GET" twice [route-methods]'],
    ["GET users", 'path "users" must begin with "/", for example "/users" [route-path]'],
    ["GET /a//b", 'path "/a//b" has an empty segment; write "/a/b" [route-path]'],
    [
      "GET /a/b?c",
      'segment "b?c" has characters that are not allowed; allowed are letters, digits and $ - _ . + ! * \' ( ) , % ; : @ & = [route-path]',
    ],
    [
      "GET /users/id-{id}",
      'segment "id-{id}" mixes text and a parameter; a parameter takes a whole segment, for example "/{id}" [route-parameter]',
    ],
    [
      "GET /users/{id}.json",
      'segment "{id}.json" mixes text and a parameter; a parameter takes a whole segment, for example "/{id}" [route-parameter]',
    ],
    [
      "GET /users/{user-id}",
      'parameter "{user-id}" must be named with letters, digits and "_", for example "{user_id}" or "{path*}" [route-parameter]',
    ],
    [
      "GET /users/{}",
      'parameter "{}" must be named with letters, digits and "_", for example "{user_id}" or "{path*}" [route-parameter]',
    ],
    ["GET /a/{id}/b/{id}", 'parameter "id" occurs more than once; give each its own name [route-parameter]'],
    [
      "GET /{path*}/end",
      '"{path*}" must be the last segment; earlier ones match one segment: "{path}" [route-wildcard]',
    ],
  ])(
    "[route-key] [route-methods] [route-path] [route-parameter] [route-wildcard] refuses %j",
    (key, expected) => {
      const { route, problems } = RouteKey.parse(key);
      expect(lines(problems)).toEqual([`routes[${JSON.stringify(key)}]: ${expected}`]);
      expect(route).toBeUndefined();
    },
  );

  it("[route-any-mixed] warns of ANY beside other methods", () => {
    expect(of("ANY,GET /a")).toEqual([
      `routes["ANY,GET /a"]: names "ANY" beside other methods; Oracle's documents don't say what that means: write "ANY" alone [route-any-mixed]`,
    ]);
  });

  it("tells all problems of all routes together", () => {
    expect(of("get /a", "GET b", "PUT /c//d").map((line) => line.slice(line.lastIndexOf("[")))).toEqual([
      "[route-methods]",
      "[route-path]",
      "[route-path]",
    ]);
  });
});

describe("routes that clash", () => {
  it("[route-duplicate] refuses the same path and method twice", () => {
    expect(of("GET,POST /a", "PUT,POST /a")).toEqual([
      'routes["PUT,POST /a"]: has path "/a" and POST in common with routes["GET,POST /a"]; keep one of them [route-duplicate]',
    ]);
    expect(of("GET,POST,PUT /a", "PUT,GET /a")).toEqual([
      'routes["PUT,GET /a"]: has path "/a" and PUT, GET in common with routes["GET,POST,PUT /a"]; keep one of them [route-duplicate]',
    ]);
  });

  it("[route-any-overlap] warns of ANY beside a method of the same path", () => {
    expect(of("GET /a", "ANY /a")).toEqual([
      'routes["ANY /a"]: has path "/a" in common with routes["GET /a"], one of them for "ANY"; Oracle\'s documents don\'t say which one wins: name the methods [route-any-overlap]',
    ]);
    expect(of("ANY /a", "GET /a")).toEqual([
      'routes["GET /a"]: has path "/a" in common with routes["ANY /a"], one of them for "ANY"; Oracle\'s documents don\'t say which one wins: name the methods [route-any-overlap]',
    ]);
  });

  it.each([
    ["GET /a/{id}", "GET /a/{name}"],
    ["GET /a", "GET /a/"],
    ["GET /a/{x*}", "ANY /a/{y*}"],
  ])("[route-same-shape] warns that %s and %s answer the same requests", (first, second) => {
    expect(of(first, second)).toEqual([
      `routes["${second}"]: answers the same requests as routes["${first}"]; Oracle's documents don't say which one wins: keep one [route-same-shape]`,
    ]);
  });

  it("lets different methods share a path, and different paths a method", () => {
    expect(of("GET /a", "POST /a", "GET /b", "GET /a/{id}", "GET /a/{rest*}")).toEqual([]);
  });
});

describe("number of routes", () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => `GET /r${index}`);
  it.each([1, 50])("[route-count] takes %i", (count) => {
    expect(of(...many(count))).toEqual([]);
  });
  it.each([0, 51])("[route-count] refuses %i", (count) => {
    expect(of(...many(count))).toEqual([
      `routes: has ${count} routes; a deployment takes 1 to 50 [route-count]`,
    ]);
  });
});

it("reads any text without throwing, and what it reads it reads back from its own parts", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[A-Z,]{0,9} \/[a-z{}*/]{0,12}$/)), (key) => {
      const { route, problems } = RouteKey.parse(key);
      expect(route === undefined).toBe(problems.some((p) => p.rule !== "route-any-mixed"));
      if (route !== undefined) expect(`${route.methods.join(",")} ${route.path}`).toBe(key);
    }),
    { numRuns: 200 },
  );
});
