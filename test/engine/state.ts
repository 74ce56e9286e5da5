import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { EngineStack } from "./harness.ts";

/** Collections of a compartment that the program fills, by their path. */
const collections = [
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
  "/20200531/logGroups",
];

/** Collections that lie in a resource of another one, by the name that they have here. */
const innerCollections: Readonly<Record<string, [outer: string, path: (id: string) => string]>> = {
  "/20181201/functions": ["/20181201/applications", (id) => `/20181201/functions?applicationId=${id}`],
  logs: ["/20200531/logGroups", (id) => `/20200531/logGroups/${id}/logs`],
  securityRules: [
    "/20160918/networkSecurityGroups",
    (id) => `/20160918/networkSecurityGroups/${id}/securityRules`,
  ],
};

type Item = Readonly<Record<string, unknown>>;

/** Living resources in the tenancy and its compartments: collection → names or ids, sorted. */
export async function livingResources(stack: EngineStack): Promise<Record<string, string[]>> {
  return shown(await living(stack), ({ displayName, name, id }) => String(displayName ?? name ?? id));
}

/** Ids of what lives in the tenancy and its compartments, by collection. */
export async function livingIds(stack: EngineStack): Promise<Record<string, string[]>> {
  return shown(await living(stack), ({ id }) => String(id));
}

function shown(all: Readonly<Record<string, readonly Item[]>>, show: (item: Item) => string) {
  return Object.fromEntries(
    Object.entries(all).map(([path, items]) => [path, [...new Set(items.map(show))].sort()]),
  );
}

async function living(stack: EngineStack): Promise<Record<string, Item[]>> {
  const { id, compartments } = stack.emulator.tenancy;
  const compartmentIds = [id, ...compartments.map((compartment) => compartment.id)];
  const all: Record<string, Item[]> = {};
  const gather = async (paths: readonly string[]) =>
    (await Promise.all(paths.map((path) => itemsAt(stack, path)))).flat();
  for (const path of collections) {
    all[path] = await gather(compartmentIds.map((compartmentId) => `${path}?compartmentId=${compartmentId}`));
  }
  for (const [name, [outer, path]] of Object.entries(innerCollections)) {
    all[name] = await gather((all[outer] ?? []).map((item) => path(String(item.id))));
  }
  return all;
}

async function itemsAt(stack: EngineStack, path: string): Promise<Item[]> {
  const { status, body } = await stack.call("GET", path);
  if (status !== 200) throw new Error(`GET ${path}: ${status} ${JSON.stringify(body)}`);
  const items = Array.isArray(body) ? body : (body as { items: unknown[] }).items;
  return (items as Item[]).filter(
    ({ lifecycleState }) => !/^(DELETED|TERMINATED)$/.test(String(lifecycleState)),
  );
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
