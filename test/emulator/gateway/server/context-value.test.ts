import { describe, expect, test } from "vitest";
import { contextValue, queryValues } from "../../../../emulator/gateway/server/context-value.ts";
import type { Exchange } from "../../../../emulator/gateway/server/exchange.ts";
import type { ContextVariable } from "../../../../emulator/gateway/specification/context-variables.ts";
import { turn } from "../switch.ts";

/** A request as far as context variables go. */
const request = ({ host, query }: { host?: string; query?: string } = {}) =>
  ({
    opcRequestId: "id",
    parameters: new Map([["p", "a%20b"]]),
    auth: new Map([["sub", "ann"]]),
    head: {
      query,
      first: new Map([
        ["x-a", "1"],
        ["opc-request-id", "client's"],
        ...(host === undefined ? [] : [["host", host] as const]),
      ] as const),
    },
  }) as unknown as Exchange;

// "Adding Context Variables to Policies and HTTP Back End Definitions"
describe("a context variable's value", () => {
  test.each<[ContextVariable, string | undefined]>([
    [{ kind: "path", key: "p" }, "a%20b"],
    [{ kind: "path", key: "P" }, undefined],
    [{ kind: "query", key: "q" }, "1"],
    [{ kind: "query", key: "r" }, undefined],
    [{ kind: "headers", key: "x-a" }, "1"],
    [{ kind: "headers", key: "x-b" }, undefined],
    [{ kind: "headers", key: "opc-request-id" }, "id"],
    [{ kind: "auth", key: "sub" }, "ann"],
    [{ kind: "auth", key: "iss" }, undefined],
    [{ kind: "host" }, "Shop.Example.com:8443"],
    [{ kind: "subdomain", key: "example.com" }, "shop"],
    [{ kind: "body" }, undefined],
  ])("%j: %s", (variable, value) => {
    expect(contextValue(variable, request({ host: "Shop.Example.com:8443", query: "q=1&q=2" }))).toBe(value);
  });

  test.each<[string | undefined, string, string | undefined]>([
    ["a.b.example.com", "example.com", "a.b"],
    ["a.example.com", "EXAMPLE.com", "a"],
    [".example.com", "example.com", undefined],
    ["example.com", "example.com", undefined],
    ["aexample.com", "example.com", undefined],
    ["a.example.com.", "example.com", undefined],
    ["a.example.com:80", "com:80", undefined],
    [undefined, "example.com", undefined],
  ])("what %s has before %s: %s", (host, key, value) => {
    expect(contextValue({ kind: "subdomain", key }, request(host === undefined ? {} : { host }))).toBe(value);
  });
});

describe("all values of a query parameter", () => {
  test.each<[string | undefined, string, string[]]>([
    [undefined, "a", []],
    ["", "", []],
    ["a", "a", [""]],
    ["a=", "a", [""]],
    ["a=1&b=2&&a=3=4", "a", ["1", "3=4"]],
    ["%61=1", "a", ["1"]],
    ["a+b=1&a%20b=2", "a b", ["1", "2"]],
    ["%61=1", "%61", ["1"]],
    ["A=1", "a", []],
    ["ab=1&=2", "a", []],
  ])("%s, %s: %j", (query, name, values) => {
    expect(queryValues(query, name)).toEqual(values);
  });

  test("also in another case, where that makes no difference", () => {
    turn({ queryNames: "case-insensitive" });
    expect(queryValues("A=1&%41=2&b=3", "a")).toEqual(["1", "2"]);
    expect(queryValues("a=1", "A")).toEqual(["1"]);
  });
});
