import { createSign, generateKeyPairSync, type KeyObject } from "node:crypto";

/** An RSA key pair with its key id. */
export interface Pair {
  kid: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
}

const pairs = new Map<string, Pair>();

/** A key pair of its own for each name and size, made once for a test file. */
export function pair(kid = "known", modulusLength = 2048): Pair {
  const name = `${kid} ${modulusLength}`;
  const made = pairs.get(name) ?? { kid, ...generateKeyPairSync("rsa", { modulusLength }) };
  pairs.set(name, made);
  return made;
}

/** The public part as a specification or a key set holds it. */
export function jwk({ kid, publicKey }: Pair, more: object = {}): Record<string, unknown> {
  return { kid, ...publicKey.export({ format: "jwk" }), alg: "RS256", use: "sig", ...more };
}

export function pem({ publicKey }: Pair): string {
  return publicKey.export({ format: "pem", type: "spki" }).toString();
}

export const now = () => Math.floor(Date.now() / 1000);

/** Base64url of JSON, of text, or of bytes. */
export function part(value: object | string): string {
  const bytes = Buffer.isBuffer(value) ? value : typeof value === "string" ? value : JSON.stringify(value);
  return Buffer.from(bytes).toString("base64url");
}

/** A signed token of any header and payload. */
export function sign(
  payload: object | string,
  {
    header = {},
    by = pair(),
    digest = "RSA-SHA256",
  }: { header?: object | string; by?: Pair; digest?: string } = {},
): string {
  const head = typeof header === "string" ? header : { alg: "RS256", typ: "JWT", kid: "known", ...header };
  const text = `${part(head)}.${part(payload)}`;
  return `${text}.${createSign(digest).update(text).sign(by.privateKey, "base64url")}`;
}

/** Claims that the tests' servers let in. */
export function claims(more: object = {}): Record<string, unknown> {
  return { iss: "https://idp.example.com", aud: "shop", sub: "ann", exp: now() + 36_000, ...more };
}

/** A token that is let in. */
export function goodToken(more: object = {}): string {
  return sign(claims(more));
}

/** TOKEN_AUTHENTICATION in the header Authorization, by the key `known`. */
export function staticAuthentication(more: object = {}, validation: object = {}): Record<string, unknown> {
  return {
    type: "TOKEN_AUTHENTICATION",
    tokenHeader: "Authorization",
    tokenAuthScheme: "Bearer",
    validationPolicy: {
      type: "STATIC_KEYS",
      keys: [{ format: "JSON_WEB_KEY", ...jwk(pair()) }],
      additionalValidationPolicy: { issuers: ["https://idp.example.com"], audiences: ["shop", "store"] },
      ...validation,
    },
    ...more,
  };
}
