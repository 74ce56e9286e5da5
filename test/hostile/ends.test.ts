import { once } from "node:events";
import type { Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import type { FunctionResult } from "../../emulator/runtime/types.ts";
import { openPlane, sendRaw, startBackend, startRawBackend, statuses } from "../emulator/gateway/harness.ts";
import { claims, pair, sign } from "../emulator/gateway/tokens/fixtures.ts";

// What ends while something else waits: clients, deployments, the data plane itself.

const authorizerId = "ocid1.fnfunc.oc1.iad.authorizer";
const stock = (body: string) => ({ type: "STOCK_RESPONSE_BACKEND", status: 200, body });
const authentication = {
  type: "CUSTOM_AUTHENTICATION",
  functionId: authorizerId,
  tokenHeader: "Authorization",
};
const active: FunctionResult = { kind: "answer", headers: [], body: Buffer.from('{"active":true}') };

/** An authorizer that waits until it is told to answer. */
async function openSlow() {
  const asked: ((result: FunctionResult) => void)[] = [];
  let onAsked = () => {};
  const plane = await openPlane({
    routes: [{ path: "/a", backend: stock("old") }],
    specification: { requestPolicies: { authentication } },
    invoke: () =>
      new Promise((resolve) => {
        asked.push(resolve);
        onAsked();
      }),
  });
  const untilAsked = async (count: number) => {
    while (asked.length < count) await new Promise<void>((resolve) => (onAsked = resolve));
  };
  const send = (token: string, signal?: AbortSignal) =>
    fetch(`${plane.url}/a`, { headers: { authorization: token }, ...(signal && { signal }) });
  return { ...plane, asked, untilAsked, send };
}

test("who shares a call of an authorizer is served, also when the one that began it has gone", async () => {
  const { asked, untilAsked, send, logged } = await openSlow();
  const leaver = new AbortController();
  const first = send("same", leaver.signal);
  await untilAsked(1);
  const second = send("same");
  leaver.abort();
  await expect(first).rejects.toThrow("aborted");
  await logged(1);
  asked[0]?.(active);
  expect(await (await second).text()).toBe("old");
  expect([asked.length, statuses(await logged(2))]).toEqual([1, [499, 200]]);
});

test("a hanging authorizer holds up its own requests only, and not the end", async () => {
  const { plane, untilAsked, send, asked } = await openSlow();
  const hanging = send("hangs").catch((error: Error) => error);
  await untilAsked(1);
  const other = send("other");
  await untilAsked(2);
  asked[1]?.(active);
  expect((await other).status).toBe(200);
  await plane.close();
  expect(await hanging).toBeInstanceOf(Error);
  asked[0]?.(active);
});

test("a request that waits is served by the deployment that it began with, the next by the new one", async () => {
  const { put, untilAsked, send, asked, plane } = await openSlow();
  const waiting = send("a");
  await untilAsked(1);
  put([{ path: "/a", backend: stock("new") }]);
  asked[0]?.(active);
  expect(await (await waiting).text()).toBe("old");
  // The new deployment remembers nothing of the old one's results.
  const next = send("a");
  await untilAsked(2);
  plane.removeDeployment("ocid1.apideployment.a");
  asked[1]?.(active);
  expect(await (await next).text()).toBe("new");
  expect((await send("a")).status).toBe(404);
});

test("a key set that never comes is given up at the end, with its connection", async () => {
  const sockets: Socket[] = [];
  let onSocket = () => {};
  const begun = new Promise<void>((resolve) => {
    onSocket = resolve;
  });
  const uri = await startRawBackend((socket) => {
    sockets.push(socket.resume());
    onSocket();
  });
  const { plane, url } = await openPlane({
    routes: [{ path: "/a", backend: stock("") }],
    specification: {
      requestPolicies: {
        authentication: {
          type: "TOKEN_AUTHENTICATION",
          tokenHeader: "Authorization",
          tokenAuthScheme: "Bearer",
          validationPolicy: { type: "REMOTE_JWKS", uri, maxCacheDurationInHours: 1 },
        },
      },
    },
  });
  const token = sign(claims({}), { by: pair("a"), header: { kid: "a" } });
  const request = fetch(`${url}/a`, { headers: { authorization: `Bearer ${token}` } }).catch(
    (error: Error) => error,
  );
  await begun;
  const [socket] = sockets;
  const isClosed = socket && once(socket, "close");
  await plane.close();
  await isClosed;
  expect([await request, sockets.length]).toEqual([expect.any(Error), 1]);
});

// RFC 9110, section 15.2: after an answer with a status below 200 the client waits for another one.
test.each([100, 101, 103, 199])("after %i no request's answer is taken for another's", async (status) => {
  const { port } = await openPlane({
    routes: [
      { path: "/interim", backend: { ...stock("no"), status } },
      { path: "/secret", backend: stock("secret") },
    ],
  });
  const get = (path: string) => `GET /v1${path} HTTP/1.1\r\nHost: a\r\n\r\n`;
  const { text } = await sendRaw(port, get("/interim") + get("/secret"));
  expect([...text.matchAll(/HTTP\/1\.1 ([0-9]+)/g)].map(([, each]) => Number(each))).toEqual([status]);
  expect([text.includes("\r\nConnection: close\r\n"), text.endsWith("\r\n\r\n")]).toEqual([true, true]);
});

test("an answer that is under way when its deployment goes is sent to its end", async () => {
  let finish = () => {};
  const backend = await startBackend((_request, response) => {
    response.write("begin ");
    finish = () => response.end("end");
  });
  onTestFinished(() => finish());
  const { plane, url } = await openPlane({
    routes: [{ path: "/a", backend: { type: "HTTP_BACKEND", url: backend } }],
  });
  const answer = await fetch(`${url}/a`);
  plane.removeDeployment("ocid1.apideployment.a");
  finish();
  expect(await answer.text()).toBe("begin end");
});
