import { setTimeout as sleep } from "node:timers/promises";
import { type Diagnosis, diagnose, type Outcome } from "./diagnosis.ts";

/** What the waiting needs of the world. */
export interface Surroundings {
  call(url: string, timeoutInMs: number): Promise<Outcome>;
  nowInMs(): number;
  pause(inMs: number): Promise<unknown>;
  /** Told when the outcome is another one than before. */
  onChange(diagnosis: Diagnosis): void;
}

/** The longest that one call may take: a function's longest time-out and its start. */
const callTimeoutInMs = 330_000;

/** Calls until the API answers, waiting won't help, or the time is over; answers the last outcome. */
export async function waitUntilCallable(
  url: string,
  timeoutInSeconds: number,
  world: Surroundings,
): Promise<Diagnosis & { afterInSeconds: number }> {
  const start = world.nowInMs();
  const end = start + timeoutInSeconds * 1000;
  let before = "";
  for (let pauseInMs = 1000; ; pauseInMs = Math.min(pauseInMs * 2, 10_000)) {
    const remainingInMs = Math.max(end - world.nowInMs(), 1000);
    const diagnosis = diagnose(await world.call(url, Math.min(remainingInMs, callTimeoutInMs)));
    const now = world.nowInMs();
    if (diagnosis.verdict !== "wait" || now >= end) {
      return { ...diagnosis, afterInSeconds: (now - start) / 1000 };
    }
    if (diagnosis.outcome !== before) world.onChange(diagnosis);
    before = diagnosis.outcome;
    await world.pause(Math.min(pauseInMs, end - now));
  }
}

/** One GET. Redirects are answers. */
export async function call(url: string, timeoutInMs: number): Promise<Outcome> {
  try {
    const response = await fetch(url, {
      redirect: "manual",
      signal: AbortSignal.timeout(Math.ceil(timeoutInMs)),
    });
    return { kind: "answer", status: response.status, body: await response.text() };
  } catch (error) {
    const { name, message, cause } = error as Error & { cause?: { code?: string; message?: string } };
    if (name === "TimeoutError") {
      return {
        kind: "failure",
        code: "timeout",
        message: `no answer within ${Math.round(timeoutInMs / 1000)} s`,
      };
    }
    return { kind: "failure", code: cause?.code ?? name, message: cause?.message || message };
  }
}

export const surroundings: Omit<Surroundings, "onChange"> = {
  call,
  nowInMs: () => performance.now(),
  pause: (inMs) => sleep(inMs),
};
