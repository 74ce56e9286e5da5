import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { availableEngine, type EngineRun, startEngine } from "./harness.ts";

const engine = await availableEngine();
const limitInMs = 120_000;

/** A program whose resources ask for an older and a newer provider than the one that is installed. */
const program = `
  import { Vcn } from "@pulumi/oci/core/vcn.js";
  const compartmentId = "ocid1.compartment.oclocal..aaaaaaaalocalcompartmentapi000000000000000000000000000000000";
  new Vcn("older", { compartmentId, cidrBlocks: ["10.0.0.0/16"] }, { version: "3.9.1" });
  new Vcn("newer", { compartmentId, cidrBlocks: ["10.1.0.0/16"] }, { version: "5.0.0" });
`;

describe.skipIf(engine === undefined)("the installed plugins", () => {
  let folder: string;
  let environment: { PATH: string };
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "installed-plugins-test-"));
    // Other plugins of the same names come first on the PATH.
    for (const name of ["resource-oci", "resource-docker-build", "language-nodejs"]) {
      writeFileSync(join(folder, `pulumi-${name}`), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
    }
    environment = { PATH: [folder, process.env.PATH].join(delimiter) };
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function expectQuiet({ exitCode, output }: EngineRun): void {
    expect(exitCode, output).toBe(0);
    expect(output).not.toContain("using pulumi-");
    expect(output).not.toContain("$PATH");
    expect(output).not.toContain("warning:");
  }

  it(
    "serve without a warning, whatever lies on the PATH",
    async () => {
      const stack = await startEngine({ environment });
      try {
        expectQuiet(await stack.preview());
        expectQuiet(await stack.up());
        expectQuiet(await stack.destroy());
      } finally {
        await stack.close();
      }
    },
    limitInMs,
  );

  it(
    "stand for every version of the provider",
    async () => {
      const cwd = join(folder, "program");
      mkdirSync(cwd);
      symlinkSync(resolve("node_modules"), join(cwd, "node_modules"));
      writeFileSync(join(cwd, "package.json"), '{"type":"module"}');
      writeFileSync(join(cwd, "index.js"), program);
      const runtime = { name: "nodejs", options: { typescript: false } };
      writeFileSync(
        join(cwd, "Pulumi.yaml"),
        JSON.stringify({ name: "versions", runtime, main: "index.js" }),
      );
      const stack = await startEngine({ cwd, environment });
      try {
        const runs = [await stack.up(), await stack.refresh(), await stack.preview("--expect-no-changes")];
        for (const { exitCode, output } of runs) {
          expect(exitCode, output).toBe(0);
          expect(output).not.toContain("using pulumi-");
          // What it doesn't know of a newer provider may matter.
          expect(output).toContain(
            "warning: resource plugin oci is expected to have version >=5.0.0, but has 4.20.0",
          );
        }
      } finally {
        await stack.close();
      }
    },
    limitInMs,
  );
});
