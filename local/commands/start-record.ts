import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { localFolder } from "./workspace.ts";

/** Notes where the local OCI of `npm start` answers, for other commands; gone when it ends. */
export async function recordStart(url: string): Promise<() => Promise<void>> {
  const folder = join(localFolder, `start-${process.pid}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "process.json"), `${JSON.stringify({ url, pid: process.pid })}\n`);
  return () => rm(folder, { recursive: true, force: true });
}
