import type { Problem } from "../problems.ts";
import { routeAt } from "../routes.ts";
import { fieldsOf, type PlainApi } from "./plain-api.ts";

/** What a CORS policy does to routes, and to the credentials of browsers. */
export function checkCorsUse(api: PlainApi): Problem[] {
  const policies = corsPolicies(api);
  return [...checkOptionsRoutes(api, policies), ...policies.flatMap(checkCredentials)];
}

interface CorsPolicy {
  given: unknown;
  at: string;
  /** Of the routes that it is for; undefined for all of them. */
  shape: string | undefined;
}

function corsPolicies({ requestPolicies, routes }: PlainApi): CorsPolicy[] {
  const all = [
    { given: fieldsOf(requestPolicies).cors, at: "requestPolicies.cors", shape: undefined },
    ...routes.map(({ route, requestPolicies: own }) => {
      const at = `${routeAt(route.key)}.requestPolicies.cors`;
      return { given: fieldsOf(own).cors, at, shape: route.shape };
    }),
  ];
  return all.filter(({ given }) => given !== undefined);
}

/** `ANY` isn't meant: it names no method. */
function checkOptionsRoutes({ routes }: PlainApi, policies: readonly CorsPolicy[]): Problem[] {
  return routes.flatMap(({ route }): Problem[] => {
    const policy = policies.find(({ shape }) => shape === undefined || shape === route.shape);
    if (policy === undefined || !route.methods.includes("OPTIONS")) return [];
    const message = `names OPTIONS, but by ${policy.at} the gateway answers preflights itself, and they don't reach this back end; leave OPTIONS out`;
    return [{ rule: "route-options-cors", key: routeAt(route.key), message }];
  });
}

const lists = ["allowedOrigins", "allowedMethods", "allowedHeaders", "exposedHeaders"] as const;

/** For requests with credentials, browsers take `*` for a name. */
function checkCredentials({ given, at }: CorsPolicy): Problem[] {
  const cors = fieldsOf(given);
  if (cors.isAllowCredentialsEnabled !== true) return [];
  return lists.flatMap((name): Problem[] => {
    const list: unknown = cors[name];
    if (!Array.isArray(list) || !list.includes("*")) return [];
    const message =
      'holds "*" beside isAllowCredentialsEnabled: browsers don\'t take it for requests with credentials; name what is allowed';
    return [{ rule: "cors-credentials", key: `${at}.${name}`, message }];
  });
}
