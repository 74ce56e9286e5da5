import { isRecord, isSame, mapValues, type Properties } from "../values.ts";

/** Properties whose keys are the user's own: a key more or less is a change. */
const maps = new Set(["config", "freeformTags", "definedTags", "buildArgs", "labels"]);

/**
 * The inputs of a resource as they would have to be for what it now is. What the program gave counts, compared to what
 * OCI answers at the same place; what OCI adds by itself isn't an input.
 *
 * @param outputs - what OCI answers now
 * @param known - names of the type's inputs; for an import, where the program gave nothing yet, all that were answered
 */
export function inputsNow(inputs: Properties, outputs: Properties, known: readonly string[]): Properties {
  if (Object.keys(inputs).length > 0) return merged(inputs, outputs) as Properties;
  return Object.fromEntries(
    known.flatMap((name) => {
      const value = outputs[name];
      return value === undefined || value === null || isEmpty(value) ? [] : [[name, value]];
    }),
  );
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === "" || (isRecord(value) && Object.keys(value).length === 0);
}

function merged(given: unknown, now: unknown): unknown {
  if (now === undefined || isSame(given, now)) return given;
  if (isRecord(given) && isRecord(now)) {
    return mapValues(given, (value, key) => (maps.has(key) && now[key] ? now[key] : merged(value, now[key])));
  }
  if (Array.isArray(given) && Array.isArray(now) && given.length === now.length) {
    return given.map((value, index) => merged(value, now[index]));
  }
  return now;
}
