import { describe, expect, it } from "vitest";
import { checkPathPrefix, checkPrefixBeside, parsePath, pathShape } from "../../components/model/paths.ts";

// Rules: "Deploying an API on an API Gateway by Creating an API Deployment"
describe("path prefix", () => {
  it.each(["/", "/v1", "/v1/shop", "/a$-_.+!*'(),%;:@&=b", `/${"a".repeat(254)}`])(
    "[path-prefix] takes %s",
    (prefix) => {
      expect(checkPathPrefix(prefix)).toEqual([]);
    },
  );

  const allowed = "letters, digits and $ - _ . + ! * ' ( ) , % ; : @ & =";
  it.each([
    ["does not begin with a slash", "v1", '"v1" must begin with "/", for example "/v1"'],
    ["is empty", "", '"" must begin with "/", for example "/v1"'],
    ["ends with a slash", "/v1/", '"/v1/" must not end with "/"; write "/v1"'],
    ["has an empty segment", "/a//b", '"/a//b" has an empty segment; write "/a/b"'],
    [
      "holds a parameter",
      "/{tenant}",
      '"/{tenant}" holds a parameter, which only a route\'s path can; for example "/v1"',
    ],
    [
      "has other characters",
      "/a b",
      `"/a b" has characters that are not allowed in "a b"; allowed are ${allowed}`,
    ],
    ["is too long", `/${"a".repeat(255)}`, "has 256 characters, at most 255 are allowed"],
    ["is not text", 1 as unknown as string, 'must be text that begins with "/", for example "/v1"; is 1'],
  ])("[path-prefix] refuses a prefix that %s", (_, prefix, message) => {
    expect(checkPathPrefix(prefix)).toEqual([{ rule: "path-prefix", key: "pathPrefix", message }]);
  });
});

// "Deploying an API on an API Gateway by Creating an API Deployment"; "API Gateway Internal Limits"
describe("a prefix beside those of other deployments", () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => `/p${index}`);

  it.each<[prefix: string, others: string[]]>([
    ["/v1", []],
    ["/", []],
    ["/v2", ["/v1"]],
    ["/v1", many(19)],
  ])("[path-prefix-taken] %s may stand beside %j", (prefix, others) => {
    expect(checkPrefixBeside(prefix, others)).toEqual([]);
  });

  it.each<[prefix: string, others: string[], message: string]>([
    ["/v1", ["/v1"], '"/v1" is another deployment\'s on this gateway; give each its own, for example "/v2"'],
    ["/", ["/a", "/b"], '"/" can\'t stand beside "/a", "/b": a deployment under "/" must be the only one'],
    ["/a", ["/"], '"/a" can\'t stand beside "/": a deployment under "/" must be the only one'],
    ["/v1", many(20), "would be deployment 21; a gateway holds at most 20"],
  ])("[path-prefix-taken] %s can't stand beside %j", (prefix, others, message) => {
    expect(checkPrefixBeside(prefix, others)).toEqual([
      { rule: "path-prefix-taken", key: "pathPrefix", message },
    ]);
  });
});

// Of routes with one shape it isn't known which one answers, so that nothing else may have the same.
it.each([
  ["/", "/"],
  ["/a/b", "/a/b"],
  ["/a/b/", "/a/b"],
  ["/users/{id}/posts/{rest*}", "/users/{}/posts/{*}"],
])("the shape of %s is %s", (path, shape) => {
  expect(pathShape(parsePath(path, "key").segments)).toBe(shape);
});
