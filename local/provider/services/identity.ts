import { IamSyntaxError, parseMatchingRule, parseStatement } from "../../../emulator/iam/index.ts";
import { identityLimits as limits } from "../../../emulator/services/identity/limits.ts";
import { unknownValue } from "../../values.ts";
import { type ResourceRow, tags } from "../rows.ts";
import type { PropertyRule } from "../rules.ts";

const identity = {
  isAsynchronous: false,
  readyState: "ACTIVE",
  goneState: "DELETED",
  isMovable: false,
} as const;

/** "Managing Dynamic Groups"; the sentence in quotes is OCI's own. */
const groupRules: readonly PropertyRule[] = [
  {
    property: "compartmentId",
    cure: 'must be the tenancy\'s OCID (ocid1.tenancy.…), wherever the gateways and functions are, for example compartmentId: new pulumi.Config("oci").require("tenancyOcid"). OCI would answer "Dynamic group can only be created in the tenancy compartment"',
    finding: (value) => (/^ocid1\.tenancy\./.test(String(value)) ? undefined : `is ${JSON.stringify(value)}`),
  },
  {
    property: "matchingRule",
    cure: "must be conditions on resource.type, resource.id or resource.compartment.id, for example matchingRule: \"ALL {resource.type = 'ApiGateway', resource.compartment.id = 'ocid1.compartment…'}\"",
    finding: (value) => syntaxFault(String(value), parseMatchingRule) ?? typeFault(String(value)),
  },
];

/** "Policy Syntax", "Service Limits". */
const policyRules: readonly PropertyRule[] = [
  {
    property: "statements",
    cure: `must be 1 to ${limits.statementsPerPolicy} statements of the form "Allow <subject> to <verb> <resource-type> in <location> [where <conditions>]", for example "Allow dynamic-group id ocid1.dynamicgroup… to use functions-family in compartment id ocid1.compartment…"`,
    finding: (value) => (Array.isArray(value) ? statementsFault(value) : undefined),
  },
];

function syntaxFault(text: string, parse: (text: string) => unknown): string | undefined {
  try {
    parse(text);
    return undefined;
  } catch (error) {
    if (!(error instanceof IamSyntaxError)) throw error;
    return `is ${JSON.stringify(text)}, wrong at ${error.message}`;
  }
}

/** OCI takes any type; this one, which older texts name, matches nothing. */
function typeFault(rule: string): string | undefined {
  return /resource\.type\s*=\s*'fnfunction'/i.test(rule)
    ? `is ${JSON.stringify(rule)}, and 'fnfunction' matches no function: a function's type is 'fnfunc'`
    : undefined;
}

function statementsFault(statements: readonly unknown[]): string | undefined {
  if (statements.length === 0 || statements.length > limits.statementsPerPolicy) {
    return `has ${statements.length} statements`;
  }
  const faults = statements.flatMap((statement, index) => {
    if (statement === unknownValue) return [];
    const fault = syntaxFault(String(statement), parseStatement);
    return fault === undefined ? [] : [`[${index}] ${fault}`];
  });
  return faults.length === 0 ? undefined : faults.join("; ");
}

export const identityRows: Readonly<Record<string, ResourceRow>> = {
  "oci:Identity/dynamicGroup:DynamicGroup": {
    ...identity,
    collection: "/20160918/dynamicGroups",
    properties: {
      compartmentId: "string",
      description: "string",
      matchingRule: "string",
      name: "string",
      ...tags,
    },
    required: ["compartmentId", "description", "matchingRule"],
    rules: groupRules,
    createOnly: ["compartmentId", "name"],
  },
  "oci:Identity/policy:Policy": {
    ...identity,
    collection: "/20160918/policies",
    properties: {
      compartmentId: "string",
      description: "string",
      name: "string",
      statements: "list",
      versionDate: "string",
      ...tags,
    },
    required: ["compartmentId", "description", "statements"],
    rules: policyRules,
    createOnly: ["compartmentId", "name"],
  },
  "oci:Identity/compartment:Compartment": {
    ...identity,
    collection: "/20160918/compartments",
    properties: {
      compartmentId: "string",
      description: "string",
      enableDelete: "boolean",
      name: "string",
      ...tags,
    },
    required: ["description"],
    createOnly: [],
    unsent: ["enableDelete"],
    unchangeable: ["compartmentId"],
  },
};
