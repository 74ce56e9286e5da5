import { generateKeyPairSync } from "node:crypto";

/** A modulus of so many bits in base64url: an odd number, of which nobody knows the factors. */
export function modulusOf(bits: number): string {
  const bytes = Buffer.alloc(Math.ceil(bits / 8), 0xff);
  bytes[0] = 0xff >> (bytes.length * 8 - bits);
  return bytes.toString("base64url");
}

/** A JSON web key whose modulus has so many bits. */
export function jsonWebKey(bits = 2048) {
  const n = modulusOf(bits);
  return { format: "JSON_WEB_KEY", kid: "k1", kty: "RSA", n, e: "AQAB", alg: "RS256", use: "sig" };
}

const spki = { publicKeyEncoding: { type: "spki", format: "pem" } } as const;
const pkcs8 = { privateKeyEncoding: { type: "pkcs8", format: "pem" } } as const;

/** A new RSA key pair in PEM. */
export function rsaPair(bits: number) {
  return generateKeyPairSync("rsa", { modulusLength: bits, ...spki, ...pkcs8 });
}

/** A public key of another kind. */
export function ecPublicKey(): string {
  return generateKeyPairSync("ec", { namedCurve: "P-256", ...spki, ...pkcs8 }).publicKey;
}
