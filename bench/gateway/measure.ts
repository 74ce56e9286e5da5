import { median } from "../engine-baseline.ts";
import { type Child, startChild, type Usage } from "./child.ts";
import type { LoadOptions, LoadResult } from "./load.ts";

/** What is loaded, and who tells how much processor time it took. */
export interface Target {
  name: string;
  at: number | string;
  requests: readonly string[];
  usage?: (() => Promise<Usage>) | undefined;
}

/** Two targets of which the second is compared with the first; `beside` is measured in the same rounds. */
export interface Comparison {
  name: string;
  /** Answers of the second for each of the first, at least. */
  goal: number;
  connections: number;
  base: Target;
  target: Target;
  beside?: readonly Target[];
  /** Whether nobody but server and client works, so that the client has a core to stay awake on. */
  isAlone?: boolean;
  /** Milliseconds that the second's median answer may take longer. */
  goalOfAddedMs?: number;
  close(): Promise<void>;
}

export interface Round {
  perSecond: number;
  /** Microseconds of processor time for each answer, of the serving thread; undefined where nobody tells. */
  cpuInMicroseconds: number | undefined;
  p50InMs: number;
  p99InMs: number;
}

/** Rounds of a comparison, by place: base, target, those beside. */
export interface Compared {
  name: string;
  goal: number;
  goalOfAddedMs: number | undefined;
  names: readonly string[];
  rounds: readonly (readonly Round[])[];
}

export interface Pace {
  rounds: number;
  durationInMs: number;
}

/** Loads the targets of a comparison in turn, the other way round every second time; the first rounds warm up. */
export async function compare(comparison: Comparison, pace: Pace, loader: Child): Promise<Compared> {
  const { name, goal, goalOfAddedMs, base, target, beside = [], connections } = comparison;
  const targets = [base, target, ...beside];
  const rounds: Round[][] = targets.map(() => []);
  for (let round = -warmUps; round < pace.rounds; round++) {
    const places = [...targets.keys()];
    if (round % 2 !== 0) places.reverse();
    for (const place of places) {
      const one = targets[place];
      if (one === undefined) continue;
      const options = {
        connections,
        durationInMs: pace.durationInMs,
        staysAwake: comparison.isAlone ?? false,
      };
      const measured = await loadOnce(one, options, loader);
      if (round >= 0) rounds[place]?.push(measured);
    }
  }
  return { name, goal, goalOfAddedMs, names: targets.map((one) => one.name), rounds };
}

const warmUps = 3;

async function loadOnce(
  target: Target,
  options: Omit<LoadOptions, "target" | "requests">,
  loader: Child,
): Promise<Round> {
  const before = await target.usage?.();
  const result = await loader.ask<LoadResult>({ ...options, target: target.at, requests: target.requests });
  const after = await target.usage?.();
  const { 200: good = 0, ...others } = result.statuses;
  if (Object.keys(others).length > 0 || good === 0) {
    throw new Error(`${target.name} answered ${JSON.stringify(result.statuses)}, not only 200`);
  }
  return {
    perSecond: (good / result.inMs) * 1000,
    cpuInMicroseconds: before && after && (after.threadInMicroseconds - before.threadInMicroseconds) / good,
    p50InMs: result.p50InMs,
    p99InMs: result.p99InMs,
  };
}

/** Answers of one place for each of the base's, in the same round; the median of all rounds. */
export function rateRatio({ rounds }: Compared, place = 1): number {
  const [base = []] = rounds;
  return median(
    (rounds[place] ?? []).map(({ perSecond }, index) => perSecond / (base[index]?.perSecond ?? 0)),
  );
}

/** The same by processor time, which other work on the machine moves less; undefined where nobody tells it. */
export function cpuRatio({ rounds }: Compared, place = 1): number | undefined {
  const of = (index: number) => (rounds[index] ?? []).flatMap((round) => round.cpuInMicroseconds ?? []);
  const [base, own] = [of(0), of(place)];
  return base.length === 0 || own.length === 0 ? undefined : median(base) / median(own);
}

export function loaderProcess(): Child {
  return startChild("./load-process.ts");
}

/** @param child - started from `subject.ts` */
export function usageOf(child: Child): () => Promise<Usage> {
  return () => child.ask<Usage>({ do: "usage" });
}
