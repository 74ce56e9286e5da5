import type { Resource } from "../rule.ts";
import { types } from "../types.ts";
import type { Value } from "../value.ts";
import { type Comparison, type Condition, demands, parseCondition } from "./condition.ts";
import { compartmentOf, type Grant, isForAnyone, isTenancyWide, parseStatement } from "./statement.ts";

/** Known later: undefined. Known neither now nor later, for what it belongs to isn't the program's: null. */
type Fact = string | null | undefined;

/** A call that a deployment makes: of a function, by its gateway. */
export interface Call {
  functionId: Fact;
  functionCompartmentId: Fact;
  gatewayId: Fact;
  gatewayCompartmentId: Fact;
}

/** `later`: it depends on what is known only after `pulumi up`. */
export type Verdict = "yes" | "no" | "later";

/**
 * Whether a statement may let the call through, as far as it tells by itself: groups and compartments that are named
 * by names, and conditions on anything else, are taken for fitting.
 *
 * @param groups - The program's dynamic groups.
 */
export function letsCall(statement: Value, call: Call, groups: readonly Resource[]): Verdict {
  if (!statement.isKnown) return "later";
  const grant = parseStatement(statement.text() ?? "");
  if (typeof grant === "string" || grant.kind === "other" || grant.kind === "endorse") return "no";
  if (!givesCalls(grant)) return "no";
  return all([
    locationFits(grant, call),
    grant.condition === undefined ? "yes" : conditionFits(grant.condition, call),
    subjectFits(grant, call, groups),
  ]);
}

/** "Details for Functions": calls need FN_INVOCATION, which only `use` and `manage` give. */
function givesCalls({ verb, types: given }: Grant): boolean {
  if (verb === undefined) return given.includes("fn_invocation");
  const families = ["functions-family", "fn-invocation", "all-resources"];
  return (verb === "use" || verb === "manage") && given.some((type) => families.includes(type));
}

function locationFits(grant: Grant, { functionCompartmentId }: Call): Verdict {
  const compartmentId = compartmentOf(grant);
  if (isTenancyWide(grant) || compartmentId === undefined) return "yes";
  return same(compartmentId, functionCompartmentId);
}

/** What a condition and a rule compare, and with what of the call. */
function known({ variable }: Comparison, call: Call): Fact {
  switch (variable) {
    case "resource.type":
    case "request.principal.type":
      return "apigateway";
    case "resource.id":
    case "request.principal.id":
      return call.gatewayId;
    case "resource.compartment.id":
    case "request.principal.compartment.id":
    case "request.resource.compartment.id":
      return call.gatewayCompartmentId;
    case "target.function.id":
      return call.functionId;
    default:
      return null;
  }
}

function conditionFits(condition: Condition, call: Call): Verdict {
  const verdict = (comparison: Comparison): Verdict => {
    const value = known(comparison, call);
    const { operator, values } = comparison;
    if (value === null || values.some((one) => one.includes("*"))) return "yes";
    const isNegated = operator === "!=" || operator === "not in";
    if (operator !== "=" && operator !== "in" && !isNegated) return "yes";
    const fits = any(values.map((one) => same(one, value)));
    if (!isNegated || fits === "later") return fits;
    return fits === "yes" ? "no" : "yes";
  };
  if (demands(condition, (comparison) => verdict(comparison) === "no")) return "no";
  return demands(condition, (comparison) => verdict(comparison) !== "yes") ? "later" : "yes";
}

function subjectFits(grant: Grant, call: Call, groups: readonly Resource[]): Verdict {
  if (isForAnyone(grant)) return "yes";
  const [, list] = /^dynamic-group\s+(.+)$/i.exec(grant.subject) ?? [];
  if (list === undefined) return "no";
  return any(list.split(",").map((text) => groupFits(text.trim(), call, groups)));
}

/** A group that isn't the program's is taken for right. */
function groupFits(text: string, call: Call, groups: readonly Resource[]): Verdict {
  const [, id] = /^id\s+(\S+)$/i.exec(text) ?? [];
  const wanted = (id ?? text.split("/").at(-1)?.replaceAll("'", ""))?.toLowerCase();
  const group = groups.find(({ properties }) => {
    const value = properties.at(id === undefined ? "name" : "id");
    return value.isKnown && value.text()?.toLowerCase() === wanted;
  });
  const rule = group?.properties.at("matchingRule");
  if (rule === undefined) return "yes";
  if (!rule.isKnown) return "later";
  const condition = parseCondition(rule.text() ?? "");
  return typeof condition === "string" ? "no" : conditionFits(condition, call);
}

function same(one: string, other: Fact): Verdict {
  if (other === null) return "yes";
  if (other === undefined) return "later";
  return one.toLowerCase() === other.toLowerCase() ? "yes" : "no";
}

function all(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes("no")) return "no";
  return verdicts.includes("later") ? "later" : "yes";
}

export function any(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes("yes")) return "yes";
  return verdicts.includes("later") ? "later" : "no";
}

/** The call of a function by a deployment's gateway, as far as the program tells. */
export function callOf(func: Resource, deployment: Resource, resources: readonly Resource[]): Call {
  return {
    functionId: factOf(func.properties.at("id")),
    // The provider's answer has it, a program's function doesn't.
    functionCompartmentId:
      factOf(func.properties.at("compartmentId")) ??
      compartmentBehind(func, "applicationId", types.application, resources),
    gatewayId: factOf(deployment.properties.at("gatewayId")),
    gatewayCompartmentId: compartmentBehind(deployment, "gatewayId", types.gateway, resources),
  };
}

/** Compartment of the resource that a property names. */
function compartmentBehind(
  { uses, properties }: Resource,
  property: string,
  type: string,
  resources: readonly Resource[],
): Fact {
  const id = properties.at(property);
  const named =
    uses[property]?.find((one) => one.type === type) ??
    resources.find((one) => one.type === type && id.isKnown && factOf(one.properties.at("id")) === id.text());
  if (named !== undefined) return factOf(named.properties.at("compartmentId"));
  return id.isKnown ? null : undefined;
}

function factOf(value: Value): string | undefined {
  return value.isKnown ? value.text() : undefined;
}
