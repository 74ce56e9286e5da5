import type { Input } from "@pulumi/pulumi";

/** Logs of an API in OCI Logging: what the gateway and the functions write, by category. */
export interface LoggingArgs {
  /** OCID of an existing log group. @default - a new one in the API's compartment */
  logGroupId?: Input<string>;
  /** Whether there is a line for each request that matches a route ("Details for API Gateway"). @default true */
  access?: boolean;
  /** Whether the gateway's processing is logged, from the level of `loggingPolicies` on. @default true */
  execution?: boolean;
  /**
   * Whether calls of the functions, and what they write, are logged ("Details for Functions"). It is the log of the
   * whole application, of which OCI allows one: of several APIs on an existing application one can have it.
   * @default - true with an application of the API's own, false with an existing one
   */
  invoke?: boolean;
  /** How long lines are kept: 30 to 180 days, in steps of 30. @default 30 */
  retentionInDays?: number;
}
