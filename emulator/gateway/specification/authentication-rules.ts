import type { SpecificationProblem } from "../types.ts";
import { fieldsOf } from "./schema/parts.ts";

type Fields = Readonly<Record<string, unknown>>;

/**
 * What policies of the deployment and of its routes must be to each other ("Adding Authentication and Authorization to
 * API Deployments", "Adding Multiple Authentication Servers to the same API Deployment").
 *
 * @param specification - Without nulls, else as it came.
 */
export function authenticationProblems(specification: unknown): SpecificationProblem[] {
  const { requestPolicies, routes } = fieldsOf(specification);
  const { authentication, dynamicAuthentication } = fieldsOf(requestPolicies);
  const at = "specification.requestPolicies.dynamicAuthentication";
  const all = Array.isArray(routes) ? routes : [];
  const both = { path: at, message: "must not stand beside authentication; remove one of them" };
  const servers = serversOf(authentication, dynamicAuthentication);
  const { selector } = fieldsOf(fieldsOf(dynamicAuthentication).selectionSource);
  return [
    ...(authentication !== undefined && dynamicAuthentication !== undefined ? [both] : []),
    ...pathSelectorProblems(selector, all, `${at}.selectionSource.selector`),
    ...all.flatMap((route, index) => authorizationProblems(route, index, servers)),
  ];
}

function authorizationProblems(
  route: unknown,
  index: number,
  servers: readonly Fields[] | undefined,
): SpecificationProblem[] {
  const { authorization } = fieldsOf(fieldsOf(route).requestPolicies);
  if (authorization === undefined) return [];
  const path = `specification.routes[${index}].requestPolicies.authorization`;
  if (servers === undefined) {
    const message = "needs an authentication policy of the deployment; set requestPolicies.authentication";
    return [{ path, message }];
  }
  const isAnonymous = fieldsOf(authorization).type === "ANONYMOUS";
  if (!isAnonymous || servers.some((server) => server.isAnonymousAccessAllowed === true)) return [];
  const message =
    "must not be ANONYMOUS while the deployment wants every request authenticated; set isAnonymousAccessAllowed of its authentication policy";
  return [{ path: `${path}.type`, message }];
}

/** The deployment's authentication servers; undefined when it has no authentication policy. */
// unverified: with several authentication servers, one that allows anonymous access is enough for anonymous routes
function serversOf(authentication: unknown, dynamic: unknown): Fields[] | undefined {
  if (authentication !== undefined) return [fieldsOf(authentication)];
  if (dynamic === undefined) return undefined;
  const { authenticationServers } = fieldsOf(dynamic);
  if (!Array.isArray(authenticationServers)) return [];
  return authenticationServers.map((server) => fieldsOf(fieldsOf(server).authenticationServerDetail));
}

/** A server is chosen by a path parameter that every route has. */
function pathSelectorProblems(
  selector: unknown,
  routes: readonly unknown[],
  path: string,
): SpecificationProblem[] {
  const [, key] = typeof selector === "string" ? (/^request\.path\[([^\]]+)\]$/.exec(selector) ?? []) : [];
  if (key === undefined) return [];
  return routes.flatMap((route) => {
    const { path: routePath } = fieldsOf(route);
    if (typeof routePath !== "string") return [];
    if (routePath.includes(`{${key}}`) || routePath.includes(`{${key}*}`)) return [];
    const message = `is an invalid dynamic authentication selector: route ${JSON.stringify(routePath)} has no path parameter ${JSON.stringify(key)}`;
    return [{ path, message }];
  });
}
