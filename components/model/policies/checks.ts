import { checkSettings } from "../known-settings.ts";
import type { Problem } from "../problems.ts";
import { isBag, kindOf } from "../values.ts";
import { checkAuthentication } from "./authentication.ts";
import { checkAuthorization } from "./authorization.ts";
import type { ContextScope } from "./context-variables.ts";
import { checkCors } from "./cors.ts";
import { checkDynamicAuthentication } from "./dynamic-authentication.ts";
import { checkLoggingPolicies } from "./logging.ts";
import { checkRateLimiting } from "./rate-limiting.ts";
import { checkHeaderTransformations, checkQueryParameterTransformations } from "./transformations.ts";
import {
  checkBodyValidation,
  checkHeaderValidations,
  checkQueryParameterValidations,
} from "./validations.ts";

type Check = (given: unknown, at: string, scope: ContextScope) => Problem[];
type Checks = Readonly<Record<string, Check>>;

/** Each request policy of all routes, and what checks it; what has no check is refused by name. */
const apiRequestPolicies: Checks = {
  authentication: checkAuthentication,
  dynamicAuthentication: checkDynamicAuthentication,
  rateLimiting: checkRateLimiting,
  cors: checkCors,
};

const routeRequestPolicies: Checks = {
  authorization: checkAuthorization,
  cors: checkCors,
  headerTransformations: (given, at, scope) => checkHeaderTransformations(given, at, "request", scope),
  queryParameterTransformations: checkQueryParameterTransformations,
  headerValidations: checkHeaderValidations,
  queryParameterValidations: checkQueryParameterValidations,
  bodyValidation: checkBodyValidation,
};

const routeResponsePolicies: Checks = {
  headerTransformations: (given, at, scope) => checkHeaderTransformations(given, at, "response", scope),
};

/**
 * Whether mutual TLS isn't supported but isn't used either: what OCI answers with where nobody gave it ("Adding
 * Support for Mutual TLS to API Deployments").
 */
function isWithoutMutualTls(given: unknown): boolean {
  if (!isBag(given)) return false;
  const { isVerifiedCertificateRequired = false, allowedSans = [], ...others } = given;
  const isUnnamed = Array.isArray(allowedSans) && allowedSans.length === 0;
  return isVerifiedCertificateRequired === false && isUnnamed && Object.keys(others).length === 0;
}

/** Where policies may stand, as the arguments name it. */
export interface PolicyHolder {
  requestPolicies?: unknown;
  responsePolicies?: unknown;
  loggingPolicies?: unknown;
}

/** What is wrong with the policies of all routes. */
export function checkApiPolicies(given: PolicyHolder, scope: ContextScope): Problem[] {
  return [
    ...checkPolicies(withoutUnused(given.requestPolicies), "requestPolicies", apiRequestPolicies, scope),
    ...(given.loggingPolicies === undefined
      ? []
      : checkLoggingPolicies(given.loggingPolicies, "loggingPolicies")),
  ];
}

function withoutUnused(requestPolicies: unknown): unknown {
  if (!isBag(requestPolicies)) return requestPolicies;
  const { mutualTls, ...others } = requestPolicies;
  return isWithoutMutualTls(mutualTls) ? others : requestPolicies;
}

/** What is wrong with the policies of one route. */
export function checkRoutePolicies(given: PolicyHolder, at: string, scope: ContextScope): Problem[] {
  return [
    ...checkPolicies(given.requestPolicies, `${at}.requestPolicies`, routeRequestPolicies, scope),
    ...checkPolicies(given.responsePolicies, `${at}.responsePolicies`, routeResponsePolicies, scope),
    ...(given.loggingPolicies === undefined
      ? []
      : checkLoggingPolicies(given.loggingPolicies, `${at}.loggingPolicies`)),
  ];
}

function checkPolicies(given: unknown, at: string, checks: Checks, scope: ContextScope): Problem[] {
  if (given === undefined) return [];
  if (!isBag(given)) {
    const message = `must be an object, for example { cors: { allowedOrigins: ["*"] } }; is ${kindOf(given)}`;
    return [{ rule: "argument-kind", key: at, message }];
  }
  return [
    ...checkSettings(given, Object.keys(checks), at),
    ...Object.entries(checks).flatMap(([name, check]) =>
      given[name] === undefined ? [] : check(given[name], `${at}.${name}`, scope),
    ),
  ];
}
