import { GatewayFault } from "../server/errors.ts";
import type { Exchange } from "../server/exchange.ts";
import type { DynamicAuthentication } from "../specification/authentication.ts";
import { identityOf } from "../tokens/claims.ts";
import { unverifiedClaims } from "../tokens/verify.ts";
import { compileBearerToken } from "./authentication/token-location.ts";
import { compileServer, isAnonymous } from "./authentication.ts";
import type { PolicyContext, RequestStep } from "./policy.ts";
import { compileSelection } from "./selection.ts";

/**
 * Authentication by one of several servers, chosen by an element of the request ("Adding Multiple Authentication
 * Servers to the same API Deployment").
 */
// unverified: an anonymous route lets everybody in when every server allows anonymous access; else the request's server decides
export function compileDynamicAuthentication(context: PolicyContext): RequestStep | undefined {
  const given = context.specification.requestPolicies?.dynamicAuthentication;
  if (given === undefined) return undefined;
  const { route } = context;
  const servers = given.authenticationServers.map((server) => server.authenticationServerDetail);
  if (servers.every((server) => isAnonymous(server, route))) return undefined;
  const steps = context.shared("dynamicAuthentication", () =>
    servers.map((server) => compileServer(server, context)),
  );
  const choose = compileSelection(
    given.selectionSource,
    given.authenticationServers.map(({ key, authenticationServerDetail }, index) => ({
      key,
      value: isAnonymous(authenticationServerDetail, route) ? undefined : steps[index],
    })),
  );
  const readClaims = compileClaims(given);
  return (exchange) => {
    readClaims?.(exchange);
    const selected = choose(exchange);
    // What chose the server isn't verified: policies after this one see only what the server has verified.
    exchange.auth = new Map();
    if (selected === undefined) {
      throw refusal(
        "noAuthenticationServerMatched",
        "no authentication server matched the request and no default is specified",
      );
    }
    const code = selected.isDefault ? "defaultAuthenticationServerMatched" : "authenticationServerMatched";
    exchange.record("INFO", `dynamicAuthentication.${code}`, `rule ${selected.name}`);
    return selected.value?.(exchange) ?? true;
  };
}

/** Where the choice depends on a claim, it is read from the token before anything of it is verified. */
function compileClaims(given: DynamicAuthentication): ((exchange: Exchange) => void) | undefined {
  const detail = given.authenticationServers[0]?.authenticationServerDetail;
  if (detail === undefined || !given.selectionSource.selector.startsWith("request.auth[")) return undefined;
  const locate = compileBearerToken(detail);
  return (exchange) => {
    const located = locate(exchange);
    if ("missing" in located) throw refusal("jwtTokenNotFound", located.missing);
    const claims = unverifiedClaims(located.token);
    if (claims === undefined) throw refusal("jwtTokenInvalid", "the token isn't a signed JSON web token");
    exchange.auth = identityOf(claims).auth;
  };
}

function refusal(code: string, detail: string): GatewayFault {
  return new GatewayFault("unauthorized", detail, {
    code: `dynamicAuthentication.${code}`,
    headers: ["WWW-Authenticate", "Bearer"],
  });
}
