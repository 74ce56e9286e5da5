import type { VerifyClaim } from "../specification/authentication.ts";
import { unverified } from "../unverified.ts";

export type Claims = Readonly<Record<string, unknown>>;

/** What a policy has found out about who sends a request. */
export interface Identity {
  /** `request.auth`. */
  auth: ReadonlyMap<string, string>;
  scopes: ReadonlySet<string>;
}

/** Year 9999, beyond which no token's date is believed: milliseconds in place of seconds are. */
const lastDateInSeconds = 253_402_300_799;

/** What is wrong with claims, beside issuer, audience and the times' bounds; or nothing. */
// unverified: a token whose exp lies beyond the year 9999 is refused
export function claimsFault(claims: Claims, verifyClaims: readonly VerifyClaim[]): string | undefined {
  const { exp } = claims;
  const isEndless = exp === undefined && unverified.tokenWithoutExp === "accepted";
  if (!isEndless && (typeof exp !== "number" || exp > lastDateInSeconds))
    return 'its "exp" is no time in seconds';
  for (const { key, values = [], isRequired = false } of verifyClaims) {
    const name = JSON.stringify(key);
    if (!Object.hasOwn(claims, key)) {
      if (isRequired) return `it has no claim ${name}`;
      continue;
    }
    const value = claims[key];
    const isComparable = typeof value === "string" || unverified.otherClaims === "as-json";
    if (values.length > 0 && !(isComparable && values.includes(textOf(value)))) {
      return `its claim ${name} has none of the values that are asked for`;
    }
  }
  return undefined;
}

/** A token's claims as policies see them. */
export function identityOf(claims: Claims): Identity {
  return { auth: textsOf(claims), scopes: scopesOf(claims.scope) ?? new Set() };
}

/** Values as context variables give them. */
export function textsOf(values: Claims): Map<string, string> {
  const entries = Object.entries(values).filter(
    ([, value]) => typeof value === "string" || unverified.otherAuthValues === "as-json",
  );
  return new Map(entries.map(([key, value]) => [key, textOf(value)]));
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Scopes of a list or of a text with blanks between them; undefined when it is neither. */
export function scopesOf(scope: unknown): Set<string> | undefined {
  if (typeof scope === "string") return new Set(scope.split(/\s+/).filter((one) => one !== ""));
  if (!Array.isArray(scope) || scope.some((one) => typeof one !== "string")) return undefined;
  return new Set(scope);
}
