import type { VerifyClaim } from "../specification/authentication.ts";

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
// unverified: a token without exp is refused, and one whose exp lies beyond the year 9999
export function claimsFault(claims: Claims, verifyClaims: readonly VerifyClaim[]): string | undefined {
  const { exp } = claims;
  if (typeof exp !== "number" || exp > lastDateInSeconds) return 'its "exp" is no time in seconds';
  for (const { key, values = [], isRequired = false } of verifyClaims) {
    const name = JSON.stringify(key);
    if (!Object.hasOwn(claims, key)) {
      if (isRequired) return `it has no claim ${name}`;
      continue;
    }
    const value = claims[key];
    // unverified: a claim that isn't a string equals none of the values
    if (values.length > 0 && !(typeof value === "string" && values.includes(value))) {
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
// unverified: in request.auth a value that isn't a string is its JSON text
export function textsOf(values: Claims): Map<string, string> {
  return new Map(
    Object.entries(values).map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}

/** Scopes of a list or of a text with blanks between them; undefined when it is neither. */
export function scopesOf(scope: unknown): Set<string> | undefined {
  if (typeof scope === "string") return new Set(scope.split(/\s+/).filter((one) => one !== ""));
  if (!Array.isArray(scope) || scope.some((one) => typeof one !== "string")) return undefined;
  return new Set(scope);
}
