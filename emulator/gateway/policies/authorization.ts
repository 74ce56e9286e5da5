import { GatewayFault } from "../server/errors.ts";
import type { PolicyContext, RequestStep } from "./policy.ts";

/**
 * Lets in requests with one of the route's scopes ("Adding Authentication and Authorization to API Deployments").
 * AUTHENTICATION_ONLY and ANONYMOUS say to authentication what to do: here they ask for nothing.
 */
export function compileAuthorization({ route }: PolicyContext): RequestStep | undefined {
  const authorization = route.requestPolicies?.authorization;
  if (authorization?.type !== "ANY_OF") return undefined;
  const { allowedScope } = authorization;
  return ({ scopes }) => {
    if (allowedScope.some((scope) => scopes.has(scope))) return true;
    throw new GatewayFault("outOfScope", `the request has none of the scopes ${allowedScope.join(", ")}`);
  };
}
