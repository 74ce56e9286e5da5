import { any, type Call, type Fact, type Verdict } from "./calls.ts";
import { type Comparison, type Condition, comparisons, demands } from "./condition.ts";

/** What is known of a call, by the variables of conditions and rules. */
const factOfVariable: Readonly<Record<string, keyof Call>> = {
  "resource.id": "gatewayId",
  "request.principal.id": "gatewayId",
  "resource.compartment.id": "gatewayCompartmentId",
  "request.principal.compartment.id": "gatewayCompartmentId",
  "request.resource.compartment.id": "gatewayCompartmentId",
  "target.function.id": "functionId",
};

/** Whether a condition lets the call through; comparisons with anything else than the call's facts are taken for fitting. */
export function conditionFits(condition: Condition, call: Call): Verdict {
  const verdict = (comparison: Comparison) => comparisonFits(comparison, call);
  if (demands(condition, (comparison) => verdict(comparison) === "no")) return "no";
  return demands(condition, (comparison) => verdict(comparison) !== "yes") ? "later" : "yes";
}

function comparisonFits(comparison: Comparison, call: Call): Verdict {
  const value = known(comparison, call);
  const { operator, values } = comparison;
  if (value === null || values.some((one) => one.includes("*"))) return "yes";
  const isNegated = operator === "!=" || operator === "not in";
  if (operator !== "=" && operator !== "in" && !isNegated) return "yes";
  const fits = any(values.map((one) => same(one, value)));
  if (!isNegated || fits === "later") return fits;
  return fits === "yes" ? "no" : "yes";
}

/** What a condition and a rule compare with. */
function known({ variable }: Comparison, call: Call): Fact {
  if (variable === "resource.type" || variable === "request.principal.type") return "apigateway";
  const fact = factOf(variable);
  return fact === undefined ? null : call[fact];
}

function factOf(variable: string): keyof Call | undefined {
  return Object.hasOwn(factOfVariable, variable) ? factOfVariable[variable] : undefined;
}

/** Whether a text is what is known. */
export function same(one: string, other: Fact): Verdict {
  if (other === null) return "yes";
  if (other === undefined) return "later";
  return one.toLowerCase() === other.toLowerCase() ? "yes" : "no";
}

/** Values of which a fact must have one, in lower case, or nothing lets the call through; undefined when others do too. */
export function demandedValues(condition: Condition, fact: keyof Call): readonly string[] | undefined {
  switch (condition.kind) {
    case "comparison": {
      const { variable, operator, values } = condition;
      const isOneOf = operator === "=" || operator === "in";
      if (factOf(variable) !== fact || !isOneOf || values.some((one) => one.includes("*"))) return undefined;
      return values.map((one) => one.toLowerCase());
    }
    case "all":
      return condition.conditions
        .map((part) => demandedValues(part, fact))
        .find((values) => values !== undefined);
    case "any":
      return unionOf(condition.conditions.map((part) => demandedValues(part, fact)));
  }
}

/** All of several lists; undefined when one of them is. */
export function unionOf(lists: readonly (readonly string[] | undefined)[]): readonly string[] | undefined {
  return lists.includes(undefined) ? undefined : [...new Set(lists.flatMap((list) => list ?? []))];
}

/** Whether a condition has a comparison with a fact. */
export function asksFor(condition: Condition, fact: keyof Call): boolean {
  return comparisons(condition).some(({ variable }) => factOf(variable) === fact);
}
