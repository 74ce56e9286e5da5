import { functionAt } from "../functions.ts";
import type { Problem } from "../problems.ts";
import { routeAt } from "../routes.ts";
import { answeredMethods, answering, type RequestMethod, requestMethods, typicalPaths } from "./matching.ts";
import { givenRoutes, isAnonymous, isAuthenticated, type PlainApi, type PlainRoute } from "./plain-api.ts";

/** What is open to everybody without anybody having said so. */
export function checkUndeclaredAnonymous(api: PlainApi): Problem[] {
  return isAuthenticated(api) ? checkBeside(api) : checkUnusedFunctions(api);
}

/** An authenticated path, whose other methods come to its function through an anonymous route. */
function checkBeside({ routes }: PlainApi): Problem[] {
  return routes
    .filter((one) => !isAnonymous(one))
    .flatMap((one) => {
      const open = new Map<PlainRoute, RequestMethod[]>();
      for (const method of methodsLeft(one, routes)) {
        const found = answering(routes, method, typicalPaths(one.route, 1).at(-1) ?? []);
        if (found === undefined || !isAnonymous(found) || sharedFunction(found, one) === undefined) continue;
        open.set(found, [...(open.get(found) ?? []), method]);
      }
      return [...open].map(([found, methods]): Problem => {
        const message = `lets everybody call function "${sharedFunction(found, one)}" by ${methods.join(", ")} ${one.route.path}, while ${routeAt(one.route.key)} wants callers authenticated; name these methods there too, or give this route another path`;
        return { rule: "route-anonymous-beside", key: routeAt(found.route.key), message };
      });
    });
}

/** Methods that no route of the same shape answers. */
function methodsLeft({ route }: PlainRoute, routes: readonly PlainRoute[]): RequestMethod[] {
  const alike = routes.filter((other) => other.route.shape === route.shape);
  const answered = alike.flatMap((other) => answeredMethods(other.route));
  return requestMethods.filter((method) => !answered.includes(method));
}

function sharedFunction(a: PlainRoute, b: PlainRoute): string | undefined {
  return a.functionKeys.find((key) => b.functionKeys.includes(key));
}

function checkUnusedFunctions(api: PlainApi): Problem[] {
  const named = givenRoutes(api).flatMap(({ functionKeys }) => functionKeys);
  return api.functionKeys
    .filter((key) => !named.includes(key))
    .map((key): Problem => {
      const message = `is named by no route, and without an authentication every route is open to everybody; if it is the authorizer, give requestPolicies: { authentication: { type: "CUSTOM_AUTHENTICATION", function: ${JSON.stringify(key)}, … } }`;
      return { rule: "authorizer-unused", key: functionAt(key), message };
    });
}
