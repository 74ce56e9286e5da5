import type { Resource } from "./rule.ts";
import { namedBy, type Targets } from "./stack.ts";
import { types } from "./types.ts";

/** Logs of one kind, by what they are of. */
export interface Logs {
  of(target: Resource): readonly Resource[];
  /** The first of which nobody knows yet what it is of. */
  undecided: Resource | undefined;
}

/**
 * The logs whose source is as wanted, each read once.
 *
 * @param logs - Those that are looked at.
 * @param wanted - Properties of `configuration.source`, for example `service` and `category`.
 * @param targets - What they may be of.
 */
export function logsOf(
  logs: readonly Resource[],
  wanted: Readonly<Record<string, string>>,
  targets: Targets,
): Logs {
  const byTarget = new Map<Resource, Resource[]>();
  const undecided: Resource[] = [];
  for (const log of logs.filter((one) => mayBe(one, wanted))) {
    const named = namedBy(log, "configuration", ["source", "resource"], targets);
    if (named === undefined) undecided.push(log);
    for (const target of named ?? []) byTarget.set(target, [...(byTarget.get(target) ?? []), log]);
  }
  return { of: (target) => byTarget.get(target) ?? [], undecided: undecided[0] };
}

/** Of what isn't known, any log may be the one. */
function mayBe({ type, properties }: Resource, wanted: Readonly<Record<string, string>>): boolean {
  if (type !== types.log) return false;
  const configuration = properties.at("configuration");
  if (!configuration.isKnown || !configuration.at("source").isKnown) return true;
  const source = configuration.at("source");
  return Object.entries(wanted).every(
    ([name, text]) => !source.at(name).isKnown || source.at(name).text() === text,
  );
}

/** Whether a log may be on. */
export function isOn({ properties }: Resource): boolean {
  const isEnabled = properties.at("isEnabled");
  return !isEnabled.isKnown || isEnabled.flag() !== false;
}
