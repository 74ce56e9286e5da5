import { OciError } from "./errors.ts";

/** Traps of the real cloud that can be switched, with their defaults. */
export const switchDefaults = {
  /** Identity is written in the home region only; else 403 NotAllowed. */
  homeRegionCheck: true,
  /** DELETE of an application deletes it and answers 404, so that the official provider doesn't sleep five minutes. */
  applicationDeleteAnswers404: false,
  /** A deployment's function back ends are checked for access when it is created or updated. */
  deploymentAccessCheck: true,
  /** A subnet's block must not overlap another subnet's of the VCN ("VCNs and Subnets"). */
  subnetOverlapCheck: true,
  /** A log's display name must be unique in its log group (Log of the Logging Management API). */
  logNameCheck: true,
  /** Requests must be signed with a known key; else 401 NotAuthenticated ("Request Signatures"). */
  requireSignature: false,
  /** Answers show the defined tags Oracle-Tags.CreatedBy and CreatedOn ("Managing Tag Defaults"). */
  oracleTags: false,
  /** Answers show policy statements with single blanks and keywords in one case. */
  policyTextNormalised: false,
  /** How long a change of a compartment, dynamic group or policy takes until IAM decides by it. */
  iamPropagationDelayInMs: 0,
  /** How many times deleting a subnet answers 409 after a gateway or an application in it was deleted. */
  lingeringVnic: 0,
  /** How many reads a work request and its resource take until the work is done. */
  slowLifecycle: 0,
};

export type Switches = typeof switchDefaults;

/** Sets the switches that `wanted` names; all others stay. */
export function setSwitches(switches: Switches, wanted: unknown): void {
  const known = Object.keys(switchDefaults);
  const entries =
    typeof wanted === "object" && wanted !== null && !Array.isArray(wanted)
      ? Object.entries(wanted)
      : undefined;
  if (entries === undefined) {
    throw new OciError("InvalidParameter", `switches: give an object, for example {"${known[0]}": false}`);
  }
  const problems = entries.flatMap(([name, value]) => {
    if (!Object.hasOwn(switchDefaults, name)) {
      return [`${name}: isn't a switch; known are ${known.join(", ")}`];
    }
    const expected = typeof switchDefaults[name as keyof Switches];
    if (expected === "boolean") {
      return typeof value === "boolean" ? [] : [`${name}: ${JSON.stringify(value)} isn't true or false`];
    }
    const isCount = typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
    return isCount ? [] : [`${name}: ${JSON.stringify(value)} isn't a whole number from 0`];
  });
  if (problems.length > 0) throw new OciError("InvalidParameter", problems.join("; "));
  Object.assign(switches, wanted);
}
