import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureEmulator, stopEmulator } from "../../local/commands/emulator-process.ts";
import { localOutputs } from "../../local/commands/outputs.ts";
import { run } from "../engine/command.ts";
import type { LocalStack } from "./steps.ts";

const repository = join(import.meta.dirname, "../..");
const command = join(repository, "local/commands/pulumi.ts");
/** What is planned is judged by the policy pack. */
const judged = [
  "--policy-pack",
  join(repository, "policy"),
  "--policy-pack-config",
  join(repository, "policy-config.json"),
];

/**
 * Does work with a local OCI, a Pulumi home and a backend that are there for nothing else: in a temporary folder, on ports
 * that the system chooses. Afterwards all of it is gone, also when the work failed or was interrupted.
 *
 * @param interruption - ends the command that runs; those that follow fail at once
 */
export async function withOwnLocal<T>(
  interruption: AbortSignal,
  work: (local: LocalStack) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "oci-serverless-api-"));
  const emulator = join(folder, "emulator");
  try {
    await ensureEmulator(emulator, { control: 0, gateways: 0 });
    return await work(localStack(folder, interruption));
  } finally {
    await stopEmulator(emulator).finally(() => rm(folder, { recursive: true, force: true }));
  }
}

function localStack(folder: string, interruption: AbortSignal): LocalStack {
  const environment = { ...process.env, NO_COLOR: "1", OCI_SERVERLESS_API_LOCAL: folder };
  return {
    async run(verb, ...args) {
      if (interruption.aborted) return { exitCode: undefined, output: "interrupted" };
      let end = () => {};
      const { exitCode, stdout, stderr } = await run(
        process.execPath,
        // Nothing outlives this run, so its state needn't survive a kill.
        [
          command,
          verb,
          "--no-checkpoints",
          ...(verb === "preview" ? judged : []),
          ...args,
          "--color",
          "never",
        ],
        {
          environment,
          directory: repository,
          onStart(child) {
            end = () => child.kill("SIGTERM");
            interruption.addEventListener("abort", end);
          },
        },
      );
      interruption.removeEventListener("abort", end);
      return { exitCode, output: `${stdout}${stderr}` };
    },
    async outputs() {
      return JSON.parse(await localOutputs("local", () => {}, folder)) as Record<string, unknown>;
    },
  };
}
