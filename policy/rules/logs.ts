import { z } from "zod";
import { except, isExcepted, orDeclare } from "../declared.ts";
import { isOn, type Logs, logsOf } from "../logs.ts";
import { type Finding, notKnownYet, type Resource, stackRule } from "../rule.ts";
import { eachOf, type Targets, targetsOf } from "../stack.ts";
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
  judgeStack(resources, { deployments, categories }) {
    const targets = targetsOf(resources, types.deployment);
    const kinds = categories.map((category) => kindOf(resources, "apigateway", category, targets));
    return eachOf(resources, types.deployment, (deployment) =>
      isExcepted(deployments, deployment)
        ? []
        : kinds.flatMap((kind) => missingLog(kind, deployment, orDeclare("deployments", deployment.name))),
    );
  },
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
  judgeStack(resources, { applications }) {
    const kind = kindOf(resources, "functions", "invoke", targetsOf(resources, types.application));
    return eachOf(resources, types.application, (application) =>
      isExcepted(applications, application)
        ? []
        : missingLog(kind, application, orDeclare("applications", application.name)),
    );
  },
});

interface Kind {
  service: string;
  category: string;
  logs: Logs;
}

function kindOf(resources: readonly Resource[], service: string, category: string, targets: Targets): Kind {
  return { service, category, logs: logsOf(resources, { service, category }, targets) };
}

function missingLog({ service, category, logs }: Kind, of: Resource, otherwise: string): Finding[] {
  const key = `the ${category} log`;
  const own = logs.of(of);
  if (own.some(isOn)) return [];
  const [off] = own;
  if (off !== undefined) {
    const cure = `set isEnabled: true, ${otherwise}`;
    return [{ key: `isEnabled of ${key} "${off.name}"`, value: false, cure }];
  }
  if (logs.undecided !== undefined) return [notKnownYet(`what the log "${logs.undecided.name}" is of`)];
  const source = `{sourceType: "OCISERVICE", service: "${service}", category: "${category}", resource: ${of.name}.id}`;
  return [{ key, cure: `add a Log whose configuration.source is ${source}, ${otherwise}` }];
}
