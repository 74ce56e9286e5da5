import {
  hasSecret,
  hasUnknown,
  isRecord,
  isSame,
  type Properties,
  specialObject,
  unknownValue,
} from "../values.ts";
import type { ResourceRow } from "./rows.ts";
import { checkRequired, checkRules } from "./rules.ts";
import { type CheckFailure, type Difference, type PropertyKind, UnmodelledError } from "./types.ts";

/** Everything that can be said of a resource's inputs before the control plane sees them. */
export function checkInputs(
  row: Pick<ResourceRow, "properties" | "required" | "requiredUnless" | "rules">,
  inputs: Properties,
  region?: string,
): CheckFailure[] {
  const { properties, required, requiredUnless = {}, rules = [] } = row;
  const failures = checkProperties(properties, inputs);
  const wrong = new Set(failures.map(({ property }) => property));
  const conditional = Object.entries(requiredUnless)
    .filter(([, other]) => isAbsent(inputs[other]))
    .map(([property]) => property);
  return [
    ...failures,
    ...checkRequired([...required, ...conditional], rules, inputs),
    ...checkRules(
      rules.filter(({ property }) => !wrong.has(property)),
      inputs,
      region,
    ),
  ];
}

/** Refuses changes of a living resource that the local provider can't make; throws {@link UnmodelledError}. */
export function assertChangeable(
  row: Pick<ResourceRow, "unchangeable">,
  oldInputs: Properties,
  newInputs: Properties,
): void {
  const names = (row.unchangeable ?? []).filter(
    (name) => !hasUnknown(newInputs[name]) && !isSame(oldInputs[name], newInputs[name]),
  );
  if (names.length === 0) return;
  throw new UnmodelledError(
    `a change of ${names.join(", ")} on a living resource isn't modelled; replace the resource, for example with the option replaceOnChanges: ${JSON.stringify(names)}`,
  );
}

/** A failure's reason, fit for printing: a value that is secret isn't told. */
export function shownReason({ property, reason, secretReason }: CheckFailure, inputs: Properties): string {
  return hasSecret(inputs[property]) ? (secretReason ?? reason) : reason;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

/** Input properties that the type doesn't have, and values of a wrong type. */
export function checkProperties(
  properties: Readonly<Record<string, PropertyKind>>,
  inputs: Properties,
): CheckFailure[] {
  return Object.entries(inputs).flatMap(([property, value]) => {
    const kind = properties[property];
    if (kind === undefined) {
      return [{ property, reason: `isn't modelled; known are ${Object.keys(properties).sort().join(", ")}` }];
    }
    if (isAbsent(value) || value === unknownValue) return [];
    const special = specialObject(value);
    if (special !== undefined) return [{ property, reason: `must not be ${special}; give its id` }];
    return isOfKind(value, kind) ? [] : [{ property, reason: `must be a ${kind}, is a ${kindOf(value)}` }];
  });
}

function isOfKind(value: unknown, kind: PropertyKind): boolean {
  if (kind === "list") return Array.isArray(value);
  if (kind === "map" || kind === "object") return isRecord(value);
  return typeof value === kind;
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? "list" : typeof value;
}

/** Which properties differ and whether the resource has to be replaced for them. */
export function difference(
  row: Pick<ResourceRow, "createOnly" | "unordered">,
  oldInputs: Properties,
  newInputs: Properties,
): Difference {
  const names = [...new Set([...Object.keys(oldInputs), ...Object.keys(newInputs)])];
  const changed = names
    .filter((name) => {
      const isUnordered = row.unordered?.includes(name) === true;
      return !isSame(ordered(oldInputs[name], isUnordered), ordered(newInputs[name], isUnordered));
    })
    .sort();
  return {
    changed,
    replaces: changed.filter((name) => row.createOnly.includes(name)),
    isDeletedBeforeReplace: false,
  };
}

function ordered(value: unknown, isUnordered: boolean): unknown {
  if (!isUnordered || !Array.isArray(value)) return value;
  return [...value].sort((left, right) => JSON.stringify(left).localeCompare(JSON.stringify(right)));
}
