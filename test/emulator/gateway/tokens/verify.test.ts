import { describe, expect, test } from "vitest";
import { KeySetFault, staticKeys } from "../../../../emulator/gateway/tokens/keys.ts";
import {
  TokenFault,
  type TokenRules,
  unverifiedClaims,
  verifyToken,
} from "../../../../emulator/gateway/tokens/verify.ts";
import { turn } from "../switch.ts";
import { claims, goodToken, now, pair, part, sign } from "./fixtures.ts";

const rules: TokenRules = {
  issuers: ["https://idp.example.com"],
  audiences: ["shop"],
  verifyClaims: [],
  maxClockSkewInSeconds: 0,
};
const key = { kid: "known", key: pair().publicKey, alg: undefined };
const keys = staticKeys([key], new Map([["broken", "its key can't be used"]]));
const verify = (token: string, more: Partial<TokenRules> = {}) =>
  verifyToken(token, keys, { ...rules, ...more });
const header = (more: object) => sign(claims(), { header: more });

describe("a token that is let in", () => {
  test("who sends, and from when to when that holds", async () => {
    const exp = now() + 300;
    expect(await verify(goodToken({ exp, nbf: 1000, scope: "read" }), { maxClockSkewInSeconds: 5 })).toEqual({
      identity: {
        auth: new Map([
          ["iss", "https://idp.example.com"],
          ["aud", "shop"],
          ["sub", "ann"],
          ["exp", String(exp)],
          ["nbf", "1000"],
          ["scope", "read"],
        ]),
        scopes: new Set(["read"]),
      },
      generation: 0,
      fromInMs: 995_000,
      untilInMs: 1000 * (exp + 5),
    });
  });

  test("without nbf it holds from the beginning; never longer than its key", async () => {
    const found = { key, generation: 7, untilInMs: 12_345 };
    const verified = await verifyToken(goodToken(), { generation: 7, find: async () => found }, rules);
    expect(verified).toMatchObject({ generation: 7, fromInMs: 0, untilInMs: 12_345 });
  });

  test("without exp, where none is needed, it holds as long as its key", async () => {
    turn({ tokenWithoutExp: "accepted" });
    expect(await verify(goodToken({ exp: undefined }))).toMatchObject({
      untilInMs: Number.POSITIVE_INFINITY,
    });
  });

  // RFC 8725, "JSON Web Token Best Current Practices": explicit typing
  test.each([undefined, "JWT", "jwt", "at+jwt", "application/jwt", "application/at+JWT"])(
    "typ %s",
    async (typ) => {
      expect((await verify(header({ typ }))).identity.auth.get("sub")).toBe("ann");
    },
  );

  test("of any type, where types aren't looked at", async () => {
    turn({ tokenType: "any" });
    expect((await verify(header({ typ: 7 }))).identity.auth.get("sub")).toBe("ann");
  });
});

describe("a token that isn't", () => {
  const algorithm = "its algorithm isn't one of RS256, RS384, RS512";
  const noToken = "it isn't a signed JSON web token";
  const noObject = "its header isn't a JSON object";
  const rest = `${part(claims())}.${part("signature")}`;

  // jose's messages stand where it verifies
  test.each<[string, string, string]>([
    ["one part", part({}), noToken],
    ["two parts", `${part({})}.${part({})}`, noToken],
    ["four parts", `${goodToken()}.a`, noToken],
    ["no signature", `${part({})}.${part({})}.`, noToken],
    ["padding", `${goodToken()}==`, noToken],
    ["a header of a list", `${part([])}.${rest}`, noObject],
    ["a header of null", `${part("null")}.${rest}`, noObject],
    ["a header of a text", `${part('"a"')}.${rest}`, noObject],
    ["a header that isn't JSON", `${part("{")}.${rest}`, noObject],
    ["a header that isn't UTF-8", `${part(Buffer.from([0x22, 0xff, 0x22]))}.${rest}`, noObject],
    ["a header with a byte order mark", `${part('\ufeff{"alg":"RS256","kid":"known"}')}.${rest}`, noObject],
    ["no algorithm", header({ alg: undefined }), algorithm],
    ["algorithm none", header({ alg: "none" }), algorithm],
    ["an algorithm in a list", header({ alg: ["RS256"] }), algorithm],
    ["crit", header({ crit: [] }), 'its header has "crit"'],
    ["b64", header({ b64: false }), 'its header has "b64"'],
    ["zip", header({ zip: "DEF" }), 'its header has "zip"'],
    ["enc", header({ enc: "A256GCM" }), 'its header has "enc"'],
    ["cty", header({ cty: "JWT" }), 'its header has "cty"'],
    ["another type", header({ typ: "dpop+jwt" }), "its type isn't JWT"],
    ["a type that is no text", header({ typ: 7 }), "its type isn't JWT"],
    ["no key id", header({ kid: undefined }), "it names no key id"],
    ["an empty key id", header({ kid: "" }), "it names no key id"],
    ["a key id that is no text", header({ kid: 7 }), "it names no key id"],
    ["an unknown key id", header({ kid: "other" }), "no key has its key id"],
    ["a key that can't be used", header({ kid: "broken" }), "its key can't be used"],
    ["another's signature", sign(claims(), { by: pair("stranger") }), "signature verification failed"],
    ["another issuer", goodToken({ iss: "https://a.example.com" }), 'unexpected "iss" claim value'],
    ["another audience", goodToken({ aud: "bank" }), 'unexpected "aud" claim value'],
    ["no exp", goodToken({ exp: undefined }), 'missing required "exp" claim'],
    ["an exp in the past", goodToken({ exp: now() - 1 }), '"exp" claim timestamp check failed'],
    ["an nbf to come", goodToken({ nbf: now() + 36_000 }), '"nbf" claim timestamp check failed'],
    ["an exp in milliseconds", goodToken({ exp: 1e13 }), 'its "exp" is no time in seconds'],
  ])("%s", async (_, token, message) => {
    const error = await verify(token).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TokenFault);
    expect(error).toHaveProperty("message", message);
  });

  test("its claims aren't those that are asked for", async () => {
    const verifyClaims = [{ key: "role", isRequired: true }];
    await expect(verify(goodToken(), { verifyClaims })).rejects.toThrow('it has no claim "role"');
  });

  test("its key is for another algorithm", async () => {
    const only512 = staticKeys([{ ...key, alg: "RS512" }]);
    await expect(verifyToken(goodToken(), only512, rules)).rejects.toThrow(
      "its key is for RS512, not for RS256",
    );
    const only256 = staticKeys([{ ...key, alg: "RS256" }]);
    expect(await verifyToken(goodToken(), only256, rules)).toMatchObject({ generation: 0 });
  });

  test("the keys can't be had: their fault, not the token's", async () => {
    const down = { generation: 0, find: () => Promise.reject(new KeySetFault("down", false)) };
    const error = await verifyToken(goodToken(), down, rules).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(KeySetFault);
  });

  test("issuers and audiences that aren't given aren't asked for", async () => {
    const token = sign({ exp: now() + 60 });
    await expect(verify(token, { audiences: [] })).rejects.toThrow('missing required "iss" claim');
    await expect(verify(token, { issuers: [] })).rejects.toThrow('missing required "aud" claim');
    expect(await verify(token, { issuers: [], audiences: [] })).toMatchObject({ fromInMs: 0 });
  });
});

describe("claims before anything is verified", () => {
  const head = part({ alg: "none" });

  test("of a token that nobody signed", () => {
    expect(unverifiedClaims(`${head}.${part({ iss: "a" })}.${part("x")}`)).toEqual({ iss: "a" });
  });

  test.each([
    ["two parts", `${head}.${part({ iss: "a" })}`],
    ["four parts", `${head}.${part({ iss: "a" })}.a.a`],
    ["no signature", `${head}.${part({ iss: "a" })}.`],
    ["no header", `.${part({ iss: "a" })}.${part("x")}`],
    ["padding", `${head}.${part({ iss: "a" })}=.${part("x")}`],
    ["a list", `${head}.${part([])}.${part("x")}`],
    ["no JSON", `${head}.${part("{")}.${part("x")}`],
  ])("none of %s", (_, token) => {
    expect(unverifiedClaims(token)).toBeUndefined();
  });
});
