import type { GatewayCase } from "./gateway/case.ts";
import { type DeploymentName, deployments, ofOneCase } from "./gateway/deployments.ts";
import { publicKey } from "./gateway/tokens.ts";

/** A deployment that holds one or several cases. */
export interface PlannedDeployment {
  pathPrefix: string;
  specification: { requestPolicies?: object; routes: { path: string }[] };
}

export interface Plan {
  deployments: readonly PlannedDeployment[];
  /** Path that each case's requests begin with, by the case's id. */
  pathOf: ReadonlyMap<string, string>;
}

/** Prefix of the deployment that takes the place of an HTTP back end. */
export const backendPrefix = "/backend";
const routesPerDeployment = 50;

/** Puts the cases into as few deployments as a gateway can take. */
export function plan(cases: readonly GatewayCase[]): Plan {
  const pathOf = new Map<string, string>();
  const planned = (Object.keys(deployments) as DeploymentName[]).flatMap((name) => {
    const own = cases.filter((one) => (one.deployment ?? "open") === name);
    return chunks(own).map((chunk, index): PlannedDeployment => {
      const pathPrefix = index === 0 ? `/${name}` : `/${name}-${index + 1}`;
      const ofCase = ({ id }: GatewayCase) => (ofOneCase.has(name) ? "" : `/${id}`);
      for (const one of chunk) pathOf.set(one.id, `${pathPrefix}${ofCase(one)}`);
      const routes = chunk.flatMap((one) =>
        one.routes.map((route) => ({ ...route, path: `${ofCase(one)}${route.path}` })),
      );
      const requestPolicies = deployments[name];
      const policies = Object.keys(requestPolicies).length === 0 ? {} : { requestPolicies };
      return { pathPrefix, specification: { ...policies, routes } };
    });
  });
  return { deployments: [backend, ...planned], pathOf };
}

function chunks(cases: readonly GatewayCase[]): GatewayCase[][] {
  const all: GatewayCase[][] = [];
  let room = 0;
  for (const one of cases) {
    if (one.routes.length > room) {
      all.push([]);
      room = routesPerDeployment;
    }
    all.at(-1)?.push(one);
    room -= one.routes.length;
  }
  return all;
}

const backend: PlannedDeployment = {
  pathPrefix: backendPrefix,
  specification: {
    routes: [
      routeOf("/jwks", {
        type: "STOCK_RESPONSE_BACKEND",
        status: 200,
        body: JSON.stringify({ keys: [publicKey] }),
      }),
      routeOf("/no-jwks", { type: "STOCK_RESPONSE_BACKEND", status: 404 }),
      routeOf("/{path*}", { type: "ORACLE_FUNCTIONS_BACKEND", functionId: "function:behave" }, "ANY"),
    ],
  },
};

function routeOf(path: string, to: object, method = "GET") {
  return { path, methods: [method], backend: to };
}

/** What stands in the places of a specification that each gateway fills by itself. */
export interface Places {
  functionId(key: string): unknown;
  /** @param path - Below the HTTP back end, with its first slash. */
  backendUrl(path: string): unknown;
}

/** A specification with its places filled. */
export function filled<T>(specification: T, places: Places): T {
  const fill = (value: unknown): unknown => {
    if (typeof value === "string") {
      const [, kind, rest = ""] = /^(function|backend):(.*)$/s.exec(value) ?? [];
      if (kind === undefined) return value;
      return kind === "function" ? places.functionId(rest) : places.backendUrl(rest);
    }
    if (Array.isArray(value)) return value.map(fill);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(inner)]));
  };
  return fill(specification) as T;
}
