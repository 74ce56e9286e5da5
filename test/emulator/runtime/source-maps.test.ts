import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { expect, it } from "vitest";
import { createFunctionRuntime } from "../../../emulator/runtime/index.ts";
import type { RuntimeEvent } from "../../../emulator/runtime/types.ts";
import { define } from "./definitions.ts";

it("a stack trace speaks of the sources that the bundle was made from", async () => {
  const directory = mkdtempSync(join(tmpdir(), "source-maps-"));
  const events: RuntimeEvent[] = [];
  const runtime = createFunctionRuntime({ onEvent: (event) => events.push(event) });
  try {
    writeFileSync(join(directory, "func.ts"), "\n\nthrow new Error('thrown at line 3' as string);\n");
    writeFileSync(join(directory, "func.yaml"), "runtime: node\n");
    buildSync({
      absWorkingDir: directory,
      entryPoints: ["func.ts"],
      outfile: "func.js",
      bundle: true,
      platform: "node",
      format: "cjs",
      sourcemap: "inline",
      logLevel: "silent",
    });
    const result = await runtime.call(define("mapped", { code: { directory, imageDigest: "sha256:1" } }), {
      callId: "1",
      headers: [],
      body: Buffer.alloc(0),
    });
    expect(result).toMatchObject({ kind: "failure", status: 502 });
    const lines = events.flatMap((event) => (event.type === "function-log" ? [event.line] : []));
    expect(lines.join("\n")).toMatch(/func\.ts:3:7/);
  } finally {
    await runtime.close();
    rmSync(directory, { recursive: true, force: true });
  }
});
