import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { EmulatorEvent } from "./types.ts";

/** The emulator as a process of its own: `node emulator/main.ts --port 4910 --gateway-port 8080 --state .local/state`. */
const usage =
  "Usage: node emulator/main.ts [--port PORT] [--gateway-port PORT] [--region REGION] [--state FILE] [--log]";

function port(name: string, text: string | undefined): number {
  const value = Number(text ?? 0);
  if (Number.isInteger(value) && value >= 0 && value <= 65_535) return value;
  throw new Error(`--${name}: "${text}" isn't a port from 0 to 65535`);
}

function print(event: EmulatorEvent): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: "string" },
      "gateway-port": { type: "string" },
      region: { type: "string" },
      state: { type: "string" },
      log: { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help === true) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  // Compiled code is kept for the next start: half of the time until ready.
  enableCompileCache(fileURLToPath(new URL("../node_modules/.cache/compiled", import.meta.url)));
  const { startEmulator } = await import("./index.ts");
  const emulator = await startEmulator({
    port: port("port", values.port),
    gatewayPort: port("gateway-port", values["gateway-port"]),
    ...(values.region === undefined ? {} : { region: values.region }),
    ...(values.state === undefined ? {} : { stateFile: values.state }),
    ...(values.log === true ? { onEvent: print } : {}),
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void emulator.close());
  }
  process.stdout.write(`${JSON.stringify({ type: "ready", url: emulator.url, pid: process.pid })}\n`);
}

main().catch((cause: Error) => {
  process.stderr.write(`${cause.message}\n${usage}\n`);
  process.exitCode = 1;
});
