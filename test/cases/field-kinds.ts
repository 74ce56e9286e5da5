import type { Field, Kind } from "./variants.ts";

export const functionId = "ocid1.fnfunc.oc1.eu-frankfurt-1.aaaa";

export const stock = { type: "STOCK_RESPONSE_BACKEND", status: 200 };
export const route = { path: "/a/{id}", methods: ["GET"], backend: stock };
export const api = (requestPolicies: object, more: object = {}) => ({
  requestPolicies,
  routes: [{ ...route, ...more }],
});
export const routed = (more: object) => ({ routes: [{ ...route, ...more }] });
export const ofBackend = (backend: object) => routed({ backend });

export const flag: Kind = { kind: "flag" };
export const texts = (max?: number, min?: number): Kind => ({
  kind: "list",
  item: (index) => `text-${index}`,
  ...(max === undefined ? {} : { max }),
  ...(min === undefined ? {} : { min }),
});
export const choice = (...of: string[]): Kind => ({ kind: "choice", of });
export const seconds = ({ min, max }: { min: number; max: number }): Kind => ({ kind: "number", min, max });

/** Fields of one object: where it stands, in what, and what it takes; `!` behind a name: required. */
export function fields(at: string, base: object, kinds: Readonly<Record<string, Kind>>): Field[] {
  return Object.entries(kinds).map(([name, kind]) => ({
    at: `${at}.${name.replace("!", "")}`,
    base,
    kind,
    isRequired: name.endsWith("!"),
  }));
}

export const source = { type: "SINGLE", selector: "request.headers[x-a]" };
export const rule = (index: number, more: object) => ({
  key: { type: "ANY_OF", name: `rule-${index}`, values: [`v-${index}`], isDefault: false },
  ...more,
});
export const requestAt = "routes[0].requestPolicies";
