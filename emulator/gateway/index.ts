export { createDataPlane } from "./data-plane.ts";
export { checkSpecification } from "./specification/check.ts";
export type * from "./types.ts";
