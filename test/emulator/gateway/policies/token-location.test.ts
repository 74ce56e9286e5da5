import { describe, expect, test } from "vitest";
import {
  compileBearerToken,
  compileRawToken,
  headerValues,
} from "../../../../emulator/gateway/policies/authentication/token-location.ts";
import type { Exchange } from "../../../../emulator/gateway/server/exchange.ts";
import { turn } from "../switch.ts";

type Headers = [name: string, value: string][];

/** A request as far as a token's place is concerned. */
const request = (headers: Headers, query?: string) => ({ head: { headers, query } }) as unknown as Exchange;
const inHeader = { tokenHeader: "X-Token" };
const inQuery = { tokenQueryParam: "token" };
const twice: Headers = [
  ["x-token", "Bearer a"],
  ["X-TOKEN", "Bearer b"],
];

// "Adding Authentication and Authorization to API Deployments": one header or one query parameter
describe("a token as it stands there", () => {
  test.each<[Headers, object]>([
    [[["X-TOKEN", "a b"]], { token: "a b" }],
    [
      [
        ["x-other", "a"],
        ["x-token", "b"],
      ],
      { token: "b" },
    ],
    [[["x-other", "a"]], { missing: "the request has no header X-Token" }],
    [[["x-token", ""]], { missing: "the request has no header X-Token" }],
    [twice, { missing: "the request has header X-Token 2 times" }],
  ])("headers %j: %j", (headers, located) => {
    expect(compileRawToken(inHeader)(request(headers))).toEqual(located);
  });

  test.each<[string | undefined, object]>([
    ["x=1&token=a", { token: "a" }],
    ["Token=a", { missing: "the request has no query parameter token" }],
    ["token=", { missing: "the request has no query parameter token" }],
    [undefined, { missing: "the request has no query parameter token" }],
    ["token=a&token=b&token=c", { missing: "the request has query parameter token 3 times" }],
  ])("query %s: %j", (query, located) => {
    expect(compileRawToken(inQuery)(request([], query))).toEqual(located);
    expect(compileBearerToken(inQuery)(request([], query))).toEqual(located);
  });

  test("the first of several, where they aren't refused", () => {
    turn({ severalTokens: "first" });
    expect(compileRawToken(inHeader)(request(twice))).toEqual({ token: "Bearer a" });
    expect(compileRawToken(inQuery)(request([], "token=a&token=b"))).toEqual({ token: "a" });
  });
});

describe("a bearer token", () => {
  const missing = { missing: "header X-Token doesn't begin with Bearer" };
  const located = (value: string) => compileBearerToken(inHeader)(request([["x-token", value]]));

  test.each<[string, object]>([
    ["Bearer a", { token: "a" }],
    ["bEARER   a  ", { token: "a" }],
    ["Bearer ", { token: "" }],
    ["Bearera", missing],
    ["Bearer", missing],
    ["Basic a", missing],
    ["a Bearer b", missing],
  ])("in %j: %j", (value, expected) => {
    expect(located(value)).toEqual(expected);
  });

  test.each<[string, object]>([
    ["Bearer a", { token: "a" }],
    ["bearer a", missing],
  ])("in %j, where its scheme's case matters: %j", (value, expected) => {
    turn({ bearerScheme: "case-sensitive" });
    expect(located(value)).toEqual(expected);
  });

  test("that isn't there", () => {
    expect(compileBearerToken(inHeader)(request([]))).toEqual({
      missing: "the request has no header X-Token",
    });
  });
});

test("all values of a header, by its name in lower case", () => {
  const headers: Headers = [
    ["Accept", "a"],
    ["X-Ab", "b"],
    ["accept", "c"],
    ["acceptx", "d"],
    ["Origin", "e"],
  ];
  expect(headerValues(headers, "accept")).toEqual(["a", "c"]);
});
