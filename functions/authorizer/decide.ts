import type { Nonces } from "../kit/nonces.ts";
import {
  fingerprintOf,
  hasForm,
  isSame,
  isTimely,
  type SignedParts,
  sha256,
  signatureOf,
  verifiedByCode,
} from "../kit/signature.ts";
import type { Arguments } from "./arguments.ts";
import type { AppKeys, CodeKey, SigningKey } from "./keys.ts";

/** Why a request isn't let in. All but the first two are told only to who has the key. */
export type Reason =
  | "no_key"
  | "invalid_key"
  | "ambiguous_key"
  | "disabled_key"
  | "expired_key"
  | "clock_skew"
  | "replayed_nonce"
  | "too_many_requests";

export type Decision =
  | {
      readonly isIn: true;
      readonly key: CodeKey | SigningKey;
      /** For `x-verified-request`. */
      readonly verified: string;
    }
  | {
      readonly isIn: false;
      readonly reason: Reason;
      /** Known only once the key is proven. */
      readonly keyId?: string;
    };

/** What a signature is checked with when there is no such key, so that the answer takes as long. */
const nobody = "0".repeat(64);

/** Decides by a code or by a signature, never by both. */
export async function decide(
  given: Arguments,
  keys: AppKeys,
  nonces: Nonces,
  nowInMs: number,
): Promise<Decision> {
  const { apiKey, code, host: _, ...signature } = given;
  const isSigned = Object.keys(signature).length > 0;
  const shown = [apiKey, code].filter((value) => value !== undefined);
  if (shown.length + Number(isSigned) > 1) return refused("ambiguous_key");
  if (isSigned) return bySignature(given, keys, nonces, nowInMs);
  return shown.length === 0 ? refused("no_key") : byCode(shown[0], keys, nowInMs);
}

function byCode(code: unknown, { codes }: AppKeys, nowInMs: number): Decision {
  if (typeof code !== "string" || !/^[A-Za-z0-9_-]{20,128}$/.test(code)) return refused("invalid_key");
  const hash = sha256(code);
  // All are compared, whichever it is.
  const [key] = codes.filter(({ codeSha256 }) => isSame(codeSha256, hash));
  if (key === undefined) return refused("invalid_key");
  return faultOf(key, nowInMs) ?? { isIn: true, key, verified: verifiedByCode };
}

async function bySignature(
  given: Arguments,
  keys: AppKeys,
  nonces: Nonces,
  nowInMs: number,
): Promise<Decision> {
  const parts = readParts(given);
  if (parts === undefined || !hasForm("signature", given.signature)) return refused("invalid_key");
  const key = keys.signing.get(parts.keyId);
  const isRight = isSame(signatureOf(key?.secret ?? nobody, parts), given.signature);
  if (key === undefined || !isRight) return refused("invalid_key");
  const { clockSkewInSeconds } = keys;
  const fault = faultOf(key, nowInMs);
  if (fault !== undefined) return fault;
  if (!isTimely(parts.timestamp, nowInMs, clockSkewInSeconds)) return refused("clock_skew", key.id);
  // Only a nonce that a right signature vouches for is remembered: else anybody could use up an honest caller's.
  const untilInMs = 1000 * (Number(parts.timestamp) + clockSkewInSeconds);
  // unverified: a gateway calls an authorizer function once for a request; of two calls the second would be refused
  const state = await nonces.use(key.id, parts.nonce, untilInMs, nowInMs);
  if (state === "seen") return refused("replayed_nonce", key.id);
  if (state === "full") return refused("too_many_requests", key.id);
  return { isIn: true, key, verified: fingerprintOf(parts) };
}

function readParts({
  key,
  timestamp,
  nonce,
  method,
  host,
  path,
  bodySha256,
}: Arguments): SignedParts | undefined {
  if (!hasForm("keyId", key) || !hasForm("timestamp", timestamp) || !hasForm("nonce", nonce))
    return undefined;
  if (!hasForm("method", method) || !hasForm("host", host) || !hasForm("path", path)) return undefined;
  if (!hasForm("bodySha256", bodySha256)) return undefined;
  return { keyId: key, timestamp, nonce, method, host: host.toLowerCase(), path, bodySha256 };
}

function faultOf(
  { id, isEnabled, expiresAtInMs }: CodeKey | SigningKey,
  nowInMs: number,
): Decision | undefined {
  if (!isEnabled) return refused("disabled_key", id);
  return expiresAtInMs !== undefined && nowInMs >= expiresAtInMs ? refused("expired_key", id) : undefined;
}

function refused(reason: Reason, keyId?: string): Decision {
  return { isIn: false, reason, ...(keyId === undefined ? {} : { keyId }) };
}
