import { onTestFinished } from "vitest";
import { unverified } from "../../../emulator/gateway/unverified.ts";

/** Turns switches until the test ends; for what reads them at each call. */
export function turn(switches: Partial<typeof unverified>): void {
  const before = { ...unverified };
  Object.assign(unverified, switches);
  onTestFinished(() => void Object.assign(unverified, before));
}
