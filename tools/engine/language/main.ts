import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

// Compiled code is kept for the next start, which halves the time that loading takes.
enableCompileCache(fileURLToPath(new URL("../../../node_modules/.cache/compiled", import.meta.url)));

const { serveLanguageHost } = await import("./host.ts");

// The CLI gives the engine's address as the last argument.
const engine =
  process.argv
    .slice(2)
    .filter((argument) => !argument.startsWith("-"))
    .at(-1) ?? "";
const port = await serveLanguageHost(engine);
// The CLI reads the port from the first line.
process.stdout.write(`${port}\n`);
