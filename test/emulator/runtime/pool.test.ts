import { expect, test } from "vitest";
import { define, isRunning, startRuntime, until } from "./fixture.ts";

const scripted = define("scripted");

test("20 calls at once are answered, each instance with one call at a time", async () => {
  const { ask, runtime } = startRuntime();
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask(scripted, { do: "wait", ms: 100 })));
  const pids = new Set(answers.map(({ pid }) => pid));
  // One that is done early takes a call whose own instance is still starting.
  expect(pids.size).toBeGreaterThan(1);
  expect(runtime.processCount()).toBe(20);
});

test("calls one after the other share a process and a connection", async () => {
  const { ask, runtime } = startRuntime();
  const first = await ask(scripted, { do: "wait", ms: 0 });
  for (let i = 0; i < 20; i++) expect(await ask(scripted, { do: "wait", ms: 0 })).toEqual(first);
  expect(runtime.processCount()).toBe(1);
  // Fn container contract: HTTP/1.1 with keep-alive.
  expect((await ask(scripted, { do: "echo" })).connectionCount).toBe(1);
});

test("a call beyond the limit is throttled", async () => {
  const { ask, call } = startRuntime({ maxInstancesPerFunction: 2 });
  const busy = [ask(scripted, { do: "wait", ms: 500 }), ask(scripted, { do: "wait", ms: 500 })];
  expect(await call(scripted, { do: "wait", ms: 0 })).toEqual({
    kind: "failure",
    status: 429,
    code: "TooManyRequests",
    message: 'Request capacity for user exceeded: "scripted" has 2 instances, all busy',
  });
  await Promise.all(busy);
  expect(await call(scripted, { do: "wait", ms: 0 })).toMatchObject({ kind: "answer" });
});

test("an idle process stops", async () => {
  const { ask, runtime, stopReasons } = startRuntime({ idleTimeoutInMs: 50 });
  const { pid } = await ask(scripted, { do: "wait", ms: 0 });
  await until(() => runtime.processCount() === 0);
  expect(stopReasons()).toEqual(["idle for 50 ms"]);
  expect(isRunning(Number(pid))).toBe(false);
});

test("release lets the call under way finish and ends the process", async () => {
  const { ask, runtime, stopReasons } = startRuntime();
  const underWay = ask(scripted, { do: "wait", ms: 300 });
  await until(() => runtime.processCount() === 1);
  await runtime.release(scripted.id);
  expect(runtime.processCount()).toBe(0);
  expect(await underWay).toEqual({ pid: expect.any(Number) });
  expect(stopReasons()).toEqual(["the function was changed or deleted"]);
  await runtime.release("ocid1.fnfunc.oc1.local.unknown");
});

test("another digest, memory or configuration means other processes; another time-out doesn't", async () => {
  const { ask, runtime } = startRuntime();
  const pidOf = async (changes: Parameters<typeof define>[1]) =>
    (await ask(define("scripted", changes), { do: "wait", ms: 0 })).pid;
  const first = await pidOf({});
  expect(await pidOf({ timeoutInSeconds: 20 })).toBe(first);
  const code = { directory: scripted.code?.directory ?? "", imageDigest: `sha256:${"b".repeat(64)}` };
  const pids = [
    first,
    await pidOf({ code }),
    await pidOf({ memoryInMBs: 256 }),
    await pidOf({ config: { A: "1" } }),
  ];
  expect(new Set(pids).size).toBe(4);
  await until(() => runtime.processCount() === 1);
});

test("a caller that went away is answered at once, and the function works on", async () => {
  const { call, ask, runtime, lines } = startRuntime();
  const first = await ask(scripted, { do: "wait", ms: 0 });
  const abort = new AbortController();
  const abandoned = call(scripted, { do: "wait", ms: 200 }, { signal: abort.signal });
  await until(() => lines().includes("waits 200"));
  abort.abort();
  const expected = {
    kind: "failure",
    status: 444,
    code: "ClientClosedRequest",
    message: "Client closed the connection before the function answered",
  };
  expect(await abandoned).toEqual(expected);
  expect(await call(scripted, {}, { signal: abort.signal })).toEqual(expected);
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(await ask(scripted, { do: "wait", ms: 0 })).toEqual(first);
  expect(runtime.processCount()).toBe(1);
});

test("close ends calls, starts and processes at once, and refuses what comes later", async () => {
  const { call, ask, runtime } = startRuntime();
  const { pid } = await ask(scripted, { do: "wait", ms: 0 });
  const underWay = call(scripted, { do: "wait", ms: 60_000 });
  const starting = call(define("no-socket"), {});
  await until(() => runtime.processCount() === 2);
  await runtime.close();
  const expected = {
    kind: "failure",
    status: 503,
    code: "FunctionInvokeServiceUnavailable",
    message: "Timed out - server too busy: the emulator is being stopped",
  };
  expect(await underWay).toEqual(expected);
  expect(await starting).toEqual(expected);
  expect(await call(scripted, {})).toEqual(expected);
  expect(runtime.processCount()).toBe(0);
  expect(isRunning(Number(pid))).toBe(false);
});

test("a function that can't start fails its own caller only", async () => {
  const { call } = startRuntime({ initTimeoutInMs: 2_000 });
  const broken = define("no-socket");
  const results = await Promise.all([
    call(broken, {}),
    call(broken, {}),
    call(scripted, { do: "wait", ms: 0 }),
  ]);
  expect(results.map((result) => (result.kind === "failure" ? result.code : result.kind))).toEqual([
    "FunctionInvokeContainerInitTimeout",
    "FunctionInvokeContainerInitTimeout",
    "answer",
  ]);
});

test("a storm of good and bad calls: each gets its own answer, and nothing is left running", async () => {
  const { call, events, runtime } = startRuntime();
  const kinds = [
    { input: { do: "wait", ms: 20 }, outcome: "answer" },
    { input: { do: "exit" }, outcome: "FunctionInvokeExecutionFailed" },
    { input: { do: "status", status: 500 }, outcome: "FunctionInvokeInvalidResponse" },
    { input: { do: "disconnect" }, outcome: "FunctionInvokeInvalidResponse" },
    { input: { do: "fork", detached: false }, outcome: "answer" },
  ];
  const calls = Array.from({ length: 25 }, (_, i) => kinds[i % kinds.length] ?? { input: {}, outcome: "" });
  const results = await Promise.all(calls.map(({ input }) => call(scripted, input)));
  const outcomes = results.map((result) => (result.kind === "failure" ? result.code : result.kind));
  expect(outcomes).toEqual(calls.map(({ outcome }) => outcome));
  await runtime.close();
  expect(runtime.processCount()).toBe(0);
  const started = events.flatMap((event) => (event.type === "function-started" ? [event.pid] : []));
  expect(started.filter(isRunning)).toEqual([]);
  expect(events.filter(({ type }) => type === "function-stopped")).toHaveLength(25);
});
