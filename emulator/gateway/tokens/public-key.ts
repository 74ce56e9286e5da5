import { createPublicKey, type KeyObject } from "node:crypto";
import { limits } from "../limits.ts";
import type { StaticKey } from "../specification/authentication.ts";

/** Algorithms that tokens may be signed with ("Validating Tokens to Add Authentication and Authorization to API Deployments"). */
export const algorithms: readonly string[] = ["RS256", "RS384", "RS512"];

/** A key that tokens are verified with. */
export interface VerificationKey {
  kid: string;
  key: KeyObject;
  /** The only algorithm that the key is for; undefined where it doesn't say. */
  alg: string | undefined;
}

/** Why a key can't be used, and with which of its fields. */
export interface KeyFault {
  field: string;
  fault: string;
  /** Whether its text is no key at all: a specification may hold such a placeholder, which verifies nothing. */
  isPlaceholder?: boolean;
}

/** Reads a key of a specification, or says what is wrong. */
// unverified: a static key whose text is no key at all is accepted and verifies nothing (tests of Oracle's Terraform provider send such keys)
export function readStaticKey(given: StaticKey): VerificationKey | KeyFault {
  if (given.format === "PEM") {
    const key = readPem(given.key);
    return "fault" in key ? key : { kid: given.kid, key, alg: undefined };
  }
  const read = readJsonWebKey({ ...given, key_ops: given.key_ops ?? given.keyOps });
  const isRespelt = "fault" in read && read.field === "key_ops" && given.key_ops === undefined;
  return isRespelt ? { ...read, field: "keyOps" } : read;
}

/** All that is wrong with a key of a specification, save fields that are missing or of another type, and placeholders. */
export function staticKeyFaults(given: Readonly<Record<string, unknown>>): KeyFault[] {
  if (given.format === "PEM") return typeof given.key === "string" ? told(readPem(given.key)) : [];
  if (given.format !== "JSON_WEB_KEY") return [];
  const { kty, key_ops, keyOps } = given;
  const faults = fieldFaults({ ...given, key_ops: key_ops ?? keyOps }).map((fault) =>
    fault.field === "key_ops" && key_ops === undefined ? { ...fault, field: "keyOps" } : fault,
  );
  const typed = faults.filter(({ field }) => typeof given[field] === "string" || Array.isArray(given[field]));
  return kty === "RSA" ? [...typed, ...told(readModulus(given))] : typed;
}

function told(read: KeyObject | KeyFault): KeyFault[] {
  return "fault" in read && read.isPlaceholder !== true ? [read] : [];
}

const noPem =
  "must be an RSA public key in PEM, from -----BEGIN PUBLIC KEY----- to -----END PUBLIC KEY-----; openssl rsa -in private.pem -pubout prints one";

function readPem(pem: string): KeyObject | KeyFault {
  const text = pem.trim();
  if (!/^-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----$/.test(text))
    return { field: "key", fault: noPem };
  const key = parsed(() => createPublicKey({ key: text, format: "pem" }));
  if (key === undefined) return { field: "key", fault: noPem, isPlaceholder: true };
  const fault = keyFault(key);
  return fault === undefined ? key : { field: "key", fault };
}

/** Reads a JSON web key, of a specification or of a remote key set; only its public part counts. */
// unverified: a key without alg, use and key_ops is taken ("Key parameters" wants alg and one of the others, the API doesn't)
export function readJsonWebKey(given: Readonly<Record<string, unknown>>): VerificationKey | KeyFault {
  const { kid, alg } = given;
  if (typeof kid !== "string" || kid === "") return { field: "kid", fault: "must be a key id" };
  const [fault] = fieldFaults(given);
  if (fault !== undefined) return fault;
  const key = readModulus(given);
  return "fault" in key ? key : { kid, key, alg: typeof alg === "string" ? alg : undefined };
}

/** What is wrong with a JSON web key, beside its id and its numbers. */
function fieldFaults({ kty, alg, use, key_ops }: Readonly<Record<string, unknown>>): KeyFault[] {
  const faults: KeyFault[] = [];
  if (kty !== "RSA") faults.push({ field: "kty", fault: `must be RSA, but is ${JSON.stringify(kty)}` });
  if (alg !== undefined && (typeof alg !== "string" || !algorithms.includes(alg))) {
    const fault = `must be one of ${algorithms.join(", ")}, but is ${JSON.stringify(alg)}`;
    faults.push({ field: "alg", fault });
  }
  if (use !== undefined && use !== "sig") {
    faults.push({ field: "use", fault: `must be sig, but is ${JSON.stringify(use)}` });
  }
  const isForVerifying = Array.isArray(key_ops) && (key_ops.length === 0 || key_ops.includes("verify"));
  if (key_ops !== undefined && !isForVerifying) {
    faults.push({ field: "key_ops", fault: `must hold verify, but is ${JSON.stringify(key_ops)}` });
  }
  return faults;
}

function readModulus({ n, e }: Readonly<Record<string, unknown>>): KeyObject | KeyFault {
  const key = isBase64Url(n) && isBase64Url(e) ? rsaKey(n, e) : undefined;
  if (key === undefined || bitsOf(key) < leastBits) {
    const fault = "must be, with e, the base64url text of an RSA public key's modulus and exponent";
    return { field: "n", fault, isPlaceholder: true };
  }
  const fault = keyFault(key);
  if (fault === undefined) return key;
  return { field: fault === exponentFault(key) ? "e" : "n", fault };
}

/** What is shorter was never an RSA key. */
const leastBits = 512;

function bitsOf(key: KeyObject): number {
  return key.asymmetricKeyDetails?.modulusLength ?? 0;
}

function rsaKey(n: string, e: string): KeyObject | undefined {
  return parsed(() => createPublicKey({ key: { kty: "RSA", n, e }, format: "jwk" }));
}

function isBase64Url(value: unknown): value is string {
  return typeof value === "string" && /^[A-Za-z0-9_-]+$/.test(value);
}

function parsed(create: () => KeyObject): KeyObject | undefined {
  try {
    return create();
  } catch {
    return undefined;
  }
}

function keyFault(key: KeyObject): string | undefined {
  if (key.asymmetricKeyType !== "rsa") return `must be an RSA key, but is ${key.asymmetricKeyType}`;
  const bits = bitsOf(key);
  const { min, max } = limits.rsaKeyBits;
  if (bits < min || bits > max) return `must be an RSA key of ${min} to ${max} bits, but has ${bits}`;
  return exponentFault(key);
}

function exponentFault(key: KeyObject): string | undefined {
  const exponent = key.asymmetricKeyDetails?.publicExponent ?? 0n;
  if (exponent >= 3n && exponent % 2n === 1n) return undefined;
  return `must have an odd exponent from 3 on, but has ${exponent}`;
}
