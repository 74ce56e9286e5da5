import { groupedBy } from "./grouped.ts";
import { each, type Finding, type Resource } from "./rule.ts";
import type { Value } from "./value.ts";

/** Judges each resource of a type; what isn't known is said of the resource itself. */
export function eachOf(
  resources: readonly Resource[],
  type: string,
  judge: (resource: Resource) => Finding[],
): Finding[] {
  return resources
    .filter((resource) => resource.type === type)
    .flatMap((resource) => each([resource], judge, resource).map((finding) => ({ ...finding, resource })));
}

/** Resources that properties of others name, by their ids; those that are yet to be made have none. */
export interface Targets {
  types: readonly string[];
  byId: ReadonlyMap<string, readonly Resource[]>;
}

/** The stack's resources of these types, their ids read once. */
export function targetsOf(resources: readonly Resource[], ...types: readonly string[]): Targets {
  const known = resources.filter(
    ({ type, properties }) => types.includes(type) && idOf(properties) !== undefined,
  );
  return { types, byId: groupedBy(known, ({ properties }) => idOf(properties) ?? "") };
}

function idOf(properties: Value): string | undefined {
  const id = properties.at("id");
  return id.isKnown ? id.text() : undefined;
}

/**
 * The resources that a property names. At preview ids aren't known, but what they are made of is; `undefined` when neither
 * tells.
 *
 * @param path - Where in the property the id stands.
 */
export function namedBy(
  { uses, properties }: Resource,
  property: string,
  path: readonly string[],
  { types, byId }: Targets,
): readonly Resource[] | undefined {
  const used = (uses[property] ?? []).filter(({ type }) => types.includes(type));
  if (used.length > 0) return used;
  let value = properties.at(property);
  for (const name of path) {
    if (!value.isKnown) return undefined;
    value = value.at(name);
  }
  return value.isKnown ? (byId.get(value.text() ?? "") ?? []) : undefined;
}
