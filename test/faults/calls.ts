import type { EmulatorEvent } from "../../emulator/types.ts";

/** One call of a fresh up: the n-th of its method and path, where `*` stands for the id. */
export interface CountedCall {
  method: string;
  path: string;
  /** Counted from 1. */
  nth: number;
}

/** What happens at a call; `kill` is a lost answer and SIGKILL to the engine, its plugins and the program. */
export const faultKinds = [500, 429, 409, "lostAnswer", "kill"] as const;
export type FaultName = (typeof faultKinds)[number];

export interface FaultCase {
  call: CountedCall;
  fault: FaultName;
}

/** The calls that the emulator told of, each once, in their order; its own control API apart. */
export function countCalls(events: readonly EmulatorEvent[]): CountedCall[] {
  const counts = new Map<string, number>();
  return events.flatMap((event) => {
    if (event.type !== "api" || event.path.startsWith("/_emulator/")) return [];
    const path = withoutIds(event.path);
    const key = `${event.method} ${path}`;
    const nth = (counts.get(key) ?? 0) + 1;
    counts.set(key, nth);
    return [{ method: event.method, path, nth }];
  });
}

export function withoutIds(path: string): string {
  return path.replace(/\/ocid1[^/]*/g, "/*");
}

/** Every call with every fault. */
export function allCases(calls: readonly CountedCall[]): FaultCase[] {
  return calls.flatMap((call) => faultKinds.map((fault) => ({ call, fault })));
}

/**
 * A sample that is the same for the same seed: each kind of fault in turn, calls drawn from all of them; `kill` strikes
 * writes only, where it leaves something behind.
 */
export function sample(calls: readonly CountedCall[], size: number, seed: number): FaultCase[] {
  const random = generator(seed);
  return Array.from({ length: size }, (_, index) => {
    const fault = faultKinds[faultKinds.length - 1 - (index % faultKinds.length)] ?? 500;
    const from = fault === "kill" ? calls.filter(({ method }) => method === "POST") : calls;
    const call = from[Math.floor(random() * from.length)];
    if (call === undefined) throw new Error("there is no call to strike");
    return { call, fault };
  });
}

/** Mulberry32: numbers from 0 up to 1. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function nameOf({ method, path, nth }: CountedCall): string {
  return `${method} ${path}${nth === 1 ? "" : ` (${nth})`}`;
}
