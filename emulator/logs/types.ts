/** One line as Logging stores it: a CloudEvents 1.0 envelope ("Logging Format"). */
export interface LogEntry {
  data: Readonly<Record<string, string | number | undefined>>;
  id: string;
  oracle: {
    compartmentid: string;
    ingestedtime: string;
    loggroupid: string;
    logid: string;
    tenantid: string;
  };
  source: string;
  specversion: "1.0";
  subject: string;
  time: string;
  /** `com.oraclecloud.<service>.<resource type>.<category>` */
  type: string;
}

/** A line with its place in the order of all lines. */
export interface KeptLine {
  position: number;
  entry: LogEntry;
}

export interface LineQuery {
  logIds: readonly string[];
  /** Lines after this position only. @default - all */
  after?: number;
  fromInMs?: number;
  /** Exclusive. */
  untilInMs?: number;
  /** The newest so many; with `after`, the oldest. @default - all */
  limit?: number;
}

/** Log lines of one emulator. */
export interface KeptLogs {
  /** Oldest first. */
  read(query: LineQuery): KeptLine[];
  /** Drops the lines of a log that was deleted. */
  forget(logId: string): void;
  clear(): void;
}
