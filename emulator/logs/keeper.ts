import { randomUUID } from "node:crypto";
import type { Store, Stored } from "../core/store.ts";
import { sourceOf as sourceOfLog } from "../services/logging/log.ts";
import type { EmulatorEvent } from "../types.ts";
import { LogArchive, type NewLine } from "./archive.ts";
import { contentOf, type Line, type LineEvent, type Place, placeOf, sourceOf, subjectOf } from "./entries.ts";
import { keptLimits } from "./limits.ts";
import type { KeptLine, KeptLogs, LineQuery, LogEntry } from "./types.ts";
import { type Waiting, WaitingLines } from "./waiting.ts";

export interface KeeperOptions {
  store: Store;
  tenancyId(): string;
  nowInMs(): number;
  /** SQLite file for the lines. @default - in memory */
  file?: string | undefined;
  limits?: Partial<Record<keyof typeof keptLimits, number>>;
}

interface WaitingLine extends Line, Waiting {
  log: Stored;
  timeInMs: number;
}

const dayInMs = 24 * 60 * 60_000;

/**
 * Keeps the lines of the logs that exist and are enabled. Writes them between requests, a few at a time: none while many
 * come, all that wait when it has become quiet, when they are read, and at the end.
 */
export class LogKeeper implements KeptLogs {
  readonly #options: KeeperOptions;
  readonly #limits: Record<keyof typeof keptLimits, number>;
  /** Enabled logs by resource and kind, as of a version of the store. */
  #logs = new Map<string, Map<string, Stored>>();
  #version = -1;
  /** `opc-request-id` of the calls that functions are carrying out, by call id. */
  readonly #calls = new Map<string, string>();
  readonly #waiting: WaitingLines<WaitingLine>;
  #timer: NodeJS.Timeout | undefined;
  #archive: LogArchive | undefined;
  #agedAtInMs = 0;

  constructor(options: KeeperOptions) {
    this.#options = options;
    this.#limits = { ...keptLimits, ...options.limits };
    this.#waiting = new WaitingLines(this.#limits.linesPerLog);
  }

  /** Takes what belongs to a log; cheap where there is none. */
  handle(event: EmulatorEvent): void {
    const { store } = this.#options;
    // Also where no log takes it now: a call that begins with one may end without.
    const opcRequestId = this.#callOf(event);
    if (store.count("log") === 0) return;
    const place = placeOf(event, store);
    if (place === undefined) return;
    const log = this.#enabled(place);
    if (log === undefined) return;
    this.#waiting.put(log.id, {
      log,
      event: event as LineEvent,
      resource: place.resource,
      source: sourceOf(place, store),
      subject: subjectOf(event as LineEvent, store),
      opcRequestId,
      timeInMs: this.#options.nowInMs(),
      order: 0,
    });
    if (this.#timer === undefined) this.#schedule(this.#limits.writeDelayInMs);
  }

  read(query: LineQuery): KeptLine[] {
    this.#writeAll();
    if (query.logIds.length === 0) return [];
    this.#age(true);
    return this.#opened().read(query);
  }

  forget(logId: string): void {
    this.#waiting.forget(logId);
    this.#archive?.dropBefore(logId);
  }

  clear(): void {
    this.#waiting.clear();
    this.#calls.clear();
    this.#archive?.clear();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#writeAll();
    this.#archive?.close();
    this.#archive = undefined;
  }

  #enabled({ kind, resource }: Place): Stored | undefined {
    const { store } = this.#options;
    const version = store.versionOf("log");
    if (version !== this.#version) {
      this.#logs = new Map();
      for (const log of store.each("log")) {
        const source = sourceOfLog(log);
        if (source === undefined || log.body.isEnabled !== true) continue;
        const ofResource = this.#logs.get(source.resource) ?? new Map<string, Stored>();
        this.#logs.set(source.resource, ofResource.set(`${source.service} ${source.category}`, log));
      }
      this.#version = version;
    }
    return this.#logs.get(resource)?.get(kind);
  }

  /** `opc-request-id` of the call that a function's event belongs to. */
  #callOf(event: EmulatorEvent): string {
    if (event.type === "invocation") {
      if (event.phase === "received") this.#calls.set(event.callId, event.opcRequestId);
      else this.#calls.delete(event.callId);
      return event.opcRequestId;
    }
    return event.type === "function-log" ? (this.#calls.get(event.callId ?? "") ?? "") : "";
  }

  #schedule(delayInMs: number): void {
    const before = this.#waiting.count;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      const isBusy = this.#waiting.count - before > this.#limits.linesPerWrite;
      try {
        // What is written while more come than can be would be dropped again for them.
        if (!isBusy) this.#write();
        this.#age(false);
      } catch (error) {
        process.emitWarning(`log lines were not written: ${String(error)}`);
      }
      if (this.#waiting.size > 0) this.#schedule(isBusy ? this.#limits.writeDelayInMs : 0);
    }, delayInMs).unref();
  }

  #writeAll(): void {
    while (this.#waiting.size > 0) this.#write();
  }

  #write(): void {
    const part = this.#waiting.take(this.#limits.linesPerWrite);
    const ingested = new Date(this.#options.nowInMs()).toISOString();
    if (part.length > 0) this.#opened().write(part.map((one) => this.#lineOf(one, ingested)));
  }

  #lineOf(line: WaitingLine, ingestedtime: string): NewLine {
    const { log, timeInMs } = line;
    const { data, source, subject, type } = contentOf(line);
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
