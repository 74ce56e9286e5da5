import { hasUnknown, type Properties } from "../values.ts";
import type { CheckFailure } from "./types.ts";

/**
 * What OCI takes of one property beyond its kind. Checked at preview, from the inputs alone; what only the control plane
 * knows (other resources, limits of the tenancy) is left to it.
 */
export interface PropertyRule {
  property: string;
  /**
   * What is wrong with a value that is known and of the right kind, as the rest of a sentence; may quote the value.
   *
   * @param region - where the resource will be, when that is known
   */
  finding(value: unknown, region: string | undefined): string | undefined;
  /** What is allowed and what to write; quotes nothing of the program, so that it can be said of a secret too. */
  cure: string;
}

/** What to give where nothing is given; properties with a rule have its cure. */
const meanings: Readonly<Record<string, string>> = {
  applicationId: "the OCID of the function's application, for example applicationId: application.id",
  compartmentId: 'the OCID of a compartment, for example compartmentId: config.require("compartmentId")',
  description: "a text of 1 to 400 characters",
  direction: '"INGRESS" or "EGRESS"',
  displayName: "a name of 1 to 255 characters",
  gatewayId: "the OCID of the deployment's gateway, for example gatewayId: gateway.id",
  logGroupId: "the OCID of the log's log group, for example logGroupId: logGroup.id",
  networkSecurityGroupId: "the OCID of the group that the rule belongs to",
  protocol: 'the protocol\'s number, "6" for TCP, or "all"',
  services: "the services that are reached, as oci.core.getServices lists them",
  specification:
    "the deployment's routes, for example specification: { routes: [{ path, methods, backend }] }",
  subnetId: "the OCID of a regional subnet, for example subnetId: subnet.id",
  vcnId: "the OCID of a VCN, for example vcnId: vcn.id",
};

/** Required properties that aren't given. */
export function checkRequired(
  required: readonly string[],
  rules: readonly PropertyRule[],
  inputs: Properties,
): CheckFailure[] {
  return required
    .filter((property) => inputs[property] === undefined || inputs[property] === null)
    .map((property) => {
      const cure = rules.find((rule) => rule.property === property)?.cure;
      return { property, reason: `is missing; ${cure ?? `give ${meanings[property] ?? "it"}`}` };
    });
}

/** Values that OCI would refuse. Values that a preview doesn't know yet pass. */
export function checkRules(
  rules: readonly PropertyRule[],
  inputs: Properties,
  region: string | undefined,
): CheckFailure[] {
  return rules.flatMap(({ property, finding, cure }) => {
    const value = inputs[property];
    if (value === undefined || value === null || (hasUnknown(value) && !Array.isArray(value))) return [];
    const found = finding(value, region);
    return found === undefined ? [] : [{ property, reason: `${found}; ${cure}`, secretReason: cure }];
  });
}

/** The value is one of these. */
export function oneOf(property: string, allowed: readonly string[], cure: string): PropertyRule {
  return {
    property,
    cure,
    finding: (value) => (allowed.includes(String(value)) ? undefined : `is ${JSON.stringify(value)}`),
  };
}

/** The value is a text of this form. */
export function ofForm(property: string, form: RegExp, cure: string): PropertyRule {
  return {
    property,
    cure,
    finding: (value) => (form.test(String(value)) ? undefined : `is ${JSON.stringify(value)}`),
  };
}

/** The value is a number, and not outside these. */
export function between(property: string, min: number, max: number, unit: string): PropertyRule {
  return {
    property,
    cure: `must be a whole number from ${min} to ${max} ${unit}`,
    finding: (value) =>
      Number.isInteger(value) && Number(value) >= min && Number(value) <= max ? undefined : `is ${value}`,
  };
}

/** The list has so many items. */
export function countBetween(property: string, min: number, max: number, cure: string): PropertyRule {
  return {
    property,
    cure,
    finding: (value) =>
      Array.isArray(value) && value.length >= min && value.length <= max
        ? undefined
        : `has ${Array.isArray(value) ? value.length : 0} items`,
  };
}
