import type { FunctionFailure, FunctionResult } from "../../runtime/types.ts";
import { limits } from "../limits.ts";
import { backendAnswerHeaders } from "../server/backend-answer.ts";
import { readBody } from "../server/body.ts";
import { type GatewayErrorName, GatewayFault } from "../server/errors.ts";
import type { Exchange } from "../server/exchange.ts";
import type { FunctionBackend } from "../specification/model.ts";
import type { DataPlaneDependencies } from "../types.ts";
import type { Backend } from "./backend.ts";
import { ClientSignal } from "./client-signal.ts";
import { functionAnswer, functionRequestHeaders } from "./function-headers.ts";

/** Calls a function ("Adding a Function in OCI Functions as an API Gateway Back End"). */
export function compileFunctionBackend(
  backend: FunctionBackend,
  dependencies: DataPlaneDependencies,
): Backend {
  return async (exchange) => {
    exchange.functionId = backend.functionId;
    const body = await readBody(exchange, limits.functionRequestBodyBytes, "functionBodyTooLarge");
    const result = await invoke(exchange, backend.functionId, body, dependencies);
    if (result === undefined) return;
    if (result.kind === "failure") {
      throw new GatewayFault(errorOf(result), `${backend.functionId}: ${result.code}: ${result.message}`);
    }
    const answer = functionAnswer(result.headers);
    if (answer === undefined) {
      throw new GatewayFault(
        "functionBadResponse",
        `${backend.functionId}: its status or a header is not valid in HTTP`,
      );
    }
    exchange.record(
      "INFO",
      "functionBackend.successfulRequest",
      `${backend.functionId} answered ${answer.status}`,
    );
    exchange.answer(answer.status, backendAnswerHeaders(exchange, answer.headers), result.body);
  };
}

/** The function's result; undefined when the client has gone meanwhile. */
async function invoke(
  exchange: Exchange,
  functionId: string,
  body: Buffer,
  { invokeFunction, tenancyId }: DataPlaneDependencies,
): Promise<FunctionResult | undefined> {
  const signal = new ClientSignal();
  exchange.onClientGone = () => signal.abort();
  if (exchange.isFinished) return undefined;
  try {
    const result = await invokeFunction({
      gateway: exchange.gateway.view,
      functionId,
      opcRequestId: exchange.opcRequestId,
      headers: functionRequestHeaders(exchange, tenancyId, body),
      body,
      signal,
    });
    return exchange.isFinished ? undefined : result;
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}

const badResponses = new Set([
  "FunctionInvokeInvalidResponse",
  "FunctionInvokeResponseBodyTooLarge",
  "FunctionInvokeResponseHeaderTooLarge",
]);

/** What the client sees of an error of OCI Functions ("Troubleshooting OCI Functions"). */
function errorOf({ status, code }: FunctionFailure): GatewayErrorName {
  switch (status) {
    case 404:
      return "functionNotFound";
    case 413:
      return "functionBodyTooLarge";
    case 429:
      return "functionRateLimited";
    case 444:
      return "clientEof";
    case 502:
      return badResponses.has(code) ? "functionBadResponse" : "functionBadGateway";
    case 503:
      return "functionUnavailable";
    case 504:
      return "functionTimeout";
  }
}
