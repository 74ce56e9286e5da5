import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { isAlive, repository, type Started, start, stockProgram } from "./starting.ts";

const running: Started[] = [];
afterEach(async () => {
  for (const started of running.splice(0)) await started.cleanUp();
});

function run(directory: string, ...options: string[]): Started {
  const started = start(directory, ...options);
  running.push(started);
  return started;
}

const endpointOf = (text: string) => /http:\/\/127\.0\.0\.1:\d+\/v1\b/.exec(text)?.[0] ?? "";

test("brings the program up, answers, tells requests, and leaves nothing behind", async () => {
  const started = run(repository, "--port", "0");
  await started.shows("Requests:");
  const endpoint = endpointOf(started.output());
  expect(started.output()).toContain(`Try:  curl "${endpoint}/hello?name=Ada"`);
  const answer = await fetch(`${endpoint}/hello?name=Ada`);
  expect([answer.status, (await answer.text()).trim()]).toEqual([200, '{"message":"Hello, Ada!"}']);
  await started.shows("  /v1/hello?name=Ada  function /hello\n");
  expect((await fetch(`${endpoint}/nothing`)).status).toBe(404);
  await started.shows("no route");
  const pids = started.descendants();
  started.process.kill("SIGTERM");
  expect(await started.ended).toBe(0);
  expect(pids.filter(isAlive)).toEqual([]);
  await expect(fetch(endpoint)).rejects.toThrow();
  expect(started.temporaryFiles()).toEqual([]);
}, 60_000);

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)(
  "%s twice during start-up ends everything",
  async (signal, code) => {
    const started = run(stockProgram, "--port", "0");
    await started.shows("on this machine's own OCI");
    const pids = started.descendants();
    expect(pids.length).toBeGreaterThan(0);
    started.process.kill(signal);
    started.process.kill(signal);
    expect(await started.ended).toBe(code);
    expect(pids.filter(isAlive)).toEqual([]);
    expect(started.temporaryFiles()).toEqual([]);
  },
  60_000,
);

test("another stack's settings are adopted and told; the encrypted default is left out", async () => {
  const started = run(stockProgram, "--stack", "dev", "--port", "0");
  await started.shows("Requests:");
  const output = started.output();
  expect(output).toContain("  tenancy ocid1.tenancy.oc1..aaaaaaaatenancyofsomebody\n");
  expect(output).toContain("  compartment ocid1.compartment.oc1..aaaaaaaacompartmentofsomebody\n");
  expect(output).toContain("  subnet ocid1.subnet.oc1.eu-frankfurt-1.aaaaaaaasubnetofsomebody\n");
  expect(output).toContain("  image fra.ocir.io/ns/api/hello:1.2@sha256:0123456789abcdef");
  expect(output).toContain("  logGroup ocid1.loggroup.oc1.eu-frankfurt-1.aaaaaaaaloggroup\n");
  expect(output).toContain(
    "  not apmdomain ocid1.apmdomain.oc1.eu-frankfurt-1.aaaaaaaaapmdomainofsomebody (stock:traceDomainId)\n",
  );
  expect(output).toContain(
    "The encrypted value of stock:token (Pulumi.dev.yaml) isn't read; a stand-in takes its place.\n",
  );
  expect(output).toContain("hello from the program\n");
  await started.shows(
    'note: traceConfig of application "traced" is kept without effect here: no traces are sent.\n',
  );
  expect(output).not.toContain("s3cret");
  const answer = await fetch(`${endpointOf(output)}/health`);
  expect([answer.status, await answer.text()]).toEqual([200, "well"]);
}, 60_000);

test("problems of the preview stop everything before anything is created", async () => {
  const started = run(stockProgram, "--stack", "wrong", "--port", "0");
  expect(await started.ended).toBe(1);
  expect(started.output()).toContain('error: compartmentId: "wrong" is no OCID\nNothing was created.\n');
  expect(started.output()).not.toContain("    at ");
}, 60_000);

test("a program that ends its own process is an error with what it said", async () => {
  const started = run(stockProgram, "--stack", "exits", "--port", "0");
  expect(await started.ended).toBe(1);
  expect(started.output()).toContain(
    "hello from the program\nerror: the program ended its own process (exit code 4); let it throw an error, which is shown here\nNothing was created.\n",
  );
  expect(started.output()).not.toContain("    at ");
}, 60_000);

test("an explicit port in use is an error that names it", async () => {
  const server = createServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port));
  });
  const started = run(stockProgram, "--port", String(port));
  expect(await started.ended).toBe(1);
  expect(started.output()).toMatch(
    new RegExp(
      `^port ${port} is in use or not allowed; end what listens there, or choose another one: npm start -- --port \\d+\n$`,
    ),
  );
  expect(started.output()).not.toContain(`--port ${port}\n`);
  await new Promise((resolve) => server.close(resolve));
}, 60_000);

test("an unknown stack and an unknown option are told with what there is", async () => {
  const stack = run(stockProgram, "--stack", "nope");
  expect(await stack.ended).toBe(1);
  expect(stack.output()).toBe(
    `no stack "nope" (no file Pulumi.nope.yaml in ${stockProgram}); there are dev, exits, local, wrong. Choose one with --stack\n`,
  );
  const option = run(stockProgram, "--prot", "1");
  expect(await option.ended).toBe(1);
  expect(option.output()).toBe(
    "unknown option --prot; there are --stack, --cwd, --port, --help\nTry: npm start -- --help\n",
  );
  const help = run(stockProgram, "--help");
  expect(await help.ended).toBe(0);
  for (const text of ["--stack", "--port", "--help", "EXAMPLES", "Exit code"])
    expect(help.output()).toContain(text);
}, 60_000);

test("a signal to npm, which doesn't reach the process below npm's shell, ends everything all the same", async () => {
  const temporary = mkdtempSync(join(tmpdir(), "start-test-"));
  const command = `"${process.execPath}" "${join(repository, "local/start.ts")}" --port 0; exit 0`;
  const shell = spawn("sh", ["-c", command], {
    cwd: repository,
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      PATH: process.env.PATH,
      HOME: temporary,
      TMPDIR: temporary,
      NO_COLOR: "1",
      npm_lifecycle_event: "start",
    },
  });
  const isOver = new Promise((done) => shell.stdout.once("close", done));
  let output = "";
  await new Promise<void>((done, fail) => {
    shell.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (output.includes("Requests:")) done();
    });
    shell.stdout.once("close", () => fail(new Error(output)));
  });
  shell.kill("SIGTERM");
  await isOver;
  expect(readdirSync(temporary)).toEqual([]);
  rmSync(temporary, { recursive: true });
}, 60_000);
