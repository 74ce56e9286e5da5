import type { HttpClients } from "../backends/http-clients.ts";
import type { Exchange } from "../server/exchange.ts";
import type { ApiSpecification, ApiSpecificationRoute } from "../specification/model.ts";
import type { DataPlaneDependencies, DeploymentView } from "../types.ts";

type Pair = readonly [name: string, value: string];

/** A policy made ready for one route. Resolves to false when it has answered the request itself. */
export type RequestStep = (exchange: Exchange) => boolean | Promise<boolean>;

/** Changes the headers of a back end's answer; never those of an answer of the gateway's own. */
export interface ResponseStep {
  (exchange: Exchange, headers: readonly Pair[]): readonly Pair[];
  /** Whether it makes the same of the same headers, whatever the request: what it makes can be kept. */
  isConstant?: boolean;
}

/** What a policy is compiled from: once per route when a deployment is put. */
export interface PolicyContext {
  deployment: DeploymentView;
  specification: ApiSpecification;
  route: ApiSpecificationRoute;
  dependencies: DataPlaneDependencies;
  clients: HttpClients;
  /** What all routes of the deployment have in common, made once: counters, keys, caches. */
  shared<T>(name: string, create: () => T): T;
}
