import { expect, test, vi } from "vitest";
import { openPlane, sendRaw } from "./harness.ts";

vi.mock("undici", async (load) => ({
  ...(await load<typeof import("undici")>()),
  buildConnector: () => () => {
    throw new TypeError("no such address");
  },
}));

const request = "GET /v1/http HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

test("a connection that can't even be begun is answered 502, in a later turn of the event loop too", async () => {
  const { port, logged } = await openPlane({
    routes: [{ path: "/http", backend: { type: "HTTP_BACKEND", url: "http://127.0.0.1:9" } }],
  });
  const answers = await Promise.all(Array.from({ length: 50 }, () => sendRaw(port, request)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([502]));
  const errors = (await logged(50)).filter((event) => event.type === "execution" && event.level !== "INFO");
  expect(errors).toHaveLength(50);
  expect(errors[0]).toMatchObject({ code: "httpBackend.requestError", message: "no such address" });
});
