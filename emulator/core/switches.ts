import { OciError } from "./errors.ts";

/** Traps of the real cloud that can be switched, with their defaults. */
export const switchDefaults = {
  /** Identity is written in the home region only; else 403 NotAllowed. */
  homeRegionCheck: true,
  /** DELETE of an application deletes it and answers 404, so that the official provider doesn't sleep five minutes. */
  applicationDeleteAnswers404: false,
  /** A deployment's function back ends are checked for access when it is created or updated. */
  deploymentAccessCheck: true,
};

export type Switches = { -readonly [name in keyof typeof switchDefaults]: boolean };

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
    return typeof value === "boolean" ? [] : [`${name}: ${JSON.stringify(value)} isn't true or false`];
  });
  if (problems.length > 0) throw new OciError("InvalidParameter", problems.join("; "));
  Object.assign(switches, wanted);
}
