import { randomBytes } from "node:crypto";
import { checkedBody } from "../../core/check.ts";
import { liveAndMatching } from "../../core/crud.ts";
import { type FieldProblem, OciError, refuseProblems } from "../../core/errors.ts";
import type { Call, Operation } from "../../core/operation.ts";
import { page } from "../../core/paging.ts";
import type { ResourceType } from "../../core/resource.ts";
import type { Body, Stored } from "../../core/store.ts";
import { defaultName, inVcnList, networkCommon, vcnProblems } from "./common.ts";
import { networkLimits as limits } from "./limits.ts";
import * as model from "./model.ts";
import { peerProblems } from "./tables.ts";

export const networkSecurityGroup: ResourceType = {
  ...networkCommon,
  type: "networkSecurityGroup",
  noun: "NetworkSecurityGroup",
  plural: "NetworkSecurityGroups",
  path: "/20160918/networkSecurityGroups",
  ocid: { type: "networksecuritygroup" },
  create: model.createNetworkSecurityGroup,
  update: model.updateNetworkSecurityGroup,
  list: inVcnList,
  state: "modelled",
  complete: (given, call) => ({
    displayName: given.displayName ?? defaultName("networksecuritygroup", call),
  }),
  check: vcnProblems,
  beforeCreate: async () => ({ rules: [] }),
  beforeDelete(stored, call) {
    const user = ["gateway", "application"]
      .flatMap((type) => call.emulation.store.list(type))
      .find(
        ({ body }) => (body.networkSecurityGroupIds as string[] | undefined)?.includes(stored.id) === true,
      );
    if (user !== undefined) {
      throw new OciError(
        "Conflict",
        `The network security group ${stored.id} is used by ${user.id}. You must remove the reference to proceed with this operation.`,
      );
    }
  },
};

const path = `${networkSecurityGroup.path}/:id`;
const common = { service: "core", state: "modelled" } as const;

export const securityRuleOperations: Operation[] = [
  {
    ...common,
    name: "ListNetworkSecurityGroupSecurityRules",
    method: "GET",
    path: `${path}/securityRules`,
    queryParameters: ["direction", "limit", "page"],
    run(call) {
      const { direction } = call.query;
      const rules = rulesOf(liveAndMatching(networkSecurityGroup, call));
      const wanted = rules.filter((rule) => direction === undefined || rule.direction === direction);
      return page(wanted, call.query, "array");
    },
  },
  {
    ...common,
    name: "AddNetworkSecurityGroupSecurityRules",
    method: "POST",
    path: `${path}/actions/addSecurityRules`,
    run(call) {
      const group = liveAndMatching(networkSecurityGroup, call);
      const given = checkedBody(model.addSecurityRules, call.rawBody).securityRules as Body[];
      refuseProblems(given.flatMap((rule, index) => ruleProblems(rule, index, call)));
      const added = given.map((rule) => completeRule(rule, call));
      const rules = [...rulesOf(group), ...added];
      const max = limits.rulesPerNetworkSecurityGroup;
      if (rules.length > max) {
        throw new OciError("LimitExceeded", `A network security group holds at most ${max} rules.`);
      }
      store(group, rules, call);
      return { status: 200, body: { securityRules: added }, resourceId: group.id };
    },
  },
  {
    ...common,
    name: "UpdateNetworkSecurityGroupSecurityRules",
    method: "POST",
    path: `${path}/actions/updateSecurityRules`,
    run(call) {
      const group = liveAndMatching(networkSecurityGroup, call);
      const given = checkedBody(model.updateSecurityRules, call.rawBody).securityRules as Body[];
      const rules = rulesOf(group);
      refuseProblems([
        ...given.flatMap((rule, index) => ruleProblems(rule, index, call)),
        ...unknownIds(
          rules,
          given.map(({ id }) => id),
          (index) => `securityRules[${index}].id`,
        ),
      ]);
      const updated = given.map((rule) => ({
        ...completeRule(rule, call),
        id: rule.id,
        timeCreated: rules.find(({ id }) => id === rule.id)?.timeCreated,
      }));
      store(
        group,
        rules.map((rule) => updated.find(({ id }) => id === rule.id) ?? rule),
        call,
      );
      return { status: 200, body: { securityRules: updated }, resourceId: group.id };
    },
  },
  {
    ...common,
    name: "RemoveNetworkSecurityGroupSecurityRules",
    method: "POST",
    path: `${path}/actions/removeSecurityRules`,
    run(call) {
      const group = liveAndMatching(networkSecurityGroup, call);
      const { securityRuleIds } = checkedBody(model.removeSecurityRules, call.rawBody);
      const ids = securityRuleIds as unknown[];
      const rules = rulesOf(group);
      refuseProblems(unknownIds(rules, ids, (index) => `securityRuleIds[${index}]`));
      store(
        group,
        rules.filter(({ id }) => !ids.includes(id)),
        call,
      );
      return { status: 204, resourceId: group.id };
    },
  },
];

function rulesOf(group: Stored): Body[] {
  return (group.hidden.rules ?? []) as Body[];
}

function store(group: Stored, rules: Body[], call: Call): void {
  call.emulation.store.put(group.type, group.id, group.body, { ...group.hidden, rules });
}

function unknownIds(rules: Body[], ids: unknown[], path: (index: number) => string): FieldProblem[] {
  return ids.flatMap((id, index) =>
    rules.some((rule) => rule.id === id)
      ? []
      : [{ path: path(index), message: `${JSON.stringify(id)} isn't a rule of this group` }],
  );
}

/** The peer is the source of an ingress rule and the destination of an egress rule, never the other. */
function ruleProblems(rule: Body, index: number, call: Call): FieldProblem[] {
  const [side, other] =
    rule.direction === "INGRESS"
      ? (["source", "destination"] as const)
      : (["destination", "source"] as const);
  const path = `securityRules[${index}]`;
  return [
    ...peerProblems(`${path}.${side}`, rule[side], rule[`${side}Type`], call),
    ...(rule[other] === undefined || rule[other] === ""
      ? []
      : [{ path: `${path}.${other}`, message: `doesn't belong in a rule of direction ${rule.direction}` }]),
  ];
}

function completeRule(rule: Body, call: Call): Body {
  const side = rule.direction === "INGRESS" ? "sourceType" : "destinationType";
  return {
    isStateless: false,
    [side]: "CIDR_BLOCK",
    ...rule,
    id: randomBytes(3).toString("hex").toUpperCase(),
    isValid: true,
    timeCreated: call.emulation.now().toISOString(),
  };
}
