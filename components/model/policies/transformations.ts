import { z } from "zod";
import { headerValueMust, isHeaderValue } from "../header-values.ts";
import { limits } from "../limits.ts";
import type { Problem } from "../problems.ts";
import { isBag } from "../values.ts";
import { checkWith, keyBelow, orLater } from "./checking.ts";
import { type ContextScope, splitTemplate, templateFaults } from "./context-variables.ts";
import { protectedHeaders } from "./protected-headers.ts";
import { atMost, headerName, settings } from "./schemas.ts";

/** Names of one kind of transformation, and what its items are like. */
interface Kind {
  set: string;
  rename: string;
  filter: string;
  schema: z.ZodType;
  /** Whether a name is the same in another case. */
  ignoresCase: boolean;
  protected: ReadonlySet<string>;
}

type Fields = Readonly<Record<string, unknown>>;

interface Given {
  set: readonly Fields[];
  rename: readonly Fields[];
  filter: { type: unknown; items: readonly Fields[] };
}

type Path = readonly (string | number)[];

/**
 * What is wrong with transformations of headers ("Adding Header Transformation Request Policies", "… Response
 * Policies").
 */
export function checkHeaderTransformations(
  given: unknown,
  at: string,
  direction: "request" | "response",
  scope: ContextScope,
): Problem[] {
  return checkTransformations(given, at, headerKinds[direction], scope);
}

/** What is wrong with transformations of the query ("Adding Query Parameter Transformation Request Policies"). */
export function checkQueryParameterTransformations(
  given: unknown,
  at: string,
  scope: ContextScope,
): Problem[] {
  return checkTransformations(given, at, queryKind, scope);
}

function checkTransformations(given: unknown, at: string, kind: Kind, scope: ContextScope): Problem[] {
  const problems = checkWith(kind.schema, given, at, "transformations");
  const read = readGiven(given, kind);
  return [
    ...problems,
    ...checkNames(read, kind, at),
    ...checkValues(read, kind, at, scope),
    ...(problems.length > 0 ? [] : checkAllowList(read, kind, at)),
  ];
}

/** What can be read, also where something else is wrong. */
function readGiven(given: unknown, kind: Kind): Given {
  const itemsOf = (name: string) => {
    const { items } = fieldsOf(fieldsOf(given)[name]);
    return (Array.isArray(items) ? items : []).map(fieldsOf);
  };
  return {
    set: itemsOf(kind.set),
    rename: itemsOf(kind.rename),
    filter: { type: fieldsOf(fieldsOf(given)[kind.filter]).type, items: itemsOf(kind.filter) },
  };
}

function fieldsOf(value: unknown): Fields {
  return isBag(value) ? value : {};
}

// unverified: a rename's new name counts among the names that may occur once only
function checkNames({ set, rename, filter }: Given, kind: Kind, at: string): Problem[] {
  const namesOf = (items: readonly Fields[], part: string, field: string, isOnce = true) =>
    items.flatMap((item, index) => {
      const name = item[field];
      const path: Path = [part, "items", index, field];
      return typeof name === "string" && name !== "" ? [{ name, path, isOnce, index }] : [];
    });
  const renamed = [...namesOf(rename, kind.rename, "from"), ...namesOf(rename, kind.rename, "to")];
  const named = [
    ...namesOf(set, kind.set, "name"),
    ...renamed.toSorted((a, b) => a.index - b.index),
    ...namesOf(filter.items, kind.filter, "name", filter.type !== "ALLOW"),
  ];
  const first = new Map<string, string>();
  return named.flatMap(({ name, path, isOnce }): Problem[] => {
    const key = keyBelow(at, path);
    const same = kind.ignoresCase ? name.toLowerCase() : name;
    // unverified: a filter of type ALLOW may name a protected header, which passes anyway
    if (isOnce && kind.protected.has(same)) {
      const message = `is "${name}", which OCI protects: it can't be set, renamed or filtered; leave it out`;
      return [{ rule: "transformation-protected", key, message }];
    }
    const earlier = first.get(same);
    if (!isOnce) return [];
    first.set(same, earlier ?? key);
    if (earlier === undefined) return [];
    const message = `is "${name}", which stands at ${earlier} already; a name may occur once in set, rename and filter`;
    return [{ rule: "transformation-name", key, message }];
  });
}

function checkValues({ set }: Given, kind: Kind, at: string, scope: ContextScope): Problem[] {
  return set.flatMap(({ values }, index) =>
    (Array.isArray(values) ? values : []).flatMap((value: unknown, place): Problem[] => {
      if (typeof value !== "string") return [];
      const key = keyBelow(at, [kind.set, "items", index, "values", place]);
      const faults = templateFaults(value, scope);
      return faults.map((message) => ({ rule: "context-variable", key, message }));
    }),
  );
}

/** The filter comes last: what it doesn't list goes away again. */
function checkAllowList({ set, rename, filter }: Given, kind: Kind, at: string): Problem[] {
  if (filter.type !== "ALLOW") return [];
  const same = (name: unknown) => (kind.ignoresCase ? String(name).toLowerCase() : name);
  const allowed = new Set(filter.items.map(({ name }) => same(name)));
  const made = [...set.map(({ name }) => name), ...rename.map(({ to }) => to)];
  return made
    .filter((name) => !allowed.has(same(name)))
    .map((name): Problem => {
      const message = `doesn't list "${name}", which is set or renamed before the filter takes it away again; add { name: "${name}" }`;
      return { rule: "transformation-allow-list", key: keyBelow(at, [kind.filter, "items"]), message };
    });
}

function schemaOf(set: string, rename: string, filter: string, name: z.ZodType, value: z.ZodType): z.ZodType {
  const itemsOf = (item: z.ZodType, max: number) =>
    settings({ items: atMost(max, z.array(item)) }).optional();
  const values = atMost(limits.transformationValues, z.array(orLater(value)).min(1));
  const ifExists = z.enum(["OVERWRITE", "APPEND", "SKIP"]).optional();
  return settings({
    [set]: itemsOf(settings({ name, values, ifExists }), limits.transformationSetItems),
    [rename]: itemsOf(settings({ from: name, to: name }), limits.transformationRenameItems),
    [filter]: settings({
      type: z.enum(["ALLOW", "BLOCK"]),
      items: atMost(limits.transformationFilterItems, z.array(settings({ name }))),
    }).optional(),
  });
}

const headerValue = z.string().refine((text) => isHeaderValue(splitTemplate(text).rest), {
  error: headerValueMust,
});
/** In a URL it becomes UTF-8. */
const parameterText = z.string().refine((text) => text.isWellFormed(), {
  error: "must be Unicode text, but holds half a character",
});
const ofHeaders = {
  set: "setHeaders",
  rename: "renameHeaders",
  filter: "filterHeaders",
  schema: schemaOf("setHeaders", "renameHeaders", "filterHeaders", headerName, headerValue),
  ignoresCase: true,
};
const headerKinds: Readonly<Record<"request" | "response", Kind>> = {
  request: { ...ofHeaders, protected: protectedHeaders.request },
  response: { ...ofHeaders, protected: protectedHeaders.response },
};
const queryKind: Kind = {
  set: "setQueryParameters",
  rename: "renameQueryParameters",
  filter: "filterQueryParameters",
  schema: schemaOf(
    "setQueryParameters",
    "renameQueryParameters",
    "filterQueryParameters",
    parameterText.min(1),
    parameterText,
  ),
  ignoresCase: false,
  protected: new Set(),
};
