import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { availableEngine, type EngineStack, startEngine } from "./harness.ts";

const engine = await availableEngine();
const limitInMs = 120_000;
const otherTenancy = "ocid1.tenancy.oc1..aaaaaaaaothertenancyothertenancyothertenancyothertenancyother00";

describe.skipIf(engine === undefined)("what the real engine is refused, before anything is written", () => {
  let stack: EngineStack;
  let folder: string;
  beforeAll(async () => {
    stack = await startEngine();
    folder = mkdtempSync(join(tmpdir(), "engine-refused-"));
    symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
  }, limitInMs);
  afterAll(async () => {
    expect(await stack.writes()).toEqual([]);
    await stack.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A program of one file. */
  function program(options: string, text: string): string {
    writeFileSync(
      join(folder, "Pulumi.yaml"),
      `name: refused\nruntime:\n  name: nodejs\n  options: ${options}\nmain: index.js\n`,
    );
    writeFileSync(join(folder, "package.json"), '{"type":"module"}');
    writeFileSync(join(folder, "index.js"), text);
    return folder;
  }

  it(
    "wrong settings: all problems in the words of the program",
    async () => {
      const wrong = await stack.sibling({
        stack: "wrong",
        config: {
          "oci-serverless-api:pathPrefix": "v1",
          "oci-serverless-api:network": { cidrBlock: "10.0.0.0/8" },
        },
      });
      for (const run of [await wrong.preview(), await wrong.up()]) {
        expect(run.exitCode).not.toBe(0);
        expect(run.output).toContain("pathPrefix");
        expect(run.output).toContain("network.cidrBlock");
        expect(run.output).not.toMatch(/^\s+at /m);
      }
    },
    limitInMs,
  );

  it(
    "a stack of another tenancy",
    async () => {
      const other = await stack.sibling({ stack: "other", config: { "oci:tenancyOcid": otherTenancy } });
      const up = await other.up();
      expect(up.exitCode).not.toBe(0);
      expect(up.output).toContain(
        `property tenancyOcid value {${otherTenancy}} has a problem: is ${otherTenancy}, but the local OCI at ${stack.emulator.url} is tenancy ${stack.emulator.tenancy.id}`,
      );
    },
    limitInMs,
  );

  it(
    "an address that isn't this machine's",
    async () => {
      const away = await stack.sibling({
        stack: "away",
        environment: { OCI_LOCAL_URL: "http://192.0.2.1:80" },
      });
      const up = await away.up();
      expect(up.exitCode).not.toBe(0);
      expect(up.output).toContain(
        'OCI_LOCAL_URL is "http://192.0.2.1:80", but must be an http:// address of this machine\'s loopback',
      );
    },
    limitInMs,
  );

  it(
    "a program that would be compiled by ts-node, as the official language host does by default",
    async () => {
      const compiled = await stack.sibling({ cwd: program("{}", "export {};\n") });
      const up = await compiled.up();
      expect(up.exitCode).not.toBe(0);
      expect(up.output).toContain("typescript is true, the default");
    },
    limitInMs,
  );

  /** A program that makes one resource. */
  function making(type: string, inputs: string): string {
    const text = `
      import pulumi from "@pulumi/pulumi";
      new pulumi.CustomResource("${type}", "one", ${inputs});
    `;
    return program("{ typescript: false }", text);
  }

  it(
    "properties that the type doesn't have and values of a wrong kind: all of them, by their names",
    async () => {
      const inputs = '{ subnetId: "s", endpointTyp: "PUBLIC", compartmentId: 7 }';
      const cwd = making("oci:ApiGateway/gateway:Gateway", inputs);
      const wrong = await stack.sibling({ cwd, stack: "wrong-inputs" });
      for (const run of [await wrong.preview(), await wrong.up()]) {
        expect(run.exitCode).not.toBe(0);
        expect(run.output).toContain(
          "property endpointTyp value {PUBLIC} has a problem: isn't modelled; known are",
        );
        expect(run.output).toContain(
          "property compartmentId value {7} has a problem: must be a string, is a number",
        );
      }
    },
    limitInMs,
  );

  it(
    "types and functions that aren't modelled",
    async () => {
      const stream = making("oci:Streaming/stream:Stream", "{}");
      const type = await stack.sibling({ cwd: stream, stack: "wrong-type" });
      const preview = await type.preview();
      expect(preview.exitCode).not.toBe(0);
      expect(preview.output).toContain(
        "the resource type oci:Streaming/stream:Stream isn't modelled locally",
      );

      const text = `
        import pulumi from "@pulumi/pulumi";
        await pulumi.runtime.invoke("oci:Streaming/getStream:getStream", {});
      `;
      const call = await stack.sibling({ cwd: program("{ typescript: false }", text), stack: "wrong-call" });
      const up = await call.up();
      expect(up.exitCode).not.toBe(0);
      expect(up.output).toContain("the function oci:Streaming/getStream:getStream isn't modelled locally");
    },
    limitInMs,
  );
});
