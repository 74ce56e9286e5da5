import type { FunctionFailure } from "./types.ts";

/**
 * Errors of the Functions service: codes and statuses as in Oracle's "Troubleshooting OCI Functions", texts as
 * in the open-source Fn server that the service is built on.
 */
// unverified: the service's texts are those of the Fn server; a few are quoted in Oracle's troubleshooting pages
const FAILURES = {
  FunctionInvokeRequestContentTooLarge: [413, "Request content too large"],
  TooManyRequests: [429, "Request capacity for user exceeded"],
  ClientClosedRequest: [444, "Client closed the connection before the function answered"],
  FunctionInvokeExecutionFailed: [502, "function failed"],
  FunctionInvokeInvalidResponse: [502, "invalid function response"],
  FunctionInvokeImageNotAvailable: [502, "Image is not available"],
  FunctionInvokeResponseBodyTooLarge: [502, "function response body too large"],
  FunctionInvokeResponseHeaderTooLarge: [502, "function response header too large"],
  FunctionInvokeContainerInitFail: [
    502,
    "Container failed to initialize, please ensure you are using the latest fdk and check the logs",
  ],
  FunctionInvokeServiceUnavailable: [503, "Timed out - server too busy"],
  FunctionInvokeTimeout: [504, "Timed out"],
  FunctionInvokeContainerInitTimeout: [
    504,
    "Container initialization timed out, please ensure you are using the latest fdk and check the logs",
  ],
} as const satisfies Record<string, readonly [FunctionFailure["status"], string]>;

export type FailureCode = keyof typeof FAILURES;

/**
 * The Functions service's error of one code.
 *
 * @param detail - What went wrong on this machine; follows the service's own text.
 */
export function failure(code: FailureCode, detail?: string): FunctionFailure {
  const [status, text] = FAILURES[code];
  return { kind: "failure", status, code, message: detail === undefined ? text : `${text}: ${detail}` };
}
