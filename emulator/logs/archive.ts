import { DatabaseSync, type StatementSync } from "node:sqlite";
import { keptLimits as limits } from "./limits.ts";
import type { KeptLine, LineQuery, LogEntry } from "./types.ts";

/** A line that is to be written. */
export interface NewLine {
  logId: string;
  timeInMs: number;
  document: string;
}

/** The file that lines are kept in; never more of them than the limits say. */
export class LogArchive {
  readonly #database: DatabaseSync;
  readonly #insert: StatementSync;
  readonly #counts = new Map<string, number>();
  readonly #limits: { linesPerLog: number; bytes: number };
  #bytes = 0;

  /** @param file - SQLite file. @default - in memory */
  constructor(
    file: string | undefined,
    { linesPerLog, bytes }: { linesPerLog: number; bytes: number } = limits,
  ) {
    this.#limits = { linesPerLog, bytes };
    this.#database = new DatabaseSync(file ?? ":memory:");
    this.#database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF");
    this.#database.exec(
      "CREATE TABLE IF NOT EXISTS line (position INTEGER PRIMARY KEY AUTOINCREMENT, logId TEXT NOT NULL, timeInMs INTEGER NOT NULL, document TEXT NOT NULL)",
    );
    this.#database.exec("CREATE INDEX IF NOT EXISTS lineOfLog ON line (logId, position)");
    this.#insert = this.#database.prepare("INSERT INTO line (logId, timeInMs, document) VALUES (?, ?, ?)");
    this.#count();
  }

  /** Writes lines in one transaction, and takes out what is too much. */
  write(lines: readonly NewLine[]): void {
    this.#database.exec("BEGIN");
    try {
      for (const { logId, timeInMs, document } of lines) this.#insert.run(logId, timeInMs, document);
      this.#database.exec("COMMIT");
    } catch (error) {
      this.#database.exec("ROLLBACK");
      throw error;
    }
    for (const { logId, document } of lines) {
      this.#counts.set(logId, (this.#counts.get(logId) ?? 0) + 1);
      this.#bytes += Buffer.byteLength(document);
    }
    for (const [logId, count] of this.#counts) {
      const excess = count - this.#limits.linesPerLog;
      if (excess > 0) this.#drop("WHERE logId = ? ORDER BY position LIMIT ?", logId, excess);
    }
    while (this.#bytes > this.#limits.bytes && this.#counts.size > 0) {
      const total = [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
      this.#drop("ORDER BY position LIMIT ?", Math.max(1, Math.floor(total / 20)));
    }
  }

  /** Oldest first. */
  read({ logIds, after, fromInMs, untilInMs, limit }: LineQuery): KeptLine[] {
    const marks = logIds.map(() => "?").join(", ");
    const rows = this.#database
      .prepare(
        `SELECT position, document FROM line WHERE logId IN (${marks}) AND position > ? AND timeInMs >= ? AND timeInMs < ?
         ORDER BY position ${after === undefined ? "DESC" : "ASC"} LIMIT ?`,
      )
      .all(...logIds, after ?? 0, fromInMs ?? 0, untilInMs ?? Number.MAX_SAFE_INTEGER, limit ?? -1);
    const lines = rows.map(({ position, document }) => ({
      position: Number(position),
      entry: JSON.parse(String(document)) as LogEntry,
    }));
    return after === undefined ? lines.reverse() : lines;
  }

  /** Takes out the lines of a log that are older than a time; without a time all of them. */
  dropBefore(logId: string, timeInMs = Number.MAX_SAFE_INTEGER): void {
    this.#drop("WHERE logId = ? AND timeInMs < ?", logId, timeInMs);
  }

  clear(): void {
    this.#database.exec("DELETE FROM line");
    this.#counts.clear();
    this.#bytes = 0;
  }

  close(): void {
    this.#database.close();
  }

  #drop(which: string, ...values: (string | number)[]): void {
    const gone = this.#database
      .prepare(
        `DELETE FROM line WHERE position IN (SELECT position FROM line ${which}) RETURNING logId, octet_length(document) AS size`,
      )
      .all(...values);
    for (const { logId, size } of gone) {
      const left = (this.#counts.get(String(logId)) ?? 0) - 1;
      if (left <= 0) this.#counts.delete(String(logId));
      else this.#counts.set(String(logId), left);
      this.#bytes -= Number(size);
    }
  }

  #count(): void {
    const rows = this.#database
      .prepare(
        "SELECT logId, count(*) AS lines, sum(octet_length(document)) AS size FROM line GROUP BY logId",
      )
      .all();
    for (const { logId, lines, size } of rows) {
      this.#counts.set(String(logId), Number(lines));
      this.#bytes += Number(size);
    }
  }
}
