/** What a field takes. */
export type Kind =
  | { kind: "flag" }
  | { kind: "choice"; of: readonly string[] }
  | { kind: "number"; min: number; max?: number; isWhole?: boolean }
  | { kind: "text"; least: string; most?: string; sound?: readonly string[]; over: readonly string[] }
  | { kind: "list"; item: (index: number) => unknown; min?: number; max?: number }
  | { kind: "map"; entry: (index: number) => readonly [string, unknown]; max?: number };

/** A field of the specification. */
export interface Field {
  /** Where it stands: `routes[0].backend.url`. */
  at: string;
  /** A specification that holds it. */
  base: object;
  kind: Kind;
  isRequired?: boolean;
  /** Where too large a value is told. @default - at the field */
  overAt?: string;
  /** Where the lack of a required value is told. @default - at the field */
  absentAt?: string;
  /** Where the preview, whose arguments have another form, tells of problems. @default - at the field */
  previewAt?: string;
  /** Values by their labels that the preview refuses though OCI takes them, and why. */
  previewRefuses?: { labels: readonly string[]; because: string };
}

/** A specification with one value in it, and whether it is sound. */
export interface Variant {
  label: string;
  specification: unknown;
  /** Where the problem is; undefined for a sound specification. */
  problemAt: string | undefined;
  /** Whether only the preview finds it. */
  isOfPreview: boolean;
  /** Where the preview tells of it, when that is elsewhere. */
  previewAt: string | undefined;
}

/** Each value that is worth a look: absent, minimum, maximum, under, over, of another type; and an unknown sibling. */
export function variants(field: Field): Variant[] {
  const { at, base, kind, isRequired = false, overAt = at, absentAt = at, previewAt, previewRefuses } = field;
  const path = stepsOf(at);
  const one = (label: string, value: unknown, isSound: boolean): Variant => {
    const isOfPreview = previewRefuses?.labels.includes(label) ?? false;
    const place = label === "over" ? overAt : label === "absent" ? absentAt : at;
    const problemAt = isSound && !isOfPreview ? undefined : place;
    return { label, specification: placed(base, path, value), problemAt, isOfPreview, previewAt };
  };
  const all = values(kind).map(([label, value, isSound]) => one(label, value, isSound));
  // An item of a list isn't absent, and its siblings are other items.
  if (typeof path.at(-1) === "number") return all;
  const sibling = [...path.slice(0, -1), "unknownSibling"];
  return [
    one("absent", undefined, !isRequired),
    ...all,
    {
      label: "unknown sibling",
      specification: placed(base, sibling, 1),
      problemAt: textOf(sibling),
      isOfPreview: false,
      previewAt: undefined,
    },
  ];
}

type Value = readonly [label: string, value: unknown, isSound: boolean];

function values(kind: Kind): Value[] {
  switch (kind.kind) {
    case "flag":
      return [["true", true, true], ["false", false, true], ...wrong("true", 1, {}, [])];
    case "choice": {
      const lower = kind.of.map((one) => one.toLowerCase()).filter((one) => !kind.of.includes(one));
      return [
        ...kind.of.map((one): Value => [one, one, true]),
        ...lower.slice(0, 1).map((one): Value => ["in lower case", one, false]),
        ["unknown", "UNKNOWN", false],
        ...wrong(1, true, {}, []),
      ];
    }
    case "number": {
      const { min, max, isWhole = false } = kind;
      return [
        ["minimum", min, true],
        ["under", min - 1, false],
        ...(max === undefined ? [] : [["maximum", max, true] as const, ["over", max + 1, false] as const]),
        ["a fraction", min + 0.5, !isWhole],
        ...wrong(String(min), true, {}, []),
      ];
    }
    case "text":
      return [
        ["shortest", kind.least, true],
        ...(kind.most === undefined ? [] : [["longest", kind.most, true] as const]),
        ...(kind.sound ?? []).map((one): Value => [one, one, true]),
        ...kind.over.map((one): Value => [`${one.slice(0, 20)} (${one.length})`, one, false]),
        ...wrong(1, true, {}, []),
      ];
    case "list": {
      const { item, min = 0, max } = kind;
      const list = (length: number) => Array.from({ length }, (_, index) => item(index));
      return [
        ["minimum", list(min), true],
        ...(min === 0 ? [] : [["under", list(min - 1), false] as const]),
        ...(max === undefined
          ? []
          : [["maximum", list(max), true] as const, ["over", list(max + 1), false] as const]),
        ...wrong(1, "a", true, {}),
      ];
    }
    case "map": {
      const { entry, max } = kind;
      const map = (length: number) => Object.fromEntries(Array.from({ length }, (_, index) => entry(index)));
      return [
        ["one", map(1), true],
        ...(max === undefined
          ? []
          : [["maximum", map(max), true] as const, ["over", map(max + 1), false] as const]),
        ...wrong(1, "a", []),
      ];
    }
  }
}

function wrong(...all: readonly unknown[]): Value[] {
  return all.map((value) => [`wrong type ${JSON.stringify(value)}`, value, false]);
}

type Step = string | number;

export function stepsOf(at: string): Step[] {
  return [...at.matchAll(/([^.[\]]+)/g)].map(([text]) => (/^[0-9]+$/.test(text) ? Number(text) : text));
}

function textOf(steps: readonly Step[]): string {
  return steps
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`))
    .join("")
    .replace(/^\./, "");
}

/** The same with another value at a place; without it for undefined. */
export function placed(whole: unknown, [step, ...rest]: readonly Step[], value: unknown): unknown {
  if (step === undefined) return value;
  if (Array.isArray(whole))
    return whole.map((item, index) => (index === step ? placed(item, rest, value) : item));
  const { [step]: inner, ...others } = Object(whole) as Record<Step, unknown>;
  const next = placed(inner, rest, value);
  return next === undefined ? others : { ...others, [step]: next };
}
