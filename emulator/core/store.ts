import { randomBytes } from "node:crypto";
import { DatabaseSync } from "node:sqlite";

/** A resource's JSON as the API shows it. */
export type Body = Record<string, unknown>;

/** A resource with what the API doesn't show. */
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

/** Every resource of one emulator: in memory for reading, written through to SQLite. */
export class Store {
  /** Grows with every change. */
  version = 0;
  /** Called before a change of a resource of the type; for all types when everything is taken out. */
  onChange: ((type: string | undefined) => void) | undefined;
  readonly #database: DatabaseSync;
  readonly #byId = new Map<string, Stored>();
  readonly #byType = new Map<string, Map<string, Stored>>();

  /** @param file - SQLite file. @default - in memory */
  constructor(file?: string) {
    this.#database = new DatabaseSync(file ?? ":memory:");
    this.#database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
    this.#database.exec(
      "CREATE TABLE IF NOT EXISTS resource (id TEXT PRIMARY KEY, position INTEGER, document TEXT NOT NULL)",
    );
    for (const row of this.#database.prepare("SELECT document FROM resource ORDER BY position").all()) {
      this.#remember(JSON.parse(String(row.document)) as Stored);
    }
  }

  /** A live resource of the type. */
  live(type: string, id: unknown): Stored | undefined {
    const stored = this.any(type, id);
    return stored?.deletedAtInMs === undefined ? stored : undefined;
  }

  /** A resource of the type, deleted ones included. */
  any(type: string, id: unknown): Stored | undefined {
    return typeof id === "string" ? this.#byType.get(type)?.get(id) : undefined;
  }

  /** All live resources of the type, oldest first. */
  list(type: string): Stored[] {
    return [...(this.#byType.get(type)?.values() ?? [])].filter(
      (stored) => stored.deletedAtInMs === undefined,
    );
  }

  /** Writes a new or changed resource with a new etag. */
  put(type: string, id: string, body: Body, hidden: Body = {}, deletedAtInMs?: number): Stored {
    this.onChange?.(type);
    const stored: Stored = { type, id, body, hidden, etag: randomBytes(8).toString("hex") };
    if (deletedAtInMs !== undefined) stored.deletedAtInMs = deletedAtInMs;
    this.#database
      .prepare(
        `INSERT INTO resource (id, position, document) VALUES (?, (SELECT IFNULL(MAX(position), 0) + 1 FROM resource), ?)
         ON CONFLICT (id) DO UPDATE SET document = excluded.document`,
      )
      .run(id, JSON.stringify(stored));
    this.#remember(stored);
    this.version += 1;
    return stored;
  }

  /** Takes a resource out, without a trace. */
  erase(id: string): void {
    const stored = this.#byId.get(id);
    if (stored === undefined) return;
    this.onChange?.(stored.type);
    this.#database.prepare("DELETE FROM resource WHERE id = ?").run(id);
    this.#byId.delete(id);
    this.#byType.get(stored.type)?.delete(id);
    this.version += 1;
  }

  /** Takes everything out. */
  clear(): void {
    this.onChange?.(undefined);
    this.#database.exec("DELETE FROM resource");
    this.#byId.clear();
    this.#byType.clear();
    this.version += 1;
  }

  close(): void {
    this.#database.close();
  }

  #remember(stored: Stored): void {
    this.#byId.set(stored.id, stored);
    const ofType = this.#byType.get(stored.type) ?? new Map<string, Stored>();
    ofType.set(stored.id, stored);
    this.#byType.set(stored.type, ofType);
  }
}
