import { expect, onTestFinished, test } from "vitest";
import { createHttpClients } from "../../../../emulator/gateway/backends/http-clients.ts";
import { fetchJson } from "../../../../emulator/gateway/tokens/fetch-json.ts";
import { startBackend, startRawBackend } from "../harness.ts";

function clients() {
  const made = createHttpClients();
  onTestFinished(() => made.close());
  return made;
}

test("a JSON object", async () => {
  const url = await startBackend((request, response) => {
    response.end(JSON.stringify({ accept: request.headers.accept, path: request.url }));
  });
  expect(await fetchJson(clients(), `${url}/keys?a=b`, false)).toEqual({
    accept: "application/json",
    path: "/keys?a=b",
  });
});

test("a server that says nothing, or a little at a time, is given up in time", async () => {
  const silent = await startRawBackend(() => {});
  await expect(fetchJson(clients(), silent, false, 50)).rejects.toThrow(
    `${silent} can't be read: no whole answer in 50 ms`,
  );
  const slow = await startRawBackend((socket) => {
    socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    const timer = setInterval(() => socket.write("1\r\n \r\n"), 5);
    socket.on("close", () => clearInterval(timer));
  });
  await expect(fetchJson(clients(), slow, false, 50)).rejects.toThrow(
    `${slow} can't be read: no whole answer in 50 ms`,
  );
});

test.each(["[]", "null", '"a"', "", "{"])("%j is no JSON object", async (text) => {
  const url = await startBackend((_, response) => void response.end(text));
  await expect(fetchJson(clients(), url, false)).rejects.toMatchObject({
    message: `${url} answered no JSON object`,
    isMalformed: true,
  });
});

test("a refused connection says so", async () => {
  const rejected = fetchJson(clients(), "http://127.0.0.1:1/keys", false);
  await expect(rejected).rejects.toThrow(/^http:\/\/127\.0\.0\.1:1\/keys can't be read: .+/);
});

test("an address is shown without what may be secret in it", async () => {
  const url = await startBackend((_, response) => void response.writeHead(404).end());
  const withSecrets = `${url.replace("//", "//jane:pass%40word@")}/keys?code=secret#secret`;
  await expect(fetchJson(clients(), withSecrets, false)).rejects.toThrow(`${url}/keys answered 404`);
});

test("more than 256 KB aren't read", async () => {
  const of = (bytes: number) => `"${"a".repeat(bytes - 2)}"`;
  const url = await startBackend((request, response) => {
    response.end(of(request.url === "/most" ? 262_144 : 262_145));
  });
  await expect(fetchJson(clients(), `${url}/most`, false)).rejects.toThrow("answered no JSON object");
  await expect(fetchJson(clients(), `${url}/more`, false)).rejects.toMatchObject({
    message: `${url}/more answered more than 262144 bytes`,
    isMalformed: true,
  });
});
