import { createHash } from "node:crypto";
import { localTenancy } from "../../emulator/core/tenancy.ts";
import { adoptedTenancy, planAdoption } from "../adoption.ts";
import { adopt } from "../bring-up.ts";
import { UsageError } from "../command-line.ts";
import type { Program } from "./program.ts";

/**
 * Name of the local OCI that serves a program: one for the built-in tenancy, one for each tenancy that is stood in for.
 *
 * @throws {@link UsageError} for another tenancy when nobody asked to stand in for it.
 */
export function emulatorName({ config, project, stack }: Program, isAdopting: boolean): string {
  const tenancy = adoptedTenancy(config, project, localTenancy);
  if (tenancy === undefined) return "emulator";
  if (isAdopting) return `emulator-${createHash("sha256").update(tenancy.id).digest("hex").slice(0, 8)}`;
  throw new UsageError(
    [
      `The stack ${stack} is of tenancy ${tenancy.id}, the local OCI is ${localTenancy.id}; nothing was started or created.`,
      "Use the stack local; or let the local OCI stand in for that tenancy, with nothing of the real one touched: add --adopt",
    ].join("\n"),
  );
}

/** Tells the local OCI of the tenancy, compartments, subnets and images that the stack's settings name. */
export async function adoptInto(url: string, { config, project }: Program): Promise<void> {
  const tenancy = adoptedTenancy(config, project, localTenancy);
  if (tenancy === undefined) return;
  const { compartments, ...seed } = tenancy;
  const { body, images } = planAdoption(config);
  await adopt({ url }, { body: { tenancy: seed, compartments, ...body }, images });
}
