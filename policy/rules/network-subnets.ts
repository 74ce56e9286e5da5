import { z } from "zod";
import { except, isExcepted, isProduction, orDeclare, productionStacks } from "../declared.ts";
import { isOn, logsOf } from "../logs.ts";
import { type Finding, notKnownYet, type Resource, type Rule, stackRule } from "../rule.ts";
import { eachOf, namedBy, targetsOf } from "../stack.ts";
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
  judgeStack(resources, { publicSubnets }) {
    const used = functionsSubnets(resources);
    return eachOf(resources, types.subnet, (subnet): Finding[] => {
      if (isExcepted(publicSubnets, subnet) || !used.has(subnet)) return [];
      const { properties } = subnet;
      const prohibited = properties.at("prohibitPublicIpOnVnic");
      const flag = prohibited.flag();
      if (flag === true || properties.at("prohibitInternetIngress").flag() === true) return [];
      const cure = `make it true, ${orDeclare("publicSubnets", subnet.name)}`;
      return [{ key: prohibited.key, ...(flag === undefined ? {} : { value: flag }), cure }];
    });
  },
});

/** By what an application's list of subnets is made of, and by the OCIDs in it. */
function functionsSubnets(resources: readonly Resource[]): ReadonlySet<Resource> {
  const { byId } = targetsOf(resources, types.subnet);
  const applications = resources.filter(({ type }) => type === types.application);
  return new Set(
    applications.flatMap(({ uses, properties }) => {
      const ids = properties.at("subnetIds");
      const known = ids.isKnown ? ids.items().filter((one) => one.isKnown) : [];
      return [...(uses.subnetIds ?? []), ...known.flatMap((one) => byId.get(one.text() ?? "") ?? [])];
    }),
  );
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
    const vcns = targetsOf(resources, types.vcn);
    // A log that is off is none, whatever it is of.
    const logs = logsOf(
      resources.filter(isOn),
      { service: "flowlogs" },
      targetsOf(resources, types.subnet, types.vcn),
    );
    return eachOf(resources, types.subnet, (subnet): Finding[] => {
      // unverified: a VCN's flow log covers its subnets
      const covering = [subnet, ...(namedBy(subnet, "vcnId", [], vcns) ?? [])];
      if (isExcepted(subnets, subnet) || covering.some((one) => logs.of(one).length > 0)) return [];
      // A log of what isn't known yet could be this one's.
      if (logs.undecided !== undefined) return [notKnownYet("the flow log")];
      const source = `{sourceType: "OCISERVICE", service: "flowlogs", category: "all", resource: ${subnet.name}.id}`;
      const cure = `add a Log whose configuration.source is ${source}, ${orDeclare("subnets", subnet.name)}`;
      return [{ key: "the flow log", cure }];
    });
  },
});

export const subnetRules: readonly Rule[] = [functionsSubnetPrivate, flowLogs];
