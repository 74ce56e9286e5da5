import { perRun } from "./per-run.ts";

/**
 * Applications whose invoke log this program declares; who declares one adds it: its OCID, or the Output that holds it.
 */
export const loggedApplications = perRun(() => new Set<unknown>());
