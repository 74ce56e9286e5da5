import { z } from "zod";
import { except, isExcepted } from "../declared.ts";
import { type Finding, notKnownYet, type Resource, stackRule } from "../rule.ts";
import { eachOf, refersTo } from "../stack.ts";
import { types } from "../types.ts";

export const deploymentLogs = stackRule({
  name: "deployment-logs",
  checks: "Checks that each deployment has an access and an execution log.",
  why: "Without them nobody can say who called, what was refused, and why a back end failed.",
  references: [
    "CKV_AWS_76 (Checkov), of Amazon's API Gateway",
    "OWASP Top 10 2021, A09 Security Logging and Monitoring Failures",
    "Oracle: Details for API Gateway Logs",
  ],
  severity: "medium",
  enforcement: "advisory",
  config: z.object({
    deployments: except("Deployments that are logged elsewhere, or not at all"),
    categories: z
      .array(z.enum(["access", "execution"]))
      .default(["access", "execution"])
      .describe("The logs that each deployment must have."),
  }),
  judgeStack: (resources, { deployments, categories }) =>
    eachOf(resources, types.deployment, (deployment) =>
      isExcepted(deployments, deployment)
        ? []
        : categories.flatMap((category) => missingLog(resources, deployment, "apigateway", category)),
    ),
});

export const applicationLogs = stackRule({
  name: "application-logs",
  checks: "Checks that each application has an invoke log.",
  why: "What functions write, and why one failed, is kept nowhere else.",
  references: [
    "OWASP Top 10 2021, A09 Security Logging and Monitoring Failures",
    "Oracle: Storing and Viewing Function Logs",
  ],
  severity: "medium",
  enforcement: "advisory",
  config: z.object({ applications: except("Applications that are logged elsewhere, or not at all") }),
  judgeStack: (resources, { applications }) =>
    eachOf(resources, types.application, (application) =>
      isExcepted(applications, application) ? [] : missingLog(resources, application, "functions", "invoke"),
    ),
});

function missingLog(
  resources: readonly Resource[],
  of: Resource,
  service: string,
  category: string,
): Finding[] {
  const key = `the ${category} log`;
  const logs = resources.filter((one) => one.type === types.log && isLogOf(one, service, category));
  const enabled = logs.filter(
    (log) => !log.properties.at("isEnabled").isKnown || log.properties.at("isEnabled").flag() !== false,
  );
  const verdicts = logs.map((log) => ({
    log,
    verdict: refersTo(log, "configuration", ["source", "resource"], of),
  }));
  if (verdicts.some(({ log, verdict }) => verdict === true && enabled.includes(log))) return [];
  const disabled = verdicts.find(({ verdict }) => verdict === true);
  if (disabled !== undefined) {
    return [{ key: `isEnabled of ${key} "${disabled.log.name}"`, value: false, cure: "set isEnabled: true" }];
  }
  const undecided = verdicts.find(({ verdict }) => verdict === undefined);
  if (undecided !== undefined) return [notKnownYet(`what the log "${undecided.log.name}" is of`)];
  const source = `{sourceType: "OCISERVICE", service: "${service}", category: "${category}", resource: ${of.name}.id}`;
  return [{ key, cure: `add a Log whose configuration.source is ${source}` }];
}

/** Of what isn't known, any log may be the one. */
function isLogOf({ properties }: Resource, service: string, category: string): boolean {
  const configuration = properties.at("configuration");
  if (!configuration.isKnown || !configuration.at("source").isKnown) return true;
  const source = configuration.at("source");
  const is = (name: string, text: string) => !source.at(name).isKnown || source.at(name).text() === text;
  return is("service", service) && is("category", category);
}
