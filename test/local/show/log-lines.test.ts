import { stripVTControlCharacters } from "node:util";
import { expect, it } from "vitest";
import type { LogEntry } from "../../../emulator/logs/types.ts";
import { formatLogLine } from "../../../local/show/log-lines.ts";

const shown = (type: string, data: LogEntry["data"], subject = "") => {
  const oracle = { compartmentid: "", ingestedtime: "", loggroupid: "", logid: "", tenantid: "" };
  const time = "2026-01-01T00:00:00.000Z";
  const entry: LogEntry = { data, id: "", oracle, source: "", specversion: "1.0", subject, time, type };
  return stripVTControlCharacters(formatLogLine({ position: 1, entry }));
};

it("a line for each category, without what a terminal takes for a command", () => {
  const access = { message: "GET /a HTTP/1.1", status: 200, bodyBytesSent: 3, requestDuration: 0.016 };
  expect(shown("com.oraclecloud.apigateway.apideployment.access", { ...access, opcRequestId: "/A/B" })).toBe(
    "2026-01-01T00:00:00.000Z access    GET /a HTTP/1.1 200 3 B 0.016 s /A/B",
  );
  const execution = { level: "WARN", code: "c", message: "a\x1b[2Jb\nc" };
  expect(shown("com.oraclecloud.apigateway.apideployment.execution", execution)).toBe(
    "2026-01-01T00:00:00.000Z execution WARN c: a�[2Jb�c",
  );
  const invoke = { src: "STDERR", message: "boom" };
  expect(shown("com.oraclecloud.functions.application.functioninvoke", invoke, "hello")).toBe(
    "2026-01-01T00:00:00.000Z invoke    hello STDERR: boom",
  );
});
