import path from "node:path";
import type { FunctionDefinition } from "../../../emulator/runtime/types.ts";

const FOLDER = path.resolve(import.meta.dirname, "../../fixtures/functions");

export function folderOf(name: string): string {
  return path.join(FOLDER, name);
}

export function define(name: string, changes: Partial<FunctionDefinition> = {}): FunctionDefinition {
  return {
    id: `ocid1.fnfunc.oc1.local.${name}`,
    displayName: name,
    applicationId: "ocid1.fnapp.oc1.local.app",
    applicationName: "app",
    compartmentId: "ocid1.compartment.oc1..functions",
    tenancyId: "ocid1.tenancy.oc1..local",
    region: "local-1",
    memoryInMBs: 128,
    timeoutInSeconds: 10,
    config: {},
    code: { directory: folderOf(name), imageDigest: `sha256:${"a".repeat(64)}` },
    ...changes,
  };
}
