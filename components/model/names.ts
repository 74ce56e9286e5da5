import { createHash } from "node:crypto";
import { limits } from "./limits.ts";
import type { Problem } from "./problems.ts";

/** What a physical name is made of. */
export interface NameParts {
  project: string;
  stack: string;
  /** Name of the component. */
  name: string;
}

// unverified: names of dynamic groups and policies are 1 to 100 letters, digits, dots, hyphens and underscores
const iamNamePattern = /^[A-Za-z0-9._-]+$/;

/**
 * `<project>-<stack>-<name>-<noun>`: unique in a tenancy for each stack, so that several stacks live in one.
 * Characters that IAM doesn't take become hyphens. What is changed, too long, or has a hyphen after the project's part
 * ends in a hash of the parts, so that names stay different: `a-b` in stack `c` and `a` in stack `b-c` too. At most 100
 * characters, the shortest of OCI's limits ("Service Limits").
 */
export function physicalName(parts: NameParts, noun: string): string {
  const all = [parts.project, parts.stack, parts.name, noun];
  const whole = all.join("-");
  const clean = whole.replace(/[^A-Za-z0-9._-]+/g, "-");
  const isClear = !all.slice(1).some((part) => part.includes("-"));
  if (isClear && clean === whole && whole.length <= limits.iamNameLength.max) return whole;
  const hash = createHash("sha256").update(all.join("\n")).digest("hex").slice(0, 8);
  return `${clean.slice(0, limits.iamNameLength.max - hash.length - 1)}-${hash}`;
}

/** What is wrong with the name of a dynamic group or policy. */
export function checkIamName(name: string, key: string): Problem[] {
  const { min, max } = limits.iamNameLength;
  if (name.length >= min && name.length <= max && iamNamePattern.test(name)) return [];
  const message = `"${name}" must be ${min} to ${max} letters, digits, ".", "-" and "_", for example "shop-prod-group"`;
  return [{ rule: "iam-name", key, message }];
}
