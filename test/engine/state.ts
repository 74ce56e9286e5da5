import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { EngineStack } from "./harness.ts";

/** Every collection that the program fills, by its path. */
export const collections = [
  "/20160918/dynamicGroups",
  "/20160918/policies",
  "/20160918/vcns",
  "/20160918/subnets",
  "/20160918/internetGateways",
  "/20160918/natGateways",
  "/20160918/serviceGateways",
  "/20160918/routeTables",
  "/20160918/securityLists",
  "/20160918/networkSecurityGroups",
  "/20160918/container/repositories",
  "/20181201/applications",
  "/20190501/gateways",
  "/20190501/deployments",
];

/** Living resources in the tenancy and its compartments: path → names or ids, sorted. */
export async function livingResources(stack: EngineStack): Promise<Record<string, string[]>> {
  const { id, compartments } = stack.emulator.tenancy;
  const all: Record<string, string[]> = {};
  for (const path of collections) {
    const found: string[] = [];
    for (const compartmentId of [id, ...compartments.map((compartment) => compartment.id)]) {
      const { status, body } = await stack.call("GET", `${path}?compartmentId=${compartmentId}`);
      if (status !== 200) throw new Error(`GET ${path}: ${status} ${JSON.stringify(body)}`);
      found.push(...itemsOf(body));
    }
    all[path] = [...new Set(found)].sort();
  }
  return all;
}

function itemsOf(body: unknown): string[] {
  const items = Array.isArray(body) ? body : (body as { items: unknown[] }).items;
  return (items as Record<string, unknown>[])
    .filter(({ lifecycleState }) => !/^(DELETED|TERMINATED)$/.test(String(lifecycleState)))
    .map(({ displayName, name, id }) => String(displayName ?? name ?? id));
}

/** Command lines of the processes below this one, without the short-lived ones that look for them. */
export function childProcesses(): string[] {
  const processes = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const parents = new Map<number, number>();
  const lines = new Map<number, string>();
  for (const name of processes) {
    try {
      const status = readFileSync(`/proc/${name}/status`, "utf8");
      parents.set(Number(name), Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]));
      lines.set(Number(name), readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ").trim());
    } catch {
      // It ended meanwhile.
    }
  }
  const below = [process.pid];
  for (const parent of below)
    below.push(...[...parents].filter(([, up]) => up === parent).map(([pid]) => pid));
  return below
    .slice(1)
    .map((pid) => lines.get(pid) ?? "")
    .filter((line) => line !== "");
}

/** Every file under a folder with its content. */
export function filesUnder(folder: string): { path: string; text: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, text: readFileSync(path, "latin1") }));
}
