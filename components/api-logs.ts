import { Log } from "@pulumi/oci/logging/log.js";
import { LogGroup } from "@pulumi/oci/logging/logGroup.js";
import * as pulumi from "@pulumi/pulumi";
import { checkedInput } from "./checked.ts";
import type { LoggingArgs } from "./logging-args.ts";
import type { LogCategory } from "./model/logging.ts";
import { checkOcid } from "./model/ocids.ts";

/** What a log is about: an API deployment, or a functions application. */
export interface LogSubject {
  id: pulumi.Input<string>;
  compartmentId: pulumi.Input<string>;
}

/** Arguments of {@link ApiLogs}. */
export interface ApiLogsArgs {
  /** OCID of the compartment of a new log group. */
  compartmentId: pulumi.Input<string>;
  /** The logs to make, each with what it is about. */
  subjects: Readonly<Partial<Record<LogCategory, LogSubject>>>;
  /** Display names of group and logs, by noun. */
  physicalName: (noun: string) => string;
  /** @default - a new log group, lines are kept for 30 days */
  logging?: Pick<LoggingArgs, "logGroupId" | "retentionInDays"> | undefined;
  /** Free-form tags of group and logs. @default - none */
  freeformTags?: Readonly<Record<string, string>> | undefined;
}

const services: Readonly<Record<LogCategory, string>> = {
  access: "apigateway",
  execution: "apigateway",
  invoke: "functions",
};

/**
 * A log group, new or existing, and the logs of an API in it.
 *
 * OCI allows one log for each category of a resource ("Service Logs"): a second one is refused with 409.
 *
 * @example
 * new ApiLogs("shop", {
 *   compartmentId, subjects: { access: { id: deployment.id, compartmentId } }, physicalName: (noun) => `shop-dev-${noun}`,
 * });
 */
export class ApiLogs extends pulumi.ComponentResource {
  readonly logGroupId: pulumi.Output<string>;
  /** By category. */
  readonly logIds: Readonly<Partial<Record<LogCategory, pulumi.Output<string>>>>;
  readonly nodes: {
    readonly logGroup: LogGroup | undefined;
    /** By category. */
    readonly logs: Readonly<Partial<Record<LogCategory, Log>>>;
  };

  constructor(name: string, args: ApiLogsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("oci-serverless-api:index:ApiLogs", name, {}, opts);
    const logGroup = args.logging?.logGroupId === undefined ? createGroup(name, args, this) : undefined;
    this.logGroupId = pulumi.output(logGroup?.id ?? existingGroup(name, args, this));
    const subjects = Object.entries(args.subjects) as [LogCategory, LogSubject][];
    const logs = subjects.map(([category, subject]): [LogCategory, Log] => [
      category,
      createLog(name, category, { subject, logGroupId: this.logGroupId, args }, this),
    ]);
    this.logIds = Object.fromEntries(logs.map(([category, log]) => [category, log.id]));
    this.nodes = { logGroup, logs: Object.fromEntries(logs) };
    this.registerOutputs({ logGroupId: this.logGroupId, logIds: this.logIds });
  }
}

function createGroup(name: string, args: ApiLogsArgs, parent: pulumi.Resource): LogGroup {
  const { compartmentId, physicalName } = args;
  return new LogGroup(
    name,
    { compartmentId, displayName: physicalName("logs"), ...tagsOf(args) },
    { parent },
  );
}

function existingGroup(name: string, { logging }: ApiLogsArgs, parent: pulumi.Resource) {
  const check = (id: string) => checkOcid("log-group-ocid", id, "logging.logGroupId");
  return checkedInput("api-logs", name, logging?.logGroupId ?? "", check, parent);
}

function createLog(
  name: string,
  category: LogCategory,
  of: { subject: LogSubject; logGroupId: pulumi.Output<string>; args: ApiLogsArgs },
  parent: pulumi.Resource,
): Log {
  const { subject, logGroupId, args } = of;
  return new Log(
    `${name}-${category}`,
    {
      logGroupId,
      displayName: args.physicalName(category),
      logType: "SERVICE",
      isEnabled: true,
      retentionDuration: args.logging?.retentionInDays ?? 30,
      configuration: {
        compartmentId: subject.compartmentId,
        source: { sourceType: "OCISERVICE", service: services[category], category, resource: subject.id },
      },
      ...tagsOf(args),
    },
    // Its name is unique in the group, so that no second one can stand beside it.
    { parent, deleteBeforeReplace: true },
  );
}

function tagsOf({ freeformTags }: ApiLogsArgs) {
  return freeformTags === undefined ? {} : { freeformTags: { ...freeformTags } };
}
