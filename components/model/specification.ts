import { limits } from "./limits.ts";
import { isAuthenticated } from "./lint/plain-api.ts";
import type { Problem } from "./problems.ts";
import type { Method, RouteKey } from "./routes.ts";
import { type Backend, type RenderedBackend, renderBackend } from "./specification/backends.ts";
import { type Policies, withDefaults } from "./specification/defaults.ts";

export type { Backend, RenderedBackend, SingleBackend } from "./specification/backends.ts";
export type { Policies } from "./specification/defaults.ts";

/**
 * A route with its back end and its policies, these as OCI's own specification has them.
 *
 * @typeParam V - Values that may not be known yet: plain text in tests, `Input<string>` in the components.
 */
export interface Route<V> {
  route: RouteKey;
  backend: Backend<V>;
  requestPolicies?: Policies | undefined;
  responsePolicies?: Policies | undefined;
  loggingPolicies?: Policies | undefined;
}

/** Policies of all routes. */
export interface ApiPolicies {
  requestPolicies?: Policies | undefined;
  loggingPolicies?: Policies | undefined;
}

/** A deployment specification in the names of OCI's REST API ("Creating an API Deployment Specification"). */
export interface ApiSpecification<V> {
  requestPolicies?: Policies;
  loggingPolicies?: Policies;
  routes: ApiSpecificationRoute<V>[];
}

export interface ApiSpecificationRoute<V> {
  path: string;
  methods: Method[];
  backend: RenderedBackend<V>;
  requestPolicies?: Policies;
  responsePolicies?: Policies;
  loggingPolicies?: Policies;
}

/**
 * The deployment specification of routes, in their order, and of the policies of all of them. Oracle's defaults are
 * sent along: the provider keeps an old value when a setting goes missing.
 */
export function renderSpecification<V>(
  routes: readonly Route<V>[],
  api: ApiPolicies = {},
): ApiSpecification<V> {
  const wantsAuthorization = isAuthenticated(api);
  return {
    ...policiesOf(api),
    routes: routes.map((one) => ({
      path: one.route.path,
      methods: [...one.route.methods],
      backend: renderBackend(one.backend),
      ...policiesOf(wantsAuthorization ? withAuthorization(one) : one),
    })),
  };
}

/** What is wrong with a specification's size ("API Gateway Internal Limits"). */
export function checkSpecificationSize(specification: ApiSpecification<string>): Problem[] {
  const bytes = Buffer.byteLength(JSON.stringify(specification));
  if (bytes <= limits.specificationBytes) return [];
  const message = `make a specification of ${bytes} bytes; at most ${limits.specificationBytes} are allowed: split the API`;
  return [{ rule: "specification-size", key: "routes", message }];
}

/** Says what holds when nothing is said, so that no route keeps an older, laxer authorization. */
function withAuthorization<V>(route: Route<V>): Route<V> {
  const authorization = { type: "AUTHENTICATION_ONLY" };
  return { ...route, requestPolicies: { authorization, ...given(route.requestPolicies) } };
}

function policiesOf(one: Omit<Route<unknown>, "route" | "backend">) {
  return {
    ...(one.requestPolicies === undefined ? {} : { requestPolicies: withDefaults(one.requestPolicies) }),
    ...(one.responsePolicies === undefined ? {} : { responsePolicies: withDefaults(one.responsePolicies) }),
    ...(one.loggingPolicies === undefined ? {} : { loggingPolicies: withDefaults(one.loggingPolicies) }),
  };
}

function given(policies: Policies = {}): Policies {
  return Object.fromEntries(Object.entries(policies).filter(([, policy]) => policy !== undefined));
}
