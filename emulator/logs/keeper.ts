import { randomUUID } from "node:crypto";
import type { Store, Stored } from "../core/store.ts";
import { sourceOf } from "../services/logging/log.ts";
import type { EmulatorEvent } from "../types.ts";
import { LogArchive, type NewLine } from "./archive.ts";
import { contentOf, type Line, placeOf } from "./entries.ts";
import { keptLimits } from "./limits.ts";
import type { KeptLine, KeptLogs, LineQuery, LogEntry } from "./types.ts";

export interface KeeperOptions {
  store: Store;
  tenancyId(): string;
  nowInMs(): number;
  /** SQLite file for the lines. @default - in memory */
  file?: string | undefined;
  limits?: Partial<Record<keyof typeof keptLimits, number>>;
}

interface Waiting {
  log: Stored;
  content: Line["content"];
  timeInMs: number;
}

const dayInMs = 24 * 60 * 60_000;

/** Keeps the lines of the logs that exist and are enabled; writes them between requests. */
export class LogKeeper implements KeptLogs {
  readonly #options: KeeperOptions;
  readonly #limits: Record<keyof typeof keptLimits, number>;
  /** Enabled logs by category and resource, as of a version of the store. */
  #logs = new Map<string, Stored>();
  #version = -1;
  /** `opc-request-id` of the calls that functions are carrying out, by call id. */
  readonly #calls = new Map<string, string>();
  #waiting: Waiting[] = [];
  #timer: NodeJS.Timeout | undefined;
  #archive: LogArchive | undefined;
  #agedAtInMs = 0;

  constructor(options: KeeperOptions) {
    this.#options = options;
    this.#limits = { ...keptLimits, ...options.limits };
  }

  /** Takes what belongs to a log; cheap where there is none. */
  handle(event: EmulatorEvent): void {
    const { store } = this.#options;
    if (store.count("log") === 0) return;
    const isLine = ["access", "execution", "invocation", "function-log"].includes(event.type);
    if (!isLine) return;
    const place = placeOf(event, store);
    const log = place && this.#enabled().get(keyOf(place));
    if (log === undefined) return;
    const line = event as Parameters<typeof contentOf>[0];
    this.#put({
      log,
      content: contentOf(line, store, this.#callOf(line)),
      timeInMs: this.#options.nowInMs(),
    });
  }

  read(query: LineQuery): KeptLine[] {
    this.#writeAll();
    if (query.logIds.length === 0) return [];
    this.#age(true);
    return this.#opened().read(query);
  }

  forget(logId: string): void {
    this.#waiting = this.#waiting.filter(({ log }) => log.id !== logId);
    this.#archive?.dropBefore(logId);
  }

  clear(): void {
    this.#waiting = [];
    this.#calls.clear();
    this.#archive?.clear();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#writeAll();
    this.#archive?.close();
    this.#archive = undefined;
  }

  #enabled(): ReadonlyMap<string, Stored> {
    const { store } = this.#options;
    const version = store.versionOf("log");
    if (version !== this.#version) {
      this.#logs = new Map();
      for (const log of store.each("log")) {
        const source = sourceOf(log);
        if (source !== undefined && log.body.isEnabled === true) this.#logs.set(keyOf(source), log);
      }
      this.#version = version;
    }
    return this.#logs;
  }

  #callOf(event: Parameters<typeof contentOf>[0]): string {
    if (event.type === "invocation") {
      if (event.phase === "received") this.#calls.set(event.callId, event.opcRequestId);
      else this.#calls.delete(event.callId);
      return event.opcRequestId;
    }
    return event.type === "function-log" ? (this.#calls.get(event.callId ?? "") ?? "") : event.opcRequestId;
  }

  #put(waiting: Waiting): void {
    this.#waiting.push(waiting);
    if (this.#waiting.length > this.#limits.waitingLines) this.#write();
    this.#schedule(this.#limits.writeDelayInMs);
  }

  #schedule(delayInMs: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      try {
        this.#write();
        this.#age(false);
      } catch (error) {
        process.emitWarning(`log lines were not written: ${String(error)}`);
      }
      if (this.#waiting.length > 0) this.#schedule(0);
    }, delayInMs).unref();
  }

  #writeAll(): void {
    while (this.#waiting.length > 0) this.#write();
  }

  #write(): void {
    const part = this.#waiting.splice(0, this.#limits.linesPerWrite);
    const ingested = new Date(this.#options.nowInMs()).toISOString();
    if (part.length > 0) this.#opened().write(part.map((one) => this.#lineOf(one, ingested)));
  }

  #lineOf({ log, content, timeInMs }: Waiting, ingestedtime: string): NewLine {
    const { data, source, subject, type } = content;
    const entry: LogEntry = {
      data,
      id: randomUUID(),
      oracle: {
        compartmentid: String(log.body.compartmentId),
        ingestedtime,
        loggroupid: String(log.body.logGroupId),
        logid: log.id,
        tenantid: this.#options.tenancyId(),
      },
      source,
      specversion: "1.0",
      subject,
      time: new Date(timeInMs).toISOString(),
      type,
    };
    return { logId: log.id, timeInMs, document: JSON.stringify(entry) };
  }

  /** Takes out what is older than its log keeps it; by itself once an hour. */
  #age(isNow: boolean): void {
    const now = this.#options.nowInMs();
    if (!isNow && now - this.#agedAtInMs < dayInMs / 24) return;
    this.#agedAtInMs = now;
    for (const { id, body } of this.#options.store.each("log")) {
      this.#opened().dropBefore(id, now - Number(body.retentionDuration) * dayInMs);
    }
  }

  #opened(): LogArchive {
    this.#archive ??= new LogArchive(this.#options.file, this.#limits);
    return this.#archive;
  }
}

function keyOf({
  service,
  category,
  resource,
}:
  | Pick<Line, "service" | "category" | "resource">
  | { service: string; category: string; resource: string }): string {
  return `${service} ${category} ${resource}`;
}
