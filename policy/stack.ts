import { each, type Finding, type Resource } from "./rule.ts";

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

/**
 * Whether a property of one resource names another one. At preview ids aren't known, but what they are made of is;
 * `undefined` when neither tells.
 */
export function refersTo(
  resource: Resource,
  property: string,
  path: readonly string[],
  target: Resource,
): boolean | undefined {
  const used = (resource.uses[property] ?? []).filter((one) => one.type === target.type);
  if (used.length > 0) return used.includes(target);
  let value = resource.properties.at(property);
  for (const name of path) {
    if (!value.isKnown) return undefined;
    value = value.at(name);
  }
  if (!value.isKnown) return undefined;
  const id = target.properties.at("id");
  // Ids of resources that are yet to be made are no properties.
  return id.isKnown && id.isSet && value.text() === id.text();
}
