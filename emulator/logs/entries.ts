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

/**
 * A line's own part, in OCI's fields, made when the line is written: requests don't wait for it. Names are as of the event.
 *
 * @param opcRequestId - of the call that a function's line belongs to
 */
export function contentOf(
  event: Access | Execution | InvocationEvent | FunctionLog,
  store: Store,
  opcRequestId = "",
): () => Content {
  switch (event.type) {
    case "access": {
      const source = nameOf(event.deploymentId, store);
      return () => ofDeployment(source, "access", accessData(event));
    }
    case "execution": {
      const source = nameOf(event.deploymentId, store);
      return () => ofDeployment(source, "execution", executionData(event));
    }
    case "invocation":
    case "function-log": {
      const content = ofFunction(event, opcRequestId, store);
      return () => content;
    }
  }
}

function nameOf(deploymentId: string | undefined, store: Store): unknown {
  return store.live("deployment", deploymentId)?.body.displayName;
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

// unverified: the source of API Gateway's lines is the deployment's display name, the subject is empty
function ofDeployment(
  displayName: unknown,
  category: "access" | "execution",
  data: LogEntry["data"],
): Content {
  const type = `com.oraclecloud.apigateway.apideployment.${category}`;
  return { data, source: String(displayName ?? ""), subject: "", type };
}

/** "Contents of a Functions Log" (Details for Functions). */
// unverified: containerId of a line is n/a, as recorded lines of the service itself have it
function ofFunction(event: InvocationEvent | FunctionLog, opcRequestId: string, store: Store): Content {
  const { functionId, callId } = event;
  const { message, src } =
    event.type === "invocation"
      ? { message: invocationMessage(event), src: "STDOUT" }
      : { message: event.line, src: event.stream.toUpperCase() };
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
