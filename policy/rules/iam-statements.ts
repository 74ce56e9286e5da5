import { z } from "zod";
import { limits } from "../../components/model/limits.ts";
import { matches, orDeclare } from "../declared.ts";
import { type Comparison, demands } from "../iam/condition.ts";
import { type Grant, isForAnyone, isTenancyWide, parseStatement } from "../iam/statement.ts";
import { each, type Finding, type Resource, type Rule, resourceRule } from "../rule.ts";
import { types } from "../types.ts";

const statementExample =
  '"Allow dynamic-group shop-gateways to use functions-family in compartment id ocid1.compartment.oc1..example"';

/** Statements of a policy that are meant to be as they are. */
const statements = (what: string, ...always: string[]) =>
  z
    .array(z.string())
    .default(always)
    .describe(`${what}, each as written or a pattern in which "*" stands for any text; case doesn't matter.`);

function isDeclared(patterns: readonly string[], statement: string): boolean {
  return patterns.some((pattern) => matches(pattern.toLowerCase(), statement.toLowerCase()));
}

/** Judges each grant of a policy; what can't be read is for `iam-policy-readable`. */
function eachGrant(
  policy: Resource,
  cureOf: (grant: Grant, statement: string) => string | undefined,
): Finding[] {
  return each(policy.properties.at("statements").items(), (value) => {
    const text = value.text();
    if (text === undefined) return [];
    const grant = parseStatement(text);
    if (typeof grant === "string" || grant.kind === "other") return [];
    const cure = cureOf(grant, text.trim());
    return cure === undefined ? [] : [{ key: value.key, value: text, cure }];
  });
}

export const anyUserConditions = resourceRule({
  name: "iam-any-user-conditions",
  checks:
    "Checks that any-user and any-group come with conditions on the caller's type and its compartment or OCID.",
  why: "Without them everybody who is signed in, and every resource of the tenancy, has what the statement gives; with the type alone every gateway of every team has it.",
  references: [
    "Oracle: Policy Syntax",
    "Oracle: Create Policies to Control Access to Network and API Gateway-Related Resources",
    "CIS OCI Foundations 3.1, 1.1",
  ],
  severity: "critical",
  enforcement: "mandatory",
  config: z.object({ declared: statements("Statements for everybody that are meant") }),
  types: [types.policy],
  judge: (policy, { declared }) =>
    eachGrant(policy, (grant, text) => {
      if (!isForAnyone(grant) || isDeclared(declared, text)) return undefined;
      const { condition } = grant;
      const missing = [
        ...(condition !== undefined && demands(condition, isCallerType)
          ? []
          : ["request.principal.type = 'ApiGateway'"]),
        ...(condition !== undefined && demands(condition, isCaller)
          ? []
          : ["request.resource.compartment.id = '<OCID of the gateway's compartment>'"]),
      ];
      if (missing.length === 0) return undefined;
      return `every caller must meet ${missing.join(" and ")}: write it in "where ALL {…}", ${orDeclare("declared", text)}`;
    }),
});

function isCallerType({ variable, operator, values }: Comparison): boolean {
  return variable === "request.principal.type" && isOneOf(operator) && !values.includes("*");
}

/** Documents name a gateway's compartment by `request.resource.compartment.id`. */
const callers = [
  "request.principal.id",
  "request.principal.compartment.id",
  "request.resource.compartment.id",
];

function isCaller({ variable, operator, values }: Comparison): boolean {
  return callers.includes(variable) && isOneOf(operator) && values.every(isOneOcid);
}

// `/ocid1.apigateway.*/` is all of them.
function isOneOcid(value: string): boolean {
  return value.startsWith("ocid1.") && !value.includes("*");
}

function isOneOf(operator: Comparison["operator"]): boolean {
  return operator === "=" || operator === "in";
}

export const noAllResources = resourceRule({
  name: "iam-no-all-resources",
  checks: "Checks that no statement gives use or manage of all-resources.",
  why: "It gives away everything that OCI has or will have, other people's data and rights among it.",
  references: ["CIS OCI Foundations 3.1, 1.2"],
  severity: "critical",
  enforcement: "mandatory",
  config: z.object({ declared: statements("Statements of administrators that are meant") }),
  types: [types.policy],
  judge: (policy, { declared }) =>
    eachGrant(policy, (grant, text) => {
      const isBroad =
        grant.types.includes("all-resources") && (grant.verb === "use" || grant.verb === "manage");
      if (!isBroad || isDeclared(declared, text)) return undefined;
      return `name the resource types, for example functions-family, ${orDeclare("declared", text)}`;
    }),
});

export const manageDeclared = resourceRule({
  name: "iam-manage-declared",
  checks: "Checks that verbs aren't broader than needed: manage only where it is declared.",
  why: "A gateway calls functions with use functions-family; with manage who takes it over can change or delete them.",
  references: ["CIS OCI Foundations 3.1, 1.1", "Oracle: Details for Functions", "Oracle: Verbs"],
  severity: "high",
  enforcement: "mandatory",
  config: z.object({ declared: statements("Statements with manage that are needed") }),
  types: [types.policy],
  judge: (policy, { declared }) =>
    eachGrant(policy, ({ verb, types: given }, text) => {
      // Of all resources another rule speaks.
      if (verb !== "manage" || given.includes("all-resources") || isDeclared(declared, text))
        return undefined;
      return `write use ${given.join(", ")} or less, ${orDeclare("declared", text)}`;
    }),
});

export const tenancyWideDeclared = resourceRule({
  name: "iam-tenancy-wide-declared",
  checks: "Checks that locations aren't broader than needed: in tenancy only where it is declared.",
  why: "What is given in the tenancy holds in every compartment, other teams' and those of tomorrow among them.",
  references: ["CIS OCI Foundations 3.1, 1.1", "Oracle: Policy Attachment"],
  severity: "high",
  enforcement: "mandatory",
  config: z.object({
    declared: statements(
      "Statements for the tenancy that are needed",
      "* to read objectstorage-namespaces in tenancy",
    ),
  }),
  types: [types.policy],
  judge: (policy, { declared }) =>
    eachGrant(policy, (grant, text) => {
      if (!isTenancyWide(grant) || isDeclared(declared, text)) return undefined;
      return `write "in compartment id ocid1.compartment…", ${orDeclare("declared", text)}`;
    }),
});

export const policyReadable = resourceRule({
  name: "iam-policy-readable",
  checks: `Checks that a policy has 1 to ${limits.statementsPerPolicy} statements, and that each can be read.`,
  why: "OCI refuses other policies halfway through an update, and what the other rules can't read they can't judge.",
  references: ["Oracle: Policy Syntax", "Oracle: Service Limits"],
  severity: "medium",
  enforcement: "mandatory",
  config: z.object({}),
  types: [types.policy],
  judge({ properties }) {
    const list = properties.at("statements");
    const given = list.items();
    const cure = `give 1 to ${limits.statementsPerPolicy}, in a second policy what is more`;
    const count: Finding[] =
      given.length >= 1 && given.length <= limits.statementsPerPolicy
        ? []
        : [{ key: `${list.key}.length`, value: given.length, cure }];
    return [...count, ...each(given, (value) => unreadable(value.key, value.text()))];
  },
});

function unreadable(key: string, text: string | undefined): Finding[] {
  if (text === undefined) return [];
  const parsed = parseStatement(text);
  if (typeof parsed !== "string") return [];
  return [{ key, value: text, cure: `it ${parsed}; write for example ${statementExample}` }];
}

export const statementRules: readonly Rule[] = [
  anyUserConditions,
  noAllResources,
  manageDeclared,
  tenancyWideDeclared,
  policyReadable,
];
