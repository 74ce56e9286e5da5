import { groupedBy } from "../grouped.ts";
import type { Resource } from "../rule.ts";
import type { Value } from "../value.ts";
import { all, any, type Call, type Verdict } from "./calls.ts";
import { type Condition, parseCondition } from "./condition.ts";
import { asksFor, conditionFits, demandedValues, same, unionOf } from "./fits.ts";
import { compartmentOf, type Grant, isForAnyone, isTenancyWide, parseStatement } from "./statement.ts";

/** A statement that gives calls of functions. */
interface CallGrant {
  /** The functions' compartment; undefined of all, and of one that isn't named by its OCID. */
  compartmentId: string | undefined;
  condition: Condition | undefined;
  /** Rules of which one must fit; or what is known of one without looking at a call. */
  subjects: readonly (Condition | Verdict)[];
}

/**
 * Whether the policies' statements may let a call through, as far as they tell by themselves: groups and compartments that
 * are named by names, and conditions on anything else, are taken for fitting. Every statement and every group is read once,
 * and a call is held against those only that may be about it.
 *
 * @param groups - The program's dynamic groups.
 */
export function callJudge(
  policies: readonly Resource[],
  groups: readonly Resource[],
): (call: Call) => Verdict {
  const rules = rulesOf(groups);
  const read = policies.flatMap(({ properties }) => {
    const statements = properties.at("statements");
    return statements.isKnown
      ? statements.items().map((one) => readStatement(one, rules))
      : ["later" as const];
  });
  const grants = read.flatMap((one) => (typeof one === "object" ? [one] : []));
  const ofFunctions = groupedBy(grants, asksForFunction);
  const inGeneral = judgeOf(ofFunctions.get(false) ?? [], facts.slice(1));
  const byFunction = judgeOf(ofFunctions.get(true) ?? [], facts);
  const later: readonly Verdict[] = read.includes("later") ? ["later"] : [];
  return (call) => any([inGeneral(call), byFunction(call), ...later]);
}

/** What statements are looked up by, from what fewest of them share. */
const facts: readonly (keyof Call)[] = [
  "functionId",
  "gatewayId",
  "functionCompartmentId",
  "gatewayCompartmentId",
];

function asksForFunction({ condition, subjects }: CallGrant): boolean {
  const asked = [condition, ...subjects].filter((one) => typeof one === "object");
  return asked.some((one) => asksFor(one, "functionId"));
}

/** Calls of which the facts are alike are judged once. */
function judgeOf(grants: readonly CallGrant[], asked: readonly (keyof Call)[]): (call: Call) => Verdict {
  const candidatesOf = indexOf(grants, asked);
  const judged = new Map<string, Verdict>();
  return (call) => {
    const key = asked.map((fact) => String(call[fact])).join(" ");
    const verdict = judged.get(key) ?? any(candidatesOf(call).map((grant) => grantFits(grant, call)));
    judged.set(key, verdict);
    return verdict;
  };
}

/** Finds the grants that a call may meet: the others demand another value of one of its facts. */
function indexOf(
  grants: readonly CallGrant[],
  asked: readonly (keyof Call)[],
): (call: Call) => readonly CallGrant[] {
  const signed = grants.map((grant) => {
    const fact = asked.find((one) => demandedBy(grant, one) !== undefined);
    return { grant, fact, values: fact === undefined ? [] : (demandedBy(grant, fact) ?? []) };
  });
  const byFact = groupedBy(signed, ({ fact }) => fact);
  const entries = signed.flatMap(({ grant, fact, values }) =>
    values.map((value) => ({ grant, key: `${fact} ${value}` })),
  );
  const byValue = groupedBy(entries, ({ key }) => key);
  return (call) =>
    [undefined, ...asked].flatMap((fact) => {
      const value = fact === undefined ? undefined : call[fact];
      const found =
        typeof value === "string" ? byValue.get(`${fact} ${value.toLowerCase()}`) : byFact.get(fact);
      return (found ?? []).map(({ grant }) => grant);
    });
}

function demandedBy(grant: CallGrant, fact: keyof Call): readonly string[] | undefined {
  const { compartmentId, condition, subjects } = grant;
  if (fact === "functionCompartmentId")
    return compartmentId === undefined ? undefined : [compartmentId.toLowerCase()];
  const own = condition === undefined ? undefined : demandedValues(condition, fact);
  return (
    own ?? unionOf(subjects.map((one) => (typeof one === "object" ? demandedValues(one, fact) : undefined)))
  );
}

function grantFits({ compartmentId, condition, subjects }: CallGrant, call: Call): Verdict {
  return all([
    compartmentId === undefined ? "yes" : same(compartmentId, call.functionCompartmentId),
    condition === undefined ? "yes" : conditionFits(condition, call),
    any(subjects.map((one) => (typeof one === "object" ? conditionFits(one, call) : one))),
  ]);
}

/** Undefined of a statement that gives no calls. */
function readStatement(statement: Value, rules: Rules): CallGrant | "later" | undefined {
  if (!statement.isKnown) return "later";
  const grant = parseStatement(statement.text() ?? "");
  if (typeof grant === "string" || grant.kind === "other" || grant.kind === "endorse") return undefined;
  const subjects = givesCalls(grant) ? subjectsOf(grant, rules) : [];
  if (subjects.length === 0) return undefined;
  return {
    compartmentId: isTenancyWide(grant) ? undefined : compartmentOf(grant),
    condition: grant.condition,
    subjects,
  };
}

/** "Details for Functions": calls need FN_INVOCATION, which only `use` and `manage` give. */
function givesCalls({ verb, types: given }: Grant): boolean {
  if (verb === undefined) return given.includes("fn_invocation");
  const families = ["functions-family", "fn-invocation", "all-resources"];
  return (verb === "use" || verb === "manage") && given.some((type) => families.includes(type));
}

function subjectsOf(grant: Grant, rules: Rules): readonly (Condition | Verdict)[] {
  if (isForAnyone(grant)) return ["yes"];
  const [, list] = /^dynamic-group\s+(.+)$/i.exec(grant.subject) ?? [];
  return list?.split(",").map((text) => ruleOf(text.trim(), rules)) ?? [];
}

/** Rules of dynamic groups by what names them, in lower case: `name shop-gateways`, `id ocid1…`. */
type Rules = ReadonlyMap<string, Condition | Verdict>;

function rulesOf(groups: readonly Resource[]): Rules {
  const rules = new Map<string, Condition | Verdict>();
  for (const { properties } of groups) {
    const rule = ruleIn(properties.at("matchingRule"));
    for (const by of ["name", "id"]) {
      const value = properties.at(by);
      const key = `${by} ${value.isKnown ? value.text()?.toLowerCase() : undefined}`;
      if (!rules.has(key)) rules.set(key, rule);
    }
  }
  return rules;
}

function ruleIn(rule: Value): Condition | Verdict {
  if (!rule.isKnown) return "later";
  const condition = parseCondition(rule.text() ?? "");
  return typeof condition === "string" ? "no" : condition;
}

/** A group that isn't the program's is taken for right. */
function ruleOf(text: string, rules: Rules): Condition | Verdict {
  const [, id] = /^id\s+(\S+)$/i.exec(text) ?? [];
  const key = id === undefined ? `name ${text.split("/").at(-1)?.replaceAll("'", "")}` : `id ${id}`;
  return rules.get(key.toLowerCase()) ?? "yes";
}
