import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { openPlane, sendRaw, startRawBackend } from "../emulator/gateway/harness.ts";
import { seeds } from "./seeds.ts";

/** Heads that the back end got, byte for byte. */
let heads: string[] = [];
beforeEach(() => {
  heads = [];
});

const items = [
  { name: "X-Path", values: ["<${request.path[p]}>"] },
  { name: "X-Query", values: ["<${request.query[q]}>"] },
  { name: "X-Header", values: ["<${request.headers[x-in]}>"] },
  { name: "X-Host", values: ["<${request.host}>"] },
  { name: "X-Subdomain", values: ["<${request.subdomain[example.com]}>"] },
];

/** A gateway that puts everything a client can choose into headers and query of the back end, and into its own answer's. */
async function openInjectable() {
  const origin = await startRawBackend((socket) => {
    socket.on("data", (data) => {
      heads.push(data.toString("latin1"));
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Back: 1\r\n\r\nok");
    });
  });
  return openPlane({
    routes: [
      {
        path: "/{p*}",
        backend: { type: "HTTP_BACKEND", url: `${origin}/base` },
        requestPolicies: {
          headerTransformations: { setHeaders: { items } },
          queryParameterTransformations: {
            setQueryParameters: { items: [{ name: "set", values: ["<${request.headers[x-in]}>"] }] },
          },
        },
        responsePolicies: { headerTransformations: { setHeaders: { items } } },
      },
    ],
  });
}

const names = (head: string) =>
  (head.split("\r\n\r\n")[0] ?? "")
    .split("\r\n")
    .slice(1)
    .map((line) => line.split(":")[0]?.toLowerCase());
const set = items.map(({ name }) => name.toLowerCase());
const byGateway = ["forwarded", "x-forwarded-for", "x-real-ip", "cdn-loop", "opc-request-id"];
const inAnswer = ["content-length", "x-back", ...set];

async function ask(
  port: number,
  path: string,
  value: string,
  host = "a.example.com",
  more = "",
): Promise<string> {
  const head = `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nX-In: ${value}\r\n${more}Connection: close\r\n\r\n`;
  return (await sendRaw(port, Buffer.from(head, "latin1"))).text;
}

/** One request got through, with the headers that a harmless one has, and no others. */
function expectNothingInjected(answer: string): void {
  expect(heads).toHaveLength(1);
  const [head = ""] = heads;
  expect(head.match(/^GET \/base\?[\x21-\x7e]* HTTP\/1\.1\r\n/)).not.toBeNull();
  expect(head.endsWith("\r\n\r\n")).toBe(true);
  expect(head.split("\r\n\r\n")).toHaveLength(2);
  const allowed = ["host", "connection", "x-in", ...set, ...byGateway];
  expect(names(head).filter((name) => !allowed.includes(name ?? ""))).toEqual([]);
  expect(names(head).filter((name) => name === "host")).toHaveLength(1);
  const answered = names(answer).filter((name) => inAnswer.includes(name ?? ""));
  expect(answered.slice().sort()).toEqual([...new Set(answered)].sort());
  expect(answer).not.toMatch(/^evil:/im);
}

describe("what a client chooses becomes no header of its own", () => {
  test.each([
    "a%0d%0aEvil: 1",
    "a%0D%0AEvil:%201%0d%0a%0d%0aGET / HTTP/1.1",
    "a%0aEvil:1",
    "a%00b",
    "a\xe5\x98\x8a\xe5\x98\x8dEvil: 1",
    "a\\r\\nEvil: 1",
    "a\u0085Evil: 1",
    "a\xa0Evil: 1",
    "${request.headers[evil]}",
    "a&evil=1#",
    "a b?c",
    "\xff".repeat(100),
    '"; Evil: 1',
    "a, b; c",
  ])("header %j", async (value) => {
    const { port } = await openInjectable();
    expectNothingInjected(await ask(port, "/v1/p?q=1", value));
  });

  // CR, LF and NUL never pass the parser.
  test.each(["a\r\nEvil: 1", "a\nEvil: 1", "a\rEvil: 1", "a\0Evil: 1"])(
    "raw %j in a query",
    async (value) => {
      const { port } = await openInjectable();
      const answer = await ask(port, `/v1/p?q=${value}`, "1");
      expect([answer.slice(0, 12), heads]).toEqual(["HTTP/1.1 400", []]);
    },
  );

  test.each(["%0d%0aEvil:%201", "a%0aEvil:1", "%E5%98%8A%E5%98%8DEvil:1", "%250d%250aEvil:1", "a;b,c", "<>"])(
    "path and query %s",
    async (value) => {
      const { port } = await openInjectable();
      expectNothingInjected(await ask(port, `/v1/${value}?q=${value}&${value}`, "1"));
    },
  );

  test("a Connection header takes none of the gateway's or a policy's headers away", async () => {
    const { port } = await openInjectable();
    const options = [...set, ...byGateway, "host", "content-length", "x-in"].join(", ");
    await ask(port, "/v1/p?q=1", "1", "a.example.com", `Connection: ${options}\r\n`);
    expect(names(heads[0] ?? "").sort()).toEqual(["host", "connection", ...set, ...byGateway].sort());
  });

  const latin1 = fc.string({
    unit: fc
      .integer({ min: 0x21, max: 0xff })
      .filter((code) => code !== 0x7f)
      .map((code) => String.fromCharCode(code)),
    minLength: 1,
    maxLength: 40,
  });
  const inTarget = fc
    .array(
      fc.constantFrom(
        "a",
        "%0d",
        "%0a",
        "%0D%0A",
        ":",
        "Evil",
        "%20",
        "=",
        "&",
        "+",
        ";",
        "%25",
        "'",
        "$",
        "{",
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join("").replaceAll("{", ""));

  test.each(seeds.headers)("seed %i", async (seed) => {
    const { port } = await openInjectable();
    await fc.assert(
      fc.asyncProperty(latin1, inTarget, inTarget, async (value, path, query) => {
        heads = [];
        expectNothingInjected(await ask(port, `/v1/x${path}?q=${query}`, value));
      }),
      { seed, numRuns: 50 },
    );
  });
});

describe("what a function answers becomes no header of its own", () => {
  test.each([
    ["Fn-Http-H-X-A", "a\r\nEvil: 1"],
    ["Fn-Http-H-X-A", "a\nEvil: 1"],
    ["Fn-Http-H-X-A", "a\0"],
    ["Fn-Http-H-X-A\r\nEvil", "1"],
    ["Fn-Http-H-", "1"],
    ["Fn-Http-H-Evil:", "1"],
    ["Content-Type", "text/plain\r\nEvil: 1"],
  ])("%j: %j is 502", async (name, value) => {
    const { port } = await openPlane({
      routes: [
        {
          path: "/fn",
          backend: { type: "ORACLE_FUNCTIONS_BACKEND", functionId: "ocid1.fnfunc.oc1.iad.aaaa" },
        },
      ],
      invoke: () => ({ kind: "answer", headers: [[name, value]], body: Buffer.from("ok") }),
    });
    const { status, text } = await sendRaw(
      port,
      "GET /v1/fn HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    );
    expect(status).toBe(502);
    expect(text).not.toMatch(/^evil:/im);
  });

  test.each([
    "Content-Length",
    "Transfer-Encoding",
    "Connection",
    "Upgrade",
    "Server",
    "opc-request-id",
    "Strict-Transport-Security",
  ])("%s stays the gateway's", async (name) => {
    const { port } = await openPlane({
      routes: [
        {
          path: "/fn",
          backend: { type: "ORACLE_FUNCTIONS_BACKEND", functionId: "ocid1.fnfunc.oc1.iad.aaaa" },
        },
      ],
      invoke: () => ({ kind: "answer", headers: [[`Fn-Http-H-${name}`, "999"]], body: Buffer.from("ok") }),
    });
    const { status, text, body } = await sendRaw(
      port,
      "GET /v1/fn HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    );
    expect([status, body]).toEqual([200, "ok"]);
    expect(text).not.toContain("999\r\n");
  });
});
