import { composeEmulator } from "./compose.ts";
import { checkSpecification, createDataPlane } from "./gateway/index.ts";
import { compileIam, parseMatchingRule, parseStatement } from "./iam/index.ts";
import { checkFunctionCode, createFunctionRuntime } from "./runtime/index.ts";
import type { Emulator, EmulatorOptions } from "./types.ts";

export { localTenancy } from "./core/tenancy.ts";
export type { Emulator, EmulatorEvent, EmulatorOptions, TenancySeed } from "./types.ts";

/**
 * Starts an emulator on loopback; several may run side by side.
 *
 * @throws An error with code EADDRINUSE when `options.port` is taken, and one that names both tenancies when the
 * state file belongs to another.
 */
export function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  return composeEmulator(options, {
    compileIam,
    parseMatchingRule,
    parseStatement,
    createFunctionRuntime,
    checkFunctionCode,
    createDataPlane,
    checkSpecification,
  });
}
