import { z } from "zod";
import { except, isExcepted } from "../declared.ts";
import { any, callOf, letsCall, type Verdict } from "../iam/calls.ts";
import { type Finding, notKnownYet, type Resource, stackRule } from "../rule.ts";
import { eachOf } from "../stack.ts";
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
    const deployments = resources.filter((one) => one.type === types.deployment);
    return eachOf(resources, types.function, (func): Finding[] => {
      if (isExcepted(grantedElsewhere, func)) return [];
      return deployments
        .filter((deployment) => leadsTo(deployment, func))
        .flatMap((deployment) => judge(func, deployment, resources))
        .slice(0, 1);
    });
  },
});

function judge(func: Resource, deployment: Resource, resources: readonly Resource[]): Finding[] {
  const call = callOf(func, deployment, resources);
  const groups = resources.filter((one) => one.type === types.dynamicGroup);
  const policies = resources.filter((one) => one.type === types.policy);
  const verdicts = policies.flatMap(({ properties }): Verdict[] => {
    const statements = properties.at("statements");
    if (!statements.isKnown) return ["later"];
    return statements.items().map((statement) => letsCall(statement, call, groups));
  });
  const verdict = any(verdicts);
  if (verdict === "yes") return [];
  const key = `the statement that lets the gateway of ${deployment.name} call it`;
  if (verdict === "later") return [notKnownYet(key)];
  const cure = `write "Allow any-user to use functions-family in compartment id <the functions'> where ALL {request.principal.type = 'ApiGateway', request.resource.compartment.id = '<the gateway's>'}", or declare it: grantedElsewhere: ["${func.name}"]`;
  return [{ key, cure }];
}

/** By what the specification is made of, or by the function's OCID in it. */
function leadsTo({ uses, properties }: Resource, func: Resource): boolean {
  if (uses.specification?.includes(func)) return true;
  const specification = properties.at("specification");
  const id = func.properties.at("id");
  if (!specification.isKnown || !id.isKnown || !id.isSet) return false;
  return JSON.stringify(specification.read() ?? "").includes(JSON.stringify(id.text()));
}
