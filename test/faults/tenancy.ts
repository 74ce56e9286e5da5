import type { EngineStack } from "../engine/harness.ts";
import { collections } from "../engine/state.ts";

/** Ids of what lives in the tenancy by the path of its collection, functions and rules of groups included. */
export async function livingIds(stack: EngineStack): Promise<Record<string, string[]>> {
  const { id, compartments } = stack.emulator.tenancy;
  const all: Record<string, string[]> = {};
  for (const path of collections) {
    const found: string[] = [];
    for (const compartmentId of [id, ...compartments.map((compartment) => compartment.id)]) {
      found.push(...(await idsAt(stack, `${path}?compartmentId=${compartmentId}`)));
    }
    all[path] = [...new Set(found)].sort();
  }
  all["/20181201/functions"] = await below(stack, all["/20181201/applications"], (application) => [
    `/20181201/functions?applicationId=${application}`,
  ]);
  all.securityRules = await below(stack, all["/20160918/networkSecurityGroups"], (group) => [
    `/20160918/networkSecurityGroups/${group}/securityRules`,
  ]);
  return all;
}

async function below(stack: EngineStack, ids: readonly string[] = [], pathsOf: (id: string) => string[]) {
  const found = await Promise.all(ids.flatMap(pathsOf).map((path) => idsAt(stack, path)));
  return found.flat().sort();
}

async function idsAt(stack: EngineStack, path: string): Promise<string[]> {
  const { status, body } = await stack.call("GET", path);
  if (status !== 200) throw new Error(`GET ${path}: ${status} ${JSON.stringify(body)}`);
  const items = Array.isArray(body) ? body : (body as { items: unknown[] }).items;
  return (items as Record<string, unknown>[])
    .filter(({ lifecycleState }) => !/^(DELETED|TERMINATED)$/.test(String(lifecycleState)))
    .map(({ id }) => String(id));
}

/** How many live in each collection. */
export function counts(ids: Readonly<Record<string, readonly string[]>>): Record<string, number> {
  return Object.fromEntries(Object.entries(ids).map(([path, { length }]) => [path, length]));
}
