import { policyOf } from "../../policy/policy.ts";
import { isStackRule, type Rule } from "../../policy/rule.ts";
import { rules } from "../../policy/rules.ts";
import { type Found, type Given, isNamed, nameOf, type PackConfig, resourceOf, urnOf } from "./given.ts";

export type { Found, Given, PackConfig } from "./given.ts";

/** What of the analyzer's answers tables of cases ask for. */
export interface Analyzer {
  analyze(resources: readonly Given[], config?: PackConfig): Promise<Found[]>;
  messages(
    rule: string,
    resources: readonly Given[],
    config?: Readonly<Record<string, unknown>>,
  ): Promise<string[]>;
  close(): Promise<void>;
}

/**
 * The rules in the process of the tests, without Pulumi's SDK: what mutation testing takes in the analyzer's place, for a
 * mutant is only seen where the tests run. That it says the same is a test of its own.
 */
export async function startAnalyzer({ stack = "dev" } = {}): Promise<Analyzer> {
  return {
    analyze: async (resources, config = {}) => judgeAll(rules, resources, config, stack),
    async messages(name, resources, config = {}) {
      const rule = rules.find((one) => one.name === name);
      if (rule === undefined) throw new Error(`the pack has no rule ${name}`);
      return judgeAll([rule], resources, { [name]: config }, stack).map(({ level, message }) =>
        level === rule.enforcement ? message : `${level}: ${message}`,
      );
    },
    close: async () => {},
  };
}

/** Resource by resource, then the whole stack, as the engine asks. */
function judgeAll(
  judging: readonly Rule[],
  resources: readonly Given[],
  config: PackConfig,
  stack: string,
): Found[] {
  const judges = judging.map((rule) => ({ rule, policy: policyFor(rule, config, stack) }));
  const single = resources.flatMap((given) =>
    judges.filter(({ rule }) => !isStackRule(rule)).flatMap(({ policy }) => policy(given, [])),
  );
  return [
    ...single,
    ...judges.filter(({ rule }) => isStackRule(rule)).flatMap(({ policy }) => policy(undefined, resources)),
  ];
}

interface Violation {
  message: string;
  urn?: string;
  enforcementLevel?: Found["level"];
}

/** A rule as the SDK calls it, with what the SDK hands over. */
function policyFor(rule: Rule, config: PackConfig, stack: string) {
  const { enforcementLevel = rule.enforcement, ...settings } = config[rule.name] ?? {};
  if (enforcementLevel === "disabled") return () => [];
  const policy = policyOf(rule, { stack, project: "shop" }) as unknown as {
    validateResource?(args: object, report: (violation: Violation) => void): void;
    validateStack?(args: object, report: (violation: Violation) => void): void;
  };
  return (given: Given | undefined, all: readonly Given[]): Found[] => {
    const found: Found[] = [];
    const report = ({ message, urn = "", enforcementLevel: level = enforcementLevel }: Violation) =>
      found.push({
        rule: rule.name,
        resource: resourceOf(urn, given === undefined ? "" : nameOf(given)),
        level,
        message: message.replace(`${rule.checks}\n`, ""),
      });
    const getConfig = () => settings;
    if (given !== undefined) policy.validateResource?.({ ...argsOf(given, stack), getConfig }, report);
    else policy.validateStack?.({ resources: stackOf(all, stack), getConfig }, report);
    return found;
  };
}

function argsOf(given: Given, stack: string, properties = given.properties) {
  return {
    type: given.type,
    name: nameOf(given),
    urn: urnOf(given, stack),
    // What travels is a copy.
    props: JSON.parse(JSON.stringify(properties)) as Record<string, unknown>,
    opts: { protect: given.protect ?? false },
  };
}

function stackOf(resources: readonly Given[], stack: string) {
  const all = resources.map((given) => ({
    given,
    args: { ...argsOf(given, stack, given.outputs ?? given.properties), propertyDependencies: {} },
  }));
  for (const { given, args } of all) {
    const uses = Object.entries(given.uses ?? {}).map(([property, names]) => {
      const used = names.flatMap((name) => all.filter((one) => isNamed(one.given, name)));
      return [property, used.map((one) => one.args)] as const;
    });
    args.propertyDependencies = Object.fromEntries(uses);
  }
  return all.map(({ args }) => args);
}
