import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, it, vi } from "vitest";
import { startWatchedEmulator } from "../end-to-end/stack.ts";
import { runProgram } from "../readiness/program.ts";
import { runTranscript, transcriptOf, whyNoPages } from "./transcript.ts";

// Each print is a process of its own.
vi.setConfig({ testTimeout: 120_000 });

const folder = mkdtempSync(join(tmpdir(), "specification-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Printed {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** `npm run -s spec -- …` */
function spec(...typed: string[]): Promise<Printed> {
  const child = spawn(process.execPath, ["local/commands/spec.ts", ...typed], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (printed.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (printed.stderr += text));
  return new Promise((done) => child.once("close", (code) => done({ code, ...printed })));
}

/** A program with functions of the default one. */
function program(name: string, lines: readonly string[]): string {
  const directory = mkdtempSync(join(folder, `${name}-`));
  const components = pathToFileURL(resolve("components/index.ts")).href;
  const pulumi = pathToFileURL(resolve("node_modules/@pulumi/pulumi/index.js")).href;
  const stack = readFileSync("examples/specification-file/Pulumi.local.yaml", "utf8");
  writeFileSync(join(directory, "Pulumi.yaml"), `name: ${name}\nruntime: nodejs\n`);
  writeFileSync(join(directory, "Pulumi.local.yaml"), stack);
  writeFileSync(
    join(directory, "index.mjs"),
    [
      `import { ServerlessApi } from ${JSON.stringify(components)};`,
      `import pulumi from ${JSON.stringify(pulumi)};`,
      'const provider = new pulumi.Config("oci");',
      "const common = {",
      '  compartmentId: new pulumi.Config("specification-file").require("compartmentId"),',
      '  tenancyId: provider.require("tenancyOcid"), region: provider.require("region"),',
      '  network: { cidrBlock: "10.0.0.0/16" },',
      "};",
      `const source = (key) => ({ source: ${JSON.stringify(`${relative(directory, "functions")}/`)} + key });`,
      ...lines,
    ].join("\n"),
  );
  return directory;
}

it("an API that is given as a file answers as its page shows", async ({ skip }) => {
  const { emulator } = await startWatchedEmulator();
  try {
    const { problems, outputs } = await runProgram(emulator.url, {
      directory: "examples/specification-file",
    });
    expect(problems).toEqual([]);
    const shown = transcriptOf("examples/specification-file/README.md");
    if (whyNoPages === undefined) expect(await runTranscript(shown, String(outputs.endpoint))).toEqual(shown);
    const hello = await fetch(`${outputs.endpoint}/hello?name=Ada`, {
      headers: { origin: "https://shop.example.com" },
    });
    expect([hello.status, await hello.json()]).toEqual([200, { message: "Hello, Ada!" }]);
    expect(hello.headers.get("access-control-allow-origin")).toBe("https://shop.example.com");
    const health = await fetch(`${outputs.endpoint}/health`);
    expect([health.status, health.headers.get("content-type"), await health.text()]).toEqual([
      200,
      "text/plain",
      "ok",
    ]);
  } finally {
    await emulator.close();
  }
  skip(whyNoPages !== undefined, whyNoPages);
});

it("npm run spec prints what the program came to, with Oracle's defaults", async () => {
  const { code, stdout, stderr } = await spec("--cwd", "examples/specification-file");
  expect([code, stderr]).toEqual([0, ""]);
  const given = JSON.parse(readFileSync("examples/specification-file/api.json", "utf8"));
  const defaults = {
    allowedHeaders: [],
    exposedHeaders: [],
    isAllowCredentialsEnabled: false,
    maxAgeInSeconds: 0,
  };
  expect(JSON.parse(stdout)).toEqual({
    ...given,
    requestPolicies: { cors: { ...given.requestPolicies.cors, ...defaults } },
  });
});

it("what npm run spec prints of the default program makes the same API, and prints the same", async () => {
  const first = await spec();
  expect([first.code, first.stderr]).toEqual([0, ""]);
  const directory = program("again", [
    'const functions = { hello: source("hello"), echo: source("echo") };',
    'new ServerlessApi("api", { ...common, functions, specification: "./api.json" });',
  ]);
  writeFileSync(join(directory, "api.json"), first.stdout);
  expect(await spec("--cwd", directory)).toEqual(first);
});

it("says what isn't known before the stack is up, hides secrets, and keeps the program's words out of the JSON", async () => {
  const existing = "ocid1.fnfunc.oc1.local-laptop-1.aaaa";
  const directory = program("late", [
    'console.log("words of the program");',
    `const functions = { hello: source("hello"), old: { functionId: ${JSON.stringify(existing)} } };`,
    'const first = new ServerlessApi("first", { ...common, functions, routes: {',
    '  "GET /a": "hello", "GET /b": "old", "GET /c": { kind: "stock", status: 200, body: pulumi.secret("hush") },',
    "} });",
    'new ServerlessApi("second", { ...common, routes: { "GET /d": { kind: "http", url: first.endpoint } } });',
  ]);
  expect(await spec("--cwd", directory)).toEqual({
    code: 1,
    stdout: "",
    stderr:
      "words of the program\nthe program has several APIs: first, second; choose one, for example --name first\n",
  });
  expect(await spec("--cwd", directory, "--name", "third")).toMatchObject({
    code: 1,
    stderr: 'words of the program\nthe program has no API "third"; there are first, second\n',
  });
  const first = await spec("--cwd", directory, "--name=first", "--ids");
  expect(JSON.parse(first.stdout).routes.map(({ backend }: { backend: object }) => backend)).toEqual([
    { type: "ORACLE_FUNCTIONS_BACKEND", functionId: "hello" },
    { type: "ORACLE_FUNCTIONS_BACKEND", functionId: existing },
    { type: "STOCK_RESPONSE_BACKEND", status: 200, body: "[secret]" },
  ]);
  expect(first.stderr).toBe(
    'words of the program\nroutes[2].backend.body is a secret: "[secret]" stands in its place.\n',
  );
  expect(await spec("--cwd", directory, "--name", "second")).toEqual({
    code: 1,
    stdout: "",
    stderr:
      "words of the program\nnot known before the stack is up:\n  ✖ routes[0].backend.url\nGive these values by the stack's settings, or write them into the JSON by hand.\n",
  });
});

it("refuses options that it doesn't have, stacks that aren't there, and programs with mistakes", async () => {
  expect(await spec("--stak", "dev")).toEqual({
    code: 1,
    stdout: "",
    stderr:
      "unknown option --stak; there are --stack, --cwd, --name, --ids, --help\nTry: npm run -s spec -- --help\n",
  });
  expect(await spec("--stack")).toMatchObject({
    code: 1,
    stderr: "--stack needs a value, for example --stack dev\nTry: npm run -s spec -- --help\n",
  });
  const directory = program("wrong", [
    'new ServerlessApi("api", { ...common, functions: {}, specification: "./api.json" });',
  ]);
  writeFileSync(
    join(directory, "api.json"),
    '{"routes": [{"path": "/a", "methods": ["GET"], "backend": {"type": "HTTP_BACKEND"}}]}',
  );
  const { code, stdout, stderr } = await spec("--cwd", directory);
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain(
    '  serverless-api "api": 1 problem\n    ✖ api.json: routes[0].backend.url: must begin with "http://" or "https://", in lower case [http-url]',
  );
});
