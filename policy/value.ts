/** How the engine marks values that aren't known at preview; the SDK of policies (`@pulumi/policy`, proxy.ts) has the same. */
const marks: ReadonlySet<unknown> = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** A string that isn't known before `pulumi up`, as the engine gives it to rules at preview. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Thrown by reading what isn't known yet, so that no rule takes it for absent. `each` turns it into a finding. */
export class NotKnownYet extends Error {
  readonly key: string;

  constructor(key: string) {
    super(`${key} is known only after pulumi up`);
    this.key = key;
  }
}

/**
 * A property and its place, `specification.routes[0].path`. Every way to read it throws `NotKnownYet` when it, or what it
 * stands in, isn't known. Values of another type than asked for are as absent: the provider refuses them.
 */
export class Value {
  readonly key: string;
  readonly #raw: unknown;

  constructor(raw: unknown, key = "") {
    this.key = key;
    this.#raw = raw;
  }

  /** Whether reading it is safe; what stands in it may still be unknown. */
  get isKnown(): boolean {
    return !marks.has(this.#raw);
  }

  /** Set to something, be it empty. */
  get isSet(): boolean {
    return this.read() !== undefined && this.read() !== null;
  }

  /** The property of that name, or of that path: `at("requestPolicies", "cors")`. */
  at(...names: readonly string[]): Value {
    return names.reduce<Value>((value, name) => value.#child(name), this);
  }

  #child(name: string): Value {
    const raw = this.read();
    const isBag = typeof raw === "object" && raw !== null && !Array.isArray(raw);
    const child = isBag ? (raw as Record<string, unknown>)[name] : undefined;
    return new Value(child, this.key === "" ? name : `${this.key}.${name}`);
  }

  text(): string | undefined {
    const raw = this.read();
    return typeof raw === "string" ? raw : undefined;
  }

  number(): number | undefined {
    const raw = this.read();
    return typeof raw === "number" ? raw : undefined;
  }

  flag(): boolean | undefined {
    const raw = this.read();
    return typeof raw === "boolean" ? raw : undefined;
  }

  /** Elements of a list; none when it is absent. */
  items(): Value[] {
    const raw = this.read();
    return Array.isArray(raw) ? raw.map((item, index) => new Value(item, `${this.key}[${index}]`)) : [];
  }

  /** Texts of a list. */
  texts(): string[] {
    return this.items().flatMap((item) => item.text() ?? []);
  }

  /** Names and values of a map; none when it is absent. */
  entries(): [string, Value][] {
    const raw = this.read();
    if (typeof raw !== "object" || raw === null || Array.isArray(raw)) return [];
    return Object.keys(raw).map((name) => [name, this.at(name)]);
  }

  /** The plain value. */
  read(): unknown {
    if (!this.isKnown) throw new NotKnownYet(this.key);
    return this.#raw;
  }
}
