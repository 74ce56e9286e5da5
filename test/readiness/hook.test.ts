import { expect, it } from "vitest";
import { givingUpText, waitingText } from "../../components/model/readiness.ts";
import { waitForAccess } from "../../components/readiness.ts";

const missing = "404-NotAuthorizedOrNotFound, Authorization failed or requested resource not found.";

/** A hook whose pauses pass at once on a clock of its own, and the lines that it writes. */
function hookOf(timeoutInSeconds: number) {
  const lines: string[] = [];
  const pausesInSeconds: number[] = [];
  let nowInMs = 5000;
  const hook = waitForAccess("shop-deployment", timeoutInSeconds, {
    nowInMs: () => nowInMs,
    pause: async (inMs) => {
      pausesInSeconds.push(inMs / 1000);
      nowInMs += inMs;
    },
    info: (text) => void lines.push(`info ${text}`),
    warn: (text) => void lines.push(`warn ${text}`),
  });
  const errors: string[] = [];
  const fail = (error = missing, failedOperation = "create") =>
    hook({ errors: [error, ...errors.splice(0, 99, error, ...errors)], failedOperation });
  const forget = () => void errors.splice(0);
  return { fail, forget, lines, pausesInSeconds };
}

it("tries again until the time is over, and says so once at the beginning and once at the end", async () => {
  const { fail, lines, pausesInSeconds } = hookOf(10);
  const answers = [await fail(), await fail(), await fail(), await fail(), await fail()];
  expect(answers).toEqual([true, true, true, true, false]);
  expect(pausesInSeconds).toEqual([1, 2, 4, 3]);
  expect(lines).toEqual([
    `info ${waitingText("shop-deployment", 10)}`,
    `warn ${givingUpText("shop-deployment", 10)}`,
  ]);
});

it("leaves any other error alone, also in between", async () => {
  const { fail, lines } = hookOf(10);
  expect(await fail("409-Conflict, taken")).toBe(false);
  expect(lines).toEqual([]);
  expect(await fail()).toBe(true);
  expect(await fail("500-InternalError, oops")).toBe(false);
});

it("tries nothing again when the time is 0, and no deletion", async () => {
  expect(await hookOf(0).fail()).toBe(false);
  expect(await hookOf(10).fail(missing, "delete")).toBe(false);
});

it("begins anew with each operation", async () => {
  const { fail, forget, lines, pausesInSeconds } = hookOf(3);
  expect([await fail(), await fail(), await fail()]).toEqual([true, true, false]);
  forget();
  expect([await fail(missing, "update"), await fail(missing, "update")]).toEqual([true, true]);
  expect(pausesInSeconds).toEqual([1, 2, 1, 2]);
  expect(lines.map((line) => line.slice(0, 4))).toEqual(["info", "warn", "info"]);
});
