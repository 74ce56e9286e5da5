import type { Resource } from "../rule.ts";
import { namedBy, type Targets } from "../stack.ts";
import type { Value } from "../value.ts";

/** Known later: undefined. Known neither now nor later, for what it belongs to isn't the program's: null. */
export type Fact = string | null | undefined;

/** Of the function that is called. */
export interface Callee {
  functionId: Fact;
  functionCompartmentId: Fact;
}

/** Of the gateway that calls. */
export interface Caller {
  gatewayId: Fact;
  gatewayCompartmentId: Fact;
}

/** A call that a deployment makes: of a function, by its gateway. */
export type Call = Callee & Caller;

/** `later`: it depends on what is known only after `pulumi up`. */
export type Verdict = "yes" | "no" | "later";

export function all(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes("no")) return "no";
  return verdicts.includes("later") ? "later" : "yes";
}

export function any(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes("yes")) return "yes";
  return verdicts.includes("later") ? "later" : "no";
}

/** A function, as far as the program tells. */
export function calleeOf(func: Resource, applications: Targets): Callee {
  return {
    functionId: factOf(func.properties.at("id")),
    // The provider's answer has it, a program's function doesn't.
    functionCompartmentId:
      factOf(func.properties.at("compartmentId")) ?? compartmentBehind(func, "applicationId", applications),
  };
}

/** A deployment's gateway, as far as the program tells. */
export function callerOf(deployment: Resource, gateways: Targets): Caller {
  return {
    gatewayId: factOf(deployment.properties.at("gatewayId")),
    gatewayCompartmentId: compartmentBehind(deployment, "gatewayId", gateways),
  };
}

/** Compartment of the resource that a property names. */
function compartmentBehind(resource: Resource, property: string, targets: Targets): Fact {
  const named = namedBy(resource, property, [], targets);
  if (named === undefined) return undefined;
  return named[0] === undefined ? null : factOf(named[0].properties.at("compartmentId"));
}

function factOf(value: Value): string | undefined {
  return value.isKnown ? value.text() : undefined;
}
