import type { Store } from "../core/store.ts";
import type { GatewayEvent } from "../gateway/types.ts";
import type { EmulatorEvent, InvocationEvent } from "../types.ts";
import { keptLimits as limits } from "./limits.ts";
import type { LogEntry } from "./types.ts";

/** The log that an event belongs to. */
export interface Place {
  kind: "apigateway access" | "apigateway execution" | "functions invoke";
  /** OCID of the resource that the log is about. */
  resource: string;
}

/** A line's own part. */
export type Content = Pick<LogEntry, "data" | "source" | "subject" | "type">;

type Access = GatewayEvent & { type: "access" };
type Execution = GatewayEvent & { type: "execution" };
type FunctionLog = EmulatorEvent & { type: "function-log" };
/** Events that can be lines of a log. */
export type LineEvent = Access | Execution | InvocationEvent | FunctionLog;

/** Log and resource that an event belongs to; undefined for what no log of OCI's holds. */
export function placeOf(event: EmulatorEvent, store: Store): Place | undefined {
  switch (event.type) {
    case "access":
    case "execution":
      // "… every request and response … matching a route on the API deployment" (Details for API Gateway)
      return event.route === undefined || event.deploymentId === undefined
        ? undefined
        : {
            kind: event.type === "access" ? "apigateway access" : "apigateway execution",
            resource: event.deploymentId,
          };
    case "invocation":
    case "function-log": {
      const applicationId = store.live("function", event.functionId)?.body.applicationId;
      return applicationId === undefined
        ? undefined
        : { kind: "functions invoke", resource: String(applicationId) };
    }
    default:
      return undefined;
  }
}

/** A line before it is written: the event, and what it is about under the names of then. */
export interface Line {
  event: LineEvent;
  resource: string;
  source: string;
  subject: string;
  /** Of the call that a function's line belongs to. */
  opcRequestId: string;
}

/** Name of the deployment or of the application. */
// unverified: the source of API Gateway's lines is the deployment's display name, the subject is empty
export function sourceOf({ kind, resource }: Place, store: Store): string {
  const type = kind === "functions invoke" ? "application" : "deployment";
  return String(store.live(type, resource)?.body.displayName ?? "");
}

export function subjectOf(event: LineEvent, store: Store): string {
  const isOfFunction = event.type === "invocation" || event.type === "function-log";
  return isOfFunction ? String(store.live("function", event.functionId)?.body.displayName ?? "") : "";
}

/** A line's own part, in OCI's fields; made when the line is written: requests don't wait for it. */
export function contentOf(line: Line): Content {
  const { event, source, subject } = line;
  switch (event.type) {
    case "access":
    case "execution": {
      const data = event.type === "access" ? accessData(event) : executionData(event);
      return { data, source, subject, type: `com.oraclecloud.apigateway.apideployment.${event.type}` };
    }
    case "invocation":
    case "function-log": {
      const type = "com.oraclecloud.functions.application.functioninvoke";
      return { data: functionData(event, line), source, subject, type };
    }
  }
}

/** "Contents of an Access Log" (Details for API Gateway). */
// unverified: a request without User-Agent or Referer has no such field in its access line
function accessData(event: Access): LogEntry["data"] {
  const { httpMethod, requestUri, serverProtocol, requestDurationInMs } = event;
  return {
    httpMethod,
    requestUri,
    serverProtocol,
    bodyBytesSent: event.bodyBytesSent,
    gatewayId: event.gatewayId,
    httpUserAgent: event.httpUserAgent,
    message: `${httpMethod} ${requestUri} ${serverProtocol}`,
    opcRequestId: event.opcRequestId,
    remoteAddr: event.remoteAddr,
    httpReferrer: event.httpReferrer,
    requestDuration: Math.round(requestDurationInMs) / 1000,
    status: event.status,
    deploymentId: event.deploymentId,
    gatewayDisplayName: event.gatewayDisplayName,
  };
}

/** "Contents of an Execution Log" (Details for API Gateway). */
function executionData({ code, level, message, ...ids }: Execution): LogEntry["data"] {
  const { functionId, gatewayId, deploymentId, opcRequestId } = ids;
  return { code, level, message: cut(message), functionId, gatewayId, deploymentId, opcRequestId };
}

/** The default invocation logs of "Details for Functions". */
function invocationMessage(event: InvocationEvent): string {
  if (event.phase === "received") return "Received function invocation request";
  const { durationInMs, failure } = event;
  const error = failure === undefined ? "" : ` with error code ${failure.status} - ${failure.message}`;
  return `Served function invocation request in ${(durationInMs / 1000).toFixed(3)} seconds${error}`;
}

/** "Contents of a Functions Log" (Details for Functions). */
// unverified: containerId of a line is n/a, as recorded lines of the service itself have it
function functionData(
  event: InvocationEvent | FunctionLog,
  { resource, opcRequestId }: Line,
): LogEntry["data"] {
  const { functionId, callId } = event;
  const { message, src } =
    event.type === "invocation"
      ? { message: invocationMessage(event), src: "STDOUT" }
      : { message: event.line, src: event.stream.toUpperCase() };
  return {
    applicationId: resource,
    containerId: "n/a",
    functionId,
    message: cut(message),
    opcRequestId,
    requestId: callId ?? "",
    src,
  };
}

function cut(message: string): string {
  return message.length > limits.messageLength ? `${message.slice(0, limits.messageLength)}…` : message;
}
