import { once } from "node:events";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { cert, key } from "../certificate.ts";
import { codes, openPlane, startBackend, startRawBackend } from "../harness.ts";
import { claims, goodToken, jwk, now, pair, sign, staticAuthentication } from "../tokens/fixtures.ts";

const routes = [{ path: "/a", backend: { type: "STOCK_RESPONSE_BACKEND", status: 200 } }];
const rotated = pair("rotated");
const byRotated = () => sign(claims(), { by: rotated, header: { kid: "rotated" } });

afterEach(() => void vi.useRealTimers());

/** A gateway whose keys are remote; `call` answers the status of a call with a token. */
async function protect(validationPolicy: object, more: object = {}) {
  const authentication = staticAuthentication({ ...more, validationPolicy });
  const plane = await openPlane({ routes, specification: { requestPolicies: { authentication } } });
  const call = async (token: string) => {
    const answer = await fetch(`${plane.url}/a`, { headers: { authorization: `Bearer ${token}` } });
    await answer.arrayBuffer();
    return answer.status;
  };
  return { ...plane, call };
}

/** An identity provider whose key set can be changed; an Error cuts the connection. */
async function startProvider(keys: unknown[]) {
  const provider = { keys, loads: 0, status: 200, uri: "" };
  const url = await startBackend((request, response) => {
    if (request.url === "/.well-known/openid-configuration") {
      response.end(JSON.stringify({ jwks_uri: `${url}/keys` }));
      return;
    }
    provider.loads++;
    response.writeHead(provider.status, { location: `${url}/keys` });
    response.end(JSON.stringify({ keys: provider.keys }));
  });
  provider.uri = `${url}/keys`;
  return provider;
}

const jwks = (uri: string, more: object = {}) => ({ type: "REMOTE_JWKS", uri, ...more });

describe("REMOTE_JWKS", () => {
  test("keys are loaded with the first token and kept", async () => {
    const provider = await startProvider([jwk(pair())]);
    const { call } = await protect(jwks(provider.uri));
    expect(provider.loads).toBe(0);
    expect(await Promise.all([call(goodToken()), call(goodToken({ sub: "bob" }))])).toEqual([200, 200]);
    expect(await call(goodToken({ sub: "eve" }))).toBe(200);
    expect(provider.loads).toBe(1);
  });

  test("thousands of unknown key ids make one load in 30 seconds", async () => {
    const provider = await startProvider([jwk(pair())]);
    const { call } = await protect(jwks(provider.uri));
    const good = goodToken();
    expect(await call(good)).toBe(200);
    for (let round = 0; round < 20; round++) {
      const tokens = Array.from({ length: 50 }, (_, index) =>
        good.replace(/^[^.]+/, header(`${round}-${index}`)),
      );
      expect(new Set(await Promise.all(tokens.map(call)))).toEqual(new Set([401]));
    }
    expect(provider.loads).toBe(1);
    expect(await call(good)).toBe(200);
  });

  test("a remembered token isn't let in after its key is gone, its exp, its keys' time", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const provider = await startProvider([jwk(pair())]);
    const { call } = await protect(jwks(provider.uri, { maxCacheDurationInHours: 2 }));
    const token = goodToken({ exp: now() + 90_000 });
    const short = goodToken({ exp: now() + 10 });
    expect([await call(token), await call(short), await call(short)]).toEqual([200, 200, 200]);
    vi.setSystemTime(Date.now() + 10_000);
    expect(await call(short)).toBe(401);
    vi.setSystemTime(Date.now() + 20_000);
    provider.keys = [jwk(rotated)];
    expect([await call(token), provider.loads]).toEqual([200, 1]);
    expect([await call(byRotated()), provider.loads]).toEqual([200, 2]);
    expect(await call(token)).toBe(401);

    provider.keys = [jwk(rotated), jwk(pair())];
    vi.setSystemTime(Date.now() + 2 * 3_600_000);
    expect([await call(token), provider.loads]).toEqual([200, 3]);
    vi.setSystemTime(Date.now() + 2 * 3_600_000 - 1);
    expect([await call(token), provider.loads]).toEqual([200, 3]);
    provider.status = 503;
    vi.setSystemTime(Date.now() + 1);
    expect([await call(token), provider.loads]).toEqual([500, 4]);
  });

  test("a remembered token is let in until exp and skew, not before nbf and skew", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: 1_800_000_000_000 });
    const provider = await startProvider([jwk(pair())]);
    const { call } = await protect(jwks(provider.uri), { maxClockSkewInSeconds: 5 });
    const token = goodToken({ exp: now() + 10, nbf: now() - 10 });
    const at = async (seconds: number) => {
      vi.setSystemTime(1_800_000_000_000 + seconds * 1000);
      return await call(token);
    };
    expect([await at(0), await at(14.999), await at(15), await at(-15), await at(-15.001)]).toEqual([
      200, 200, 401, 200, 401,
    ]);
  });

  test("a token that one server verified isn't known to another deployment's", async () => {
    const provider = await startProvider([jwk(pair())]);
    const { call, put } = await protect(jwks(provider.uri));
    expect(await call(goodToken())).toBe(200);
    put(routes);
    expect([await call(goodToken()), provider.loads]).toEqual([200, 2]);
  });

  test.each<[string, (provider: { status: number; keys: unknown[] }) => void, string]>([
    ["500", (provider) => void Object.assign(provider, { status: 500 }), "loadingJsonWebKeySet"],
    ["a redirect", (provider) => void Object.assign(provider, { status: 302 }), "loadingJsonWebKeySet"],
    ["no keys", (provider) => void Object.assign(provider, { keys: {} }), "badJsonWebKeySet"],
    [
      "more than 256 KB",
      (provider) => void Object.assign(provider, { keys: ["a".repeat(300_000)] }),
      "badJsonWebKeySet",
    ],
  ])("a key set that answers %s: 500", async (_, change, code) => {
    const provider = await startProvider([jwk(pair())]);
    change(provider);
    const { call, logged } = await protect(jwks(provider.uri));
    expect(await call(goodToken())).toBe(500);
    expect(codes(await logged())).toEqual([`ERROR tokenAuthentication.${code}`]);
  });

  test("a key set that can't be reached or isn't JSON: 500; bad tokens still 401", async () => {
    const cut = await startRawBackend((socket) => void socket.destroy());
    const ofCut = await protect(jwks(`${cut}/keys`));
    expect([await ofCut.call(goodToken()), await ofCut.call("x")]).toEqual([500, 401]);
    const text = await startBackend((_, response) => void response.end("<html>"));
    const ofText = await protect(jwks(text));
    expect(await ofText.call(goodToken())).toBe(500);
    const [event] = await ofText.logged();
    expect(event).toMatchObject({ message: `${text} answered no JSON object` });
  });

  test("isSslVerifyDisabled", async () => {
    const server = createServer({ cert, key }, (_, response) => {
      response.end(JSON.stringify({ keys: [jwk(pair())] }));
    }).listen(0, "127.0.0.1");
    onTestFinished(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    await once(server, "listening");
    const uri = `https://127.0.0.1:${(server.address() as AddressInfo).port}/keys`;
    expect(await (await protect(jwks(uri))).call(goodToken())).toBe(500);
    expect(await (await protect(jwks(uri, { isSslVerifyDisabled: true }))).call(goodToken())).toBe(200);
  });
});

describe("REMOTE_DISCOVERY", () => {
  const discovery = (uri: string) => ({
    type: "REMOTE_DISCOVERY",
    sourceUriDetails: { type: "DISCOVERY_URI", uri },
    clientDetails: {
      type: "CUSTOM",
      clientId: "shop",
      clientSecretId: "ocid1.vaultsecret.oc1.iad.aaaa",
      clientSecretVersionNumber: 1,
    },
  });

  test("the discovery document names the key set", async () => {
    const provider = await startProvider([jwk(pair())]);
    const { call } = await protect(
      discovery(provider.uri.replace("/keys", "/.well-known/openid-configuration")),
    );
    expect([await call(goodToken()), await call("opaque"), provider.loads]).toEqual([200, 401, 1]);
  });

  test.each([7, "ftp://idp.example.com/keys", "at http://127.0.0.1/keys", "http://[", "/keys"])(
    "a document whose jwks_uri is %j: 500",
    async (jwks_uri) => {
      const url = await startBackend((_, response) => void response.end(JSON.stringify({ jwks_uri })));
      const { call, logged } = await protect(discovery(url));
      expect(await call(goodToken())).toBe(500);
      const [event] = await logged();
      expect(event).toMatchObject({
        code: "tokenAuthentication.badJsonWebKeySet",
        message: `${url} names no jwks_uri`,
      });
    },
  );

  test("a document without a key set: 500", async () => {
    const provider = await startProvider([jwk(pair())]);
    const { call, logged } = await protect(discovery(provider.uri));
    expect(await call(goodToken())).toBe(500);
    expect((await logged())[0]).toMatchObject({ message: `${provider.uri} names no jwks_uri` });
  });
});

function header(kid: string): string {
  return Buffer.from(JSON.stringify({ alg: "RS256", kid })).toString("base64url");
}
