import type * as pulumi from "@pulumi/pulumi";
import { ApiLogs, type LogSubject } from "./api-logs.ts";
import type { ExistingApplicationArgs, ServerlessApiArgs } from "./args.ts";
import type { FunctionApp } from "./function-app.ts";
import { loggedApplications } from "./logged-applications.ts";
import type { LoggingArgs } from "./logging-args.ts";
import { type LogCategory, type LoggedApplication, wantedLogs } from "./model/logging.ts";
import type { Problem } from "./model/problems.ts";
import type { Context } from "./serverless-api-routes.ts";

/** What is known of the application that the API's functions lie in. */
export function loggedApplication(
  args: Pick<ServerlessApiArgs, "application" | "functions">,
): LoggedApplication {
  const functions = Object.values(args.functions ?? {});
  if (functions.length === 0) return "none";
  if ("applicationId" in Object(args.application)) return "existing";
  return functions.some((one) => !("functionId" in Object(one))) ? "created" : "none";
}

/** What is wrong with an API's logs beside those of the APIs that this program has declared already. */
export function invokeLogProblems({
  application,
  logging,
}: Pick<ServerlessApiArgs, "application" | "logging">): Problem[] {
  const { applicationId } = Object(application) as Partial<ExistingApplicationArgs>;
  const { invoke } = Object(logging) as LoggingArgs;
  if (invoke !== true || applicationId === undefined || !loggedApplications().has(applicationId)) return [];
  const message =
    "asks for a log that another API of this program has: OCI keeps one invoke log for each application; leave it out here";
  return [{ rule: "log-invoke-taken", key: "logging.invoke", message }];
}

/** The API's logs; undefined when all are switched off. */
export function createLogs(
  { name, compartmentId, parent }: Context,
  args: Pick<ServerlessApiArgs, "application" | "functions" | "logging" | "freeformTags">,
  subjects: {
    deployment: pulumi.Resource & { id: pulumi.Output<string> };
    functionApp: FunctionApp | undefined;
    /** As the program knows it: the OCID that was given, or the API's output. */
    applicationKey: unknown;
  },
  physicalName: (noun: string) => string,
): ApiLogs | undefined {
  const { logging = {}, application, freeformTags } = args;
  const wanted = wantedLogs(logging, loggedApplication(args));
  if (wanted.length === 0) return undefined;
  if (wanted.includes("invoke")) loggedApplications().add(subjects.applicationKey);
  const { applicationId } = subjects.functionApp ?? {};
  const own = { id: subjects.deployment.id, compartmentId };
  const ofApplication = (application as ExistingApplicationArgs | undefined)?.compartmentId ?? compartmentId;
  const subjectOf = (category: LogCategory): LogSubject =>
    category === "invoke" && applicationId !== undefined
      ? { id: applicationId, compartmentId: ofApplication }
      : own;
  return new ApiLogs(
    `${name}-logs`,
    {
      compartmentId,
      subjects: Object.fromEntries(wanted.map((category) => [category, subjectOf(category)])),
      physicalName,
      logging: logging === false ? undefined : logging,
      freeformTags,
    },
    { parent },
  );
}
