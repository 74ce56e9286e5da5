import { describe, expect, test } from "vitest";
import {
  decodedName,
  encodeQueryName,
  encodeQueryValue,
  parseQuery,
  queryText,
} from "../../../../emulator/gateway/specification/query.ts";
import { turn } from "../switch.ts";

describe("a query's names and values", () => {
  test.each<[string | undefined, [string, string][], string | undefined]>([
    [undefined, [], undefined],
    ["", [], undefined],
    ["&&", [], undefined],
    ["a", [["a", ""]], "a"],
    ["a=", [["a", "="]], "a="],
    [
      "a=1&&b=2=3&=c",
      [
        ["a", "=1"],
        ["b", "=2=3"],
        ["", "=c"],
      ],
      "a=1&b=2=3&=c",
    ],
  ])("%s", (query, pairs, text) => {
    expect(parseQuery(query)).toEqual(pairs);
    expect(queryText(pairs)).toBe(text);
  });

  test.each([
    ["a", "a"],
    ["a+b", "a b"],
    ["%61", "a"],
    ["%61+b", "a b"],
    ["%6", "%6"],
    ["%zz+", "%zz "],
  ])("the name %s is %j to a back end", (name, decoded) => {
    expect(decodedName(name)).toBe(decoded);
  });

  test("or as it was sent", () => {
    turn({ encodedQueryNames: "as-sent" });
    expect(["%61", "a+b"].map(decodedName)).toEqual(["%61", "a+b"]);
  });
});

describe("what a query can't hold is encoded", () => {
  // RFC 3986, "Uniform Resource Identifier (URI): Generic Syntax": query
  test.each([
    ["aZ09._~!$'()*+,/:=?@-", "aZ09._~!$'()*+,/:=?@-"],
    ["a b&c#d", "a%20b%26c%23d"],
    ['"<>[]{}|\\^`;', "%22%3C%3E%5B%5D%7B%7D%7C%5C%5E%60%3B"],
    ["%41%aF", "%41%aF"],
    ["%4%g1%", "%254%25g1%25"],
    ["ä€😀", "%C3%A4%E2%82%AC%F0%9F%98%80"],
  ])("the value %s: %s", (value, encoded) => {
    expect(encodeQueryValue(value, false)).toBe(encoded);
    expect(encodeQueryName(value)).toBe(encoded.replaceAll("=", "%3D"));
  });

  test("each character as a byte, where it is one", () => {
    expect(encodeQueryValue("ä\u0000\u000a%41 ", true)).toBe("%E4%00%0A%41%20");
  });

  test("half a character is none", () => {
    expect(() => encodeQueryValue("\ud800", false)).toThrow(URIError);
  });
});
