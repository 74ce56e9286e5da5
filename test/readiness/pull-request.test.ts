import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { type Call, callUrl, plannedCalls } from "../../tools/pull-request/calls.ts";
import { type LocalStack, tryProgram } from "../../tools/pull-request/steps.ts";
import { formatSummary } from "../../tools/pull-request/summary.ts";
import { availableEngine, startEngine } from "../engine/harness.ts";

const routes = [
  { methods: ["GET", "POST"], path: "/hello", url: "http://g/v1/hello" },
  { methods: ["POST"], path: "/users", url: "http://g/v1/users" },
  { methods: ["ANY"], path: "/{a}/{b*}", url: "http://g/v1/{a}/{b*}" },
];

/** A stack whose engine fails at the named commands. */
function stackOf(...failing: string[]): { local: LocalStack; commands: string[] } {
  const commands: string[] = [];
  const local: LocalStack = {
    async run(verb, ...args) {
      const command = [verb, ...args].join(" ");
      commands.push(command);
      return { exitCode: failing.includes(command) ? 255 : 0, output: `out of ${command}` };
    },
    outputs: async () => ({ routes }),
  };
  return { local, commands };
}

const answer = async (url: string): Promise<Call> => {
  return { method: "GET", url, status: 200, body: '{"message":\n"Hello"}', isOk: true };
};

it("calls each route that takes GET, with made-up parameters", () => {
  expect(plannedCalls({ routes })).toEqual(["http://g/v1/hello", "http://g/v1/1/a/b"]);
  expect(plannedCalls({})).toEqual([]);
});

it("plans, brings up, calls, previews again and destroys", async () => {
  const { local, commands } = stackOf();
  const report = await tryProgram(local, answer);
  expect(commands).toEqual([
    "preview --diff",
    "up --yes --skip-preview",
    "preview --expect-no-changes --diff",
    "destroy --yes --skip-preview",
  ]);
  expect(report.isOk).toBe(true);
  expect(report.calls.map(({ url }) => url)).toEqual(["http://g/v1/hello", "http://g/v1/1/a/b"]);
});

it.each([
  ["preview --diff", ["plan", "destroy"]],
  ["up --yes --skip-preview", ["plan", "up", "destroy"]],
  ["preview --expect-no-changes --diff", ["plan", "up", "calls", "second preview is empty", "destroy"]],
])("after a failed %s only destroy follows", async (command, titles) => {
  const { local } = stackOf(command);
  const report = await tryProgram(local, answer);
  expect(report.isOk).toBe(false);
  expect(report.steps.map(({ title }) => title)).toEqual(titles);
});

it("a call that fails fails the whole", async () => {
  const { local } = stackOf();
  const report = await tryProgram(local, async (url) => ({
    ...(await answer(url)),
    status: 500,
    isOk: false,
  }));
  expect(report.isOk).toBe(false);
  expect(report.steps.map(({ title, isOk }) => `${title} ${isOk}`)).toEqual([
    "plan true",
    "up true",
    "calls false",
    "destroy true",
  ]);
});

it("writes plan and calls as GitHub's Markdown, which no output can break", () => {
  const steps = [
    { title: "plan", isOk: true, durationInSeconds: 2.04, output: "+ create\n```\n" },
    { title: "calls", isOk: false, durationInSeconds: 0.1, output: "" },
    {
      title: "destroy",
      isOk: true,
      durationInSeconds: 1,
      output: "@ destroying....\ngone",
    },
  ];
  const calls = [
    { method: "GET", url: "http://g/a", status: 200, body: '{\n"a":1}', isOk: true },
    { method: "GET", url: "http://g/b", status: 0, body: "refused", isOk: false },
  ];
  expect(formatSummary({ steps, calls, isOk: false })).toBe(
    [
      "## ❌ The program fails on the local OCI\n",
      "| Step | | Time |",
      "| --- | --- | ---: |",
      "| plan | ✅ | 2.0 s |",
      "| calls | ❌ | 0.1 s |",
      "| destroy | ✅ | 1.0 s |\n",
      "### Calls\n",
      "```text",
      '  GET http://g/a → 200 { "a":1}',
      "✖ GET http://g/b → no answer refused",
      "```\n",
      "<details open><summary>plan</summary>\n",
      "````text",
      "+ create\n```",
      "````\n",
      "</details>\n",
      "<details><summary>destroy</summary>\n",
      "```text",
      "gone",
      "```\n",
      "</details>",
    ].join("\n"),
  );
});

it.each([
  [200, "ok", true],
  [404, '{"code":404,"message":"Not Found"}', false],
  [404, '{"error":"no user 1"}', true],
  [502, "", false],
])("an answer of %d %s is well: %s", async (status, body, isOk) => {
  const server = createServer((_request, response) => response.writeHead(status).end(body)).listen(
    0,
    "127.0.0.1",
  );
  await new Promise((resolve) => server.once("listening", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    expect(await callUrl(url)).toEqual({ method: "GET", url, status, body, isOk });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  expect(await callUrl(url)).toMatchObject({ status: 0, isOk: false });
});

const engine = await availableEngine();

describe.skipIf(engine === undefined)("under the real engine", () => {
  it("the default program passes every step", async () => {
    const stack = await startEngine();
    try {
      const local: LocalStack = {
        run: (verb, ...args) =>
          stack[verb](...args.filter((arg) => !["--yes", "--skip-preview"].includes(arg))),
        outputs: () => stack.outputs(),
      };
      const report = await tryProgram(local, callUrl);
      expect(report.isOk, formatSummary(report)).toBe(true);
      expect(report.calls.map(({ status, url }) => `${status} ${new URL(url).pathname}`)).toEqual([
        "200 /v1/hello",
        "200 /v1/echo/a/b",
        "200 /v1/health",
      ]);
    } finally {
      await stack.close();
    }
  }, 120_000);
});
