import { setTimeout as sleep } from "node:timers/promises";
import type { Figure } from "./figures.ts";
import { processTree, residentMegabytes } from "./processes.ts";
import { freePort, startServer, timeToOk } from "./server.ts";

/** Time that the processes get to come to rest before their memory is read. */
const idleInMs = 3000;

/** First answer of the default program after `npm start`, the emulator alone, and the memory of both at rest. */
export async function measureStart(runs: number, progress: (text: string) => void): Promise<Figure[]> {
  // The first run warms the disk and isn't counted.
  progress("warming up");
  await startOnce();
  const starts: Awaited<ReturnType<typeof startOnce>>[] = [];
  const emulators: Awaited<ReturnType<typeof emulatorOnce>>[] = [];
  for (let run = 1; run <= runs; run += 1) {
    progress(`run ${run} of ${runs}`);
    starts.push(await startOnce());
    emulators.push(await emulatorOnce());
  }
  return [
    {
      name: "`npm start` to the first 200",
      unit: "ms",
      values: starts.map((s) => s.firstOkInMs),
      goal: 3000,
    },
    { name: "Emulator alone, ready", unit: "ms", values: emulators.map((e) => e.readyInMs), goal: 300 },
    {
      name: "Idle memory, all processes below npm",
      unit: "MB",
      values: starts.map((s) => s.megabytes),
      goal: 200,
    },
    { name: "Idle memory with npm's own process", unit: "MB", values: starts.map((s) => s.megabytesWithNpm) },
    { name: "Emulator alone, idle memory", unit: "MB", values: emulators.map((e) => e.megabytes) },
  ];
}

async function startOnce() {
  const port = await freePort();
  const server = startServer("npm", ["start", "--silent", "--", "--port", String(port)]);
  try {
    const firstOkInMs = await timeToOk(`http://127.0.0.1:${port}/v1/hello?name=Ada`, server);
    await sleep(idleInMs);
    const [npm, ...rest] = processTree(server.pid);
    return {
      firstOkInMs,
      megabytes: residentMegabytes(rest),
      megabytesWithNpm: residentMegabytes([...(npm ? [npm] : []), ...rest]),
    };
  } finally {
    await server.stop();
  }
}

async function emulatorOnce() {
  const port = await freePort();
  const server = startServer(process.execPath, ["emulator/main.ts", "--port", String(port)]);
  try {
    const readyInMs = await timeToOk(`http://127.0.0.1:${port}/_emulator/health`, server);
    await sleep(idleInMs);
    return { readyInMs, megabytes: residentMegabytes(processTree(server.pid)) };
  } finally {
    await server.stop();
  }
}
