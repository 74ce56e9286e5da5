import { z } from "zod";
import { limits } from "../../limits.ts";
import { parseTemplate } from "../context-variables.ts";
import { ifExists } from "../policies.ts";
import { protectedRequestHeaders, protectedResponseHeaders } from "../protected-headers.ts";
import { decodedName, encodeQueryName } from "../query.ts";
import { always, atMost, headerName, soundString } from "./parts.ts";

/** How the fields of headers' and of query parameters' transformations differ. */
interface Kind {
  noun: string;
  fields: { set: string; rename: string; filter: string };
  /** Schema of a name. */
  name: z.ZodType<string>;
  /** What is wrong with a text of a value. */
  textFault(text: string): string | undefined;
  /** What is wrong with transforming a name. */
  nameFault(name: string): string | undefined;
  /** What two spellings of one name have in common. */
  keyOf(name: string): string;
}

const headerFields = { set: "setHeaders", rename: "renameHeaders", filter: "filterHeaders" };

/** Header transformations of requests. */
export const requestHeaderTransformations = transformations(headers("request", protectedRequestHeaders));

/** Header transformations of responses. */
export const responseHeaderTransformations = transformations(headers("response", protectedResponseHeaders));

/** Query parameter transformations. */
export const queryParameterTransformations = transformations({
  noun: "query parameter",
  fields: { set: "setQueryParameters", rename: "renameQueryParameters", filter: "filterQueryParameters" },
  name: soundString((value) =>
    value !== "" && value.isWellFormed()
      ? undefined
      : `must be a query parameter's name, but is ${JSON.stringify(value)}`,
  ),
  textFault: (text) => (text.isWellFormed() ? undefined : "must be Unicode text, but holds half a character"),
  nameFault: () => undefined,
  keyOf: (name) => (name.isWellFormed() ? decodedName(encodeQueryName(name)) : name),
});

function headers(direction: "request" | "response", kept: ReadonlySet<string>): Kind {
  return {
    noun: "header",
    fields: headerFields,
    name: headerName,
    textFault: (text) =>
      /^[\t\x20-\x7e\x80-\xff]*$/.test(text)
        ? undefined
        : "must hold characters that a header can carry: no line breaks, no control characters",
    nameFault: (name) =>
      kept.has(name.toLowerCase())
        ? `is ${name}, a protected ${direction} header that OCI doesn't transform; remove it`
        : undefined,
    keyOf: (name) => name.toLowerCase(),
  };
}

function transformations(kind: Kind) {
  const { set, rename, filter } = kind.fields;
  const value = soundString((text) => {
    const parts = parseTemplate(text);
    return ["faults" in parts ? parts.faults : [], kind.textFault(text) ?? []].flat();
  });
  const setItem = z.strictObject({
    name: kind.name,
    values: z.array(value).min(1).superRefine(atMost(limits.transformationValuesPerItem), always),
    ifExists: z.enum(ifExists).optional(),
  });
  const renameItem = z.strictObject({ from: kind.name, to: kind.name });
  return z
    .strictObject({
      [set]: z
        .strictObject({ items: z.array(setItem).superRefine(atMost(limits.transformationSetItems), always) })
        .optional(),
      [rename]: z
        .strictObject({
          items: z.array(renameItem).superRefine(atMost(limits.transformationRenameItems), always),
        })
        .optional(),
      [filter]: z
        .strictObject({
          type: z.enum(["ALLOW", "BLOCK"]),
          items: z
            .array(z.strictObject({ name: kind.name }))
            .superRefine(atMost(limits.transformationFilterItems), always),
        })
        .optional(),
    })
    .superRefine((policy, context) => {
      for (const fault of nameFaults(policy, kind)) context.addIssue({ code: "custom", ...fault });
    }, always);
}

/** Names that are protected, or that stand twice; those of an ALLOW list may stand elsewhere too. */
function nameFaults(policy: unknown, kind: Kind): { path: (string | number)[]; message: string }[] {
  const first = new Map<string, string>();
  return namesOf(policy, kind).flatMap(({ name, path }) => {
    const fault = kind.nameFault(name);
    if (fault !== undefined) return [{ path, message: fault }];
    const key = kind.keyOf(name);
    const before = first.get(key);
    first.set(key, before ?? `${path[0]}.items[${path[2]}].${path[3]}`);
    if (before === undefined) return [];
    const message = `is ${JSON.stringify(name)}, which ${before} names already; a ${kind.noun} may be named once in set, rename and filter, save in an ALLOW list`;
    return [{ path, message }];
  });
}

function namesOf(policy: unknown, { fields }: Kind): { name: string; path: (string | number)[] }[] {
  return [fields.set, fields.rename, fields.filter].flatMap((field) => {
    const part = fieldOf(policy, field);
    const items = fieldOf(part, "items");
    if (fieldOf(part, "type") === "ALLOW" || !Array.isArray(items)) return [];
    return items.flatMap((item: unknown, index) =>
      ["name", "from", "to"].flatMap((key) => {
        const name = fieldOf(item, key);
        return typeof name === "string" ? [{ name, path: [field, "items", index, key] }] : [];
      }),
    );
  });
}

function fieldOf(value: unknown, field: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, field) : undefined;
}
