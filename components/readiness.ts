import { setTimeout as sleep } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { hookName } from "./hooks.ts";
import { givingUpText, isAccessMissing, pauseInSeconds, waitingText } from "./model/readiness.ts";

/** What a wait needs of the world. */
export interface Surroundings {
  nowInMs(): number;
  pause(inMs: number): Promise<unknown>;
  info(text: string): void;
  warn(text: string): void;
}

/**
 * Has a deployment tried again while OCI doesn't yet see that the gateway may call its functions: what group and
 * policy allow takes effect some time after they exist.
 *
 * @returns undefined where hooks can't be registered (Pulumi's mocks).
 */
export function accessHook(
  name: string,
  timeoutInSeconds: number,
  parent: pulumi.Resource,
): pulumi.ErrorHook | undefined {
  const unique = hookName(`${name}-wait-for-access`);
  if (unique === undefined) return undefined;
  const wait = waitForAccess(name, timeoutInSeconds, {
    nowInMs: () => performance.now(),
    pause: (inMs) => sleep(inMs),
    // The deployment itself has no URN yet while it is created: its lines stand at the gateway.
    info: (text) => void pulumi.log.info(text, parent),
    warn: (text) => void pulumi.log.warn(text, parent),
  });
  return new pulumi.ErrorHook(unique, wait);
}

/** The hook itself: whether to try again, after a pause. */
export function waitForAccess(
  name: string,
  timeoutInSeconds: number,
  { nowInMs, pause, info, warn }: Surroundings,
): (args: Pick<pulumi.ErrorHookArgs, "errors" | "failedOperation">) => Promise<boolean> {
  let startInMs = 0;
  let isTold = false;
  return async ({ errors, failedOperation }) => {
    const [newest = ""] = errors;
    if (!isAccessMissing(newest, failedOperation) || timeoutInSeconds === 0) return false;
    if (errors.length === 1) {
      startInMs = nowInMs();
      isTold = false;
    }
    const remainingInSeconds = timeoutInSeconds - (nowInMs() - startInMs) / 1000;
    if (remainingInSeconds <= 0) {
      warn(givingUpText(name, timeoutInSeconds));
      return false;
    }
    if (!isTold) info(waitingText(name, timeoutInSeconds));
    isTold = true;
    await pause(pauseInSeconds(errors.length, remainingInSeconds) * 1000);
    return true;
  };
}
