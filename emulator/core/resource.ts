import type * as z from "zod";
import type { FieldProblem } from "./errors.ts";
import type { Call, CoverageState } from "./operation.ts";
import type { Body, Stored } from "./store.ts";
import type { Switches } from "./switches.ts";

/** One kind of resource: the table that create, get, list, update and delete are written over. */
export interface ResourceType {
  service: string;
  /** Key in the store, for example `dynamicGroup`. */
  type: string;
  /** Oracle's noun, singular and plural, as in `CreateVcn` and `ListVcns`. */
  noun: string;
  plural: string;
  /** Path of the collection, version included. */
  path: string;
  /** Type part of the OCID; `isGlobal` ones name no region. */
  ocid: { type: string; isGlobal?: boolean };
  /** Fields that create takes: a strict object. Absent: can't be created by itself. */
  create?: z.ZodType;
  /** Fields that update takes: a strict object. */
  update: z.ZodType;
  states: { active: string; deleted: string };
  statuses: { create: number; update: number; delete: number };
  list: {
    shape: "array" | "items";
    /** Query parameters that must be given. */
    required: readonly string[];
    /** Query parameters that are compared with the field of the same name. */
    filters: readonly string[];
    /** Fields that summaries don't have. */
    omits?: readonly string[];
  };
  /** Changes are answered with a work request ("Work Requests"). */
  workRequest?: {
    entityType: string;
    operation: string;
    /** Type part of the work request's OCID. @default - API Gateway's */
    ocid?: string;
  };
  /** Whether `actions/changeCompartment` exists. */
  canChangeCompartment?: boolean;
  isHomeRegionOnly?: boolean;
  /** Whether answers have `timeUpdated`. */
  hasTimeUpdated?: boolean;
  state: CoverageState;
  note?: string;
  /** Further query parameters of update and delete that take no effect here. */
  ignorableQueryParameters?: readonly string[];

  /** The body as answers show it, where a switch makes that another one. */
  present?(body: Body, switches: Switches): Body;
  /** Fields that OCI computes, over those given. */
  complete?(given: Body, call: Call, id: string): Body;
  /** What a schema can't tell: references, names taken, limits. Problems are listed together; errors may be thrown. */
  check?(next: Body, call: Call, previous: Stored | undefined): FieldProblem[];
  /** Effects before the resource is stored; what it returns is kept hidden. May change `body`. */
  beforeCreate?(body: Body, call: Call): Promise<Body | undefined>;
  /** Effects after the resource was stored. */
  afterCreate?(stored: Stored, call: Call): void;
  afterUpdate?(stored: Stored, call: Call, previous: Stored): void;
  /** Throws when something still uses the resource. */
  beforeDelete?(stored: Stored, call: Call): void;
  afterDelete?(stored: Stored, call: Call): Promise<void>;
}
