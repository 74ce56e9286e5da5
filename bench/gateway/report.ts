import type { Baseline } from "../engine-baseline.ts";
import { median } from "../engine-baseline.ts";
import { type Compared, cpuRatio, type Round, rateRatio } from "./measure.ts";
import type { Accuracy } from "./rate-limits.ts";

/** All that a run has measured. */
export interface GatewayFigures {
  compared: readonly Compared[];
  accuracies: readonly Accuracy[];
  counterMegabytes: number | undefined;
}

export const goals = { accuracyInPercent: 1, counterMegabytes: 50 };

/** The figures as tables in Markdown. */
export function gatewayTables({ compared, accuracies, counterMegabytes }: GatewayFigures): string {
  const rows = compared.flatMap((one) => one.names.map((name, place) => row(one, name, place)));
  const tables = [
    table(
      ["", "Answers a second", "Thread time each", "p50", "p99", "Ratio", "… by thread time", "Goal"],
      rows,
    ),
  ];
  if (accuracies.length > 0) {
    tables.push(
      table(
        ["Rate limit over 10 s", "Allowed", "Let through", "Off by", "Goal"],
        accuracies.map((one) => [
          one.name,
          String(one.allowed),
          String(one.letThrough),
          `${offByPercent(one).toFixed(2)} %`,
          `±${goals.accuracyInPercent} %`,
        ]),
      ),
    );
  }
  if (counterMegabytes !== undefined) {
    const held = `${counterMegabytes.toFixed(1)} MB`;
    tables.push(`Counters of 100,000 client addresses: ${held}; goal: ${goals.counterMegabytes} MB.`);
  }
  return tables.join("\n\n");
}

export function offByPercent({ allowed, letThrough }: Accuracy): number {
  return (letThrough / allowed - 1) * 100;
}

/** A line for each rate limit that isn't kept as exactly as it should be. */
export function missedLimits(accuracies: readonly Accuracy[]): string[] {
  return accuracies.flatMap((one) => {
    const { allowed, letThrough } = one;
    if (Math.abs(letThrough - allowed) * 100 <= goals.accuracyInPercent * allowed) return [];
    return [`${one.name}: off by ${offByPercent(one).toFixed(2)} %; tolerated: ${goals.accuracyInPercent} %`];
  });
}

/** How many times more a target costs than what it is compared with; the larger, the worse. */
export function costs({ compared, accuracies, counterMegabytes }: GatewayFigures): Baseline {
  const rounded = (value: number) => Math.round(value * 1000) / 1000;
  return Object.fromEntries([
    ...compared.map((one) => [one.name, rounded(1 / (cpuRatio(one) ?? rateRatio(one)))] as const),
    ...accuracies.map((one) => [one.name, rounded(1 + Math.abs(offByPercent(one)) / 100)] as const),
    ...(counterMegabytes === undefined ? [] : [["counters, MB", rounded(counterMegabytes)] as const]),
  ]);
}

function row(one: Compared, name: string, place: number): string[] {
  const rounds = one.rounds[place] ?? [];
  const middle = (value: (round: Round) => number) => median(rounds.map(value));
  const cpu = rounds.flatMap((round) => round.cpuInMicroseconds ?? []);
  const byCpu = cpuRatio(one, place);
  const added =
    middle((round) => round.p50InMs) - median((one.rounds[0] ?? []).map((round) => round.p50InMs));
  const { goalOfAddedMs } = one;
  const goal = `${one.goal}${goalOfAddedMs === undefined ? "" : `; ${added.toFixed(2)} of ${goalOfAddedMs} ms more`}`;
  return [
    place === 0 ? `**${one.name}**: ${name}` : `… ${name}`,
    String(Math.round(middle((round) => round.perSecond))),
    cpu.length === 0 ? "" : `${median(cpu).toFixed(1)} µs`,
    `${middle((round) => round.p50InMs).toFixed(2)} ms`,
    `${middle((round) => round.p99InMs).toFixed(2)} ms`,
    place === 0 ? "" : rateRatio(one, place).toFixed(2),
    place === 0 || byCpu === undefined ? "" : byCpu.toFixed(2),
    place === 1 ? goal : "",
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const rule = head.map((_, index) => (index === 0 ? "---" : "---:"));
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}
