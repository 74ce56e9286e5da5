import { execFileSync } from "node:child_process";

/** A process as `ps` shows it. */
export interface ProcessInfo {
  pid: number;
  parentPid: number;
  residentKilobytes: number;
}

/** A process and all its descendants. */
export function processTree(rootPid: number): ProcessInfo[] {
  const listed = execFileSync("ps", ["-A", "-o", "pid=,ppid=,rss="], { encoding: "utf8" });
  return descendants(rootPid, parseProcesses(listed));
}

export function parseProcesses(listed: string): ProcessInfo[] {
  return listed
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => {
      const [pid = 0, parentPid = 0, residentKilobytes = 0] = line.trim().split(/\s+/).map(Number);
      return { pid, parentPid, residentKilobytes };
    });
}

export function descendants(rootPid: number, all: readonly ProcessInfo[]): ProcessInfo[] {
  const own = all.filter(({ pid }) => pid === rootPid);
  const below = all.filter(({ parentPid }) => parentPid === rootPid);
  return [...own, ...below.flatMap(({ pid }) => descendants(pid, all))];
}

/** Resident memory of processes; what they share is counted for each. */
export function residentMegabytes(processes: readonly ProcessInfo[]): number {
  return processes.reduce((sum, { residentKilobytes }) => sum + residentKilobytes, 0) / 1024;
}
