import { limits } from "../../limits.ts";
import { areValid } from "../../server/headers.ts";
import { type Identity, scopesOf, textsOf } from "../../tokens/claims.ts";
import { unverified } from "../../unverified.ts";

/** What an authorizer function has decided. */
export interface AuthorizerResult {
  isActive: boolean;
  identity: Identity;
  /** Value for the `WWW-Authenticate` of a refusal. */
  wwwAuthenticate: string | undefined;
  /** How long the result may be remembered; until now when it is too large for that. */
  untilInMs: number;
}

/**
 * Reads an authorizer function's answer ("Creating an Authorizer Function"); undefined when it is malformed.
 *
 * @param body - `{"active": true, "scope": […], "expiresAt": …, "context": {…}, "principal"?, "clientId"?}` or
 *   `{"active": false, "wwwAuthenticate": …}`.
 */
// unverified: an active that isn't true or false, a scope that is neither text nor list of texts, or a context that is no object makes the answer malformed
export function readAuthorizerResult(body: Buffer, nowInMs: number): AuthorizerResult | undefined {
  const result = parse(body);
  if (result === undefined) return undefined;
  const { context, wwwAuthenticate } = result;
  const active = result.active ?? false;
  const scopes = scopesOf(result.scope ?? []);
  const entries = context ?? {};
  if (typeof active !== "boolean" || scopes === undefined) return undefined;
  if (typeof entries !== "object" || Array.isArray(entries)) return undefined;
  return {
    isActive: active,
    identity: { auth: authOf(result, { ...entries }), scopes },
    wwwAuthenticate: isHeaderValue(wwwAuthenticate) ? wwwAuthenticate : undefined,
    untilInMs: isSmall(body) ? nowInMs + 1000 * secondsUntil(result.expiresAt, nowInMs) : nowInMs,
  };
}

const returned = ["principal", "clientId", "scope", "expiresAt"];

// unverified: in request.auth the entries of context stand beside principal, clientId, scope and expiresAt
function authOf(
  result: Readonly<Record<string, unknown>>,
  context: Readonly<Record<string, unknown>>,
): Map<string, string> {
  const fields = Object.entries(result).filter(([key, value]) => returned.includes(key) && value !== null);
  const own = Object.fromEntries(fields);
  return textsOf(unverified.authorizerContext === "wins" ? { ...own, ...context } : { ...context, ...own });
}

// unverified: a result of more than 64 KB isn't remembered; a thousand large ones would fill the memory
function isSmall(body: Buffer): boolean {
  return body.length <= limits.rememberedAuthorizerResultBytes;
}

function secondsUntil(expiresAt: unknown, nowInMs: number): number {
  const { min, max } = limits.authorizerResultInSeconds;
  const atInMs = typeof expiresAt === "string" ? Date.parse(expiresAt) : Number.NaN;
  if (Number.isNaN(atInMs)) return min;
  return Math.min(max, Math.max(min, (atInMs - nowInMs) / 1000));
}

function isHeaderValue(value: unknown): value is string {
  return typeof value === "string" && value !== "" && areValid([["WWW-Authenticate", value]]);
}

function parse(body: Buffer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body.toString());
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
