import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { describe, expect, test } from "vitest";
import { byKid, staticKeys } from "../../../../emulator/gateway/tokens/keys.ts";
import { readJsonWebKey, readStaticKey } from "../../../../emulator/gateway/tokens/public-key.ts";
import { jwk, pair, pem } from "./fixtures.ts";

const known = pair();
const { kid, kty, n, e } = jwk(known);
const bare = { kid, kty, n, e };
const noPem =
  "must be an RSA public key in PEM, from -----BEGIN PUBLIC KEY----- to -----END PUBLIC KEY-----; openssl rsa -in private.pem -pubout prints one";
const noNumbers = "must be, with e, the base64url text of an RSA public key's modulus and exponent";

describe("a JSON web key", () => {
  // RFC 7517, "JSON Web Key"; "Validating Tokens to Add Authentication and Authorization to API Deployments"
  test.each<[object, string | undefined]>([
    [{}, undefined],
    [{ alg: "RS256" }, "RS256"],
    [{ alg: "RS384", use: "sig" }, "RS384"],
    [{ alg: "RS512", key_ops: ["verify"] }, "RS512"],
    [{ key_ops: [] }, undefined],
    [{ key_ops: ["sign", "verify"] }, undefined],
  ])("with %j is taken", (more, alg) => {
    const read = readJsonWebKey({ ...bare, ...more });
    expect(read).toEqual({ kid: "known", key: expect.anything(), alg });
    expect("key" in read && read.key.equals(known.publicKey)).toBe(true);
  });

  test.each<[object, object]>([
    [{ kid: undefined }, { field: "kid", fault: "must be a key id" }],
    [{ kid: "" }, { field: "kid", fault: "must be a key id" }],
    [{ kid: 7 }, { field: "kid", fault: "must be a key id" }],
    [{ kty: "EC" }, { field: "kty", fault: 'must be RSA, but is "EC"' }],
    [{ kty: undefined }, { field: "kty", fault: "must be RSA, but is undefined" }],
    [{ alg: "PS256" }, { field: "alg", fault: 'must be one of RS256, RS384, RS512, but is "PS256"' }],
    [{ alg: 7 }, { field: "alg", fault: "must be one of RS256, RS384, RS512, but is 7" }],
    [{ use: "enc" }, { field: "use", fault: 'must be sig, but is "enc"' }],
    [{ key_ops: ["sign"] }, { field: "key_ops", fault: 'must hold verify, but is ["sign"]' }],
    [{ key_ops: "verify" }, { field: "key_ops", fault: 'must hold verify, but is "verify"' }],
    [{ n: undefined }, { field: "n", fault: noNumbers, isPlaceholder: true }],
    [{ n: "abc" }, { field: "n", fault: noNumbers, isPlaceholder: true }],
    [{ n: `${n}=` }, { field: "n", fault: noNumbers, isPlaceholder: true }],
    [{ n: `!${n}` }, { field: "n", fault: noNumbers, isPlaceholder: true }],
    [{ e: undefined }, { field: "n", fault: noNumbers, isPlaceholder: true }],
    [{ e: `${e}!` }, { field: "n", fault: noNumbers, isPlaceholder: true }],
    [{ e: "AQ" }, { field: "e", fault: "must have an odd exponent from 3 on, but has 1" }],
    [{ e: "BA" }, { field: "e", fault: "must have an odd exponent from 3 on, but has 4" }],
  ])("with %j is refused: %j", (more, fault) => {
    expect(readJsonWebKey({ ...bare, ...more })).toEqual(fault);
  });

  test("with the exponent 3 is taken", () => {
    expect(readJsonWebKey({ ...bare, e: "Aw" })).toMatchObject({ kid: "known" });
  });

  // Sizes as Oracle allows them: 2048 to 4096 bits. What has less than 512 was never an RSA key.
  test.each<[number, object]>([
    [512, { field: "n", fault: "must be an RSA key of 2048 to 4096 bits, but has 512" }],
    [2047, { field: "n", fault: "must be an RSA key of 2048 to 4096 bits, but has 2047" }],
    [2048, { kid: "known" }],
    [4096, { kid: "known" }],
    [4104, { field: "n", fault: "must be an RSA key of 2048 to 4096 bits, but has 4104" }],
    [511, { field: "n", fault: noNumbers, isPlaceholder: true }],
  ])("of %i bits", (bits, expected) => {
    expect(readJsonWebKey({ ...bare, n: modulus(bits) })).toMatchObject(expected);
  });
});

describe("a key of a specification", () => {
  const inPem = (key: string) => ({ format: "PEM" as const, kid: "a", key });
  const other = (key: KeyObject) => key.export({ format: "pem", type: "spki" }).toString();
  const [begin, end] = ["-----BEGIN PUBLIC KEY-----", "-----END PUBLIC KEY-----"];

  test("in PEM, also with blanks around it", () => {
    const read = readStaticKey(inPem(`\n ${pem(known)} \n`));
    expect(read).toEqual({ kid: "a", key: expect.anything(), alg: undefined });
    expect("key" in read && read.key.equals(known.publicKey)).toBe(true);
  });

  test.each<[string, string, object]>([
    ["text", "MIIB", { field: "key", fault: noPem }],
    ["something before it", `a${pem(known)}`, { field: "key", fault: noPem }],
    ["something behind it", `${pem(known)}a`, { field: "key", fault: noPem }],
    ["nothing in it", `${begin}${end}`, { field: "key", fault: noPem }],
    ["a placeholder", `${begin}\nMIIB\n${end}`, { field: "key", fault: noPem, isPlaceholder: true }],
    [
      "another kind of key",
      other(generateKeyPairSync("ed25519").publicKey),
      { field: "key", fault: "must be an RSA key, but is ed25519" },
    ],
    [
      "a weak key",
      pem(pair("weak", 1024)),
      { field: "key", fault: "must be an RSA key of 2048 to 4096 bits, but has 1024" },
    ],
  ])("refused: %s", (_, text, fault) => {
    expect(readStaticKey(inPem(text))).toEqual(fault);
  });

  test("in JSON, its operations under either name, of which the API's wins", () => {
    const json = { format: "JSON_WEB_KEY" as const, ...bare } as never as Parameters<typeof readStaticKey>[0];
    expect(readStaticKey(json)).toMatchObject({ kid: "known" });
    expect(readStaticKey({ ...json, keyOps: ["sign"] } as never)).toMatchObject({ field: "keyOps" });
    expect(readStaticKey({ ...json, key_ops: ["sign"] } as never)).toMatchObject({ field: "key_ops" });
    expect(readStaticKey({ ...json, keyOps: ["sign"], key_ops: ["verify"] } as never)).toMatchObject({
      kid: "known",
    });
  });
});

describe("keys that stand in the specification", () => {
  const keyOf = (id: string, alg?: string) => ({ kid: id, key: known.publicKey, alg });

  test("of several with the same id the first; for ever", () => {
    const keys = [keyOf("a", "RS256"), keyOf("b"), keyOf("a", "RS512")];
    expect(byKid(keys).get("a")?.alg).toBe("RS256");
    expect(staticKeys(keys).find("a")).toEqual({
      key: keys[0],
      generation: 0,
      untilInMs: Number.POSITIVE_INFINITY,
    });
    expect([staticKeys(keys).generation, staticKeys(keys).find("c")]).toEqual([0, undefined]);
    expect(staticKeys(keys).unusable).toEqual(new Map());
  });
});

/** The base64url text of an odd number of so many bits. */
function modulus(bits: number): string {
  const bytes = Buffer.alloc(Math.ceil(bits / 8), 0xff);
  bytes[0] = 0xff >> (bytes.length * 8 - bits);
  return bytes.toString("base64url");
}
