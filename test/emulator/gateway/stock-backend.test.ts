import { expect, test } from "vitest";
import { openPlane, sendRaw } from "./harness.ts";

const stock = (more: object = {}) => ({ type: "STOCK_RESPONSE_BACKEND", status: 200, ...more });
const setting = (value: string) => ({
  responsePolicies: {
    headerTransformations: { setHeaders: { items: [{ name: "X-Set", values: [value] }] } },
  },
});
const get = (target: string) => `GET ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`;

// "Adding Stock Responses as an API Gateway Back End"
test("status, headers and body as they stand there; their length is their own", async () => {
  const headers = [
    { name: "X-A", value: "1" },
    { name: "content-length", value: "99" },
    { name: "x-a", value: "2" },
  ];
  const { port } = await openPlane({
    routes: [{ path: "/a", backend: stock({ status: 418, headers, body: "tea" }) }],
  });
  const answer = await sendRaw(port, get("/v1/a"));
  expect([answer.status, answer.body]).toEqual([418, "tea"]);
  expect(answer.headers.filter(([name]) => /^(x-a|content-length)$/i.test(name))).toEqual([
    ["X-A", "1"],
    ["x-a", "2"],
    ["Content-Length", "3"],
  ]);
});

test("nothing but a status", async () => {
  const { port } = await openPlane({ routes: [{ path: "/a", backend: stock() }] });
  const answer = await sendRaw(port, get("/v1/a"));
  expect([answer.status, answer.body]).toEqual([200, ""]);
});

test("its headers are changed for each request, where they come from it, else for all alike", async () => {
  const { url } = await openPlane({
    routes: [
      { path: "/each", backend: stock(), ...setting("${request.query[q]}") },
      { path: "/all", backend: stock(), ...setting("same") },
    ],
  });
  const set = async (path: string) => (await fetch(url + path)).headers.get("x-set");
  expect([await set("/each?q=1"), await set("/each?q=2")]).toEqual(["1", "2"]);
  expect([await set("/all?q=1"), await set("/all?q=2")]).toEqual(["same", "same"]);
});
