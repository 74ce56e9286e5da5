import { z } from "zod";
import { except, isExcepted, orDeclare } from "../declared.ts";
import { type Caller, calleeOf, callerOf } from "../iam/calls.ts";
import { callJudge } from "../iam/grants.ts";
import { type Finding, notKnownYet, type Resource, stackRule } from "../rule.ts";
import { eachOf, targetsOf } from "../stack.ts";
import { types } from "../types.ts";

export const functionCallable = stackRule({
  name: "function-callable",
  checks:
    "Checks that a policy of the program lets the gateway call each function that a deployment leads to.",
  why: "Without one OCI refuses the deployment, or answers every call with 500; which statement is missing it doesn't say.",
  references: ["Oracle: Create Policies to Control Access to Network and API Gateway-Related Resources"],
  severity: "medium",
  enforcement: "advisory",
  config: z.object({ grantedElsewhere: except("Functions whose policies aren't the program's") }),
  judgeStack(resources, { grantedElsewhere }) {
    const of = (type: string) => resources.filter((one) => one.type === type);
    const judge = callJudge(of(types.policy), of(types.dynamicGroup));
    const applications = targetsOf(resources, types.application);
    const leading = leadingTo(resources);
    return eachOf(resources, types.function, (func): Finding[] => {
      const callers = isExcepted(grantedElsewhere, func) ? [] : (leading.get(func)?.values() ?? []);
      const callee = calleeOf(func, applications);
      for (const { deployment, caller } of callers) {
        const verdict = judge({ ...callee, ...caller });
        const key = `the statement that lets the gateway of ${deployment.name} call it`;
        if (verdict === "later") return [notKnownYet(key)];
        if (verdict === "no") return [{ key, cure: `${cure}, ${orDeclare("grantedElsewhere", func.name)}` }];
      }
      return [];
    });
  },
});

const cure = `write "Allow any-user to use functions-family in compartment id <the functions'> where ALL {request.principal.type = 'ApiGateway', request.resource.compartment.id = '<the gateway's>'}"`;

/** The first of the deployments whose gateways are alike to a policy. */
interface Leading {
  deployment: Resource;
  caller: Caller;
}

/** For each function the deployments that lead to it: by what the specification is made of, or by the OCID in it. */
function leadingTo(resources: readonly Resource[]): ReadonlyMap<Resource, ReadonlyMap<string, Leading>> {
  const gateways = targetsOf(resources, types.gateway);
  const functions = targetsOf(resources, types.function);
  const leading = new Map<Resource, Map<string, Leading>>();
  for (const deployment of resources.filter(({ type }) => type === types.deployment)) {
    const caller = callerOf(deployment, gateways);
    const key = JSON.stringify([String(caller.gatewayId), String(caller.gatewayCompartmentId)]);
    const used = (deployment.uses.specification ?? []).filter(({ type }) => type === types.function);
    const specification = deployment.properties.at("specification");
    const texts = specification.isKnown ? textsIn(specification.read()) : [];
    const named = texts.flatMap((text) => functions.byId.get(text) ?? []);
    for (const func of new Set([...used, ...named])) {
      const callers = leading.get(func) ?? new Map<string, Leading>();
      leading.set(func, callers);
      if (!callers.has(key)) callers.set(key, { deployment, caller });
    }
  }
  return leading;
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
