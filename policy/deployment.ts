import type { Resource } from "./rule.ts";
import type { Value } from "./value.ts";

/** A route of a deployment, as far as rules ask for it. */
export interface Route {
  /** `specification.routes[0]`. */
  at: Value;
  /** In upper case; `ANY` when the route names none. */
  methods: string[];
  /** As callers write it, with the deployment's prefix: `/v1/users/{id}`. */
  path: string;
}

export function specificationOf(deployment: Resource): Value {
  return deployment.properties.at("specification");
}

/** Routes, each at its place. What of them isn't known makes `routeOf` throw, so that each can be judged alone. */
export function routesOf(deployment: Resource): Value[] {
  return specificationOf(deployment).at("routes").items();
}

export function routeOf(deployment: Resource, at: Value): Route {
  const prefix = deployment.properties.at("pathPrefix").text() ?? "";
  const path = at.at("path").text() ?? "";
  const methods = at
    .at("methods")
    .texts()
    .map((method) => method.toUpperCase());
  return {
    at,
    methods: methods.length === 0 ? ["ANY"] : methods,
    path: prefix === "/" ? path : `${prefix}${path}`,
  };
}

/** A route's back ends: its own, and those that a dynamic one chooses from. */
export function backendsOf(route: Value): Value[] {
  const backend = route.at("backend");
  if (!isOneOf(backend.at("type"), "DYNAMIC_ROUTING_BACKEND")) return [backend];
  return backend
    .at("routingBackends")
    .items()
    .map((one) => one.at("backend"));
}

/** The authentications of a deployment: its one, or those of its authentication servers. */
export function authenticationsOf(deployment: Resource): Value[] {
  const policies = specificationOf(deployment).at("requestPolicies");
  const servers = policies.at("dynamicAuthentication", "authenticationServers").items();
  return [
    ...[policies.at("authentication")].filter((one) => one.isSet),
    ...servers.map((server) => server.at("authenticationServerDetail")),
  ];
}

/** Whether a caller without a verified client certificate is refused. */
export function requiresCertificate(deployment: Resource): boolean {
  const mutualTls = specificationOf(deployment).at("requestPolicies", "mutualTls");
  return mutualTls.at("isVerifiedCertificateRequired").flag() === true;
}

/** Whether an enumeration has one of these values; the OCI provider takes them in any case. */
export function isOneOf(value: Value, ...names: readonly string[]): boolean {
  return names.includes(value.text()?.toUpperCase() ?? "");
}

/** Places of the same policy: for the whole deployment, and for routes of their own. */
export function policiesOf(deployment: Resource, name: string): Value[] {
  const all = [specificationOf(deployment), ...routesOf(deployment)];
  return all.map((one) => one.at("requestPolicies", name));
}
