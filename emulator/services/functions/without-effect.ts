import { isDeepStrictEqual } from "node:util";
import type { Call } from "../../core/operation.ts";
import type { Body, Stored } from "../../core/store.ts";

const settings: readonly { field: string; isOn(value: Body): boolean; effect: string }[] = [
  {
    field: "provisionedConcurrencyConfig",
    isOn: ({ strategy }) => strategy === "CONSTANT",
    effect: "instances start on demand",
  },
  { field: "traceConfig", isOn: ({ isEnabled }) => isEnabled === true, effect: "no traces are sent" },
];

/** Says aloud what of an application or a function is only kept and given back, when it is set anew. */
export function noteWithoutEffect(stored: Stored, previous: Stored | undefined, call: Call): void {
  for (const { field, isOn, effect } of settings) {
    const value = stored.body[field] as Body | undefined;
    if (value === undefined || !isOn(value) || isDeepStrictEqual(value, previous?.body[field])) continue;
    call.emulation.emit({
      type: "notice",
      resourceId: stored.id,
      message: `${field} of ${stored.type} "${stored.body.displayName}" is kept without effect here: ${effect}.`,
    });
  }
}
