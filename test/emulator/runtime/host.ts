// An emulator of one function, to be killed: tells the processes that it started.
import path from "node:path";
import { createFunctionRuntime } from "../../../emulator/runtime/index.ts";
import { define } from "./definitions.ts";

const runtime = createFunctionRuntime({ onEvent: () => {} });

async function ask(input: unknown): Promise<Record<string, unknown>> {
  const body = Buffer.from(JSON.stringify(input));
  const result = await runtime.call(define("scripted"), { callId: "call", headers: [], body });
  if (result.kind !== "answer") throw new Error(result.message);
  return JSON.parse(result.body.toString()) as Record<string, unknown>;
}

const busy = ask({ do: "wait", ms: 600_000 });
const { pid, childPid } = await ask({ do: "fork", detached: true });
const { env } = await ask({ do: "echo" });
const directory = path.dirname(path.dirname((env as Record<string, string>).HOME ?? ""));
console.log(JSON.stringify({ pids: [pid, childPid], directory }));
await busy;
