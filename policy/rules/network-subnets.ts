import { z } from "zod";
import { except, isExcepted, isProduction, productionStacks } from "../declared.ts";
import { type Finding, notKnownYet, type Resource, type Rule, stackRule } from "../rule.ts";
import { eachOf, refersTo } from "../stack.ts";
import { types } from "../types.ts";

export const functionsSubnetPrivate = stackRule({
  name: "network-functions-subnet-private",
  checks: "Checks that functions run in private subnets, as far as the program makes them.",
  why: "Functions need no address of their own: a private subnet with a service gateway reaches Oracle's services, and nothing reaches in. It doesn't hide the functions' invoke endpoint: that only policies do.",
  references: [
    "CIS OCI Foundations 3.1, 2",
    "Oracle: Creating the VCN and Subnets to Use with OCI Functions",
  ],
  severity: "medium",
  enforcement: "advisory",
  config: z.object({ publicSubnets: except("Subnets of functions that are meant to be public") }),
  judgeStack: (resources, { publicSubnets }) =>
    eachOf(resources, types.subnet, (subnet): Finding[] => {
      if (isExcepted(publicSubnets, subnet)) return [];
      if (!resources.some((one) => one.type === types.application && runsIn(one, subnet))) return [];
      const { properties } = subnet;
      const prohibited = properties.at("prohibitPublicIpOnVnic");
      const flag = prohibited.flag();
      if (flag === true || properties.at("prohibitInternetIngress").flag() === true) return [];
      const cure = `make it true, or declare it: publicSubnets: ["${subnet.name}"]`;
      return [{ key: prohibited.key, ...(flag === undefined ? {} : { value: flag }), cure }];
    }),
});

function runsIn(application: Resource, subnet: Resource): boolean {
  const used = application.uses.subnetIds ?? [];
  if (used.includes(subnet)) return true;
  const ids = application.properties.at("subnetIds");
  const id = subnet.properties.at("id");
  if (!ids.isKnown || !id.isKnown || !id.isSet) return false;
  return ids.items().some((one) => one.isKnown && one.text() === id.text());
}

export const flowLogs = stackRule({
  name: "network-flow-log",
  checks: "Checks that in production each subnet has a flow log, its own or its VCN's.",
  why: "Without it nobody can say afterwards which connections were made, and which were refused.",
  references: ["CIS OCI Foundations 3.1, 4.13", "Oracle: VCN Flow Logs"],
  severity: "medium",
  enforcement: "advisory",
  config: z.object({ productionStacks, subnets: except("Subnets whose flow logs are made elsewhere") }),
  judgeStack(resources, { productionStacks: stacks, subnets }, context) {
    if (!isProduction(stacks, context)) return [];
    return eachOf(resources, types.subnet, (subnet) =>
      isExcepted(subnets, subnet) ? [] : missingFlowLog(resources, subnet),
    );
  },
});

function missingFlowLog(resources: readonly Resource[], subnet: Resource): Finding[] {
  const vcns = resources.filter(
    (one) => one.type === types.vcn && refersTo(subnet, "vcnId", [], one) === true,
  );
  // unverified: a VCN's flow log covers its subnets
  const answers = resources
    .filter(isFlowLog)
    .map((log) =>
      [subnet, ...vcns].map((target) => refersTo(log, "configuration", ["source", "resource"], target)),
    );
  if (answers.flat().includes(true)) return [];
  // A log of what isn't known yet could be this one's.
  if (answers.some((of) => of.includes(undefined) && !of.includes(false)))
    return [notKnownYet("the flow log")];
  const cure = `add a Log whose configuration.source is {sourceType: "OCISERVICE", service: "flowlogs", category: "all", resource: ${subnet.name}.id}, or declare it: subnets: ["${subnet.name}"]`;
  return [{ key: "the flow log", cure }];
}

function isFlowLog({ type, properties }: Resource): boolean {
  if (type !== types.log) return false;
  const configuration = properties.at("configuration");
  if (!configuration.isKnown || !configuration.at("source").isKnown) return true;
  const service = configuration.at("source", "service");
  const isEnabled = properties.at("isEnabled");
  if (isEnabled.isKnown && isEnabled.flag() === false) return false;
  return !service.isKnown || service.text() === "flowlogs";
}

export const subnetRules: readonly Rule[] = [functionsSubnetPrivate, flowLogs];
