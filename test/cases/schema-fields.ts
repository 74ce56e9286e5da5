import type { z } from "zod";

type Schema = z.core.$ZodType;
type Known = z.core.$ZodTypes;

/** The fields that a schema knows. */
export interface SchemaFields {
  /** Each once, by the place where its object comes first: `routes.*.backend#HTTP_BACKEND.url`. */
  all: ReadonlySet<string>;
  /** The field that a place in a value is; the value's own words decide between several forms. */
  at(value: unknown, steps: readonly (string | number)[]): string;
}

/** Walks a schema down to its last field. What stands in several places by one schema counts as one. */
export function schemaFields(root: Schema): SchemaFields {
  const all = new Set<string>();
  const places = new Map<Schema, string>();
  const visit = (schema: Schema, at: string): void => {
    const one = bare(schema);
    if (places.has(one)) return;
    places.set(one, at);
    for (const [type, form] of formsOf(one)) visit(form, `${at}#${type}`);
    for (const [name, inner] of childrenOf(one)) {
      if (!["object", "union"].includes(bare(inner)._zod.def.type)) all.add(`${at}.${name}`.slice(1));
      visit(inner, `${at}.${name}`);
    }
  };
  visit(root, "");
  return {
    all,
    at(value, steps) {
      let [schema, inner]: [Schema | undefined, unknown] = [root, value];
      let found = "";
      for (const step of steps) {
        const form = formOf(schema, inner);
        const isNamed = form?._zod.def.type === "object";
        found = `${(form && places.get(form)) ?? "?"}.${isNamed ? step : "*"}`.slice(1);
        schema = new Map(form && childrenOf(form)).get(isNamed ? String(step) : "*");
        inner = (Object(inner) as Record<string | number, unknown>)[step];
      }
      return found;
    },
  };
}

/** Without what only says whether it may be absent, or changes it. */
function bare(schema: Schema): Known {
  const one = schema as Known;
  const { def } = one._zod;
  if (def.type === "optional") return bare(def.innerType);
  if (def.type !== "pipe") return one;
  return bare((def.out as Known)._zod.def.type === "transform" ? def.in : def.out);
}

/** The forms of a union, by the word that tells them apart. */
function formsOf({ _zod: { def } }: Known): [string, Known][] {
  if (def.type !== "union") return [];
  const by = (def as z.core.$ZodDiscriminatedUnionDef).discriminator;
  return def.options.map((option) => {
    const form = bare(option);
    const word = new Map(childrenOf(form)).get(by) as z.core.$ZodLiteral | undefined;
    return [String(word?._zod.def.values[0]), form];
  });
}

function formOf(schema: Schema | undefined, value: unknown): Known | undefined {
  const one = schema && bare(schema);
  if (one?._zod.def.type !== "union") return one;
  const by = (one._zod.def as z.core.$ZodDiscriminatedUnionDef).discriminator;
  return new Map(formsOf(one)).get(String((Object(value) as Record<string, unknown>)[by]));
}

function childrenOf({ _zod: { def } }: Known): [string, Schema][] {
  if (def.type === "object") return Object.entries(def.shape);
  if (def.type === "array") return [["*", def.element]];
  return def.type === "record" ? [["*", def.valueType]] : [];
}
