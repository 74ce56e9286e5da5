import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

// Compiled code is kept for the next start, which halves the time that loading takes.
enableCompileCache(fileURLToPath(new URL("../../node_modules/.cache/compiled", import.meta.url)));

const { servePlugin } = await import("./serve.ts");

const [name = ""] = process.argv.slice(2);
try {
  // The CLI reads the port from the first line.
  process.stdout.write(`${await servePlugin(name, process.env)}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
