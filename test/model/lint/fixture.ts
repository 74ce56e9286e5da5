import type { PlainApi } from "../../../components/model/lint.ts";
import { RouteKey } from "../../../components/model/routes.ts";

interface GivenRoute {
  authorization?: unknown;
  cors?: unknown;
  function?: string;
}

/** An API of routes by key; all of them lead to function "users" unless they say otherwise. */
export function api(routes: Readonly<Record<string, GivenRoute>>, requestPolicies: unknown = {}): PlainApi {
  return {
    requestPolicies,
    functionKeys: ["users"],
    routes: Object.entries(routes).map(([key, { function: name = "users", ...policies }]) => {
      const { route } = RouteKey.parse(key);
      if (route === undefined) throw new Error(key);
      return { route, requestPolicies: policies, functionKeys: [name] };
    }),
  };
}

/** The same, with nothing but keys. */
export function keyed(...keys: string[]): PlainApi {
  return api(Object.fromEntries(keys.map((key) => [key, {}])));
}
