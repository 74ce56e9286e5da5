import { describe, expect, test } from "vitest";
import type { FunctionDefinition } from "../../../emulator/runtime/types.ts";
import { define, isRunning, startRuntime, until } from "./fixture.ts";

const INIT = "please ensure you are using the latest fdk and check the logs";

interface Case {
  name: string;
  folder?: string;
  changes?: Partial<FunctionDefinition>;
  input?: unknown;
  status: number;
  code: string;
  message: string;
  /** Reason of the stop; absent when the process goes on. */
  stopReason?: string;
}

// Statuses and codes: "Troubleshooting OCI Functions"; what ends a container: "Fn container contract".
const CASES: Case[] = [
  {
    name: "crash at start",
    folder: "crash-at-start",
    status: 502,
    code: "FunctionInvokeContainerInitFail",
    message: `Container failed to initialize, ${INIT}: the process exited with code 3`,
    stopReason: "it exited with code 3 before it listened",
  },
  {
    name: "no socket in time",
    folder: "no-socket",
    status: 504,
    code: "FunctionInvokeContainerInitTimeout",
    message: `Container initialization timed out, ${INIT}: no socket after 2000 ms`,
    stopReason: "no socket after 2000 ms",
  },
  {
    name: "crash in a call",
    input: { do: "exit" },
    status: 502,
    code: "FunctionInvokeExecutionFailed",
    message: "function failed: the process exited with code 7",
    stopReason: "it exited with code 7 in a call",
  },
  {
    name: "hang",
    changes: { timeoutInSeconds: 0.3 },
    input: { do: "wait", ms: 600_000 },
    status: 504,
    code: "FunctionInvokeTimeout",
    message: "Timed out: the function took longer than 0.3 s",
    stopReason: "the function took longer than 0.3 s",
  },
  {
    name: "connection closed without an answer",
    input: { do: "disconnect" },
    status: 502,
    code: "FunctionInvokeInvalidResponse",
    message: "invalid function response: socket hang up",
    stopReason: "it closed the connection without an answer (socket hang up)",
  },
  {
    name: "7 MB answer",
    input: { do: "large", bytes: 7 * 1024 * 1024 },
    status: 502,
    code: "FunctionInvokeResponseBodyTooLarge",
    message: "function response body too large: the answer is larger than 6291456 bytes",
    stopReason: "the answer is larger than 6291456 bytes",
  },
  {
    name: "answer of 6 MB and one byte",
    input: { do: "large", bytes: 6 * 1024 * 1024 + 1 },
    status: 502,
    code: "FunctionInvokeResponseBodyTooLarge",
    message: "function response body too large: the answer is larger than 6291456 bytes",
    stopReason: "the answer is larger than 6291456 bytes",
  },
  {
    name: "headers too large",
    input: { do: "largeHeaders", bytes: 20_000 },
    status: 502,
    code: "FunctionInvokeResponseHeaderTooLarge",
    message: "function response header too large: the headers are larger than 16384 bytes",
    stopReason: "the headers are larger than 16384 bytes",
  },
  {
    name: "malformed headers",
    input: { do: "malformed" },
    status: 502,
    code: "FunctionInvokeInvalidResponse",
    message: "invalid function response: the answer is not HTTP: Parse Error: Invalid header token",
    stopReason: "the answer is not HTTP: Parse Error: Invalid header token",
  },
  ...[201, 404, 500].map((status) => ({
    name: `wire status ${status}`,
    input: { do: "status", status },
    status: 502,
    code: "FunctionInvokeInvalidResponse",
    message: `invalid function response: a function must answer with status 200, 502 or 504, not ${status}`,
    stopReason: `a function must answer with status 200, 502 or 504, not ${status}`,
  })),
  {
    name: "wire status 502",
    input: { do: "status", status: 502 },
    status: 502,
    code: "FunctionInvokeExecutionFailed",
    message: "function failed",
  },
  {
    name: "wire status 504",
    input: { do: "status", status: 504 },
    status: 504,
    code: "FunctionInvokeTimeout",
    message: "Timed out",
  },
  {
    name: "request of 6 MB and one byte",
    input: Buffer.alloc(6 * 1024 * 1024 + 1),
    status: 413,
    code: "FunctionInvokeRequestContentTooLarge",
    message: "Request content too large: 6291457 bytes, 6291456 are allowed",
  },
];

describe("a bad function answers as the Functions service does, and nothing is left running", () => {
  test.each(CASES)("$name", async ({ folder = "scripted", changes, input = {}, stopReason, ...expected }) => {
    const { call, runtime, events, stopReasons } = startRuntime({ initTimeoutInMs: 2_000 });
    const { status, code, message } = expected;
    expect(await call(define(folder, changes), input)).toEqual({ kind: "failure", status, code, message });
    expect(stopReasons()).toEqual(stopReason === undefined ? [] : [stopReason]);
    if (stopReason !== undefined) expect(runtime.processCount()).toBe(0);
    expect(await call(define("scripted"), { do: "wait", ms: 0 })).toMatchObject({ kind: "answer" });
    await runtime.close();
    expect(pidsOf(events).filter(isRunning)).toEqual([]);
  });

  test("a crash's last words are in the log, with the call", async () => {
    const { call, events } = startRuntime();
    await call(define("scripted"), { do: "exit" }, { callId: "last" });
    await call(define("crash-at-start"), {});
    const lines = events.flatMap((event) =>
      event.type === "function-log" ? [[event.callId, event.line]] : [],
    );
    expect(lines).toEqual([
      ["last", "last words"],
      [undefined, "no such table"],
    ]);
  });

  test("a process that ends between calls is replaced", async () => {
    const { ask, runtime, stopReasons } = startRuntime();
    const first = await ask(define("scripted"), { do: "exitLater" });
    await until(() => runtime.processCount() === 0);
    expect(stopReasons()).toEqual(["it exited with code 9 while idle"]);
    expect((await ask(define("scripted"), { do: "wait", ms: 0 })).pid).not.toBe(first.pid);
  });

  test.each([
    { name: "in the process group", detached: false, stdio: "ignore" },
    { name: "in a session of its own", detached: true, stdio: "ignore" },
    { name: "that holds the log open", detached: true, stdio: "inherit" },
  ])("a fork left behind $name ends with the instance", async ({ detached, stdio }) => {
    // Elsewhere what left the process group can't be found.
    if (detached && process.platform !== "linux") return;
    const { ask, call, runtime } = startRuntime();
    const { pid, childPid } = await ask(define("scripted"), { do: "fork", detached, stdio });
    expect(isRunning(Number(childPid))).toBe(true);
    await call(define("scripted"), { do: "exit" });
    expect([pid, childPid].map(Number).filter(isRunning)).toEqual([]);
    const second = await ask(define("scripted"), { do: "fork", detached, stdio });
    await runtime.close();
    expect([second.pid, second.childPid].map(Number).filter(isRunning)).toEqual([]);
  });

  test("more memory than allowed ends the instance", async () => {
    const { call, events, runtime } = startRuntime();
    const result = await call(define("scripted"), { do: "hoard" });
    expect(result).toMatchObject({ kind: "failure", status: 502, code: "FunctionInvokeExecutionFailed" });
    expect(result.kind === "failure" && result.message).toMatch(
      /^function failed: it used \d+ MB of memory, 128 MB are allowed$/,
    );
    expect(runtime.processCount()).toBe(0);
    expect(pidsOf(events).filter(isRunning)).toEqual([]);
  });

  test("a full heap ends the instance, and Node says so in the log", async () => {
    const { call, lines } = startRuntime();
    const result = await call(define("scripted"), { do: "fillHeap" });
    expect(result).toMatchObject({ kind: "failure", status: 502, code: "FunctionInvokeExecutionFailed" });
    const told = result.kind === "failure" ? [result.message, ...lines()].join("\n") : "";
    expect(told).toMatch(/heap out of memory|MB of memory/);
  });

  test("an image that is known by name only isn't available", async () => {
    const { call } = startRuntime();
    expect(await call(define("adopted", { code: undefined }), {})).toEqual({
      kind: "failure",
      status: 502,
      code: "FunctionInvokeImageNotAvailable",
      message:
        'Image is not available: "adopted" is known by its image only; to run it here, give its source',
    });
  });

  test("a setting that no process can get is named, never shown", async () => {
    const { call } = startRuntime();
    const config = { PASSWORD: "hunter2\0hunter2" };
    expect(await call(define("good-fdk", { config }), {})).toEqual({
      kind: "failure",
      status: 502,
      code: "FunctionInvokeContainerInitFail",
      message:
        "Container failed to initialize, please ensure you are using the latest fdk and check the logs: the process could not be started (ERR_INVALID_ARG_VALUE)",
    });
  });

  test("neither is a folder that can't be run", async () => {
    const { call } = startRuntime();
    expect(await call(define("other-runtime"), {})).toMatchObject({
      status: 502,
      code: "FunctionInvokeImageNotAvailable",
      message: expect.stringContaining('runtime is "java"; on this machine functions run with: node'),
    });
  });
});

function pidsOf(events: ReturnType<typeof startRuntime>["events"]): number[] {
  return events.flatMap((event) => ("pid" in event ? [event.pid] : []));
}
