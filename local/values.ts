/** Property values as they travel between program and engine: JSON with a few signed objects. */
export type Properties = Record<string, unknown>;

const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const specialNames: Readonly<Record<string, string>> = {
  "5cf8f73096256a8f31e491e813e4eb8e": "a resource",
  c44067f5952c0a294b673a41bacd8c17: "an asset",
  "0def7320c3a5731c473e5ecbe6d01bc7": "an archive",
};

/** Stands for a value that a preview can't know yet. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export function isRecord(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a value is marked as secret. */
export function isSecret(value: unknown): value is { value: unknown } {
  return isRecord(value) && value[signatureKey] === secretSignature;
}

/** Marks a value as secret; what is secret already stays as it is. */
export function secret(value: unknown): unknown {
  return isSecret(value) ? value : { [signatureKey]: secretSignature, value };
}

/** The value without secret marks. */
export function plain(value: unknown): unknown {
  if (isSecret(value)) return plain(value.value);
  if (Array.isArray(value)) return value.map(plain);
  if (isRecord(value)) return mapValues(value, plain);
  return value;
}

/** Like {@link plain}, for the properties of a resource. */
export function plainProperties(properties: Properties): Properties {
  return mapValues(properties, plain);
}

/** The value with every secret replaced by `[secret]` and every unknown by `[unknown]`: fit for printing. */
export function printable(value: unknown): unknown {
  if (isSecret(value)) return "[secret]";
  if (value === unknownValue) return "[unknown]";
  if (Array.isArray(value)) return value.map(printable);
  if (isRecord(value)) return mapValues(value, printable);
  return value;
}

export function hasSecret(value: unknown): boolean {
  if (isSecret(value)) return true;
  if (Array.isArray(value)) return value.some(hasSecret);
  return isRecord(value) && Object.values(value).some(hasSecret);
}

export function hasUnknown(value: unknown): boolean {
  if (value === unknownValue) return true;
  if (Array.isArray(value)) return value.some(hasUnknown);
  return isRecord(value) && Object.values(value).some(hasUnknown);
}

/** What an input must not be: "a resource", "an asset" or "an archive", wherever it lies inside the value. */
export function specialObject(value: unknown): string | undefined {
  if (Array.isArray(value)) return value.map(specialObject).find((name) => name !== undefined);
  if (!isRecord(value)) return undefined;
  const signature = value[signatureKey];
  const name = typeof signature === "string" ? specialNames[signature] : undefined;
  return name ?? Object.values(value).map(specialObject).find(Boolean);
}

/**
 * Marks as secret in `outputs` what is secret at the same place in `inputs`; where the shapes differ,
 * the whole of the nearest common part.
 */
export function markSecrets(outputs: unknown, inputs: unknown): unknown {
  if (isSecret(inputs)) return secret(outputs);
  if (isRecord(inputs) && isRecord(outputs)) {
    return mapValues(outputs, (value, key) => markSecrets(value, inputs[key]));
  }
  if (Array.isArray(inputs) && Array.isArray(outputs) && inputs.length === outputs.length) {
    return outputs.map((value, index) => markSecrets(value, inputs[index]));
  }
  return hasSecret(inputs) ? secret(outputs) : outputs;
}

/** Deep equality of plain values; an absent property equals one that is null. */
export function isSame(left: unknown, right: unknown): boolean {
  if (left === right || (left ?? undefined) === (right ?? undefined)) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((value, index) => isSame(value, right[index]));
  }
  if (isRecord(left) && isRecord(right)) {
    return [...new Set([...Object.keys(left), ...Object.keys(right)])].every((key) =>
      isSame(left[key], right[key]),
    );
  }
  return false;
}

export function mapValues(record: Properties, change: (value: unknown, key: string) => unknown): Properties {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
}

/** The value without absent properties, as it is written to the wire. */
export function compact(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null));
}
