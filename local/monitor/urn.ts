const rootType = "pulumi:pulumi:Stack";

/** A resource's URN; the types of its ancestors are part of it, the stack's own type isn't. */
export function makeUrn(stack: string, project: string, parent: string, type: string, name: string): string {
  const parentType = parent === "" ? "" : qualifiedTypeOf(parent);
  const qualified = parentType === "" || parentType === rootType ? type : `${parentType}$${type}`;
  return `urn:pulumi:${stack}::${project}::${qualified}::${name}`;
}

export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** The resource's own type token. */
export function typeOf(urn: string): string {
  return qualifiedTypeOf(urn).split("$").at(-1) ?? "";
}

function qualifiedTypeOf(urn: string): string {
  return urn.split("::")[2] ?? "";
}

/** An earlier identity of a resource; what is absent is as it is now. */
export interface Alias {
  urn?: string;
  name?: string;
  type?: string;
  stack?: string;
  project?: string;
  /** Earlier parent; `null` for none. */
  parent?: string | null;
}

interface Identity {
  stack: string;
  project: string;
  parent: string;
  type: string;
  name: string;
  aliases: readonly Alias[];
}

/**
 * Every URN that the resource may have had. Earlier URNs of the parent count too; a name that begins with the
 * parent's name is then taken to have begun with the parent's earlier name.
 */
export function aliasUrns(identity: Identity, parentAliases: readonly string[]): string[] {
  const urns = identity.aliases.flatMap((alias) => {
    if (alias.urn !== undefined) return [alias.urn];
    const parent = alias.parent === undefined ? identity.parent : (alias.parent ?? "");
    const parents = parent === identity.parent ? [parent, ...parentAliases] : [parent];
    return parents.map((candidate) => earlierUrn(identity, alias, candidate));
  });
  const inherited = parentAliases.map((parent) => earlierUrn(identity, {}, parent));
  return [...new Set([...urns, ...inherited])];
}

function earlierUrn(identity: Identity, alias: Alias, parent: string): string {
  const name = alias.name ?? renamedChild(identity.name, nameOf(identity.parent), nameOf(parent));
  return makeUrn(
    alias.stack ?? identity.stack,
    alias.project ?? identity.project,
    parent,
    alias.type ?? identity.type,
    name,
  );
}

function renamedChild(name: string, parentName: string, earlierParentName: string): string {
  if (parentName === "" || earlierParentName === "" || !name.startsWith(parentName)) return name;
  return earlierParentName + name.slice(parentName.length);
}
