import type { Properties } from "../values.ts";
import type { PropertyRule } from "./rules.ts";
import type { PropertyKind } from "./types.ts";

/** One resource type: everything that create, read, update and delete need to know of it. */
export interface ResourceRow {
  /** Path of the collection, with the API's version; `{name}` stands for an input property. */
  collection: string;
  /** Input properties by Pulumi's names. */
  properties: Readonly<Record<string, PropertyKind>>;
  /** Input properties that a resource can't be without, as the SDK has it. */
  required: readonly string[];
  /** What OCI takes of properties beyond their kinds. */
  rules?: readonly PropertyRule[];
  /** Input properties that a resource can be without only when another one is given: property → the other one. */
  requiredUnless?: Readonly<Record<string, string>>;
  /** Input properties that only a replacement changes, as the official provider has it. */
  createOnly: readonly string[];
  /** Values that the official provider sends where the program gives none. */
  defaults?: Readonly<Properties>;
  /** Input properties that are neither sent nor compared. */
  unsent?: readonly string[];
  /** Input properties whose change on a living resource isn't modelled. */
  unchangeable?: readonly string[];
  /** Lists whose order means nothing. */
  unordered?: readonly string[];
  /** Names that differ on the wire, at any depth outside maps: Pulumi's name → OCI's. */
  renamed?: Readonly<Record<string, string>>;
  /** Input properties that a further call changes: its action below the resource, and the field of its body. */
  moves?: Readonly<Record<string, { action: string; field: string }>>;
  /** Form of an imported id that holds input properties beside the id, as the official provider has it. */
  importId?: RegExp;
  /** Further changes to the body, after renaming; and back, before it. */
  toBody?: (body: Properties) => Properties;
  fromBody?: (body: Properties) => Properties;
  /** Whether OCI answers writes with a work request that has to be waited for. */
  isAsynchronous: boolean;
  /** State to wait for after a write. */
  readyState: "ACTIVE" | "AVAILABLE";
  /** State after deletion, where OCI still answers 200. */
  goneState: "DELETED" | "TERMINATED";
  /** Whether the type has moves between compartments. @default true */
  isMovable?: boolean;
}

/** Tags that nearly every resource takes. */
export const tags = { definedTags: "map", freeformTags: "map" } as const;
