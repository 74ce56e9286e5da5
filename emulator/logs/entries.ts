import type { Store } from "../core/store.ts";
import type { GatewayEvent } from "../gateway/types.ts";
import type { EmulatorEvent, InvocationEvent } from "../types.ts";
import { keptLimits as limits } from "./limits.ts";
import type { LogEntry } from "./types.ts";

/** What an event says to a log: which one, and the line's own part. */
export interface Line {
  service: "apigateway" | "functions";
  category: "access" | "execution" | "invoke";
  /** OCID of the resource that the log is about. */
  resource: string;
  content: Pick<LogEntry, "data" | "source" | "subject" | "type">;
}

type Access = GatewayEvent & { type: "access" };
type Execution = GatewayEvent & { type: "execution" };
type FunctionLog = EmulatorEvent & { type: "function-log" };

/** Log and resource that an event belongs to; undefined for what no log of OCI's holds. */
export function placeOf(event: EmulatorEvent, store: Store): Omit<Line, "content"> | undefined {
  switch (event.type) {
    case "access":
    case "execution":
      // "… every request and response … matching a route on the API deployment" (Details for API Gateway)
      return event.route === undefined || event.deploymentId === undefined
        ? undefined
        : { service: "apigateway", category: event.type, resource: event.deploymentId };
    case "invocation":
    case "function-log": {
      const applicationId = store.live("function", event.functionId)?.body.applicationId;
      return applicationId === undefined
        ? undefined
        : { service: "functions", category: "invoke", resource: String(applicationId) };
    }
    default:
      return undefined;
  }
}

/**
 * A line's own part, in OCI's fields.
 *
 * @param opcRequestId - of the call that a function's line belongs to
 */
export function contentOf(
  event: Access | Execution | InvocationEvent | FunctionLog,
  store: Store,
  opcRequestId = "",
): Line["content"] {
  switch (event.type) {
    case "access":
      return ofDeployment(event.deploymentId, "access", accessData(event), store);
    case "execution":
      return ofDeployment(event.deploymentId, "execution", executionData(event), store);
    case "invocation":
      return ofFunction(event, { message: invocationMessage(event), src: "STDOUT" }, opcRequestId, store);
    case "function-log": {
      const line = { message: event.line, src: event.stream.toUpperCase() };
      return ofFunction(event, line, opcRequestId, store);
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
  const { gatewayId, deploymentId, opcRequestId } = ids;
  return { code, level, message: cut(message), gatewayId, deploymentId, opcRequestId };
}

/** The default invocation logs of "Details for Functions". */
function invocationMessage(event: InvocationEvent): string {
  if (event.phase === "received") return "Received function invocation request";
  const { durationInMs, failure } = event;
  const error = failure === undefined ? "" : ` with error code ${failure.status} - ${failure.message}`;
  return `Served function invocation request in ${(durationInMs / 1000).toFixed(3)} seconds${error}`;
}

// unverified: the source of API Gateway's lines is the deployment's display name, the subject is empty
function ofDeployment(
  id: string | undefined,
  category: "access" | "execution",
  data: LogEntry["data"],
  store: Store,
): Line["content"] {
  const source = String(store.live("deployment", id)?.body.displayName ?? "");
  return { data, source, subject: "", type: `com.oraclecloud.apigateway.apideployment.${category}` };
}

/** "Contents of a Functions Log" (Details for Functions). */
// unverified: containerId of a line is n/a, as recorded lines of the service itself have it
function ofFunction(
  { functionId, callId }: InvocationEvent | FunctionLog,
  { message, src }: { message: string; src: string },
  opcRequestId: string,
  store: Store,
): Line["content"] {
  const fn = store.live("function", functionId)?.body ?? {};
  const applicationId = String(fn.applicationId);
  return {
    data: {
      applicationId,
      containerId: "n/a",
      functionId,
      message: cut(message),
      opcRequestId,
      requestId: callId ?? "",
      src,
    },
    source: String(store.live("application", applicationId)?.body.displayName ?? ""),
    subject: String(fn.displayName ?? ""),
    type: "com.oraclecloud.functions.application.functioninvoke",
  };
}

function cut(message: string): string {
  return message.length > limits.messageLength ? `${message.slice(0, limits.messageLength)}…` : message;
}
