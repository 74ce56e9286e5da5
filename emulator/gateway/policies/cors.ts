import type { Exchange } from "../server/exchange.ts";
import type { ApiSpecification, ApiSpecificationRoute } from "../specification/model.ts";
import type { Cors } from "../specification/policies.ts";
import { unverified } from "../unverified.ts";
import type { PolicyContext, RequestStep } from "./policy.ts";

/** Names and values in turn. */
type Headers = readonly string[];

const empty = Buffer.alloc(0);
const nothing: Headers = [];
const varyOrigin: Headers = ["Vary", "Origin"];
const allowOrigin = "Access-Control-Allow-Origin";
/** What browsers send as `Origin`; anything else, "*" too, is never echoed. */
const browserOrigin = /^(?:null|[A-Za-z][A-Za-z0-9+.-]*:\/\/[^\s/?#,*]+)$/;

/** The policy in force on a route. */
export function corsOf(specification: ApiSpecification, route: ApiSpecificationRoute): Cors | undefined {
  const own = route.requestPolicies?.cors;
  const ofAll = specification.requestPolicies?.cors;
  if (own !== undefined && ofAll !== undefined && unverified.routeCors === "merges") {
    return { ...ofAll, ...own };
  }
  return own ?? ofAll;
}

/** Lets other origins' pages use a route ("Adding CORS support to API Deployments"). */
export function compileCors({ specification, route }: PolicyContext): RequestStep | undefined {
  const policy = corsOf(specification, route);
  if (policy === undefined) return undefined;
  const answerPreflight = compilePreflight(policy);
  const addHeaders = compileCorsHeaders(policy);
  const { methods = ["ANY"] } = route;
  const isForRoute =
    unverified.preflightOfOptionsRoute === "route" &&
    (methods.includes("OPTIONS") || methods.includes("ANY"));
  return (exchange) => {
    if (!isForRoute && isPreflight(exchange)) {
      answerPreflight(exchange);
      return false;
    }
    addHeaders(exchange);
    return true;
  };
}

/** Whether a browser asks by it before another request. */
export function isPreflight(exchange: Exchange): boolean {
  const { head } = exchange;
  return (
    head.method === "OPTIONS" &&
    originOf(exchange) !== undefined &&
    head.first.has("access-control-request-method")
  );
}

/** Undefined also when it is empty. */
function originOf({ head }: Exchange): string | undefined {
  return head.first.get("origin") || undefined;
}

function compilePreflight(policy: Cors): (exchange: Exchange) => void {
  const { allowedMethods = [], allowedHeaders = [], maxAgeInSeconds = 0 } = policy;
  const always = [
    ...listed("Access-Control-Allow-Methods", allowedMethods),
    ...listed("Access-Control-Allow-Headers", allowedHeaders),
    ...(maxAgeInSeconds > 0 ? ["Access-Control-Max-Age", String(maxAgeInSeconds)] : []),
  ];
  const headersFor = compileOrigins(policy, always);
  return (exchange) => {
    const headers = headersFor(originOf(exchange));
    const isAllowed = headers[0] === allowOrigin;
    exchange.answer(
      isAllowed ? unverified.preflightStatus : unverified.foreignPreflightStatus,
      headers,
      empty,
    );
  };
}

/** What comes to every answer to an actual request; a back end's own CORS headers give way to it. */
export function compileCorsHeaders(policy: Cors): (exchange: Exchange) => void {
  const headersFor = compileOrigins(
    policy,
    listed("Access-Control-Expose-Headers", policy.exposedHeaders ?? []),
  );
  return (exchange) => {
    exchange.replacesCors = true;
    exchange.addedHeaders = headersFor(originOf(exchange));
  };
}

/** The headers for each origin, made ready; `always` comes to those of every origin that is allowed. */
function compileOrigins(policy: Cors, always: Headers): (origin: string | undefined) => Headers {
  const { allowedOrigins, isAllowCredentialsEnabled = false } = policy;
  const more = isAllowCredentialsEnabled ? ["Access-Control-Allow-Credentials", "true", ...always] : always;
  const echo = (origin: string): Headers => [allowOrigin, origin, ...more, ...varyOrigin];
  const foreign = unverified.varyOrigin === "always" ? varyOrigin : nothing;
  if (allowedOrigins.includes("*")) {
    if (isAllowCredentialsEnabled && unverified.anyOriginWithCredentials === "echo")
      return (origin) => (origin !== undefined && browserOrigin.test(origin) ? echo(origin) : foreign);
    const any: Headers = [allowOrigin, "*", ...more];
    return (origin) => (origin === undefined ? nothing : any);
  }
  if (unverified.originCase === "case-insensitive") {
    const folded = new Set(allowedOrigins.map((origin) => origin.toLowerCase()));
    return (origin) => (origin !== undefined && folded.has(origin.toLowerCase()) ? echo(origin) : foreign);
  }
  const known = new Map(allowedOrigins.map((origin) => [origin, echo(origin)]));
  return (origin) => (origin === undefined ? foreign : (known.get(origin) ?? foreign));
}

function listed(name: string, values: readonly string[]): Headers {
  return values.length === 0 ? nothing : [name, values.join(", ")];
}
