import type { JWTPayload, JWTVerifyOptions } from "jose";
import type { VerifyClaim } from "../specification/authentication.ts";
import { unverified } from "../unverified.ts";
import { type Claims, claimsFault, type Identity, identityOf } from "./claims.ts";
import type { FoundKey, KeySource } from "./keys.ts";
import { algorithms } from "./public-key.ts";

export interface TokenRules {
  issuers: readonly string[];
  audiences: readonly string[];
  verifyClaims: readonly VerifyClaim[];
  maxClockSkewInSeconds: number;
}

export interface VerifiedToken {
  identity: Identity;
  /** The keys' state that it was verified in. */
  generation: number;
  fromInMs: number;
  /** When it expires, or its key has to be loaded anew. */
  untilInMs: number;
}

/** A token that isn't let in; the message is for the execution log and holds nothing of the token. */
export class TokenFault extends Error {}

/**
 * Verifies a signed JSON web token ("Validating Tokens to Add Authentication and Authorization to API Deployments").
 *
 * @throws TokenFault, and KeySetFault when the keys can't be loaded.
 */
export async function verifyToken(token: string, keys: KeySource, rules: TokenRules): Promise<VerifiedToken> {
  const { kid, alg } = readHeader(token);
  const found = await keys.find(kid);
  if (found === undefined) throw new TokenFault(keys.unusable?.get(kid) ?? "no key has its key id");
  if (found.key.alg !== undefined && found.key.alg !== alg) {
    throw new TokenFault(`its key is for ${found.key.alg}, not for ${alg}`);
  }
  const claims = await verified(token, found, rules);
  const fault = claimsFault(claims, rules.verifyClaims);
  if (fault !== undefined) throw new TokenFault(fault);
  const { maxClockSkewInSeconds: skew } = rules;
  return {
    identity: identityOf(claims),
    generation: found.generation,
    fromInMs: 1000 * ((claims.nbf ?? 0) - skew),
    untilInMs: Math.min(found.untilInMs, 1000 * ((claims.exp ?? Number.POSITIVE_INFINITY) + skew)),
  };
}

let jose: Promise<typeof import("jose")> | undefined;

/** jose is loaded with the first token: most APIs have none. */
function loadJose(): Promise<typeof import("jose")> {
  jose ??= import("jose");
  return jose;
}

async function verified(token: string, { key }: FoundKey, rules: TokenRules): Promise<JWTPayload> {
  const { jwtVerify } = await loadJose();
  const options: JWTVerifyOptions = {
    algorithms: [...algorithms],
    clockTolerance: rules.maxClockSkewInSeconds,
    requiredClaims: unverified.tokenWithoutExp === "refused" ? ["exp"] : [],
    ...(rules.issuers.length > 0 && { issuer: [...rules.issuers] }),
    ...(rules.audiences.length > 0 && { audience: [...rules.audiences] }),
  };
  try {
    const { payload } = await jwtVerify(token, key.key, options);
    return payload;
  } catch (error) {
    throw new TokenFault(error instanceof Error ? error.message : "it can't be verified");
  }
}

const types = new Set(["jwt", "at+jwt", "application/jwt", "application/at+jwt"]);
const refusedFields = ["crit", "b64", "zip", "enc", "cty"];

/** Key id and algorithm of a token's header. Keys and addresses that the header names are never followed. */
function readHeader(token: string): { kid: string; alg: string } {
  const parts = token.split(".");
  if (parts.length !== 3 || !parts.every(isCanonical))
    throw new TokenFault("it isn't a signed JSON web token");
  const header = parseObject(Buffer.from(parts[0] ?? "", "base64url"));
  if (header === undefined) throw new TokenFault("its header isn't a JSON object");
  const { alg, kid, typ } = header;
  if (typeof alg !== "string" || !algorithms.includes(alg)) {
    throw new TokenFault(`its algorithm isn't one of ${algorithms.join(", ")}`);
  }
  const refused = refusedFields.find((field) => Object.hasOwn(header, field));
  if (refused !== undefined) throw new TokenFault(`its header has "${refused}"`);
  const isAnyType = typ === undefined || unverified.tokenType === "any";
  if (!isAnyType && !(typeof typ === "string" && types.has(typ.toLowerCase()))) {
    throw new TokenFault("its type isn't JWT");
  }
  if (typeof kid !== "string" || kid === "") throw new TokenFault("it names no key id");
  return { kid, alg };
}

/** A token's claims before anything of it is verified: to choose by, never to trust. */
export function unverifiedClaims(token: string): Claims | undefined {
  const parts = token.split(".");
  if (parts.length !== 3 || !parts.every(isCanonical)) return undefined;
  return parseObject(Buffer.from(parts[1] ?? "", "base64url"));
}

/** Whether a part is base64url in the one way in which its bytes can be written. */
function isCanonical(part: string): boolean {
  return part !== "" && Buffer.from(part, "base64url").toString("base64url") === part;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function parseObject(bytes: Buffer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(utf8.decode(bytes));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
