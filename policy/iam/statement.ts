import { type Condition, parseCondition } from "./condition.ts";

/** From least to most ("Verbs"). */
export const verbs = ["inspect", "read", "use", "manage"] as const;
export type Verb = (typeof verbs)[number];

/** A statement that gives something, read ("Policy Syntax"). */
export interface Grant {
  kind: "allow" | "endorse" | "admit";
  /** As written: `any-user`, `dynamic-group id ocid1…`. */
  subject: string;
  /** Of permissions that are listed between braces there is none. */
  verb: Verb | undefined;
  /** Resource types, or the permissions, in lower case. */
  types: readonly string[];
  /** As written, behind `in`: `tenancy`, `compartment id ocid1…`. */
  location: string;
  condition: Condition | undefined;
}

/** A statement that gives nothing of one's own away: `Define …`, `Deny …`, or that lets two tenancies peer. */
export interface OtherStatement {
  kind: "other";
}

const grantPattern =
  /^(allow|endorse|admit)\s+(.+?)\s+to\s+(?:(inspect|read|use|manage)\s+([\w-]+(?:\s*,\s*[\w-]+)*)|\{([^}]*)\})\s+in\s+(.+?)(?:\s+where\s+(.+))?$/is;
const peeringPattern = /^(endorse|admit)\s.+?\sto\s+associate\s+\S+\s+in\s.+\swith\s+\S+\s+in\s/is;
const locationPattern =
  /^(any-tenancy|tenancy|tenancy\s+\S+|compartment\s+id\s+\S+|compartment\s+('[^']*'|\S+))$/i;

/** Reads a statement; the reason when it isn't one. */
export function parseStatement(text: string): Grant | OtherStatement | string {
  const statement = text.trim();
  const [, first = ""] = /^(\S+)/.exec(statement) ?? [];
  const kind = first.toLowerCase();
  if (kind === "define" || kind === "deny" || peeringPattern.test(statement)) return { kind: "other" };
  if (kind !== "allow" && kind !== "endorse" && kind !== "admit") {
    return "doesn't begin with Allow, Define, Endorse, Admit or Deny";
  }
  const match = grantPattern.exec(statement);
  if (match === null) return "isn't of the form Allow <subject> to <verb> <resource type> in <location>";
  const [, , subject = "", verb, types, permissions, location = "", where] = match;
  if (!locationPattern.test(location)) return `has no location that can be read: in ${location}`;
  const condition = where === undefined ? undefined : parseCondition(where);
  if (typeof condition === "string") return `has a condition that ${condition}`;
  return {
    kind,
    subject,
    verb: verb?.toLowerCase() as Verb | undefined,
    types: (types ?? permissions ?? "").split(",").map((type) => type.trim().toLowerCase()),
    location,
    condition,
  };
}

/** Whether a grant is for everybody who is signed in, principals of resources among them ("Policy Syntax"). */
export function isForAnyone({ subject }: Grant): boolean {
  return /^any-(user|group)$/i.test(subject);
}

/** Whether a grant holds in the whole tenancy: its root compartment hands it down to all others. */
export function isTenancyWide({ kind, location }: Grant): boolean {
  return kind !== "endorse" && /^(tenancy$|compartment\s+id\s+ocid1\.tenancy\.)/i.test(location);
}

/** OCID of the compartment that a grant names; undefined when it names it otherwise. */
export function compartmentOf({ location }: Grant): string | undefined {
  return /^compartment\s+id\s+(\S+)$/i.exec(location)?.[1];
}
