import type { UnverifiedSwitch } from "../../../emulator/gateway/unverified.ts";
import type { DeploymentName } from "./deployments.ts";

/** Where cases run: a data plane in this process, an emulator with real functions, any gateway by its URL. */
export type Runner = "memory" | "emulator" | "url";

/** How sure an expectation is. */
export type Confidence = "documented" | "measured" | "unverified";

/** A route in the names of the REST API, its path below the case's own. See {@link GatewayCase.routes}. */
export interface CaseRoute {
  path: string;
  methods: string[];
  backend: object;
  requestPolicies?: object;
  responsePolicies?: object;
  loggingPolicies?: object;
}

export interface CaseRequest {
  /** @default "GET" */
  method?: string;
  /** Below the case's own path. @default "/" */
  path?: string;
  headers?: Readonly<Record<string, string | readonly string[]>>;
  /** A text, or so many bytes. @default - no body */
  body?: string | { bytes: number };
  /**
   * Bytes sent as they are instead of all that. `~` stands for the case's path, `<host>` for the gateway's host and
   * `<pad:N>` for as many x as bring the head to N bytes.
   */
  raw?: string;
}

/** What a header or a text must be: the same, of a form, or (null) absent. */
export type Expectation = string | RegExp | null;

/** What the back end saw, as the function `behave` tells it. */
export interface Seen {
  method?: string;
  /** Path and query; `~` stands for the case's path, `@` for that of the HTTP back end. */
  url?: string;
  /** Pairs of the query, in any order. */
  query?: readonly string[];
  headers?: Readonly<Record<string, Expectation | readonly string[]>>;
  contentType?: string;
  body?: string | { bytes: number };
}

export interface CaseAnswer {
  status: number;
  headers?: Readonly<Record<string, Expectation>>;
  /** A text, a form, or JSON whatever the order of its keys. */
  body?: string | RegExp | object;
  /** What the back end saw: only with the function `behave` behind the route. */
  saw?: Seen;
}

export interface CaseStep {
  request: CaseRequest;
  /** What is answered; several with `burst`. */
  expected: CaseAnswer | readonly CaseAnswer[];
  /** How often the request is sent at once; each answer is one of those expected, and each of them occurs. */
  burst?: number;
}

/** One expectation about an OCI gateway. */
export interface GatewayCase {
  /** Unique; also the first part of its routes' paths. */
  id: string;
  name: string;
  /** Policies of the deployment that the routes stand in. @default "open" */
  deployment?: DeploymentName;
  /**
   * In the place of a function's OCID stands `function:` and its key; in that of an HTTP back end's address `backend:`,
   * where the function `behave` answers.
   */
  routes: readonly CaseRoute[];
  /** Carried out in their order. */
  steps: readonly CaseStep[];
  /** Title of Oracle's document, or what was measured by whom. */
  source: string;
  confidence: Confidence;
  /** With confidence `unverified`: the switches that say how the emulator does it, … */
  switches?: readonly UnverifiedSwitch[];
  /** … or the assumptions, each as it stands in the code behind `unverified:`. */
  assumptions?: readonly string[];
  /** Runners that can't carry it out, and why. */
  except?: { runners: readonly Runner[]; because: string };
}

/** Types a file's cases. */
export function defineCases(...cases: readonly GatewayCase[]): readonly GatewayCase[] {
  return cases;
}

export const functionBackend = (key = "behave") => ({
  type: "ORACLE_FUNCTIONS_BACKEND",
  functionId: `function:${key}`,
});
export const httpBackend = (url: string, more: object = {}) => ({ type: "HTTP_BACKEND", url, ...more });
export const stockBackend = (body = "ok", more: object = {}) => ({
  type: "STOCK_RESPONSE_BACKEND",
  status: 200,
  body,
  ...more,
});

/** A route for GET, unless said otherwise. */
export function route(path: string, backend: object, more: Partial<CaseRoute> = {}): CaseRoute {
  return { path, methods: ["GET"], backend, ...more };
}

/** What a function with the wish `x-wish` does: see `test/cases/program/functions/behave/behave.ts`. */
export function wish(wanted: object): Record<string, string> {
  return { "x-wish": JSON.stringify(wanted) };
}

/** Headers of every answer (recorded answers of real gateways). */
export const everyAnswer = {
  Server: "Oracle API Gateway",
  "Strict-Transport-Security": "max-age=31536000",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "sameorigin",
  "X-XSS-Protection": "1; mode=block",
  "opc-request-id": /^\/[0-9A-F]{32}\/[0-9A-F]{32}$/,
} as const satisfies Record<string, Expectation>;

/** An answer of the gateway's own. */
export function gatewayError(
  status: number,
  message: string,
  headers: Readonly<Record<string, Expectation>> = {},
): CaseAnswer {
  return {
    status,
    headers: { ...everyAnswer, "Content-Type": "application/json", ...headers },
    body: { code: status, message },
  };
}
