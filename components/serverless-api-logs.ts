import type * as pulumi from "@pulumi/pulumi";
import { ApiLogs, type LogSubject } from "./api-logs.ts";
import type { ExistingApplicationArgs, ServerlessApiArgs } from "./args.ts";
import type { FunctionApp } from "./function-app.ts";
import { type LogCategory, type LoggedApplication, wantedLogs } from "./model/logging.ts";
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

/** The API's logs; undefined when all are switched off. */
export function createLogs(
  { name, compartmentId, parent }: Context,
  args: Pick<ServerlessApiArgs, "application" | "functions" | "logging" | "freeformTags">,
  subjects: {
    deployment: pulumi.Resource & { id: pulumi.Output<string> };
    functionApp: FunctionApp | undefined;
  },
  physicalName: (noun: string) => string,
): ApiLogs | undefined {
  const { logging = {}, application, freeformTags } = args;
  const wanted = wantedLogs(logging, loggedApplication(args));
  if (wanted.length === 0) return undefined;
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
