import { randomUUID } from "node:crypto";
import { notAuthorizedOrNotFound, OciError } from "../../core/errors.ts";
import type { Answer, Call, Emulation, Operation } from "../../core/operation.ts";
import type { Stored } from "../../core/store.ts";
import type { GatewayFunctionCall } from "../../gateway/types.ts";
import type { Decision } from "../../iam/types.ts";
import type { FunctionDefinition, FunctionFailure, FunctionResult, HeaderList } from "../../runtime/types.ts";
import { findImage } from "./images.ts";
import { functionsLimits as limits } from "./limits.ts";

/** Whether IAM lets a gateway call a function ("API Gateway IAM policies", permission FN_INVOCATION). */
export function decideInvocation(
  emulation: Emulation,
  gateway: { id: string; compartmentId: string },
  target: Stored,
): Decision {
  return emulation.iam.decide({
    principal: {
      type: "ApiGateway",
      id: gateway.id,
      compartmentId: gateway.compartmentId,
      tenancyId: emulation.tenancy.id,
    },
    permission: "FN_INVOCATION",
    targetCompartmentId: String(target.body.compartmentId),
    variables: { "target.function.id": target.id },
  });
}

/** A gateway's call: IAM, size, then the function. */
export async function invokeForGateway(
  emulation: Emulation,
  call: GatewayFunctionCall,
): Promise<FunctionResult> {
  const target = emulation.store.live("function", call.functionId);
  if (target === undefined) {
    return refusal(404, "NotAuthorizedOrNotFound", `Function ${call.functionId} is not found or deleted.`);
  }
  const { id, compartmentId } = call.gateway;
  const moved = emulation.store.live("gateway", id)?.body.compartmentId;
  const decision = decideInvocation(emulation, { id, compartmentId: String(moved ?? compartmentId) }, target);
  emulation.emit({
    type: "decision",
    principalId: id,
    permission: "FN_INVOCATION",
    targetId: target.id,
    decision,
  });
  if (!decision.allowed) {
    return refusal(
      404,
      "NotAuthorizedOrNotFound",
      `Authorization failed or requested resource not found. A statement that would allow it: ${decision.missingStatement}`,
    );
  }
  return invoke(emulation, target, call);
}

function refusal(status: FunctionFailure["status"], code: string, message: string): FunctionFailure {
  return { kind: "failure", status, code, message };
}

async function invoke(
  emulation: Emulation,
  target: Stored,
  {
    headers,
    body,
    signal,
    opcRequestId,
  }: Pick<GatewayFunctionCall, "headers" | "body" | "signal" | "opcRequestId">,
): Promise<FunctionResult> {
  if (body.length > limits.requestBodyBytes) {
    return refusal(
      413,
      "FunctionInvokeRequestContentTooLarge",
      `The request's body has ${body.length} bytes; a function takes at most ${limits.requestBodyBytes}.`,
    );
  }
  const callId = newCallId();
  const startedAtInMs = performance.now();
  const event = { type: "invocation", functionId: target.id, callId, opcRequestId } as const;
  emulation.emit({ ...event, phase: "received" });
  const result = await emulation.runtime.call(definitionOf(emulation, target), {
    callId,
    headers,
    body,
    signal,
  });
  const durationInMs = performance.now() - startedAtInMs;
  const failure = result.kind === "failure" ? result : undefined;
  emulation.emit({ ...event, phase: "served", durationInMs, failure });
  return result;
}

/** Taken from a UUID: those come from random bytes that Node keeps ready. */
function newCallId(): string {
  return `01${randomUUID().replaceAll("-", "").slice(-24).toUpperCase()}`;
}

/** Definitions by what they were made of, which is never changed but replaced. */
const definitions = new WeakMap<Stored, { madeOf: readonly unknown[]; definition: FunctionDefinition }>();

/** What the runtime needs to start the function: the same object for as long as nothing of it has changed. */
function definitionOf(emulation: Emulation, target: Stored): FunctionDefinition {
  const application = emulation.store.live("application", target.body.applicationId);
  const image = findImage(emulation, target.body.image, target.body.imageDigest);
  const madeOf = [application, image, emulation.tenancy.id, emulation.region];
  const known = definitions.get(target);
  if (known?.madeOf.every((part, index) => part === madeOf[index])) return known.definition;
  const definition = makeDefinition(emulation, target, application?.body ?? {}, image?.directory);
  definitions.set(target, { madeOf, definition });
  return definition;
}

function makeDefinition(
  emulation: Emulation,
  { id, body }: Stored,
  parent: Stored["body"],
  directory: string | undefined,
): FunctionDefinition {
  return {
    id,
    displayName: String(body.displayName),
    applicationId: String(body.applicationId),
    applicationName: String(parent.displayName),
    compartmentId: String(body.compartmentId),
    tenancyId: emulation.tenancy.id,
    region: id.split(".")[3] || emulation.region,
    memoryInMBs: Number(body.memoryInMBs),
    timeoutInSeconds: Number(body.timeoutInSeconds),
    config: { ...(parent.config as object), ...(body.config as object) },
    code: directory === undefined ? undefined : { directory, imageDigest: String(body.imageDigest) },
  };
}

/** InvokeFunction, called by whoever deploys: the control plane's caller may do everything. */
export const invokeOperation: Operation = {
  service: "functions",
  name: "InvokeFunction",
  method: "POST",
  path: "/20181201/functions/:id/actions/invoke",
  state: "approximated",
  note: "fn-invoke-type detached and is-dry-run are refused",
  isRead: true,
  async run(call) {
    const target = call.emulation.store.live("function", call.params.id);
    if (target === undefined) throw notAuthorizedOrNotFound();
    const { rawBody: body, signal, opcRequestId } = call;
    const headers = callHeaders(call);
    const result = await invoke(call.emulation, target, { headers, body, signal, opcRequestId });
    return result.kind === "answer" ? answerOf(result) : failureOf(result);
  },
};

function callHeaders(call: Call): HeaderList {
  const type = call.headers["fn-invoke-type"] ?? "sync";
  const intent = call.headers["fn-intent"] ?? "httprequest";
  if (type !== "sync") {
    throw new OciError("InvalidParameter", `fn-invoke-type: "${type}" isn't modelled here; give "sync"`);
  }
  if (intent !== "httprequest" && intent !== "cloudevent") {
    throw new OciError("InvalidParameter", `fn-intent: "${intent}" isn't one of "httprequest", "cloudevent"`);
  }
  if (call.headers["is-dry-run"] === "true") {
    throw new OciError("InvalidParameter", 'is-dry-run: "true" isn\'t modelled here; leave it out');
  }
  return [
    ["Fn-Intent", intent],
    ["Fn-Invoke-Type", "sync"],
    ["Content-Type", String(call.headers["content-type"] ?? "application/octet-stream")],
    ["Opc-Request-Id", call.opcRequestId],
  ];
}

// unverified: a direct call answers 200 with the function's content type and its Fn- headers as they are
function answerOf(result: FunctionResult & { kind: "answer" }): Answer {
  const kept = result.headers.filter(([name]) => /^(content-type|fn-.*)$/i.test(name));
  return { status: 200, body: result.body, headers: Object.fromEntries(kept) };
}

function failureOf({ status, code, message }: FunctionFailure): Answer {
  return { status, body: { code, message } };
}
