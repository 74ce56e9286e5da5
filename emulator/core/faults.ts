import * as z from "zod";
import { checkedBody } from "./check.ts";
import { type ErrorCode, OciError } from "./errors.ts";

/**
 * What happens instead of an answer: an error of the status (409 is IncorrectState), or the connection is cut:
 * `lostAnswer` after the call was carried out, `lostRequest` before.
 */
const kind = z.union([z.literal([404, 409, 429, 500, 503]), z.enum(["lostAnswer", "lostRequest"])]);
export type FaultKind = z.infer<typeof kind>;

const fault = z.strictObject({
  /** @default - any */
  method: z.enum(["GET", "POST", "PUT", "DELETE"]).optional(),
  /** Path without the query; `*` stands for anything, for example `/20190501/gateways/*`. */
  path: z.string().startsWith("/"),
  /** From which matching call on, counted from 1. @default 1 */
  nth: z.int().min(1).optional(),
  /** How many calls in a row. @default 1 */
  times: z.int().min(1).optional(),
  kind,
});
type Fault = z.infer<typeof fault>;

const faults = z.strictObject({ faults: z.array(fault).max(1000) });

/** Faults that were asked for, each with the calls that it saw and those that it struck. */
export class Faults {
  #faults: { fault: Fault; pattern: RegExp; calls: number; struck: number }[] = [];

  /** Takes the place of all faults before. The body is a list, or an object with it as `faults`. */
  set(rawBody: Buffer): void {
    const text = rawBody.toString("utf8").trimStart();
    const body = text.startsWith("[") ? Buffer.from(`{"faults":${text}}`) : rawBody;
    const given = checkedBody(faults, body).faults as Fault[];
    this.#faults = given.map((one) => ({ fault: one, pattern: patternOf(one.path), calls: 0, struck: 0 }));
  }

  list() {
    return this.#faults.map(({ fault: one, calls, struck }) => ({ ...one, calls, struck }));
  }

  /** Counts a call, and says what is to happen to it: the first fault that strikes. */
  take(method: string, path: string): FaultKind | undefined {
    let taken: FaultKind | undefined;
    for (const entry of this.#faults) {
      const { method: wanted = method, nth = 1, times = 1, kind: what } = entry.fault;
      if (wanted !== method || !entry.pattern.test(path)) continue;
      entry.calls += 1;
      if (taken !== undefined || entry.calls < nth || entry.calls >= nth + times) continue;
      entry.struck += 1;
      taken = what;
    }
    return taken;
  }

  clear(): void {
    this.#faults = [];
  }
}

const codes = {
  404: "NotAuthorizedOrNotFound",
  409: "IncorrectState",
  429: "TooManyRequests",
  500: "InternalServerError",
  503: "ServiceUnavailable",
} as const satisfies Record<number, ErrorCode>;

/** The error that a fault answers. */
export function faultError(status: keyof typeof codes): OciError {
  return new OciError(codes[status], "A fault that PUT /_emulator/faults asked for.");
}

function patternOf(path: string): RegExp {
  const escaped = path.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${escaped}$`);
}
