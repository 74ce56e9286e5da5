import type { Stored } from "./store.ts";

/** Live resources of one type by the value of one field. */
export class FieldIndex {
  readonly #field: string;
  readonly #byValue = new Map<string, Map<string, Stored>>();

  constructor(field: string) {
    this.#field = field;
  }

  add(stored: Stored): void {
    const value = String(stored.body[this.#field]);
    const ofValue = this.#byValue.get(value) ?? new Map<string, Stored>();
    ofValue.set(stored.id, stored);
    this.#byValue.set(value, ofValue);
  }

  /** @param stored - as it was added */
  remove(stored: Stored): void {
    const value = String(stored.body[this.#field]);
    const ofValue = this.#byValue.get(value);
    ofValue?.delete(stored.id);
    if (ofValue?.size === 0) this.#byValue.delete(value);
  }

  list(value: unknown): Stored[] {
    return [...(this.#byValue.get(String(value))?.values() ?? [])];
  }
}
