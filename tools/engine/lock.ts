import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

const pollInMs = 100;
/** A lock without an owner's name is being made; older than this, its maker died between two steps. */
const namelessPolls = 50;

/** Runs `work` while nobody else runs theirs under the same folder; a lock of a process that is gone doesn't count. */
export async function withLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  for (let polls = 0; !(await isMade(folder)); polls += 1) {
    const owner = Number(await readFile(join(folder, "pid"), "utf8").catch(() => "0"));
    if (owner === 0 ? polls > namelessPolls : !isAlive(owner)) {
      await rm(folder, { recursive: true, force: true });
    } else {
      await new Promise((resolve) => setTimeout(resolve, pollInMs));
    }
  }
  try {
    await writeFile(join(folder, "pid"), String(process.pid));
    return await work();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function isMade(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
