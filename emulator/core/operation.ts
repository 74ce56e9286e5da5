import type { DataPlane, SpecificationProblem } from "../gateway/types.ts";
import type { AccessRequest, Decision } from "../iam/types.ts";
import type { KeptLogs } from "../logs/types.ts";
import type { ResourcePrincipals } from "../principals/resource-principals.ts";
import type { FunctionRuntime } from "../runtime/types.ts";
import type { EmulatorEvent, TenancySeed } from "../types.ts";
import type { Lifecycles } from "./lifecycles.ts";
import type { Store } from "./store.ts";
import type { Switches } from "./switches.ts";

/** What operations share: one emulator's state, and the rooms beside it. */
export interface Emulation {
  tenancy: TenancySeed;
  /** Region that the endpoint serves. */
  readonly region: string;
  readonly store: Store;
  readonly switches: Switches;
  /** Changes that aren't done yet. */
  readonly lifecycles: Lifecycles;
  /** How many deletions of a subnet are still refused, by its id: VNICs that linger. */
  readonly lingeringVnics: Map<string, number>;
  readonly runtime: FunctionRuntime;
  readonly dataPlane: DataPlane;
  readonly iam: Iam;
  /** Lines of the logs that exist. */
  readonly logs: KeptLogs;
  /** Keys and tokens of functions. */
  readonly principals: ResourcePrincipals;
  readonly gatewayPort: { first: number; isExact: boolean };
  checkSpecification(specification: unknown, pathPrefix: string): SpecificationProblem[];
  /** Problems of a folder that is to run as a function. */
  checkFunctionCode(directory: string): string[];
  /** `http://127.0.0.1:PORT` of the control plane. */
  url(): string;
  now(): Date;
  emit(event: EmulatorEvent): void;
}

export interface Iam {
  /** Throws an error with a message on text that IAM can't read. */
  parseMatchingRule(text: string): unknown;
  parseStatement(text: string): unknown;
  decide(request: AccessRequest): Decision;
}

/** One request to one operation. */
export interface Call {
  emulation: Emulation;
  /** Region that the client meant: header `x-emulator-region`, else the endpoint's. */
  region: string;
  method: string;
  /** Without the query. */
  path: string;
  params: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string>>;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  rawBody: Buffer;
  opcRequestId: string;
  signal: AbortSignal;
}

export interface Answer {
  status: number;
  /** JSON; absent for no body, a Buffer for bytes. */
  body?: unknown;
  headers?: Record<string, string>;
  /** Resource that a write made, changed or deleted. */
  resourceId?: string;
}

/** How far an operation is carried out: as documented, with a simplification that `note` names, or not at all. */
export type CoverageState = "modelled" | "approximated" | "refused";

export interface Operation {
  service: string;
  /** Oracle's name, for example `CreateVcn`. */
  name: string;
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** With `:name` for path parameters. */
  path: string;
  state: CoverageState;
  note?: string;
  /** True for calls that change nothing although they are a POST. */
  isRead?: boolean;
  /** True when only the home region takes it ("Managing Regions"). */
  isHomeRegionOnly?: boolean;
  /** Query parameters that it reads. */
  queryParameters?: readonly string[];
  run(call: Call): Answer | Promise<Answer>;
}

/** Operations that exist in OCI and are refused by name: every method under the path. */
export interface RefusedOperations {
  service: string;
  name: string;
  path: string;
  /** `not modelled`, and why or what to do instead after a colon. */
  note: string;
}
