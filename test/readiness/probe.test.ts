import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import type { Diagnosis, Outcome } from "../../tools/ready/diagnosis.ts";
import { call, waitUntilCallable } from "../../tools/ready/probe.ts";

const gateway = (status: number, message: string): Outcome => {
  return { kind: "answer", status, body: JSON.stringify({ code: status, message }) };
};

/** A world whose clock only pauses move, and whose calls answer in turn; the last answer stays. */
function worldOf(...outcomes: Outcome[]) {
  const changes: Diagnosis[] = [];
  const pausesInMs: number[] = [];
  let nowInMs = 0;
  const world = {
    call: async () => (outcomes.length > 1 ? outcomes.shift() : outcomes[0]) as Outcome,
    nowInMs: () => nowInMs,
    pause: async (inMs: number) => {
      pausesInMs.push(inMs);
      nowInMs += inMs;
    },
    onChange: (diagnosis: Diagnosis) => void changes.push(diagnosis),
  };
  return { world, changes, pausesInMs };
}

it("calls until the route answers, and tells each other outcome once", async () => {
  const { world, changes, pausesInMs } = worldOf(
    { kind: "failure", code: "ENOTFOUND", message: "m" },
    gateway(404, "Not Found"),
    gateway(500, "Internal Server Error"),
    gateway(500, "Internal Server Error"),
    { kind: "answer", status: 200, body: "Hello" },
  );
  const result = await waitUntilCallable("http://x", 600, world);
  expect([result.verdict, result.outcome, result.afterInSeconds]).toEqual(["callable", "answers 200", 15]);
  expect(changes.map(({ outcome }) => outcome)).toEqual([
    "fails with ENOTFOUND (m)",
    "answers 404 Not Found",
    "answers 500 Internal Server Error",
  ]);
  expect(pausesInMs).toEqual([1000, 2000, 4000, 8000]);
});

it("ends with the time, and with the last outcome", async () => {
  const { world, pausesInMs } = worldOf(gateway(502, "Bad Gateway"));
  const result = await waitUntilCallable("http://x", 30, world);
  expect([result.verdict, result.outcome, result.afterInSeconds]).toEqual([
    "wait",
    "answers 502 Bad Gateway",
    30,
  ]);
  expect(pausesInMs).toEqual([1000, 2000, 4000, 8000, 10_000, 5000]);
});

it("doesn't wait where waiting won't help", async () => {
  const { world, pausesInMs } = worldOf(gateway(405, "Method Not Allowed"));
  expect((await waitUntilCallable("http://x", 600, world)).verdict).toBe("broken");
  expect(pausesInMs).toEqual([]);
});

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, "127.0.0.1");
  await new Promise((resolve) => server?.once("listening", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it("a call gives status and body, also of a redirect", async () => {
  const url = await serve((_request, response) =>
    response.writeHead(302, { location: "/other" }).end("moved"),
  );
  expect(await call(url, 5000)).toEqual({ kind: "answer", status: 302, body: "moved" });
});

it("a call that isn't answered, is refused or reset, is a failure with its code", async () => {
  const silent = await serve(() => {});
  expect(await call(silent, 50.5)).toEqual({
    kind: "failure",
    code: "timeout",
    message: "no answer within 0 s",
  });
  server?.closeAllConnections();
  await new Promise((resolve) => server?.close(resolve));
  expect(await call(silent, 5000)).toMatchObject({ kind: "failure", code: "ECONNREFUSED" });
  const resetting = await serve((request) => request.socket.resetAndDestroy());
  expect(await call(resetting, 5000)).toMatchObject({ kind: "failure", code: "ECONNRESET" });
});

it("a host name that leads nowhere is ENOTFOUND or EAI_AGAIN", async () => {
  const outcome = await call("http://gateway.invalid", 20_000);
  expect(outcome).toMatchObject({ kind: "failure", code: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/) });
});
