import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fetchSigned, sign } from "../../examples/app-keys/client/sign.ts";
import { hasForm, sha256, signatureOf } from "../../functions/kit/signature.ts";

const key = { id: "erp", secret: "local-only-0123456789abcdef0123456789abcdef" };

describe("sign", () => {
  it("signs as openssl does", () => {
    const url = "https://API.example.com/v1/orders?draft=1";
    const options = { method: "POST", body: "{}", timestampInSeconds: 1795262400, nonce: "0123456789abcdef" };
    expect(sign(url, key, options)).toEqual({
      "x-sig-key": "erp",
      "x-sig-timestamp": "1795262400",
      "x-sig-nonce": "0123456789abcdef",
      "x-sig-method": "POST",
      "x-sig-path": "/v1/orders?draft=1",
      "x-sig-body-sha256": "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
      // By openssl dgst -sha256 -hmac.
      "x-sig-signature": "54cda428fe54d6b2d98820485815125b3fbc8867348044c50fd0f9cade9d1fe0",
    });
  });

  it("takes now, a new nonce, GET and an empty body by itself", () => {
    const [one, other] = [sign("http://h/", key), sign("http://h/", key)];
    expect(one["x-sig-nonce"]).not.toBe(other["x-sig-nonce"]);
    expect(hasForm("nonce", one["x-sig-nonce"]) && hasForm("timestamp", one["x-sig-timestamp"])).toBe(true);
    expect([one["x-sig-method"], one["x-sig-body-sha256"]]).toEqual(["GET", sha256("")]);
  });
});

describe("what is sent", () => {
  interface Received {
    method: string | undefined;
    url: string | undefined;
    headers: IncomingHttpHeaders;
    body: string;
  }
  let received: Received[] = [];
  let base = "";
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method, url, headers } = request;
    received.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
    if (url === "/redirect") response.writeHead(307, { location: "/" });
    response.end("ok");
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });

  /** Whether the signature is of what arrived, by the kit's own hand. */
  function expectSigned({ method = "", url = "", headers, body }: Received) {
    const signature = signatureOf(key.secret, {
      keyId: String(headers["x-sig-key"]),
      timestamp: String(headers["x-sig-timestamp"]),
      nonce: String(headers["x-sig-nonce"]),
      method,
      host: String(headers.host),
      path: url,
      bodySha256: sha256(body),
    });
    expect(headers).toMatchObject({
      "x-sig-method": method,
      "x-sig-path": url,
      "x-sig-body-sha256": sha256(body),
      "x-sig-signature": signature,
    });
  }

  const targets = ["/", "/a?#part", "/v1/orders?draft=1&x=%20y", "/a%2Fb/?", "/ä?ö=1"];

  it("by fetchSigned is what was signed", async () => {
    received = [];
    for (const target of targets) {
      await (await fetchSigned(`${base}${target}`, key)).text();
      const bytes = { method: "PUT", body: new TextEncoder().encode("ä"), headers: { "x-other": "1" } };
      await (await fetchSigned(`${base}${target}`, key, bytes)).text();
    }
    expect(received).toHaveLength(10);
    for (const one of received) expectSigned(one);
    expect(received.at(-1)).toMatchObject({ body: "ä", headers: { "x-other": "1" } });
  });

  it("by fetchSigned isn't sent on to where a redirect leads", async () => {
    await expect(fetchSigned(`${base}/redirect`, key)).rejects.toThrow("fetch failed");
  });

  it("by fetchSigned can be cut short", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(fetchSigned(base, key, { signal })).rejects.toThrow("enough");
  });
});
