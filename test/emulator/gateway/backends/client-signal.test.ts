import { expect, test } from "vitest";
import { ClientSignal } from "../../../../emulator/gateway/backends/client-signal.ts";

test("tells each listener once that the client went away, but none that was taken off", () => {
  const signal = new ClientSignal();
  const told: string[] = [];
  const off = () => told.push("off");
  signal.addEventListener("abort", () => told.push("one"));
  signal.addEventListener("abort", off);
  signal.addEventListener("abort", () => told.push("two"));
  signal.removeEventListener("abort", off);
  expect(signal.aborted).toBe(false);
  signal.abort();
  signal.abort();
  expect(signal.aborted).toBe(true);
  expect(told).toEqual(["one", "two"]);
});
