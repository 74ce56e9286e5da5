import { expect, test, vi } from "vitest";
import { define, folderOf, startRuntime, until } from "./fixture.ts";

test("a function on Oracle's FDK answers, with status, headers and log", async () => {
  const { call, events } = startRuntime();
  const result = await call(
    define("good-fdk"),
    { name: "Ada" },
    {
      headers: [
        ["Fn-Intent", "httprequest"],
        ["Fn-Http-Request-Url", "/v1/hello"],
      ],
      callId: "call-7",
    },
  );
  if (result.kind !== "answer") throw new Error(result.message);
  expect(JSON.parse(result.body.toString())).toEqual({ hello: "Ada", url: "/v1/hello" });
  const headers = new Map(result.headers.map(([name, value]) => [name, value]));
  expect(headers.get("Fn-Http-Status")).toBe("201");
  expect(headers.get("Fn-Http-H-X-Greeting")).toBe("yes");
  expect(events.filter((event) => event.type === "function-log")).toEqual([
    {
      type: "function-log",
      functionId: "ocid1.fnfunc.oc1.local.good-fdk",
      displayName: "good-fdk",
      callId: "call-7",
      stream: "stdout",
      line: "greeting Ada",
    },
  ]);
});

test("an exception in the FDK's handler is FunctionInvokeExecutionFailed and the process goes on", async () => {
  const { runtime, call } = startRuntime();
  expect(await call(define("good-fdk"), { name: "nobody" })).toEqual({
    kind: "failure",
    status: 502,
    code: "FunctionInvokeExecutionFailed",
    message: "function failed",
  });
  expect(runtime.processCount()).toBe(1);
  expect(await call(define("good-fdk"), { name: "Ada" })).toMatchObject({ kind: "answer" });
  expect(runtime.processCount()).toBe(1);
});

test("headers arrive in order, case and number; hop-by-hop ones don't; the runtime adds its own", async () => {
  const { ask, call } = startRuntime();
  const definition = define("scripted");
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-21T12:00:00Z") });
  const { headers } = await ask(
    definition,
    { do: "echo" },
    {
      callId: "01CALL",
      headers: [
        ["fn-Intent", "httprequest"],
        ["Fn-Http-H-X-A", "1"],
        ["Fn-Http-H-X-A", "2"],
        ["Connection", "close"],
        ["Fn-Deadline", "never"],
      ],
    },
  ).finally(() => vi.useRealTimers());
  expect(headers).toEqual([
    ...["Host", "localhost"],
    ...["fn-Intent", "httprequest"],
    ...["Fn-Http-H-X-A", "1"],
    ...["Fn-Http-H-X-A", "2"],
    ...["Fn-Call-Id", "01CALL"],
    ...["Fn-Deadline", "2026-11-21T12:00:10.000Z"],
    ...["Transfer-Encoding", "chunked"],
    ...["Connection", "keep-alive"],
  ]);
  const result = await call(definition, { do: "echo" });
  if (result.kind !== "answer") throw new Error(result.message);
  expect(result.headers.filter(([name]) => name === "Fn-Http-H-X-Many")).toEqual([
    ["Fn-Http-H-X-Many", "one"],
    ["Fn-Http-H-X-Many", "two"],
  ]);
});

test("the environment is the container's: configuration, FN_*, and nothing of the emulator's own", async () => {
  vi.stubEnv("OCI_CLI_KEY_FILE", "/secret/key.pem");
  vi.stubEnv("NODE_OPTIONS", "");
  const { ask } = startRuntime();
  const config = { TABLE: "users", FN_FN_ID: "forged", FN_LISTENER: "unix:/forged" };
  const { env, cwd } = await ask(define("scripted", { config, memoryInMBs: 256 }), { do: "echo" }).finally(
    () => vi.unstubAllEnvs(),
  );
  const { FN_LISTENER, FN_EMULATOR_INSTANCE, HOME, TMPDIR, ...rest } = env as Record<string, string>;
  expect(rest).toEqual({
    PATH: "/usr/local/bin:/usr/bin:/bin",
    TABLE: "users",
    FN_FORMAT: "http-stream",
    FN_FN_ID: "ocid1.fnfunc.oc1.local.scripted",
    FN_FN_NAME: "scripted",
    FN_APP_ID: "ocid1.fnapp.oc1.local.app",
    FN_APP_NAME: "app",
    FN_MEMORY: "256",
    FN_CPUS: "200m",
    FN_TYPE: "sync",
  });
  expect(FN_LISTENER).toMatch(/^unix:\/.*\/lsnr\.sock$/);
  // Fn container contract: at most 107 bytes.
  expect(Buffer.byteLength(FN_LISTENER ?? "")).toBeLessThanOrEqual("unix:".length + 107);
  expect(FN_EMULATOR_INSTANCE).toMatch(/^\d+-[0-9a-f]{12}-1$/);
  expect(HOME).toBe(TMPDIR);
  expect(cwd).toBe(folderOf("scripted"));
});

test("a body of 6 MB goes in and out, binary", async () => {
  const { call } = startRuntime();
  const bytes = 6 * 1024 * 1024;
  const result = await call(define("scripted"), { do: "large", bytes });
  expect(result.kind === "answer" && result.body.length).toBe(bytes);
  const slow = await call(define("scripted"), Buffer.alloc(bytes, 0xff), { headers: [["x-slow", "1"]] });
  expect(slow.kind === "answer" && JSON.parse(slow.body.toString())).toEqual({ bytes });
});

test("an answer before the request was read is an answer, and the next call works", async () => {
  const { ask, runtime } = startRuntime();
  const definition = define("scripted");
  const body = Buffer.alloc(5 * 1024 * 1024);
  expect(await ask(definition, body, { headers: [["x-early", "1"]] })).toEqual({ early: true });
  expect(await ask(definition, { do: "wait", ms: 0 })).toEqual({ pid: expect.any(Number) });
  expect(runtime.processCount()).toBe(1);
});

test("noisy output becomes lines, and an endless line is cut", async () => {
  const { ask, events, lines } = startRuntime();
  await ask(define("scripted"), { do: "noise", lines: 5_000, endless: 3_000_000 }, { callId: "noisy" });
  // What doesn't fit into the pipe follows after the answer.
  await until(() => lines().length >= 5_002);
  expect(lines()).toEqual([
    ...Array.from({ length: 5_000 }, (_, i) => `line ${i}`),
    `${"e".repeat(16_384)}… (cut after 16384 characters)`,
    "after it",
  ]);
  const first = events.find((event) => event.type === "function-log");
  expect(first).toMatchObject({ callId: "noisy", line: "line 0" });
});

test("an answer sent right before the process ends still counts", async () => {
  const { ask, runtime, stopReasons } = startRuntime();
  const first = await ask(define("scripted"), { do: "answerAndExit" });
  await until(() => runtime.processCount() === 0);
  expect(stopReasons()).toHaveLength(1);
  const second = await ask(define("scripted"), { do: "wait", ms: 0 });
  expect(second.pid).not.toBe(first.pid);
});
