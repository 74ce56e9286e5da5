import type { HttpClients } from "../../backends/http-clients.ts";
import { limits } from "../../limits.ts";
import { GatewayFault } from "../../server/errors.ts";
import type { Exchange } from "../../server/exchange.ts";
import type {
  AdditionalValidationPolicy,
  JwtAuthentication,
  RemoteDiscovery,
  RemoteJwks,
  StaticKeys,
  TokenAuthentication,
} from "../../specification/authentication.ts";
import { fetchJson, shown } from "../../tokens/fetch-json.ts";
import { KeySetFault, type KeySource, staticKeys } from "../../tokens/keys.ts";
import { readStaticKey, type VerificationKey } from "../../tokens/public-key.ts";
import { RecentCache } from "../../tokens/recent-cache.ts";
import { RemoteKeys } from "../../tokens/remote-keys.ts";
import { TokenFault, type TokenRules, type VerifiedToken, verifyToken } from "../../tokens/verify.ts";
import { unverified } from "../../unverified.ts";
import type { PolicyContext, RequestStep } from "../policy.ts";
import { compileRefusal, type Refuse } from "./failure.ts";
import { compileBearerToken } from "./token-location.ts";

const noToken = "Bearer";
const badToken = unverified.challengeNamesError ? 'Bearer error="invalid_token"' : noToken;

/**
 * Verifies a request's token: that it is signed by one of the keys, in its time, and has the claims that are asked for.
 * A verified token is remembered until it expires, its keys have to be loaded anew, or one of them is gone.
 */
export function compileTokenAuthentication(
  authentication: TokenAuthentication | JwtAuthentication,
  context: PolicyContext,
): RequestStep {
  const { keys, rules, log, refuse } = settingsOf(authentication, context);
  const locate = compileBearerToken(authentication);
  const verified = new RecentCache<VerifiedToken>(limits.rememberedTokens);
  const admit = (exchange: Exchange, { identity }: VerifiedToken): boolean => {
    exchange.auth = identity.auth;
    exchange.scopes = identity.scopes;
    exchange.record("INFO", `${log}.successfulAuthentication`, "the token is valid");
    return true;
  };
  return (exchange) => {
    const located = locate(exchange);
    if ("missing" in located) {
      const code = `${log}.authenticationFailed`;
      return refuse(exchange, { detail: located.missing, code, challenge: noToken });
    }
    const { token } = located;
    const known = verified.get(token);
    if (known !== undefined) {
      const now = Date.now();
      const isGood = now < known.untilInMs && now >= known.fromInMs && known.generation === keys.generation;
      if (isGood) return admit(exchange, known);
      verified.delete(token);
    }
    return verifyToken(token, keys, rules).then(
      (found) => {
        verified.set(token, found);
        return admit(exchange, found);
      },
      (error) => refused(exchange, error, log, refuse),
    );
  };
}

function refused(exchange: Exchange, error: unknown, log: string, refuse: Refuse): boolean {
  if (error instanceof TokenFault) {
    const code = `${log}.authenticationFailed`;
    return refuse(exchange, { detail: `the token: ${error.message}`, code, challenge: badToken });
  }
  if (error instanceof KeySetFault) {
    const code = error.isMalformed ? "badJsonWebKeySet" : "loadingJsonWebKeySet";
    throw new GatewayFault("keySetUnavailable", error.message, { code: `${log}.${code}` });
  }
  throw error;
}

interface Settings {
  keys: KeySource;
  rules: TokenRules;
  /** First part of the execution log's codes. */
  log: "tokenAuthentication" | "jwtAuthentication";
  refuse: Refuse;
}

function settingsOf(
  authentication: TokenAuthentication | JwtAuthentication,
  context: PolicyContext,
): Settings {
  const rules = ({ issuers, audiences, verifyClaims }: AdditionalValidationPolicy): TokenRules => ({
    issuers: issuers ?? [],
    audiences: audiences ?? [],
    verifyClaims: verifyClaims ?? [],
    maxClockSkewInSeconds: authentication.maxClockSkewInSeconds ?? 0,
  });
  if (authentication.type === "JWT_AUTHENTICATION") {
    return {
      keys: keySource(authentication.publicKeys, context.clients),
      rules: rules(authentication),
      log: "jwtAuthentication",
      refuse: compileRefusal(undefined, context),
    };
  }
  const { validationPolicy, validationFailurePolicy } = authentication;
  return {
    keys: keySource(validationPolicy, context.clients),
    rules: rules(validationPolicy.additionalValidationPolicy ?? {}),
    log: "tokenAuthentication",
    refuse: compileRefusal(validationFailurePolicy, context),
  };
}

function keySource(given: StaticKeys | RemoteJwks | RemoteDiscovery, clients: HttpClients): KeySource {
  if (given.type === "STATIC_KEYS") return staticKeySource(given);
  const { isSslVerifyDisabled = false, maxCacheDurationInHours = limits.maxCacheDurationInHours.default } =
    given;
  const load = (uri: string) => fetchJson(clients, uri, isSslVerifyDisabled);
  const keptForInMs = maxCacheDurationInHours * 3_600_000;
  if (given.type === "REMOTE_JWKS") return new RemoteKeys(() => load(given.uri), keptForInMs);
  const { uri } = given.sourceUriDetails;
  return new RemoteKeys(async () => load(keySetUri(await load(uri), uri)), keptForInMs);
}

function staticKeySource({ keys }: StaticKeys): KeySource {
  const usable: VerificationKey[] = [];
  const unusable = new Map<string, string>();
  for (const given of keys) {
    const read = readStaticKey(given);
    if ("fault" in read) unusable.set(given.kid, `its key can't be used: ${read.field} ${read.fault}`);
    else usable.push(read);
  }
  return staticKeys(usable, unusable);
}

// unverified: tokens of a REMOTE_DISCOVERY are verified by the key set that the discovery document names; OCI asks the introspection endpoint instead, as the client of clientDetails
function keySetUri(discovered: Readonly<Record<string, unknown>>, uri: string): string {
  const { jwks_uri: found } = discovered;
  if (typeof found === "string" && /^https?:\/\//.test(found) && URL.canParse(found)) return found;
  throw new KeySetFault(`${shown(uri)} names no jwks_uri`, true);
}
