import { DynamicGroup } from "@pulumi/oci/identity/dynamicGroup.js";
import { Policy } from "@pulumi/oci/identity/policy.js";
import type { Provider } from "@pulumi/oci/provider.js";
import * as pulumi from "@pulumi/pulumi";
import type { AccessArgs } from "./args.ts";
import { checkedInput, isPlain, plainProblems, refuse } from "./checked.ts";
import { regionProvider } from "./home-region.ts";
import { checkAccess, existingSubject } from "./model/access.ts";
import {
  compartmentStatements,
  functionsStatements,
  furtherStatement,
  matchingRule,
  type Subject,
} from "./model/iam.ts";
import { checkMatchingRule } from "./model/matching-rule.ts";
import { checkIamName, physicalName } from "./model/names.ts";
import { checkOcid } from "./model/ocids.ts";
import type { Problem } from "./model/problems.ts";
import { checkStatement, checkStatementCount } from "./model/statements.ts";

/** Arguments of {@link GatewayAccess}. */
export interface GatewayAccessArgs {
  /** OCID of the tenancy, in whose root compartment the dynamic group is made ("Managing Dynamic Groups"). */
  tenancyId: pulumi.Input<string>;
  /** OCID of the gateway's compartment. */
  gatewayCompartmentId: pulumi.Input<string>;
  /** OCID of the gateway, which scope `functions` names. */
  gatewayId: pulumi.Input<string>;
  /** Functions that the gateway may call, by key; at least one. */
  functions: Readonly<Record<string, CallableFunction>>;
  /**
   * Mode, scope and further statements.
   * @default - a dynamic group and a policy for it, scope `compartment`
   */
  access?: AccessArgs | undefined;
  /** Region of the stack's provider. */
  region: string;
  /**
   * The tenancy's home region; when it is another one, group and policies go through a provider of their own.
   * @default - the same as `region`
   */
  homeRegion?: string | undefined;
  /**
   * Names of dynamic group and policies.
   * @default - `<project>-<stack>-<name>-<noun>`
   */
  physicalName?: ((noun: string) => string) | undefined;
  /** Free-form tags of group and policies. @default - none */
  freeformTags?: Readonly<Record<string, string>> | undefined;
}

export interface CallableFunction {
  id: pulumi.Input<string>;
  /** OCID of the function's compartment, which its policy is written to. */
  compartmentId: pulumi.Input<string>;
}

/**
 * Lets a gateway call functions: a dynamic group (or an existing one, or `any-user`) and a policy for each of the
 * functions' compartments. Further statements stand in the policy of the first function's compartment.
 *
 * @example
 * new GatewayAccess("shop", { tenancyId, gatewayCompartmentId, gatewayId, functions: { hello }, region });
 */
export class GatewayAccess extends pulumi.ComponentResource {
  /** OCID of the dynamic group; undefined when it is given by name, or access is for any-user. */
  readonly dynamicGroupId: pulumi.Output<string | undefined>;
  readonly policyIds: pulumi.Output<string[]>;
  /**
   * What must exist before a deployment that calls the functions is created: OCI checks access at that moment. That
   * group and policy exist doesn't mean yet that they have effect in the region.
   */
  readonly ready: pulumi.Output<pulumi.Resource[]>;
  readonly nodes: {
    readonly homeRegion: Provider | undefined;
    readonly dynamicGroup: DynamicGroup | undefined;
    /** By the key of the first function, in the order of their names, of each compartment. */
    readonly policies: Readonly<Record<string, Policy>>;
  };

  constructor(name: string, args: GatewayAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("oci-serverless-api:index:GatewayAccess", name, {}, opts);
    refuse("gateway-access", name, accessProblems(args.access ?? {}), this);

    const homeRegion = createHomeRegion(name, args, this);
    const identity = { parent: this, ...(homeRegion === undefined ? {} : { provider: homeRegion }) };
    const dynamicGroup = createDynamicGroup(name, args, identity);
    const subject = subjectOf(name, args, dynamicGroup, this);
    const policies = createPolicies(name, args, subject, identity);

    const all = Object.values(policies);
    this.dynamicGroupId = pulumi.output(dynamicGroup?.id ?? groupIdOf(args.access));
    this.policyIds = pulumi.all(all.map((policy) => policy.id));
    this.ready = pulumi.output(dynamicGroup === undefined ? all : [dynamicGroup, ...all]);
    this.nodes = { homeRegion, dynamicGroup, policies };
    this.registerOutputs({ dynamicGroupId: this.dynamicGroupId, policyIds: this.policyIds });
  }
}

type IdentityOptions = pulumi.CustomResourceOptions & { parent: pulumi.Resource };

/** What is wrong with access as far as it is plain. */
export function accessProblems(access: AccessArgs): Problem[] {
  const { groupId, group } = { groupId: undefined, group: undefined, ...access };
  const isKnown = groupId === undefined || isPlain(groupId);
  const statements = access.statements ?? [];
  return [
    ...checkAccess({ ...access, groupId: isKnown ? groupId : true, group }),
    ...statements.flatMap((statement, index) => plainProblems(statement, statementCheck(access, index))),
    ...checkStatementCount(statements.length + baseCount(access), "access.statements"),
  ];
}

function createHomeRegion(name: string, args: GatewayAccessArgs, parent: pulumi.Resource) {
  const { region, homeRegion = region } = args;
  return homeRegion === region ? undefined : regionProvider(`${name}-home-region`, homeRegion, parent);
}

function createDynamicGroup(name: string, args: GatewayAccessArgs, opts: IdentityOptions) {
  if ((args.access?.mode ?? "create") !== "create") return undefined;
  const physical = nameOf(name, args, "gateways");
  refuse("gateway-access", name, checkIamName(physical, "physicalName"), opts.parent);
  return new DynamicGroup(
    `${name}-group`,
    {
      compartmentId: tenancyOf(name, args, opts.parent),
      name: physical,
      description: `API gateways that call the functions of ${program()}`,
      matchingRule: checkedInput(
        "gateway-access",
        name,
        pulumi.output(args.gatewayCompartmentId).apply(matchingRule),
        (rule) => checkMatchingRule(rule, "matchingRule"),
        opts.parent,
      ),
      ...tagsOf(args),
    },
    opts,
  );
}

function subjectOf(
  name: string,
  { access = {} }: GatewayAccessArgs,
  dynamicGroup: DynamicGroup | undefined,
  parent: pulumi.Resource,
): pulumi.Output<Subject> {
  if (dynamicGroup !== undefined) return dynamicGroup.id.apply((id): Subject => ({ kind: "group-id", id }));
  if (access.mode !== "existing") return pulumi.output<Subject>({ kind: "any-user" });
  const { group } = access;
  if (access.groupId === undefined) return pulumi.output(existingSubject({ group }));
  const check = (id: string) => checkOcid("group-ocid", id, "access.groupId");
  const groupId = checkedInput("gateway-access", name, access.groupId, check, parent);
  return pulumi.output(groupId).apply((id) => existingSubject({ groupId: id }));
}

function createPolicies(
  name: string,
  args: GatewayAccessArgs,
  subject: pulumi.Output<Subject>,
  opts: IdentityOptions,
): Record<string, Policy> {
  const entries = byCompartment(args.functions).map(({ key, compartmentId, ids }, index) => {
    const noun = index === 0 ? "policy" : `policy-${key}`;
    const physical = nameOf(name, args, noun);
    refuse("gateway-access", name, checkIamName(physical, "physicalName"), opts.parent);
    const grants = grantStatements(args, subject, compartmentId, ids);
    const further = index === 0 ? furtherStatements(name, args, subject, opts.parent) : [];
    const policy = new Policy(
      `${name}-${noun}`,
      {
        compartmentId,
        name: physical,
        description: `Lets the API gateway of ${program()} call its functions`,
        statements: [...grants, ...further],
        ...tagsOf(args),
      },
      // Names of policies are unique in the tenancy: in another compartment it can't stand beside the old one.
      { ...opts, deleteBeforeReplace: true },
    );
    return [key, policy] as const;
  });
  return Object.fromEntries(entries);
}

/** Functions of each compartment: equal texts are one compartment, an Output is one with itself only. */
function byCompartment(functions: GatewayAccessArgs["functions"]) {
  const groups: { key: string; compartmentId: pulumi.Input<string>; ids: pulumi.Input<string>[] }[] = [];
  for (const [key, { id, compartmentId }] of Object.entries(functions)) {
    const group = groups.find((one) => one.compartmentId === compartmentId);
    if (group === undefined) groups.push({ key, compartmentId, ids: [id] });
    else group.ids.push(id);
  }
  return groups;
}

/** Each statement on its own, so that a preview shows those that are known. */
function grantStatements(
  args: GatewayAccessArgs,
  subject: pulumi.Output<Subject>,
  functionsCompartmentId: pulumi.Input<string>,
  functionIds: pulumi.Input<string>[],
): pulumi.Output<string>[] {
  const facts = { subject, functionsCompartmentId, gatewayCompartmentId: args.gatewayCompartmentId };
  if (args.access?.scope !== "functions") {
    return [pulumi.output(facts).apply((known) => compartmentStatements(known).join())];
  }
  const statements = pulumi
    .output({ ...facts, gatewayId: args.gatewayId, functionIds })
    .apply((known) => functionsStatements(known));
  return [0, 1].map((index) => statements.apply((texts) => texts[index] ?? ""));
}

function furtherStatements(
  name: string,
  { access = {} }: GatewayAccessArgs,
  subject: pulumi.Output<Subject>,
  parent: pulumi.Resource,
): pulumi.Output<string>[] {
  return (access.statements ?? []).map((statement, index) => {
    const checked = checkedInput("gateway-access", name, statement, statementCheck(access, index), parent);
    return pulumi.all([checked, subject]).apply(([text, who]) => furtherStatement(text, who));
  });
}

function statementCheck(access: AccessArgs, index: number) {
  return (statement: string) =>
    checkStatement(statement, access.mode !== "any-user", `access.statements[${index}]`);
}

function baseCount(access: AccessArgs): number {
  return access.scope === "functions" ? 2 : 1;
}

function tenancyOf(name: string, { tenancyId }: GatewayAccessArgs, parent: pulumi.Resource) {
  const check = (id: string) => checkOcid("tenancy-ocid", id, "tenancyId");
  refuse("gateway-access", name, plainProblems(tenancyId, check), parent);
  return checkedInput("gateway-access", name, tenancyId, check, parent);
}

function groupIdOf(access: AccessArgs | undefined): pulumi.Input<string> | undefined {
  return access?.mode === "existing" ? access.groupId : undefined;
}

function tagsOf({ freeformTags }: GatewayAccessArgs) {
  return freeformTags === undefined ? {} : { freeformTags: { ...freeformTags } };
}

function nameOf(name: string, args: GatewayAccessArgs, noun: string): string {
  const parts = { project: pulumi.getProject(), stack: pulumi.getStack(), name };
  return args.physicalName?.(noun) ?? physicalName(parts, noun);
}

function program(): string {
  return `${pulumi.getProject()}, stack ${pulumi.getStack()}`;
}
