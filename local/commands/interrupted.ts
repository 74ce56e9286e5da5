import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../../tools/engine/command.ts";
import type { Engine } from "../../tools/engine/find.ts";
import { inputsNow } from "../plugin/inputs.ts";
import { createLocalProvider, type LocalProvider } from "../provider/provider.ts";
import { hasSecret, isSame, type Properties } from "../values.ts";
import { allStates, isLocked, type StackPlace } from "./backend.ts";
import { StackError } from "./stack-file.ts";

/** A run of the engine that was killed leaves a lock, and in the state the operations that were under way. */
export interface InterruptedStack extends StackPlace {
  engine: Pick<Engine, "path">;
  environment: Readonly<Record<string, string>>;
  /** Folder of the program. */
  directory: string;
  /** Address of the local OCI. */
  url: string;
  /** Told what is done. */
  say(line: string): void;
}

interface PendingOperation {
  type: string;
  resource: StateResource;
}

interface StateResource {
  urn: string;
  type: string;
  custom?: boolean;
  id?: string;
  inputs?: Properties;
  outputs?: Properties;
  /** Whether it is still there only to be deleted. */
  delete?: boolean;
}

interface State {
  deployment: Properties & { resources?: StateResource[]; pending_operations?: PendingOperation[] };
}

const context = { region: undefined, timeoutInMs: 60_000 };

/**
 * Does what `pulumi cancel` and the repair of pending operations are for, so that the next run goes on from what there
 * is: takes away the dead run's lock; puts into the state what it created without having noted it; forgets the other
 * operations; and refreshes. The state is only written when all of it is clear.
 *
 * @throws {@link StackError} when two resources could be the one that was being created.
 */
export async function mendInterrupted(stack: InterruptedStack): Promise<void> {
  stack.say("The last run was killed. Putting the stack's state right …");
  const folder = join(stack.workspace.projects, stack.project);
  if (isLocked(stack)) await pulumi(stack, folder, "cancel", "--yes");
  const state = JSON.parse(await pulumi(stack, folder, "stack", "export")) as State;
  const { resources = [], pending_operations: pending = [] } = state.deployment;
  if (pending.length === 0) return;
  const known = allStates(stack.workspace);
  const provider = createLocalProvider({ url: stack.url, projectDirectory: process.cwd() });
  try {
    for (const { type, resource } of pending) {
      // Components and providers are nothing outside of the state: the next run makes them anew.
      if (type !== "creating" || resource.custom !== true || !/^oci:/.test(resource.type)) continue;
      // The answer may have come in before the state was written for the last time.
      const id = resource.id ?? (await madeBy(provider, resource, known));
      if (id === undefined || id === "") continue;
      const own = resources.find(({ urn, delete: isLeaving }) => urn === resource.urn && isLeaving !== true);
      if (own?.id === id) continue;
      if (own !== undefined) {
        // Nothing knows the replacement yet, and the next run makes it again.
        await provider.delete(resource.type, id, resource.outputs ?? resource.inputs ?? {}, context);
        stack.say(`  ${nameOf(resource)} was being replaced; its replacement is deleted: ${id}`);
        continue;
      }
      stack.say(`  ${nameOf(resource)} had been created: ${id}`);
      resources.push({ ...resource, id, outputs: resource.outputs ?? resource.inputs ?? {} });
    }
  } finally {
    provider.close();
  }
  const mended = join(folder, `${stack.stack}.mended.json`);
  await writeFile(
    mended,
    JSON.stringify({ ...state, deployment: { ...state.deployment, resources, pending_operations: [] } }),
    { mode: 0o600 },
  );
  try {
    await pulumi(stack, folder, "stack", "import", "--file", mended);
  } finally {
    await rm(mended, { force: true });
  }
  // Contexts of images are relative to the program's folder; the other commands leave the folder's stack file alone.
  const file = join(folder, `Pulumi.${stack.stack}.yaml`);
  await pulumi(stack, stack.directory, "refresh", "--config-file", file, "--yes", "--skip-preview");
}

/** The id of the resource that has every property that was asked for and is in no stack's state. */
async function madeBy(
  provider: LocalProvider,
  { urn, type, inputs = {} }: StateResource,
  known: string,
): Promise<string | undefined> {
  const open = Object.fromEntries(Object.entries(inputs).filter(([, value]) => !hasSecret(value)));
  const all = await provider.list(type, open, context);
  const alike = all.filter(
    ({ id, outputs }) => !known.includes(`"${id}"`) && isSame(inputsNow(open, outputs, []), open),
  );
  if (alike.length < 2) return alike[0]?.id;
  throw new StackError(
    `${urn.split("::").at(-1)} was being created when the last run was killed, and it could be any of ` +
      `${alike.map(({ id }) => id).join(", ")}: delete all but one, then run the command again`,
  );
}

function nameOf({ urn, type }: StateResource): string {
  return `${urn.split("::").at(-1)} (${type})`;
}

async function pulumi(
  { engine, environment, stack }: InterruptedStack,
  directory: string,
  ...args: string[]
): Promise<string> {
  const all = [...args, "--stack", stack, "--non-interactive"];
  const { exitCode, stdout, stderr } = await run(engine.path, all, { environment, directory });
  if (exitCode === 0) return stdout;
  const why = stderr.trim() || stdout.trim();
  throw new StackError(`the last run was killed, and pulumi ${args.slice(0, 2).join(" ")} fails: ${why}`);
}
