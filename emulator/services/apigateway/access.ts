import { notAuthorizedOrNotFound } from "../../core/errors.ts";
import type { Call } from "../../core/operation.ts";
import type { Body } from "../../core/store.ts";
import { decideInvocation } from "../functions/invoke.ts";
import { viewOf } from "./gateway.ts";

/**
 * OCI checks when a deployment is created or updated that the gateway may call its functions
 * ("Troubleshooting API Gateway"). The missing statement in the message is a courtesy of the emulator.
 */
export function requireAccess(next: Body, call: Call): void {
  const { emulation } = call;
  if (!emulation.switches.deploymentAccessCheck) return;
  const gateway = viewOf(emulation.store.live("gateway", next.gatewayId)?.body ?? {});
  const hints = functionIdsOf(next.specification).flatMap((functionId) => {
    const target = emulation.store.live("function", functionId);
    if (target === undefined) return [`There is no function ${functionId} here.`];
    const decision = decideInvocation(emulation, gateway, target);
    emulation.emit({
      type: "decision",
      principalId: gateway.id,
      permission: "FN_INVOCATION",
      targetId: target.id,
      decision,
    });
    if (decision.allowed) return [];
    const name = `"${target.body.displayName}" (${functionId})`;
    return [
      `Gateway ${gateway.id} may not call function ${name}; a statement that allows it: ${decision.missingStatement}`,
    ];
  });
  if (hints.length > 0) throw notAuthorizedOrNotFound(hints.join(" "));
}

const callers = new Set<unknown>(["ORACLE_FUNCTIONS_BACKEND", "CUSTOM_AUTHENTICATION"]);

/** OCIDs of all function back ends, also those that are routed to dynamically, and of all authorizer functions. */
function functionIdsOf(value: unknown): string[] {
  const found = new Set<string>();
  const visit = (part: unknown) => {
    if (typeof part !== "object" || part === null) return;
    const { type, functionId } = part as Body;
    if (callers.has(type) && typeof functionId === "string") found.add(functionId);
    for (const inner of Object.values(part)) visit(inner);
  };
  visit(value);
  return [...found];
}
