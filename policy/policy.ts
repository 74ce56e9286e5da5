import type { PolicyPackArgs, ReportViolation } from "@pulumi/policy";
import { z } from "zod";
import { matches } from "./declared.ts";
import { messageOf, notYet } from "./message.ts";
import { type Context, type Finding, isStackRule, type Resource, type Rule } from "./rule.ts";
import { Value } from "./value.ts";

type Policy = PolicyPackArgs["policies"][number];
type Schema = NonNullable<Policy["configSchema"]>;

/** What the SDK gives of a resource, alone or in a stack. */
interface Given {
  type: string;
  name: string;
  urn: string;
  props: Record<string, unknown>;
  opts: { protect: boolean };
  propertyDependencies?: Record<string, Given[]>;
}

/** A rule in the SDK's form. */
export function policyOf(rule: Rule, context: Context): Policy {
  const about = {
    name: rule.name,
    description: rule.checks,
    enforcementLevel: rule.enforcement,
    severity: rule.severity,
    configSchema: configSchemaOf(rule),
  };
  if (isStackRule(rule)) {
    return {
      ...about,
      validateStack(args, report) {
        const resources = resourcesOf(args.resources);
        const findings = rule.judgeStack(resources, args.getConfig(), context);
        for (const finding of findings) tell(rule, finding, finding.resource, report);
      },
    };
  }
  return {
    ...about,
    validateResource(args, report) {
      if (!rule.types.some((type) => matches(type, args.type))) return;
      const resource = { ...resourceOf(args), uses: {} };
      for (const finding of rule.judge(resource, args.getConfig(), context)) {
        tell(rule, finding, resource, report);
      }
    },
  };
}

/** The settings of a rule as the engine checks them. */
export function configSchemaOf(rule: Rule): Schema {
  const { properties } = z.toJSONSchema(rule.config, { io: "input" });
  return { properties: properties as Schema["properties"] };
}

/** The SDK's reports have one level, the rule's; the longer form, which it uses itself, has a level of its own. */
function tell(rule: Rule, finding: Finding, resource: Resource | undefined, report: ReportViolation): void {
  const words = resource === undefined ? notYet("the stack", finding) : messageOf(finding, resource);
  const message = `${rule.checks}\n${words}`;
  const urn = resource?.urn;
  const violation = { message, urn, ...(finding.isUnknown ? { enforcementLevel: "advisory" } : {}) };
  (report as unknown as (violation: object) => void)(violation);
}

function resourcesOf(given: readonly Given[]): Resource[] {
  const made = given.map((one) => {
    const uses: Record<string, Resource[]> = {};
    return { given: one, uses, resource: { ...resourceOf(one), uses } };
  });
  const resources = new Map<string, Resource>(made.map(({ resource }) => [resource.urn, resource]));
  for (const { given: one, uses } of made) {
    for (const [property, used] of Object.entries(one.propertyDependencies ?? {})) {
      uses[property] = used.flatMap(({ urn }) => resources.get(urn) ?? []);
    }
  }
  return made.map(({ resource }) => resource);
}

function resourceOf({ type, name, urn, props, opts }: Given): Omit<Resource, "uses"> {
  // The SDK's proxy ends a rule at the first unknown value; what it stands before leaves the marks readable.
  const plain: unknown = props.__getSpecialProxyTarget ?? props;
  return { type, name, urn, properties: new Value(plain), isProtected: opts.protect };
}
