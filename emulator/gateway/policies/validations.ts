import { hasBytes } from "../server/body.ts";
import { GatewayFault } from "../server/errors.ts";
import type { Exchange } from "../server/exchange.ts";
import type { RouteRequestPolicies, ValidationMode } from "../specification/policies.ts";
import { foldedNames } from "../specification/query.ts";
import { unverified } from "../unverified.ts";
import { headerValues } from "./authentication/token-location.ts";
import { compileMediaTypes } from "./media-types.ts";
import type { PolicyContext, RequestStep } from "./policy.ts";

/** What fails, for the log; `isType` where it is the body's media type. */
interface Failure {
  text: string;
  isType?: true;
}

interface Validation {
  isEnforcing: boolean;
  failures(exchange: Exchange): readonly Failure[];
}

const none: readonly Failure[] = [];

/**
 * Header, query parameter and body validation in one step, so that all that fails is said together ("Adding Request
 * Validation to API Deployments").
 */
export function compileValidations({ route }: PolicyContext): RequestStep | undefined {
  const policies = route.requestPolicies ?? {};
  const validations = [
    ...headers(policies),
    ...queryParameters(policies),
    ...mediaTypes(policies),
    ...body(policies),
  ];
  const { required = false, validationMode } = policies.bodyValidation ?? {};
  const looksIntoBody = required && validationMode !== "DISABLED";
  if (validations.length === 0) return undefined;

  return (exchange) => {
    let enforced = none;
    let permitted = none;
    for (const { isEnforcing, failures } of validations) {
      const found = failures(exchange);
      if (found.length === 0) continue;
      if (isEnforcing) enforced = [...enforced, ...found];
      else permitted = [...permitted, ...found];
    }
    const { hasBody, lengthInBytes } = exchange.head.body;
    if (!looksIntoBody || !hasBody || lengthInBytes !== undefined || enforced.length > 0) {
      return decide(exchange, enforced, permitted);
    }
    return hasBytes(exchange).then((isThere) => {
      if (isThere) return decide(exchange, enforced, permitted);
      return isEnforcing(validationMode)
        ? decide(exchange, [missingBody], permitted)
        : decide(exchange, enforced, [...permitted, missingBody]);
    });
  };
}

function decide(exchange: Exchange, enforced: readonly Failure[], permitted: readonly Failure[]): true {
  // unverified: what PERMISSIVE lets through is logged as requestValidation.validationPermitted
  if (permitted.length > 0) exchange.record("WARN", "requestValidation.validationPermitted", said(permitted));
  if (enforced.length === 0) return true;
  const isTypeOnly = enforced.every(({ isType }) => isType);
  throw new GatewayFault(isTypeOnly ? "unsupportedMediaType" : "validationFailed", said(enforced));
}

function said(failures: readonly Failure[]): string {
  return failures.map(({ text }) => text).join("; ");
}

function isEnforcing(mode: ValidationMode | undefined): boolean {
  return mode !== "PERMISSIVE";
}

function headers({ headerValidations }: RouteRequestPolicies): Validation[] {
  const names = requiredNames(headerValidations?.headers, headerValidations?.validationMode);
  if (names.length === 0) return [];
  const needed = names.map((name) => ({
    key: name.toLowerCase(),
    failure: { text: `header ${name} is missing` },
  }));
  const isEmptyThere = unverified.emptyValue === "there";
  return [
    {
      isEnforcing: isEnforcing(headerValidations?.validationMode),
      failures: ({ head }) =>
        missing(needed, (key) => (isEmptyThere ? head.first.has(key) : Boolean(head.first.get(key)))),
    },
  ];
}

/** Names of query parameters know no case here, other than in transformations. */
function queryParameters({ queryParameterValidations }: RouteRequestPolicies): Validation[] {
  const { parameters, validationMode } = queryParameterValidations ?? {};
  const names = requiredNames(parameters, validationMode);
  if (names.length === 0) return [];
  const needed = names.map((name) => ({
    key: name.toLowerCase(),
    failure: { text: `query parameter ${name} is missing` },
  }));
  // A value begins with its equals sign.
  const leastLength = unverified.emptyValue === "there" ? 0 : 2;
  return [
    {
      isEnforcing: isEnforcing(validationMode),
      failures: ({ head }) => {
        const given = foldedNames(head.query, leastLength);
        return missing(needed, (key) => given.includes(key));
      },
    },
  ];
}

/** The failures of what isn't there; nearly always none. */
function missing(
  needed: readonly { key: string; failure: Failure }[],
  isThere: (key: string) => boolean,
): readonly Failure[] {
  return needed.every(({ key }) => isThere(key))
    ? none
    : needed.filter(({ key }) => !isThere(key)).map(({ failure }) => failure);
}

function requiredNames(
  items: readonly { name: string; required?: boolean | undefined }[] | undefined,
  mode: ValidationMode | undefined,
): string[] {
  if (mode === "DISABLED") return [];
  return (items ?? []).filter(({ required }) => required).map(({ name }) => name);
}

const missingBody: Failure = { text: "the body is missing" };

function body({ bodyValidation }: RouteRequestPolicies): Validation[] {
  const { required, validationMode } = bodyValidation ?? {};
  if (!required || validationMode === "DISABLED") return [];
  return [
    {
      isEnforcing: isEnforcing(validationMode),
      failures: ({ head }) => (head.body.hasBody ? none : [missingBody]),
    },
  ];
}

/** A request without a body has no media type that could be wrong. */
function mediaTypes({ bodyValidation }: RouteRequestPolicies): Validation[] {
  const { content, validationMode } = bodyValidation ?? {};
  const ranges = Object.keys(content ?? {});
  if (ranges.length === 0 || validationMode === "DISABLED") return [];
  const matches = compileMediaTypes(ranges);
  return [
    {
      isEnforcing: isEnforcing(validationMode),
      failures: ({ head }) => {
        if (!head.body.hasBody) return none;
        // Nobody knows which of several a back end believes.
        const types = headerValues(head.headers, "content-type");
        const type = types.find((each) => !matches(each)) ?? types[0];
        if (matches(type)) return none;
        const is = type === undefined ? "is missing" : `is ${JSON.stringify(type.slice(0, 100))}`;
        return [{ text: `the body's content type ${is}, allowed is ${ranges.join(", ")}`, isType: true }];
      },
    },
  ];
}
