import { describe, expect, test } from "vitest";
import { claimsFault, identityOf, scopesOf, textsOf } from "../../../../emulator/gateway/tokens/claims.ts";
import { turn } from "../switch.ts";

describe("what is wrong with claims", () => {
  const noTime = 'its "exp" is no time in seconds';
  const noneOf = 'its claim "role" has none of the values that are asked for';
  const role = (more: object = {}) => ({ key: "role", ...more });

  // RFC 7519, "JSON Web Token": exp is a number of seconds; the year 9999 is the last that is believed
  test.each<[Record<string, unknown>, string | undefined]>([
    [{ exp: 1 }, undefined],
    [{ exp: 253_402_300_799 }, undefined],
    [{ exp: 253_402_300_800 }, noTime],
    [{ exp: "1" }, noTime],
    [{ exp: null }, noTime],
    [{}, noTime],
  ])("%j: %s", (claims, fault) => {
    expect(claimsFault(claims, [])).toBe(fault);
  });

  test.each<[Record<string, unknown>, string | undefined]>([
    [{}, undefined],
    [{ exp: "1" }, noTime],
    [{ exp: 1e13 }, noTime],
  ])("where a token needs no exp, %j: %s", (claims, fault) => {
    turn({ tokenWithoutExp: "accepted" });
    expect(claimsFault(claims, [])).toBe(fault);
  });

  // "Validating Tokens to Add Authentication and Authorization to API Deployments": verifyClaims
  test.each<[object, object, string | undefined]>([
    [{ values: ["a", "b"] }, { role: "b" }, undefined],
    [{ values: ["a", "b"] }, { role: "c" }, noneOf],
    [{ values: ["7"] }, { role: 7 }, noneOf],
    [{ values: [] }, { role: 7 }, undefined],
    [{}, { role: "c" }, undefined],
    [{ values: ["a"] }, {}, undefined],
    [{ isRequired: false }, {}, undefined],
    [{ isRequired: true }, {}, 'it has no claim "role"'],
    [{ isRequired: true }, { role: null }, undefined],
  ])("asked for %j, claims %j: %s", (asked, claims, fault) => {
    expect(claimsFault({ exp: 1, ...claims }, [role(asked)])).toBe(fault);
  });

  test("a claim that is absent and not required doesn't end the search", () => {
    expect(claimsFault({ exp: 1, role: "c" }, [{ key: "sub" }, role({ values: ["a"] })])).toBe(noneOf);
  });

  test("other claims are compared as their JSON where they are comparable", () => {
    turn({ otherClaims: "as-json" });
    expect(claimsFault({ exp: 1, role: 7 }, [role({ values: ["7"] })])).toBeUndefined();
    expect(claimsFault({ exp: 1, role: [7] }, [role({ values: ["[7]"] })])).toBeUndefined();
    expect(claimsFault({ exp: 1, role: [8] }, [role({ values: ["[7]"] })])).toBe(noneOf);
  });
});

describe("claims as policies see them", () => {
  const claims = { sub: "ann", age: 7, roles: ["a"], scope: "read" };

  test("texts as they are, others as their JSON", () => {
    expect(identityOf(claims)).toEqual({
      auth: new Map([
        ["sub", "ann"],
        ["age", "7"],
        ["roles", '["a"]'],
        ["scope", "read"],
      ]),
      scopes: new Set(["read"]),
    });
  });

  test("only texts, where others aren't there", () => {
    turn({ otherAuthValues: "absent" });
    expect(textsOf(claims)).toEqual(
      new Map([
        ["sub", "ann"],
        ["scope", "read"],
      ]),
    );
  });

  // RFC 6749, "The OAuth 2.0 Authorization Framework": scopes with spaces between them
  test.each<[unknown, string[] | undefined]>([
    ["read", ["read"]],
    [" read \t write  ", ["read", "write"]],
    ["", []],
    [
      ["read write", "x"],
      ["read write", "x"],
    ],
    [[], []],
    [["read", 7], undefined],
    [[7], undefined],
    [7, undefined],
    [{ read: true }, undefined],
    [undefined, undefined],
  ])("scopes of %j: %j", (scope, scopes) => {
    expect(scopesOf(scope)).toEqual(scopes && new Set(scopes));
  });

  test("no scopes where none can be read", () => {
    expect(identityOf({ scope: 7 }).scopes).toEqual(new Set());
  });
});
