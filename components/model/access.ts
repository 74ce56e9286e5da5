import { parseGroupName, type Subject } from "./iam.ts";
import { checkSettings } from "./known-settings.ts";
import { checkOcid } from "./ocids.ts";
import type { Problem } from "./problems.ts";
import { shown } from "./values.ts";

/** Access as given, only what is plain: a group's OCID that isn't known yet is `true`. */
export interface PlainAccess {
  mode?: string | undefined;
  scope?: string | undefined;
  groupId?: string | true | undefined;
  group?: string | undefined;
}

const scopes = ["compartment", "functions"];
const settingsOfMode: ReadonlyMap<string, readonly string[]> = new Map([
  ["create", ["mode", "scope", "statements"]],
  ["existing", ["mode", "scope", "statements", "groupId", "group"]],
  ["any-user", ["mode", "scope", "statements"]],
]);

/** What is wrong with mode, scope and group. */
export function checkAccess(given: PlainAccess): Problem[] {
  const { mode = "create", scope = "compartment" } = given;
  const problems: Problem[] = [];
  if (!scopes.includes(scope)) {
    const message = `${shown(scope)} is not a scope; allowed are "compartment" and "functions"`;
    problems.push({ rule: "access-mode", key: "access.scope", message });
  }
  const settings = settingsOfMode.get(mode);
  if (settings === undefined) {
    const message = `${shown(mode)} is not a mode; allowed are "create", "existing" and "any-user"`;
    return [...problems, { rule: "access-mode", key: "access.mode", message }];
  }
  problems.push(...checkSettings(given, settings, "access"));
  return mode === "existing" ? [...problems, ...checkGroup(given)] : problems;
}

function checkGroup({ groupId, group }: PlainAccess): Problem[] {
  if ((groupId === undefined) === (group === undefined)) {
    const message =
      'mode "existing" takes either "groupId" or "group", for example group: "Default/shop-gateways"';
    return [{ rule: "access-group", key: "access", message }];
  }
  if (groupId !== undefined && groupId !== true) return checkOcid("group-ocid", groupId, "access.groupId");
  if (group === undefined || parseGroupName(group) !== undefined) return [];
  const message = `"${group}" is not the name of a group; write "name" or "domain/name", for example "Default/shop-gateways"`;
  return [{ rule: "group-name", key: "access.group", message }];
}

/** The subject of an existing group; {@link checkAccess} has found it in order. */
export function existingSubject(given: {
  groupId?: string | undefined;
  group?: string | undefined;
}): Subject {
  if (given.groupId !== undefined) return { kind: "group-id", id: given.groupId };
  const subject = parseGroupName(given.group ?? "");
  if (subject === undefined) throw new TypeError(`not the name of a group: ${given.group}`);
  return subject;
}
