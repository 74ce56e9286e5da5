import { isRecord, type Properties } from "../values.ts";
import type { ResourceRow } from "./rows.ts";

/** Properties whose keys are the user's own. */
const maps = new Set([
  "config",
  "freeformTags",
  "definedTags",
  "systemTags",
  "securityAttributes",
  "parameters",
]);

/** Inputs of a resource as the body of OCI's create or update call. */
export function toBody(row: ResourceRow, inputs: Properties): Properties {
  const sent = Object.fromEntries(
    Object.entries({ ...row.defaults, ...inputs }).filter(([key]) => !row.unsent?.includes(key)),
  );
  const body = rename(sent, row.renamed ?? {});
  if (isRecord(body.definedTags)) body.definedTags = nestTags(body.definedTags);
  return row.toBody?.(body) ?? body;
}

/** OCI's answer as outputs of the resource: Pulumi's names, flat tags, times as the official provider prints them. */
export function fromBody(row: ResourceRow, body: Properties): Properties {
  const { id: _, ...rest } = row.fromBody?.(body) ?? body;
  return outputsOf(rename(rest, inverse(row.renamed ?? {})));
}

/** The changes that every answer goes through. */
export function outputsOf(body: Properties): Properties {
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => {
      if (key === "lifecycleState") return ["state", value];
      if (key === "inactiveStatus") return ["inactiveState", value];
      if ((key === "definedTags" || key === "systemTags") && isRecord(value))
        return [key, flattenTags(value)];
      if (key.startsWith("time") && typeof value === "string") return [key, printedTime(value)];
      return [key, value];
    }),
  );
}

function rename(properties: Properties, names: Readonly<Record<string, string>>): Properties {
  return Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [
      names[key] ?? key,
      maps.has(key) ? value : renameInside(value, names),
    ]),
  );
}

function renameInside(value: unknown, names: Readonly<Record<string, string>>): unknown {
  if (Array.isArray(value)) return value.map((item) => renameInside(item, names));
  return isRecord(value) ? rename(value, names) : value;
}

function inverse(names: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(names).map(([from, to]) => [to, from]));
}

/** `{"ns.key": v}` → `{ns: {key: v}}` */
function nestTags(flat: Properties): Properties {
  const nested: Record<string, Properties> = {};
  for (const [name, value] of Object.entries(flat)) {
    const dot = name.indexOf(".");
    const namespace = name.slice(0, dot);
    nested[namespace] = { ...nested[namespace], [name.slice(dot + 1)]: value };
  }
  return nested;
}

/** `{ns: {key: v}}` → `{"ns.key": v}` */
function flattenTags(nested: Properties): Properties {
  return Object.fromEntries(
    Object.entries(nested).flatMap(([namespace, values]) =>
      Object.entries(isRecord(values) ? values : {}).map(([key, value]) => [`${namespace}.${key}`, value]),
    ),
  );
}

/** `2026-01-01T00:00:00.120Z` → `2026-01-01 00:00:00.12 +0000 UTC` */
function printedTime(time: string): string {
  const match = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(\.\d+)?Z$/.exec(time);
  if (match === null) return time;
  const fraction = (match[3] ?? "").replace(/\.?0+$/, "");
  return `${match[1]} ${match[2]}${fraction} +0000 UTC`;
}

/** Keeps the properties that an update may send: what isn't create-only, and not the compartment. */
export function updatable(row: ResourceRow, inputs: Properties): Properties {
  return Object.fromEntries(
    Object.entries(inputs).filter(
      ([key]) => key !== "compartmentId" && !row.createOnly.includes(key) && !row.unchangeable?.includes(key),
    ),
  );
}
