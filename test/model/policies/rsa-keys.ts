import { generateKeyPairSync, type KeyObject } from "node:crypto";

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

/** A new RSA key pair in PEM. */
export function rsaPair(modulusLength: number): { publicKey: string; privateKey: string } {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength });
  const secret = privateKey.export({ type: "pkcs8", format: "pem" });
  return { publicKey: pemOf(publicKey), privateKey: secret.toString() };
}

/** A public key of another kind, in PEM. */
export function ecPublicKey(): string {
  return pemOf(generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey);
}

function pemOf(key: KeyObject): string {
  return key.export({ type: "spki", format: "pem" }).toString();
}
