import { createDataPlane } from "../../emulator/gateway/index.ts";
import type { GatewayFunctionCall } from "../../emulator/gateway/types.ts";
import type { FunctionFailure, FunctionResult } from "../../emulator/runtime/types.ts";
import { toRequest } from "../../functions/kit/request.ts";
import type { Response } from "../../functions/kit/response.ts";
import type { GatewayCase } from "./gateway/case.ts";
import { backendPrefix, filled, type Plan, plan } from "./plan.ts";
import { authorize } from "./program/functions/authorize/authorize.ts";
import { behave } from "./program/functions/behave/behave.ts";

export interface RunningGateway {
  url: URL;
  plan: Plan;
  close(): Promise<void>;
}

/** A data plane in this process with all cases' deployments, and functions without processes. */
export async function startInMemory(cases: readonly GatewayCase[]): Promise<RunningGateway> {
  const dataPlane = createDataPlane(
    { tenancyId: "ocid1.tenancy.oc1..cases", invokeFunction, onEvent() {} },
    { lingerTimeoutInMs: 1000 },
  );
  const gateway = { id: "ocid1.apigateway.oc1.fra.cases", compartmentId: "c", displayName: "cases" };
  const { port } = await dataPlane.openGateway(gateway, 0);
  const url = new URL(`http://127.0.0.1:${port}`);
  const planned = plan(cases);
  const places = {
    functionId: (key: string) => `ocid1.fnfunc.oc1.fra.${key}`,
    backendUrl: (path: string) => `${url.origin}${backendPrefix}${path}`,
  };
  for (const { pathPrefix, specification } of planned.deployments) {
    dataPlane.putDeployment({
      id: `ocid1.apideployment.oc1.fra.${pathPrefix.slice(1)}`,
      gatewayId: gateway.id,
      displayName: pathPrefix,
      pathPrefix,
      specification: filled(specification, places),
    });
  }
  return { url, plan: planned, close: () => dataPlane.close() };
}

const responseBytes = 6 * 1024 * 1024;

/** What the service answers for functions that aren't as they should be ("Troubleshooting OCI Functions"). */
const failures: Readonly<Record<string, FunctionFailure>> = {
  missing: failure(404, "NotAuthorizedOrNotFound"),
  throttled: failure(429, "TooManyRequests"),
  unavailable: failure(503, "FunctionInvokeServiceUnavailable"),
  uninitialised: failure(502, "FunctionInvokeContainerInitFail"),
  slow: failure(504, "FunctionInvokeTimeout"),
};

async function invokeFunction({ functionId, headers, body }: GatewayFunctionCall): Promise<FunctionResult> {
  const key = functionId.split(".").at(-1) ?? "";
  const failed = failures[key];
  if (failed !== undefined) return failed;
  const byName: Record<string, string[]> = {};
  for (const [name, value] of headers) byName[name] = [...(byName[name] ?? []), value];
  try {
    const request = toRequest(body, byName);
    return answerOf(key === "authorize" ? authorize(request) : await behave(request));
  } catch {
    return failure(502, "FunctionInvokeExecutionFailed");
  }
}

function answerOf({ status, headers, body }: Response): FunctionResult {
  const bytes = Buffer.from(body);
  if (bytes.length > responseBytes) return failure(502, "FunctionInvokeResponseBodyTooLarge");
  const given = Object.entries(headers).flatMap(([name, values]) =>
    [values].flat().map((value): [string, string] => [`Fn-Http-H-${name}`, value]),
  );
  return { kind: "answer", headers: [["Fn-Http-Status", String(status)], ...given], body: bytes };
}

function failure(status: FunctionFailure["status"], code: string): FunctionFailure {
  return { kind: "failure", status, code, message: code };
}
