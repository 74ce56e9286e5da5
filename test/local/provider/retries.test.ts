import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { createOciClient, type OciClient } from "../../../local/provider/http.ts";

let server: Server;
let client: OciClient;
afterEach(() => {
  client.close();
  server.closeAllConnections();
  server.close();
});

/** Answers with the statuses in turn, `cut` ends the connection; afterwards 200. Collects `METHOD token`. */
async function start(answers: (number | "cut")[]): Promise<string[]> {
  const seen: string[] = [];
  server = createServer((request, response) => {
    seen.push(`${request.method} ${request.headers["opc-retry-token"]}`);
    const answer = answers.shift() ?? 200;
    request.resume().on("end", () => {
      if (answer === "cut") request.socket.destroy();
      else response.writeHead(answer).end(JSON.stringify({ code: "InternalServerError", message: "m" }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  client = createOciClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return seen;
}

// "API Errors" and "Retry Token": 429, 500, 502 and 503 may pass; the token of a creation stays the same.
test.each([429, 500, 502, 503, "cut" as const])(
  "%s is tried again with the same retry token",
  async (fault) => {
    const seen = await start([fault, fault]);
    expect((await client.call("POST", "/x", { body: {} })).status).toBe(200);
    expect(seen).toHaveLength(3);
    expect(seen[0]).toMatch(/^POST [0-9a-f-]{36}$/);
    expect(new Set(seen).size).toBe(1);
  },
);

test("each creation has its own token, and a token that is given stays", async () => {
  const seen = await start([]);
  await client.call("POST", "/x", { body: {} });
  await client.call("POST", "/x", { body: {} });
  await client.call("POST", "/x", { body: {}, headers: { "opc-retry-token": "mine" } });
  await client.call("GET", "/x");
  expect(new Set(seen).size).toBe(4);
  expect(seen.slice(2)).toEqual(["POST mine", "GET undefined"]);
});

test.each([400, 404, 409, 412, 501])("throws for %i at once", async (status) => {
  const seen = await start([status]);
  await expect(client.call("GET", "/x")).rejects.toThrow(`${status}-InternalServerError, m`);
  expect(seen).toHaveLength(1);
});

test("throws when the client is closed meanwhile, instead of trying again", async () => {
  const seen = await start(["cut", "cut", "cut", "cut", "cut", "cut", "cut", "cut"]);
  const call = client.call("GET", "/x");
  client.close();
  await expect(call).rejects.toThrow(/socket hang up|closed/);
  expect(seen.length).toBeLessThan(2);
});

test("throws at once when nobody listens", async () => {
  await start([]);
  const gone = createOciClient("http://127.0.0.1:1");
  await expect(gone.call("GET", "/x")).rejects.toThrow("ECONNREFUSED");
});
