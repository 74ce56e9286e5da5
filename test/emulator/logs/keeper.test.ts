import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Store } from "../../../emulator/core/store.ts";
import { type KeeperOptions, LogKeeper } from "../../../emulator/logs/keeper.ts";
import type { EmulatorEvent } from "../../../emulator/types.ts";

const deploymentId = "ocid1.apideployment.oclocal..a";
const dayInMs = 24 * 60 * 60_000;

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0).reverse()) end();
});

function keeper(options: Partial<KeeperOptions> = {}) {
  const clock = { nowInMs: Date.parse("2026-01-01T00:00:00Z") };
  const store = options.store ?? new Store();
  const logs = new LogKeeper({
    store,
    tenancyId: () => "ocid1.tenancy.oclocal..t",
    nowInMs: () => clock.nowInMs,
    ...options,
  });
  ends.push(() => logs.close());
  return { clock, store, logs };
}

function addLog(store: Store, id: string, category: string, more: object = {}): void {
  store.put("log", id, {
    id,
    compartmentId: "ocid1.compartment.oclocal..c",
    logGroupId: "ocid1.loggroup.oclocal..g",
    isEnabled: true,
    retentionDuration: 30,
    configuration: { source: { service: "apigateway", category, resource: deploymentId } },
    ...more,
  });
}

const execution = (message: string, more: object = {}): EmulatorEvent => ({
  type: "execution",
  level: "INFO",
  code: "c",
  message,
  gatewayId: "g",
  deploymentId,
  opcRequestId: "/A/B",
  route: "/hello",
  ...more,
});

const access = {
  httpMethod: "GET",
  requestUri: "/v1/hello",
  serverProtocol: "HTTP/1.1",
  gatewayDisplayName: "g",
  httpUserAgent: undefined,
  httpReferrer: undefined,
  status: 200,
  requestDurationInMs: 1,
  bodyBytesSent: 2,
  remoteAddr: "127.0.0.1",
  backendType: undefined,
} as const;

const messages = (logs: LogKeeper, ...logIds: string[]) =>
  logs.read({ logIds }).map(({ entry }) => entry.data.message);

describe("log lines", () => {
  it("are kept for logs that exist and are enabled, from requests that match a route", () => {
    const { store, logs } = keeper();
    logs.handle(execution("before the log"));
    addLog(store, "on", "execution");
    logs.handle(execution("kept"));
    logs.handle(execution("another deployment", { deploymentId: `${deploymentId}b` }));
    logs.handle(execution("no route", { route: undefined }));
    addLog(store, "on", "execution", { isEnabled: false });
    logs.handle(execution("switched off"));
    addLog(store, "on", "execution");
    logs.handle(execution("on again"));
    expect(messages(logs, "on")).toEqual(["kept", "on again"]);
  });

  it("stand in a CloudEvents envelope", () => {
    const { store, logs } = keeper();
    addLog(store, "l", "execution");
    store.put("deployment", deploymentId, { displayName: "shop" });
    logs.handle(execution("m", { level: "WARN", functionId: "fn" }));
    const [line] = logs.read({ logIds: ["l"] });
    expect(line?.entry.id).toMatch(/^[0-9a-f-]{36}$/);
    expect({ ...line?.entry, id: "" }).toEqual({
      data: {
        code: "c",
        level: "WARN",
        message: "m",
        functionId: "fn",
        gatewayId: "g",
        deploymentId,
        opcRequestId: "/A/B",
      },
      id: "",
      oracle: {
        compartmentid: "ocid1.compartment.oclocal..c",
        ingestedtime: "2026-01-01T00:00:00.000Z",
        loggroupid: "ocid1.loggroup.oclocal..g",
        logid: "l",
        tenantid: "ocid1.tenancy.oclocal..t",
      },
      source: "shop",
      specversion: "1.0",
      subject: "",
      time: "2026-01-01T00:00:00.000Z",
      type: "com.oraclecloud.apigateway.apideployment.execution",
    });
  });

  it("of functions have the request that they belong to", () => {
    const { store, logs } = keeper();
    const source = { service: "functions", category: "invoke", resource: "app" };
    addLog(store, "l", "invoke", { configuration: { source } });
    store.put("application", "app", { displayName: "shop" });
    store.put("function", "fn", { displayName: "hello", applicationId: "app" });
    const call = { type: "invocation", functionId: "fn", callId: "01A", opcRequestId: "/A/B" } as const;
    logs.handle({ ...call, phase: "received" });
    logs.handle({
      type: "function-log",
      functionId: "fn",
      displayName: "hello",
      callId: "01A",
      stream: "stderr",
      line: "boom",
    });
    const failure = { status: 502, message: "function failed" };
    logs.handle({ ...call, phase: "served", durationInMs: 1234, failure });
    const lines = logs.read({ logIds: ["l"] }).map(({ entry }) => entry);
    expect(lines.map(({ data }) => [data.src, data.message, data.opcRequestId, data.requestId])).toEqual([
      ["STDOUT", "Received function invocation request", "/A/B", "01A"],
      ["STDERR", "boom", "/A/B", "01A"],
      [
        "STDOUT",
        "Served function invocation request in 1.234 seconds with error code 502 - function failed",
        "/A/B",
        "01A",
      ],
    ]);
    expect([lines[0]?.source, lines[0]?.subject]).toEqual(["shop", "hello"]);
  });

  it("of a function have their request also when the log came after the call had begun", () => {
    const { store, logs } = keeper();
    store.put("function", "fn", { displayName: "hello", applicationId: "app" });
    const call = { type: "invocation", functionId: "fn", callId: "01A", opcRequestId: "/A/B" } as const;
    logs.handle({ ...call, phase: "received" });
    addLog(store, "l", "invoke", {
      configuration: { source: { service: "functions", category: "invoke", resource: "app" } },
    });
    const line = { type: "function-log", functionId: "fn", displayName: "hello", callId: "01A" } as const;
    logs.handle({ ...line, stream: "stdout", line: "during" });
    addLog(store, "l", "invoke", {
      isEnabled: false,
      configuration: { source: { service: "functions", category: "invoke", resource: "app" } },
    });
    logs.handle({ ...call, phase: "served", durationInMs: 1, failure: undefined });
    addLog(store, "l", "invoke", {
      configuration: { source: { service: "functions", category: "invoke", resource: "app" } },
    });
    logs.handle({ ...line, stream: "stdout", line: "after its call" });
    const lines = logs.read({ logIds: ["l"] }).map(({ entry }) => entry.data);
    expect(lines.map(({ message, opcRequestId }) => [message, opcRequestId])).toEqual([
      ["during", "/A/B"],
      ["after its call", ""],
    ]);
  });

  it("go when they are older than their log keeps them", () => {
    const { clock, store, logs } = keeper();
    addLog(store, "short", "execution");
    logs.handle(execution("old"));
    clock.nowInMs += 30 * dayInMs;
    logs.handle(execution("new"));
    expect(messages(logs, "short")).toEqual(["old", "new"]);
    clock.nowInMs += 1;
    expect(messages(logs, "short")).toEqual(["new"]);
  });

  it("are at most so many of a log, and so many bytes in all; the oldest go", () => {
    const few = keeper({ limits: { linesPerLog: 3, linesPerWrite: 2 } });
    addLog(few.store, "l", "execution");
    for (let n = 0; n < 7; n += 1) few.logs.handle(execution(`${n}`));
    expect(messages(few.logs, "l")).toEqual(["4", "5", "6"]);
    const small = keeper({ limits: { bytes: 1000, linesPerWrite: 1 } });
    addLog(small.store, "l", "execution");
    for (let n = 0; n < 7; n += 1) small.logs.handle(execution("x".repeat(300)));
    expect(messages(small.logs, "l")).toEqual(["x".repeat(300)]);
  });

  it("wait for a pause; of a log at most as many as it keeps", () => {
    const { store, logs } = keeper({ limits: { linesPerLog: 3, linesPerWrite: 2, writeDelayInMs: 60_000 } });
    addLog(store, "busy", "execution");
    addLog(store, "quiet", "access");
    const {
      code: _,
      level: __,
      message: ___,
      ...rest
    } = execution("") as EmulatorEvent & { type: "execution" };
    logs.handle({ ...access, ...rest, type: "access" });
    for (let n = 0; n < 50; n += 1) logs.handle(execution(`${n}`));
    expect(messages(logs, "quiet", "busy")).toEqual(["GET /v1/hello HTTP/1.1", "47", "48", "49"]);
  });

  it("aren't written while more come than could be, and all of them afterwards", () => {
    const folder = mkdtempSync(join(tmpdir(), "logs-"));
    const file = join(folder, "state.logs.sqlite");
    vi.useFakeTimers();
    const { store, logs } = keeper({ file, limits: { linesPerWrite: 2, writeDelayInMs: 100 } });
    ends.unshift(() => {
      vi.useRealTimers();
      rmSync(folder, { recursive: true });
    });
    const written = () => {
      const database = new DatabaseSync(file);
      const { lines } = database.prepare("SELECT count(*) AS lines FROM line").get() ?? {};
      database.close();
      return lines;
    };
    addLog(store, "l", "execution");
    logs.handle(execution("0"));
    vi.advanceTimersByTime(100);
    expect(written()).toBe(1);
    for (let n = 1; n < 10; n++) {
      for (let m = 0; m < 4; m++) logs.handle(execution(`${n}`));
      vi.advanceTimersByTime(100);
    }
    expect(written()).toBe(1);
    vi.advanceTimersByTime(101);
    expect(written()).toBeGreaterThan(1);
    vi.advanceTimersByTime(100);
    expect(written()).toBe(37);
  });

  it("name the deployment as it was called then", () => {
    const { store, logs } = keeper();
    addLog(store, "l", "execution");
    store.put("deployment", deploymentId, { displayName: "before" });
    logs.handle(execution("m"));
    store.put("deployment", deploymentId, { displayName: "after" });
    expect(logs.read({ logIds: ["l"] })[0]?.entry.source).toBe("before");
  });

  it("go with their log, and all of them with a reset", () => {
    const { store, logs } = keeper();
    addLog(store, "l", "execution");
    logs.handle(execution("a"));
    logs.forget("l");
    expect(messages(logs, "l")).toEqual([]);
    logs.handle(execution("b"));
    logs.clear();
    expect(messages(logs, "l")).toEqual([]);
  });

  it("outlive the emulator in the state's folder", () => {
    const folder = mkdtempSync(join(tmpdir(), "logs-"));
    ends.unshift(() => rmSync(folder, { recursive: true }));
    const file = join(folder, "state.logs.sqlite");
    const first = keeper({ file });
    addLog(first.store, "l", "execution");
    first.logs.handle(execution("a"));
    first.logs.close();
    const second = keeper({ file, store: first.store, limits: { linesPerLog: 2 } });
    expect(messages(second.logs, "l")).toEqual(["a"]);
    second.logs.handle(execution("b"));
    second.logs.handle(execution("c"));
    expect(messages(second.logs, "l")).toEqual(["b", "c"]);
  });

  it("have a message of at most 64 KB", () => {
    const { store, logs } = keeper();
    addLog(store, "l", "execution");
    logs.handle(execution("x".repeat(70_000)));
    expect(messages(logs, "l")).toEqual([`${"x".repeat(65_536)}…`]);
  });
});
