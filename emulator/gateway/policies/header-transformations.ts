import type { Exchange } from "../server/exchange.ts";
import { headerName } from "../server/header-names.ts";
import { endToEnd, isValid } from "../server/headers.ts";
import type { HeaderTransformations } from "../specification/policies.ts";
import { protectedRequestHeaders, protectedResponseHeaders } from "../specification/protected-headers.ts";
import { unverified } from "../unverified.ts";
import type { PolicyContext, RequestStep, ResponseStep } from "./policy.ts";
import { compileTransformation, type Pair, type Transformation, transform } from "./transformation.ts";
import { compileValue, type PolicyValue, renderValue } from "./values.ts";

/** Changes the headers that the back end gets ("Adding Header Transformation Request Policies"). */
export function compileRequestHeaderTransformations({ route }: PolicyContext): RequestStep | undefined {
  const plan = compile(route.requestPolicies?.headerTransformations, protectedRequestHeaders);
  if (plan === undefined) return undefined;
  const setsHost = [...plan.set, ...plan.rename].some(({ key }) => key === "host");
  return (exchange) => {
    // A header that the client's Connection names must not take away one of the same name that is set here.
    const before = endToEnd(exchange.outgoing.headers);
    const after = carryOut(plan, exchange, before);
    exchange.outgoing.headers = after;
    if (!setsHost) return true;
    const given = new Set<Pair>(before);
    const host = after.find((pair) => pair[0].toLowerCase() === "host" && !given.has(pair));
    if (host !== undefined) exchange.outgoing.host = host[1];
    return true;
  };
}

/** Changes the headers of a back end's answer ("Adding Header Transformation Response Policies"). */
export function compileResponseHeaderTransformations({ route }: PolicyContext): ResponseStep | undefined {
  const plan = compile(route.responsePolicies?.headerTransformations, protectedResponseHeaders);
  if (plan === undefined) return undefined;
  const step: ResponseStep = (exchange, headers) => carryOut(plan, exchange, headers);
  step.isConstant = plan.set.every(({ values }) => areConstant(values));
  return step;
}

// unverified: protected headers pass a filter of type ALLOW that doesn't name them
function compile(
  given: HeaderTransformations | undefined,
  kept: ReadonlySet<string>,
): Transformation<PolicyValue> | undefined {
  return compileTransformation({
    set: given?.setHeaders?.items,
    rename: given?.renameHeaders?.items,
    filter: given?.filterHeaders,
    keyOf: (name) => headerName(name).key,
    compileValue: (text) => compileValue(text),
    kept,
  });
}

/**
 * The headers transformed; as they were where one would be invalid ("Transforming Incoming Requests and Outgoing
 * Responses": the policy is ignored).
 */
function carryOut(
  plan: Transformation<PolicyValue>,
  exchange: Exchange,
  headers: readonly Pair[],
): readonly Pair[] {
  let invalid: string | undefined;
  const result = transform(plan, headers, ({ name, values }) => {
    // The schema has looked at constants.
    if (areConstant(values)) return values;
    const rendered = values.map((value) => renderValue(value, exchange));
    const known = headerName(name);
    for (const value of rendered) if (!isValid(known, value)) invalid ??= name;
    return usable(exchange, name, values, rendered);
  });
  if (invalid === undefined) return result;
  exchange.record(
    "WARN",
    "headerTransformation.badHeaderValue",
    `the value for header ${invalid} is not valid in HTTP: no header is transformed`,
  );
  return headers;
}

function areConstant(values: readonly PolicyValue[]): values is readonly string[] {
  return values.every((value) => typeof value === "string");
}

/** "Header transformations do not work as expected": without a value the update of the header is skipped. */
// unverified: a value is missing when the context variables in it leave nothing
function usable(
  exchange: Exchange,
  name: string,
  values: readonly PolicyValue[],
  rendered: readonly string[],
): readonly string[] | undefined {
  const left = rendered.filter((text, index) => text !== "" || typeof values[index] === "string");
  if (left.length === rendered.length) return rendered;
  const isSet = left.length > 0 && unverified.partlyMissingValues === "others-set";
  exchange.record(
    "WARN",
    "headerTransformation.missingSetValues",
    `the request has no value for header ${name}: ${isSet ? "the other values are set" : "it is left as it was"}`,
  );
  return isSet ? left : undefined;
}
