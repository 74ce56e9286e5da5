import { afterAll, beforeAll, expect, it } from "vitest";
import { type RunningExample, runExample } from "./running.ts";
import { runTranscript, transcriptOf, whyNoPages } from "./transcript.ts";

let example: RunningExample;
let url = "";
beforeAll(async () => {
  example = await runExample("orders");
  url = `${example.endpoint}/orders`;
}, 60_000);
afterAll(() => example.local.emulator.close());

const web = { "x-api-key": "local-only-code-of-web" };
const till = { "x-api-key": "local-only-code-of-till" };

/** Again after the wait that a 429 names: the limit counts the calls of all tests. */
async function call(path = "", headers: Record<string, string> = {}, body?: string): Promise<Response> {
  const method = body === undefined ? "GET" : "POST";
  const answer = await fetch(`${url}${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
  if (answer.status !== 429) return answer;
  await answer.arrayBuffer();
  await new Promise((done) => setTimeout(done, 1000 * Number(answer.headers.get("retry-after"))));
  return call(path, headers, body);
}

// One test, for the page's commands must not come after the burst. The other tests call less often than the limit.
it("answers as its page shows, and limits a burst from one address", async ({ skip }) => {
  const shown = transcriptOf("examples/orders/README.md");
  expect(shown).toHaveLength(7);
  if (whyNoPages === undefined) {
    expect(await runTranscript(shown, example.endpoint)).toEqual(shown);
  }
  // However slow the machine is: until more come than the limit lets through.
  const statuses = new Set<number>();
  while (!statuses.has(429)) {
    const burst = await Promise.all(Array.from({ length: 100 }, () => fetch(url, { headers: web })));
    for (const { status } of burst) statuses.add(status);
  }
  expect(statuses).toEqual(new Set([200, 429]));
  skip(whyNoPages !== undefined, whyNoPages);
});

it("the client can name neither itself nor another order", async () => {
  const forged = { "x-client": "till", "x-order-id": "2", "x-order-filter": "status=shipped" };
  const all = await call("?status=open", { ...web, ...forged });
  expect(await all.json()).toEqual({ orders: [{ id: "1", status: "open", item: "lamp" }], client: "web" });
  const one = await call("/1", { ...web, ...forged });
  expect(await one.json()).toEqual({ order: { id: "1", status: "open", item: "lamp" }, client: "web" });
  const posted = await call(
    "",
    { ...till, ...forged, "x-client": "web", "content-type": "application/json" },
    "{}",
  );
  expect([posted.status, await posted.json()]).toEqual([201, { order: {}, client: "till" }]);
});

it("an unknown order is the function's own 404", async () => {
  const answer = await call("/3", web);
  expect([answer.status, await answer.json()]).toEqual([404, { code: 404, message: "There is no order 3" }]);
  expect(answer.headers.get("cache-control")).toBe("no-store");
});

it.each([
  ["no code", {}, [401, "AppKey"]],
  ["a wrong code", { "x-api-key": "local-only-code-of-nobody" }, [401, 'AppKey error="invalid_key"']],
  ["the key's id", { "x-api-key": "web" }, [401, 'AppKey error="invalid_key"']],
])("%s: %j is refused", async (_, headers, [status, challenge]) => {
  const answer = await call("", headers);
  expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([status, challenge]);
});

it("a page of the shop may read answers, another's page may not", async () => {
  const shop = await call("", { ...web, origin: "https://shop.example.com" });
  expect([shop.status, shop.headers.get("access-control-allow-origin")]).toEqual([
    200,
    "https://shop.example.com",
  ]);
  const other = await call("", { ...web, origin: "https://other.example.com" });
  expect(other.headers.get("access-control-allow-origin")).toBeNull();
});

it("calls stand in the stack's logs", async () => {
  const { logGroupId } = example.run.outputs;
  const [{ inputs: { compartmentId } = {} } = {}] = example.run.state.filter(
    ({ type }) => type === "oci:Logging/logGroup:LogGroup",
  );
  await call("/2", { ...web, "user-agent": "asks-for-two" });
  const kept = async () => {
    const answer = await example.local.call("POST", "/20190909/search", {
      timeStart: "2020-01-01T00:00:00Z",
      timeEnd: "2099-01-01T00:00:00Z",
      searchQuery: `search "${compartmentId}/${logGroupId}" | sort by datetime desc`,
    });
    return JSON.stringify(answer.body);
  };
  // Lines are written between requests.
  await expect.poll(kept).toContain("asks-for-two");
  expect(await kept()).not.toContain("local-only-code");
});

it("logs are kept for 60 days", () => {
  const logs = example.run.state.filter(({ type }) => type === "oci:Logging/log:Log");
  expect(logs.map(({ inputs }) => inputs.retentionDuration)).toEqual([60, 60, 60]);
});
