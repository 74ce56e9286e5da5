import type { Authentication } from "../specification/authentication.ts";
import type { ApiSpecificationRoute } from "../specification/model.ts";
import { compileCustomAuthentication } from "./authentication/custom.ts";
import { compileTokenAuthentication } from "./authentication/token.ts";
import type { PolicyContext, RequestStep } from "./policy.ts";

/**
 * Asks who sends a request ("Adding Authentication and Authorization to API Deployments"). Routes without an
 * authorization policy want an authenticated request, also where anonymous access is allowed.
 */
export function compileAuthentication(context: PolicyContext): RequestStep | undefined {
  const authentication = context.specification.requestPolicies?.authentication;
  if (authentication === undefined || isAnonymous(authentication, context.route)) return undefined;
  return context.shared("authentication", () => compileServer(authentication, context));
}

/** Authentication by one server. */
export function compileServer(authentication: Authentication, context: PolicyContext): RequestStep {
  return authentication.type === "CUSTOM_AUTHENTICATION"
    ? compileCustomAuthentication(authentication, context)
    : compileTokenAuthentication(authentication, context);
}

/** Whether a route lets in everybody, also with a bad token. */
// unverified: on an anonymous route a token isn't looked at, and request.auth is empty
export function isAnonymous(authentication: Authentication, route: ApiSpecificationRoute): boolean {
  return (
    route.requestPolicies?.authorization?.type === "ANONYMOUS" &&
    authentication.isAnonymousAccessAllowed === true
  );
}
