import { expect, test } from "vitest";
import { openPlane, sendRaw, startBackend } from "../emulator/gateway/harness.ts";
import { goodToken, jwk, pair, part, staticAuthentication } from "../emulator/gateway/tokens/fixtures.ts";

// An unknown key id has the key set loaded again, at most every 30 seconds: nobody can make the gateway hammer an
// identity provider with it.
test("ten thousand unknown key ids load the key set once, and the known one goes on", async () => {
  let loads = 0;
  const uri = await startBackend((_request, response) => {
    loads++;
    response.end(JSON.stringify({ keys: [jwk(pair())] }));
  });
  const authentication = staticAuthentication({ validationPolicy: { type: "REMOTE_JWKS", uri } });
  const { port } = await openPlane({
    routes: [{ path: "/a", backend: { type: "STOCK_RESPONSE_BACKEND", status: 200 } }],
    specification: { requestPolicies: { authentication } },
  });
  const good = goodToken();
  const [, payload, signature] = good.split(".");
  const request = (token: string, more = "") =>
    `GET /v1/a HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\n${more}\r\n`;
  const unknown = Array.from({ length: 10_000 }, (_, index) => {
    const header = part({ alg: "RS256", typ: "JWT", kid: `unknown-${index}` });
    return request(`${header}.${payload}.${signature}`);
  });
  const { text } = await sendRaw(
    port,
    request(good),
    unknown.join(""),
    request(good, "Connection: close\r\n"),
  );
  const statuses = [...text.matchAll(/HTTP\/1\.1 ([0-9]{3}) /g)].map(([, status]) => Number(status));
  expect(statuses).toHaveLength(10_002);
  expect([statuses[0], statuses.at(-1), new Set(statuses.slice(1, -1))]).toEqual([200, 200, new Set([401])]);
  expect(loads).toBe(1);
});
