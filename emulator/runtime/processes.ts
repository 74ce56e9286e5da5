import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { INSTANCE_MARKER } from "./environment.ts";

const isLinux = process.platform === "linux";

/** Kills a process group; one that is gone is no error. */
export function killGroup(leaderPid: number): void {
  try {
    process.kill(-leaderPid, "SIGKILL");
  } catch {
    // ESRCH: nobody is left; EPERM on macOS: only zombies are left.
  }
}

/**
 * Kills what an instance left behind outside its process group: on Linux every process whose environment carries
 * the instance's marker. Elsewhere the group is all that can be found.
 */
export function killMarked(marker: string): void {
  if (!isLinux) return;
  for (let round = 0; round < 5; round++) {
    const pids = findMarked(marker);
    if (pids.length === 0) return;
    for (const pid of pids) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // Gone meanwhile.
      }
    }
  }
}

function findMarked(marker: string): number[] {
  const needle = Buffer.from(`${INSTANCE_MARKER}=${marker}\0`);
  const own = process.pid;
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== own && (readProc(`/proc/${pid}/environ`)?.includes(needle) ?? false));
}

/**
 * Memory that a process and its descendants hold, in bytes: anonymous and shared memory on Linux, where mapped
 * files could be given back; the resident set elsewhere, the process alone. An approximation of the container's
 * limit in the service.
 */
export function memoryInBytes(pid: number): number {
  return isLinux ? linuxMemory(pid, 0) : residentSet(pid);
}

function linuxMemory(pid: number, depth: number): number {
  const status = readProc(`/proc/${pid}/status`)?.toString("latin1") ?? "";
  let kilobytes = 0;
  for (const [, size] of status.matchAll(/^Rss(?:Anon|Shmem):\s+(\d+) kB$/gm)) kilobytes += Number(size);
  const children = depth < 4 ? (readProc(`/proc/${pid}/task/${pid}/children`)?.toString("latin1") ?? "") : "";
  return children
    .split(" ")
    .filter((child) => child !== "")
    .reduce((sum, child) => sum + linuxMemory(Number(child), depth + 1), kilobytes * 1024);
}

function residentSet(pid: number): number {
  try {
    const kilobytes = execFileSync("ps", ["-o", "rss=", "-p", String(pid)], {
      encoding: "utf8",
      timeout: 1_000,
    });
    return Number(kilobytes.trim()) * 1024;
  } catch {
    return 0;
  }
}

function readProc(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined; // Gone meanwhile, or another user's.
  }
}
