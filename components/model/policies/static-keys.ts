import { createPublicKey } from "node:crypto";
import { z } from "zod";
import { limits } from "../limits.ts";
import type { Problem } from "../problems.ts";
import { fault, orLater } from "./checking.ts";
import { atMost, filledText, variants } from "./schemas.ts";

/** Also where something else is wrong, so that all of it is told at once. */
const always = { when: () => true };

const { min, max } = limits.rsaKeyBits;
const bitsFault = (bits: number) => `has an RSA key of ${bits} bits; ${min} to ${max} are allowed`;

/** Big-endian bytes of a number, in base64url ("JSON Web Algorithms", RFC 7518). */
function numberOf(text: string): bigint | undefined {
  if (!/^[A-Za-z0-9_-]+$/.test(text)) return undefined;
  return BigInt(`0x0${Buffer.from(text, "base64url").toString("hex")}`);
}

const modulus = z.string().superRefine((text, context) => {
  const value = numberOf(text);
  if (value === undefined || value % 2n === 0n) {
    fault(context, "authentication-key", "must be the modulus of an RSA key in base64url");
    return;
  }
  const bits = value.toString(2).length;
  if (bits < min || bits > max) fault(context, "authentication-key", bitsFault(bits));
});

const exponent = z.string().superRefine((text, context) => {
  const value = numberOf(text);
  if (value !== undefined && value >= 3n && value % 2n === 1n) return;
  const message =
    'must be the exponent of an RSA key in base64url, an odd number from 3 on, for example "AQAB"';
  fault(context, "authentication-key", message);
});

const pem = z.string().superRefine((text, context) => {
  const message = pemFault(text);
  if (message !== undefined) fault(context, "authentication-key", message);
});

/** The key itself is never shown: it may be a private one, by mistake. */
function pemFault(text: string): string | undefined {
  const isMarked = /^\s*-----BEGIN PUBLIC KEY-----[\sA-Za-z0-9+/=]+-----END PUBLIC KEY-----\s*$/.test(text);
  const key = isMarked ? readPem(text) : undefined;
  if (key === undefined) {
    return 'must be a public RSA key in PEM, from "-----BEGIN PUBLIC KEY-----" to "-----END PUBLIC KEY-----", as "openssl rsa -in private.pem -pubout" prints it';
  }
  if (key.asymmetricKeyType !== "rsa") return `must be an RSA key; is of type ${key.asymmetricKeyType}`;
  const { modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
  return modulusLength < min || modulusLength > max ? bitsFault(modulusLength) : undefined;
}

function readPem(text: string) {
  try {
    return createPublicKey({ key: text.trim(), format: "pem" });
  } catch {
    return undefined;
  }
}

const jsonWebKey = z
  .strictObject({
    format: z.literal("JSON_WEB_KEY"),
    kid: filledText,
    kty: z.literal("RSA"),
    n: orLater(modulus),
    e: orLater(exponent),
    alg: z.enum(["RS256", "RS384", "RS512"]),
    use: z.literal("sig").optional(),
    keyOps: z.array(z.literal("verify")).min(1).optional(),
  })
  .superRefine((given, context) => {
    const { use, keyOps } = Object(given) as { use?: unknown; keyOps?: unknown };
    if (use !== undefined || keyOps !== undefined) return;
    const message = 'says nothing of its use; give use: "sig" or keyOps: ["verify"]';
    fault(context, "authentication-key", message);
  }, always);

/** Keys of a specification, each by itself. */
export const staticKeys = atMost(
  limits.jwtKeys,
  z
    .array(
      variants(
        [jsonWebKey, z.strictObject({ format: z.literal("PEM"), kid: filledText, key: orLater(pem) })],
        "format",
      ),
    )
    .min(1),
);

/** A token names its key by the id, which so must be the key's own. */
export function checkKeyIds(keys: unknown, at: string): Problem[] {
  if (!Array.isArray(keys)) return [];
  const ids = keys.map((one: unknown) => (Object(one) as { kid?: unknown }).kid);
  return ids.flatMap((kid, index): Problem[] => {
    const first = ids.indexOf(kid);
    if (typeof kid !== "string" || first === index) return [];
    const message = `is ${JSON.stringify(kid)}, which is the id of ${at}[${first}] already; give each key its own`;
    return [{ rule: "authentication-key", key: `${at}[${index}].kid`, message }];
  });
}
