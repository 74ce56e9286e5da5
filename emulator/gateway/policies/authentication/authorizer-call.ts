import { createHash } from "node:crypto";
import { functionAnswer, gatewayUserAgent } from "../../backends/function-headers.ts";
import { GatewayFault } from "../../server/errors.ts";
import type { Exchange } from "../../server/exchange.ts";
import { randomHex } from "../../server/request-id.ts";
import type { DataPlaneDependencies } from "../../types.ts";
import { type AuthorizerResult, readAuthorizerResult } from "./authorizer-result.ts";

/** No client's: other requests with the same arguments wait for the same call, which the function's time-out ends. */
const endless = new AbortController().signal;

/**
 * Calls an authorizer function as the gateway; IAM decides whether it may.
 *
 * @throws GatewayFault: 502 when the function fails or answers anything but 200 and a result; 500 when it doesn't exist
 *   or the gateway may not call it.
 */
export async function callAuthorizer(
  functionId: string,
  body: Buffer,
  exchange: Exchange,
  { invokeFunction, tenancyId }: DataPlaneDependencies,
): Promise<AuthorizerResult> {
  const result = await invokeFunction({
    gateway: exchange.gateway.view,
    functionId,
    opcRequestId: exchange.opcRequestId,
    headers: headersOf(exchange, tenancyId, body),
    body,
    signal: endless,
  });
  if (result.kind === "failure") {
    const detail = `${functionId}: ${result.code}: ${result.message}`;
    if (result.status !== 404) throw new GatewayFault("authorizerFailed", detail);
    throw new GatewayFault("authorizerNotFound", detail);
  }
  const answer = functionAnswer(result.headers);
  const code = "customAuthentication.unexpectedResponse";
  if (answer?.status !== 200) {
    const status = answer === undefined ? "with an invalid status or header" : answer.status;
    throw new GatewayFault("authorizerFailed", `${functionId} answered ${status}`, { code });
  }
  const read = readAuthorizerResult(result.body, Date.now());
  if (read === undefined) {
    throw new GatewayFault("authorizerFailed", `${functionId} answered no authorizer's result`, { code });
  }
  exchange.record("INFO", "customAuthentication.successfulFunctionInvocation", `${functionId} answered`);
  return read;
}

/** The request's own headers, method and path don't reach an authorizer function. */
// unverified: the headers of a gateway's call of an authorizer function
function headersOf(exchange: Exchange, tenancyId: string, body: Buffer): [name: string, value: string][] {
  const { view } = exchange.gateway;
  return [
    ["Accept-Encoding", "gzip"],
    ["Content-Type", "application/json"],
    ["Date", new Date().toUTCString()],
    ["Fn-Intent", "httprequest"],
    ["Fn-Invoke-Type", "sync"],
    ["Oci-Subject-Compartment-Id", view.compartmentId],
    ["Oci-Subject-Id", view.id],
    ["Oci-Subject-Tenancy-Id", tenancyId],
    ["Oci-Subject-Type", "resource"],
    ["Opc-Request-Id", exchange.opcRequestId],
    ["User-Agent", gatewayUserAgent],
    ["X-B3-SpanId", randomHex(8).toLowerCase()],
    ["X-B3-TraceId", randomHex(8).toLowerCase()],
    ["X-Content-Sha256", createHash("sha256").update(body).digest("base64")],
  ];
}
