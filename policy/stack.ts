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
  const value = resource.properties.at(property);
  const id = target.properties.at("id");
  // Ids of resources that are yet to be made are no properties.
  if (!value.isKnown || !value.at(...path).isKnown) return undefined;
  return id.isKnown && id.isSet && value.at(...path).text() === id.text();
}
