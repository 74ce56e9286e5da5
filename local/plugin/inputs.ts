import { isRecord, isSame, mapValues, type Properties } from "../values.ts";

/** Properties whose keys are the user's own: a key more or less is a change. */
const maps = new Set(["config", "freeformTags", "definedTags", "buildArgs", "labels"]);

/** Among the inputs of an imported resource: names of those that nobody gave; the official provider has it as well. */
const chosenKey = "__defaults";

/** Inputs without the list of those that nobody gave. */
export function givenInputs({ [chosenKey]: _, ...inputs }: Properties): Properties {
  return inputs;
}

/**
 * New inputs to compare old ones with: what OCI chose and the program doesn't name stays as it is.
 *
 * @returns both, comparable
 */
export function comparable(olds: Properties, news: Properties): { olds: Properties; news: Properties } {
  const chosen = Array.isArray(olds[chosenKey]) ? olds[chosenKey].map(String) : [];
  const kept = chosen.filter((name) => !(name in news)).map((name) => [name, olds[name]]);
  return { olds: givenInputs(olds), news: { ...Object.fromEntries(kept), ...givenInputs(news) } };
}

/**
 * The inputs of a resource as they would have to be for what it now is. What the program gave counts, compared to what
 * OCI answers at the same place; what OCI adds by itself isn't an input.
 *
 * @param outputs - what OCI answers now
 * @param known - names of the type's inputs; for an import, where the program gave nothing yet, all that were answered
 */
export function inputsNow(inputs: Properties, outputs: Properties, known: readonly string[]): Properties {
  if (Object.keys(inputs).length > 0) return merged(inputs, outputs) as Properties;
  const answered = known.filter((name) => !isEmpty(outputs[name]));
  return {
    ...Object.fromEntries(answered.map((name) => [name, outputs[name]])),
    [chosenKey]: answered,
  };
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
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
