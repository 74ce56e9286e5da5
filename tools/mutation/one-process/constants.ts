import { Worker } from "node:worker_threads";
import { filesThatLoad, noteNotice } from "./load.ts";

/** What the thread tells when it is through; before, it tells of each test that it goes on to. */
export interface Verdict {
  readonly killedBy: string | undefined;
  readonly message: string;
  readonly count: number;
}

/** Of a single test, also where the machine is busy with other things. */
const longestInMs = 30_000;

/** Judges a mutant of what is computed while its file is loaded: in a thread, whose modules are its own. */
export async function judgeInThread(mutant: string, path: string) {
  const startedAt = performance.now();
  const worker = new Worker(new URL("./thread.ts", import.meta.url), {
    workerData: { mutant, files: filesThatLoad(path) },
    stdout: true,
    stderr: true,
  });
  const verdict = await new Promise<Verdict | "late">((resolve, reject) => {
    const timer = setTimeout(resolve, longestInMs, "late");
    worker.once("error", reject);
    worker.on("message", (told: Verdict | "going on") => {
      if (told === "going on") timer.refresh();
      else resolve(told);
    });
    worker.once("exit", () => {
      clearTimeout(timer);
      reject(new Error("the thread ended without a verdict"));
    });
  });
  await worker.terminate();
  const duration = performance.now() - startedAt;
  if (verdict === "late") return { status: "timeout", reason: `a test took ${longestInMs} ms`, duration };
  const { killedBy, message, count: nrOfTests } = verdict;
  if (killedBy === undefined) return { status: "survived", nrOfTests, duration };
  noteNotice(path, killedBy.split("#", 1).join());
  return { status: "killed", killedBy: [killedBy], failureMessage: message, nrOfTests, duration };
}
