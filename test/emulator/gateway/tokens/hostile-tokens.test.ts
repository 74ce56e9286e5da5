import { constants, createHmac, generateKeyPairSync, sign as signBytes } from "node:crypto";
import { CompactEncrypt } from "jose";
import { expect, test } from "vitest";
import { openPlane } from "../harness.ts";
import { claims, goodToken, jwk, now, pair, part, pem, sign, staticAuthentication } from "./fixtures.ts";

const known = pair();
const stranger = pair("stranger");
const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
const ed = generateKeyPairSync("ed25519");

const good = goodToken();
const [head = "", body = "", signature = ""] = good.split(".");
const withHeader = (header: object) => sign(claims(), { header });
const withClaims = (more: object) => sign(claims(more));
const hmac = (secret: string | Buffer, alg = "HS256") => {
  const text = `${part({ alg, typ: "JWT", kid: "known" })}.${part(claims())}`;
  const digest = alg.replace("HS", "sha");
  return `${text}.${createHmac(digest, secret).update(text).digest("base64url")}`;
};
const other = (alg: string, bytes: (text: Buffer) => Buffer) => {
  const text = `${part({ alg, typ: "JWT", kid: "known" })}.${part(claims())}`;
  return `${text}.${bytes(Buffer.from(text)).toString("base64url")}`;
};
const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
const weak = pair("weak", 1024);
const spki = pem(known);

/** The signature's last character changed in the bits that no byte is made of. */
const sloppyBits = () => {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const last = letters.indexOf(signature.at(-1) ?? "");
  return `${head}.${body}.${signature.slice(0, -1)}${letters[last ^ 1]}`;
};

// RFC 8725, "JSON Web Token Best Current Practices"; "Validating Tokens to Add Authentication and Authorization to API
// Deployments": RS256, RS384, RS512 with RSA keys of 2048 to 4096 bits, found by their kid
const tokens: Record<string, () => string | Promise<string>> = {
  // Algorithms
  "alg none without signature": () => `${part({ alg: "none", kid: "known" })}.${body}.`,
  "alg none with the good signature": () => `${part({ alg: "none", kid: "known" })}.${body}.${signature}`,
  "alg NoNe": () => `${part({ alg: "NoNe", kid: "known" })}.${body}.${signature}`,
  "alg empty": () => withHeader({ alg: "" }),
  "alg missing": () => withHeader({ alg: undefined }),
  "alg null": () => withHeader({ alg: null }),
  "alg a list": () => withHeader({ alg: ["RS256"] }),
  "alg in lower case": () => withHeader({ alg: "rs256" }),
  "alg with a NUL": () => withHeader({ alg: "RS256\u0000" }),
  "HS256 with the public key's PEM": () => hmac(spki),
  "HS256 with the public key's PEM, trimmed": () => hmac(spki.trim()),
  "HS256 with the public key's DER": () => hmac(known.publicKey.export({ format: "der", type: "spki" })),
  "HS256 with the modulus": () => hmac(Buffer.from(String(jwk(known).n), "base64url")),
  "HS256 with an empty secret": () => hmac(""),
  "HS512 with the public key's PEM": () => hmac(spki, "HS512"),
  ES256: () =>
    other("ES256", (text) => signBytes("sha256", text, { key: ec.privateKey, dsaEncoding: "ieee-p1363" })),
  EdDSA: () => other("EdDSA", (text) => signBytes(null, text, ed.privateKey)),
  "PS256 with the right key": () =>
    other("PS256", (text) => signBytes("sha256", text, { key: known.privateKey, ...pss })),
  "RS256 said, PSS done": () =>
    other("RS256", (text) => signBytes("sha256", text, { key: known.privateKey, ...pss })),
  "RS384 by a key that is for RS256": () =>
    sign(claims(), { header: { alg: "RS384" }, digest: "RSA-SHA384" }),
  "RS256 said, SHA-512 done": () => sign(claims(), { digest: "RSA-SHA512" }),
  "RS256 said, SHA-1 done": () => sign(claims(), { digest: "RSA-SHA1" }),
  // Keys
  "a stranger's key under the known id": () => sign(claims(), { by: stranger }),
  "a stranger's key under its own id": () => sign(claims(), { by: stranger, header: { kid: "stranger" } }),
  "a weak key's signature": () => sign(claims(), { by: weak }),
  "the stranger's key in jwk": () => sign(claims(), { by: stranger, header: { jwk: jwk(stranger) } }),
  "the stranger's key in jwk, without kid": () =>
    sign(claims(), { by: stranger, header: { kid: undefined, jwk: jwk(stranger) } }),
  "the stranger's keys at jku": () =>
    sign(claims(), { by: stranger, header: { kid: "stranger", jku: "https://evil.example.com/keys" } }),
  "the stranger's certificate at x5u": () =>
    sign(claims(), { by: stranger, header: { kid: "stranger", x5u: "https://evil.example.com/cert" } }),
  "the stranger's certificate in x5c": () =>
    sign(claims(), {
      by: stranger,
      header: { x5c: [stranger.publicKey.export({ format: "der", type: "spki" }).toString("base64")] },
    }),
  "kid missing": () => withHeader({ kid: undefined }),
  "kid empty": () => withHeader({ kid: "" }),
  "kid null": () => withHeader({ kid: null }),
  "kid a number": () => withHeader({ kid: 1 }),
  "kid a list": () => withHeader({ kid: ["known"] }),
  "kid in another case": () => withHeader({ kid: "KNOWN" }),
  "kid with a blank": () => withHeader({ kid: "known " }),
  "kid a path": () => withHeader({ kid: "../../known" }),
  "kid a statement": () => withHeader({ kid: "known' OR '1'='1" }),
  "kid __proto__": () => sign(claims(), { header: '{"alg":"RS256","kid":"__proto__"}' }),
  "kid constructor": () => withHeader({ kid: "constructor" }),
  // Header
  "crit with an unknown name": () => withHeader({ crit: ["exp2"], exp2: 1 }),
  "crit with a known name": () => withHeader({ crit: ["alg"] }),
  "crit empty": () => withHeader({ crit: [] }),
  "b64 false with crit": () => withHeader({ b64: false, crit: ["b64"] }),
  "b64 false without crit": () => withHeader({ b64: false }),
  zip: () => withHeader({ zip: "DEF" }),
  "typ of another kind": () => withHeader({ typ: "dpop+jwt" }),
  "typ JWE": () => withHeader({ typ: "JWE" }),
  "typ a number": () => withHeader({ typ: 7 }),
  "cty JWT around a signed token": () => sign(good, { header: { cty: "JWT" } }),
  "a header that is a list": () => sign(claims(), { header: "[]" }),
  "a header that is null": () => sign(claims(), { header: "null" }),
  "a header that isn't JSON": () => sign(claims(), { header: "{alg:RS256}" }),
  "a header with a byte order mark": () => sign(claims(), { header: '\ufeff{"alg":"RS256","kid":"known"}' }),
  "a header with alg twice, the last none": () =>
    sign(claims(), { header: '{"alg":"RS256","kid":"known","alg":"none"}' }),
  "a header with kid twice, the last unknown": () =>
    sign(claims(), { header: '{"alg":"RS256","kid":"known","kid":"other"}' }),
  // Times
  "exp now": () => withClaims({ exp: now() }),
  "exp a second ago": () => withClaims({ exp: now() - 1 }),
  "exp missing": () => withClaims({ exp: undefined }),
  "exp null": () => withClaims({ exp: null }),
  "exp as text": () => withClaims({ exp: String(now() + 300) }),
  "exp as a date's text": () => withClaims({ exp: "2099-01-01T00:00:00Z" }),
  "exp a list": () => withClaims({ exp: [now() + 300] }),
  "exp true": () => withClaims({ exp: true }),
  "exp negative": () => withClaims({ exp: -1 }),
  "exp zero": () => withClaims({ exp: 0 }),
  "exp in milliseconds": () => withClaims({ exp: Date.now() + 300_000 }),
  "exp beyond every number": () => sign(JSON.stringify(claims()).replace(/"exp":[0-9]+/, '"exp":1e999')),
  "exp twice, the last one past": () => sign(JSON.stringify(claims()).replace("}", `,"exp":${now() - 9}}`)),
  "nbf ahead": () => withClaims({ nbf: now() + 60 }),
  "nbf beyond every number": () => sign(JSON.stringify(claims()).replace("}", ',"nbf":1e999}')),
  "nbf as text": () => withClaims({ nbf: "0" }),
  "iat as text": () => withClaims({ iat: "yesterday" }),
  // Issuer and audience
  "iss missing": () => withClaims({ iss: undefined }),
  "iss another": () => withClaims({ iss: "https://evil.example.com" }),
  "iss with a slash more": () => withClaims({ iss: "https://idp.example.com/" }),
  "iss in another case": () => withClaims({ iss: "https://IDP.example.com" }),
  "iss a list": () => withClaims({ iss: ["https://idp.example.com"] }),
  "iss an object": () => withClaims({ iss: { toString: "https://idp.example.com" } }),
  "aud missing": () => withClaims({ aud: undefined }),
  "aud another": () => withClaims({ aud: "bank" }),
  "aud a longer text": () => withClaims({ aud: "shop2" }),
  "aud of two in one text": () => withClaims({ aud: "shop bank" }),
  "aud an empty list": () => withClaims({ aud: [] }),
  "aud a list of others": () => withClaims({ aud: ["bank", "Shop"] }),
  "aud a list in a list": () => withClaims({ aud: [["shop"]] }),
  "aud an object": () => withClaims({ aud: { shop: true } }),
  "aud a number": () => withClaims({ aud: 1 }),
  // Payload
  "a payload that is a list": () => sign("[]"),
  "a payload that is a text": () => sign('"shop"'),
  "a payload that isn't JSON": () => sign("{exp:9999999999}"),
  "a payload that isn't UTF-8": () => sign(Buffer.from([0x7b, 0xff, 0x7d])),
  "an empty payload": () => sign(""),
  "a changed payload": () => `${head}.${part(claims({ sub: "root" }))}.${signature}`,
  // Form
  "one part": () => head,
  "two parts": () => `${head}.${body}`,
  "a truncated signature": () => good.slice(0, -10),
  "a truncated payload": () => `${head}.${body.slice(0, -4)}.${signature}`,
  "no signature": () => `${head}.${body}.`,
  "four parts": () => `${good}.${signature}`,
  "an empty part more": () => `${good}.`,
  "only dots": () => "..",
  "a dot before": () => `.${good}`,
  "a padded signature": () => `${good}==`,
  "a signature in plain base64": () =>
    `${head}.${body}.${Buffer.from(signature, "base64url").toString("base64")}`,
  "a blank in the payload": () => `${head}.${body.slice(0, 9)} ${body.slice(9)}.${signature}`,
  "a signature with spare bits set": sloppyBits,
  "a percent sign in it": () => good.replace(".", "%2e"),
  "a signature of zeros": () => `${head}.${body}.${part(Buffer.alloc(256))}`,
  "a signature twice as long": () => `${head}.${body}.${signature}${signature}`,
  "a token of 7 KB": () => withClaims({ aud: "bank", more: "a".repeat(4500) }),
  "a JSON serialization": () => JSON.stringify({ protected: head, payload: body, signature }),
  "an encrypted token with a signed one inside": async () =>
    await new CompactEncrypt(Buffer.from(good))
      .setProtectedHeader({ alg: "RSA-OAEP-256", enc: "A256GCM", cty: "JWT", kid: "known" })
      .encrypt(known.publicKey),
  "text that isn't a token": () => "letmein",
  "quotes around it": () => `"${good}"`,
  "two tokens": () => `${good},${good}`,
};

const requestPolicies = { authentication: staticAuthentication() };
const routes = [{ path: "/a", backend: { type: "STOCK_RESPONSE_BACKEND", status: 200 } }];

test.each(Object.entries(tokens))("%s: 401", async (_, make) => {
  const token = await make();
  const { url } = await openPlane({ routes, specification: { requestPolicies } });
  const call = (authorization: string) => fetch(`${url}/a`, { headers: { authorization } });
  const answer = await call(`Bearer ${token}`);
  expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([
    401,
    'Bearer error="invalid_token"',
  ]);
  expect(await answer.json()).toEqual({ code: 401, message: "Unauthorized" });
  // The same bad token again, in case it was remembered; and the process still lets a good one in.
  expect((await call(`Bearer ${token}`)).status).toBe(401);
  expect((await call(`Bearer ${good}`)).status).toBe(200);
});

test("there are enough of them", () => {
  expect(Object.keys(tokens).length).toBeGreaterThanOrEqual(60);
});
