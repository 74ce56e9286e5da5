import { randomBytes } from "node:crypto";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { FieldIndex } from "./field-index.ts";

/** A resource's JSON as the API shows it. */
export type Body = Record<string, unknown>;

/** A resource with what the API doesn't show. Never changed: a change puts another one. */
export interface Stored {
  type: string;
  id: string;
  body: Body;
  etag: string;
  /** What the emulator keeps beside the body, for example a gateway's port. */
  hidden: Body;
  /** When it was deleted, in milliseconds since 1970; its terminal state is answered for a while. */
  deletedAtInMs?: number;
}

interface Statements {
  put: StatementSync;
  erase: StatementSync;
}

/** Live resources of one type, and indexes of the fields that they were looked for by. */
interface OfType {
  live: Map<string, Stored>;
  indexes: Map<string, FieldIndex>;
}

/** Every resource of one emulator: in memory for reading, written through to SQLite. */
export class Store {
  /** Called before a change of a resource of the type; for all types when everything is taken out. */
  onChange: ((type: string | undefined) => void) | undefined;
  readonly #database: DatabaseSync;
  readonly #statements: Statements;
  readonly #byId = new Map<string, Stored>();
  readonly #byType = new Map<string, OfType>();
  /** In the order of their deletion. */
  readonly #deleted = new Map<string, Stored>();
  /** Place in the order of creation, by id. */
  readonly #positions = new Map<string, number>();
  #lastPosition = 0;
  readonly #versions = new Map<string, number>();
  #clearings = 0;

  /** @param file - SQLite file. @default - in memory */
  constructor(file?: string) {
    this.#database = new DatabaseSync(file ?? ":memory:");
    this.#database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
    this.#database.exec(
      "CREATE TABLE IF NOT EXISTS resource (id TEXT PRIMARY KEY, position INTEGER, document TEXT NOT NULL)",
    );
    this.#statements = {
      put: this.#database.prepare(
        `INSERT INTO resource (id, position, document) VALUES (?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET document = excluded.document`,
      ),
      erase: this.#database.prepare("DELETE FROM resource WHERE id = ?"),
    };
    this.#load();
  }

  /** A live resource of the type. */
  live(type: string, id: unknown): Stored | undefined {
    return typeof id === "string" ? this.#byType.get(type)?.live.get(id) : undefined;
  }

  /** A live resource of any type. */
  find(id: string): Stored | undefined {
    const stored = this.#byId.get(id);
    return stored?.deletedAtInMs === undefined ? stored : undefined;
  }

  /** A resource of the type, deleted ones included. */
  any(type: string, id: unknown): Stored | undefined {
    const stored = typeof id === "string" ? this.#byId.get(id) : undefined;
    return stored?.type === type ? stored : undefined;
  }

  /** All live resources of the type, oldest first. */
  list(type: string): Stored[] {
    return [...this.each(type)];
  }

  /** Like {@link list}, one after the other. */
  each(type: string): Iterable<Stored> {
    return this.#byType.get(type)?.live.values() ?? [];
  }

  /** How many live resources of the type there are. */
  count(type: string): number {
    return this.#byType.get(type)?.live.size ?? 0;
  }

  /** Live resources of the type whose field has the value, oldest first; looks at no others. */
  listBy(type: string, field: string, value: unknown): Stored[] {
    const position = ({ id }: Stored) => this.#positions.get(id) ?? 0;
    return this.#index(type, field)
      .list(value)
      .sort((a, b) => position(a) - position(b));
  }

  /** Deleted resources that are still kept, the longest deleted first. */
  deleted(): Iterable<Stored> {
    return this.#deleted.values();
  }

  /** Another number after each change of a live resource of the type. */
  versionOf(type: string): number {
    return this.#clearings + (this.#versions.get(type) ?? 0);
  }

  /** Writes a new or changed resource with a new etag. */
  put(type: string, id: string, body: Body, hidden: Body = {}, deletedAtInMs?: number): Stored {
    this.onChange?.(type);
    const stored: Stored = { type, id, body, hidden, etag: randomBytes(8).toString("hex") };
    if (deletedAtInMs !== undefined) stored.deletedAtInMs = deletedAtInMs;
    const position = this.#positions.get(id) ?? this.#lastPosition + 1;
    this.#statements.put.run(id, position, JSON.stringify(stored));
    this.#remember(stored, position);
    this.#changed(type);
    return stored;
  }

  /** Takes a resource out, without a trace. */
  erase(id: string): void {
    const stored = this.#byId.get(id);
    if (stored === undefined) return;
    const isLive = stored.deletedAtInMs === undefined;
    if (isLive) this.onChange?.(stored.type);
    this.#statements.erase.run(id);
    this.#forget(stored);
    if (isLive) this.#changed(stored.type);
  }

  /** Takes everything out. */
  clear(): void {
    this.onChange?.(undefined);
    this.#database.exec("DELETE FROM resource");
    for (const map of [this.#byId, this.#byType, this.#deleted, this.#positions]) map.clear();
    this.#clearings += 1;
  }

  close(): void {
    this.#database.close();
  }

  #load(): void {
    const rows = this.#database.prepare("SELECT position, document FROM resource ORDER BY position").all();
    for (const { position, document } of rows) {
      this.#remember(JSON.parse(String(document)) as Stored, Number(position));
    }
    const time = ({ deletedAtInMs = 0 }: Stored) => deletedAtInMs;
    const deleted = [...this.#deleted].sort(([, a], [, b]) => time(a) - time(b));
    this.#deleted.clear();
    for (const [id, stored] of deleted) this.#deleted.set(id, stored);
  }

  #remember(stored: Stored, position: number): void {
    const { type, id } = stored;
    const ofType = this.#ofType(type);
    const before = ofType.live.get(id);
    for (const index of before === undefined ? [] : ofType.indexes.values()) index.remove(before as Stored);
    if (stored.deletedAtInMs === undefined) {
      ofType.live.set(id, stored);
      for (const index of ofType.indexes.values()) index.add(stored);
    } else {
      ofType.live.delete(id);
      this.#deleted.set(id, stored);
    }
    this.#byId.set(id, stored);
    this.#positions.set(id, position);
    this.#lastPosition = Math.max(this.#lastPosition, position);
  }

  #forget(stored: Stored): void {
    const { live, indexes } = this.#ofType(stored.type);
    if (live.delete(stored.id)) for (const index of indexes.values()) index.remove(stored);
    for (const map of [this.#byId, this.#deleted, this.#positions]) map.delete(stored.id);
  }

  #ofType(type: string): OfType {
    const ofType = this.#byType.get(type) ?? { live: new Map(), indexes: new Map() };
    this.#byType.set(type, ofType);
    return ofType;
  }

  /** Made when a field is first looked for, kept from then on. */
  #index(type: string, field: string): FieldIndex {
    const { live, indexes } = this.#ofType(type);
    let index = indexes.get(field);
    if (index === undefined) {
      index = new FieldIndex(field);
      for (const stored of live.values()) index.add(stored);
      indexes.set(field, index);
    }
    return index;
  }

  #changed(type: string): void {
    this.#versions.set(type, (this.#versions.get(type) ?? 0) + 1);
  }
}
