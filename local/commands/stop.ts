import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { isToRun, reporting } from "../command-line.ts";
import { EmulatorProcessError, stopEmulator } from "./emulator-process.ts";
import { localFolder } from "./workspace.ts";

const command = {
  name: "npm run local:stop --",
  description:
    "Ends the local OCI that npm run up:local started, with its gateways and functions; its state stays.",
};

async function main(typed: readonly string[]): Promise<void> {
  if (!(await isToRun(command, typed))) return;
  const entries = await readdir(localFolder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory() && /^emulator(-|$)/.test(entry.name));
  const stopped = await Promise.all(names.map(({ name }) => stopEmulator(join(localFolder, name))));
  const count = stopped.filter(Boolean).length;
  process.stdout.write(
    count === 0
      ? "No local OCI runs.\n"
      : "The local OCI has ended with its gateways and functions; its state stays for the next npm run up:local.\n",
  );
}

main(process.argv.slice(2)).catch(reporting(EmulatorProcessError));
