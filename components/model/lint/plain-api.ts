import type { RouteKey } from "../routes.ts";
import { isBag } from "../values.ts";

export type Fields = Readonly<Record<string, unknown>>;

/** An API as far as it is plain; of values that may be of any kind, only objects are looked into. */
export interface PlainApi {
  requestPolicies: unknown;
  routes: readonly PlainRoute[];
  /** Routes whose methods or path are wrong, which is told elsewhere. @default - none */
  unread?: readonly UnreadRoute[];
  functionKeys: readonly string[];
}

interface GivenRoute {
  requestPolicies: unknown;
  /** Functions among its back ends. */
  functionKeys: readonly string[];
}

export interface PlainRoute extends GivenRoute {
  route: RouteKey;
}

export interface UnreadRoute extends GivenRoute {
  /** As typed. */
  key: string;
}

/** An authentication, and where it stands. */
export interface Authentication {
  given: Fields;
  at: string;
}

/** An object's settings; none of anything else. */
export function fieldsOf(value: unknown): Fields {
  return isBag(value) ? value : {};
}

/** Whether callers are authenticated in one way or another. */
export function isAuthenticated({ requestPolicies }: { requestPolicies?: unknown }): boolean {
  const { authentication, dynamicAuthentication } = fieldsOf(requestPolicies);
  return authentication !== undefined || dynamicAuthentication !== undefined;
}

/** The API's authentication, or those to choose from. */
export function authenticationsOf({ requestPolicies }: { requestPolicies?: unknown }): Authentication[] {
  const { authentication, dynamicAuthentication } = fieldsOf(requestPolicies);
  const { authenticationServers } = fieldsOf(dynamicAuthentication);
  const at = "requestPolicies.dynamicAuthentication.authenticationServers";
  const servers = Array.isArray(authenticationServers) ? authenticationServers : [];
  return [
    ...(authentication === undefined
      ? []
      : [{ given: fieldsOf(authentication), at: "requestPolicies.authentication" }]),
    ...servers.map((server, index) => ({
      given: fieldsOf(fieldsOf(server).authenticationServerDetail),
      at: `${at}[${index}].authenticationServerDetail`,
    })),
  ];
}

/** All routes, also those that can't be read. */
export function givenRoutes({ routes, unread = [] }: PlainApi): UnreadRoute[] {
  return [...routes.map(({ route, ...given }) => ({ key: route.key, ...given })), ...unread];
}

/** Whether a route lets everybody in although the API has an authentication. */
export function isAnonymous({ requestPolicies }: GivenRoute): boolean {
  return fieldsOf(fieldsOf(requestPolicies).authorization).type === "ANONYMOUS";
}
