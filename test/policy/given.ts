/** A resource of a program that is judged; unknown values are `unknown` of policy/value.ts. */
export interface Given {
  type: string;
  /** `"it"` when there is none. */
  name?: string;
  properties: Readonly<Record<string, unknown>>;
  /** What rules on the whole stack see in the place of `properties`: with what the provider answered. */
  outputs?: Readonly<Record<string, unknown>>;
  protect?: boolean;
  /** For each property the names, or `type::name`, of the resources whose outputs it is made of. */
  uses?: Readonly<Record<string, readonly string[]>>;
}

/** What the pack reported. */
export interface Found {
  rule: string;
  /** Name of the resource. */
  resource: string;
  level: "mandatory" | "advisory";
  /** Without the rule's description, which comes before it. */
  message: string;
}

/** For each rule its settings, and its level when it isn't the rule's own. */
export type PackConfig = Readonly<
  Record<
    string,
    Readonly<Record<string, unknown> & { enforcementLevel?: "mandatory" | "advisory" | "disabled" }>
  >
>;

export function nameOf({ name = "it" }: Given): string {
  return name;
}

export function urnOf(given: Given, stack: string): string {
  return `urn:pulumi:${stack}::shop::${idOf(given)}`;
}

/** Whether a text of `uses` means the resource. */
export function isNamed(given: Given, used: string): boolean {
  return used === nameOf(given) || used === idOf(given);
}

/** Name of the resource that a report is about; those of a single resource may name none. */
export function resourceOf(urn: string, otherwise: string): string {
  return urn.split("::").at(-1) || otherwise;
}

function idOf(given: Given): string {
  return `${given.type}::${nameOf(given)}`;
}
