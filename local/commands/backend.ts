import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { isAlive } from "../../tools/engine/lock.ts";
import { isRecord, type Properties } from "../values.ts";
import type { Workspace } from "./workspace.ts";

/** Where a stack lies in the file backend. */
export interface StackPlace {
  workspace: Workspace;
  project: string;
  stack: string;
}

/** Whether a run was killed: a lock whose process is gone, or operations that never ended. */
export function isInterrupted(place: StackPlace): boolean {
  const locks = locksOf(place);
  if (locks.length > 0) return locks.every(isLeft);
  const { checkpoint } = readJson(stateFile(place)) ?? {};
  const latest = isRecord(checkpoint) && isRecord(checkpoint.latest) ? checkpoint.latest : {};
  return Array.isArray(latest.pending_operations) && latest.pending_operations.length > 0;
}

/**
 * A run that was killed while it wrote the state may leave its attributes cut off, and then no command can load the
 * stack: they are taken away, for the backend does without. The state itself is replaced at once, by renaming.
 *
 * @returns whether anything was done
 */
export function restoreState(place: StackPlace): boolean {
  const attributes = `${stateFile(place)}.attrs`;
  const locks = locksOf(place);
  if (locks.length === 0 || !locks.every(isLeft)) return false;
  if (!existsSync(attributes) || readJson(attributes) !== undefined) return false;
  rmSync(attributes, { force: true });
  return true;
}

/** Whether there are locks at all. */
export const isLocked = (place: StackPlace): boolean => locksOf(place).length > 0;

/** The text of all stacks' states. */
export function allStates(workspace: Workspace): string {
  const files = filesOf(join(backendOf(workspace), "stacks"));
  return files.map((file) => readFileSync(file, "utf8")).join("\n");
}

const backendOf = (workspace: Workspace) => join(workspace.backend, ".pulumi");

function stateFile({ workspace, project, stack }: StackPlace): string {
  return join(backendOf(workspace), "stacks", project, `${stack}.json`);
}

function locksOf({ workspace, project, stack }: StackPlace): Properties[] {
  const folder = join(backendOf(workspace), "locks/organization", project, stack);
  return filesOf(folder).map((file) => readJson(file) ?? {});
}

/** Whether the lock's process is gone. One of another machine may live. */
function isLeft({ pid, hostname: host }: Properties): boolean {
  return host === hostname() && typeof pid === "number" && !isAlive(pid);
}

function filesOf(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".json"))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** `undefined` for a file that isn't there or isn't whole. */
function readJson(file: string): Properties | undefined {
  try {
    const content: unknown = JSON.parse(readFileSync(file, "utf8"));
    return isRecord(content) ? content : undefined;
  } catch {
    return undefined;
  }
}
