import { createHash, createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { request as httpRequest } from "node:http";
import { describe, expect, test } from "vitest";
import {
  type SignedRequest,
  signatureParameters,
  verifySignature,
} from "../../../emulator/core/signature.ts";
import { type Bench, compartmentId, startBench } from "./harness.ts";

const words = "The required information to complete authentication was not provided or was incorrect.";
const keyId = "ocid1.tenancy.oc1..t/ocid1.user.oc1..u/20:3b:97:13:55:1c:5b:0d:d3:37:d8:50:4e:c5:3a:34";

/** The key and the two requests of "Request Signatures", section "Test Values". */
const published = {
  publicKey: createPublicKey(`-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDCFENGw33yGihy92pDjZQhl0C3
6rPJj+CvfSC8+q28hxA161QFNUd13wuCTUcq0Qd2qsBe/2hFyc2DCJJg0h1L78+6
Z4UMR7EOcpfdUE9Hf3m/hs+FUR45uBJeDK1HSFHD8bHKD6kv8FPGfJTotc+2xjJw
oYi+1hqp1fIekaxsyQIDAQAB
-----END PUBLIC KEY-----`),
  nowInMs: Date.parse("Thu, 05 Jan 2014 21:31:40 GMT"),
  common: { date: "Thu, 05 Jan 2014 21:31:40 GMT", host: "iaas.us-phoenix-1.oraclecloud.com" },
};

const authorization = (headers: string, signature: string) =>
  `Signature version="1",headers="${headers}",keyId="${keyId}",algorithm="rsa-sha256",signature="${signature}"`;

const volumeId = "ocid1.volume.oc1.phx.abyhqljrgvttnlx73nmrwfaux7kcvzfs3s66izvxf2h4lgvyndsdsnoiwr5q";
const compartment = "ocid1.compartment.oc1..aaaaaaaam3we6vgnherjq5q2idnccdflvjsnog7mlr6rtdb25gilchfeyjxa";

const publishedGet: SignedRequest = {
  method: "GET",
  target: `/20160918/instances?availabilityDomain=Pjwf%3A%20PHX-AD-1&compartmentId=${compartment}&displayName=TeamXInstances&volumeId=${volumeId}`,
  headers: {
    ...published.common,
    authorization: authorization(
      "date (request-target) host",
      "GBas7grhyrhSKHP6AVIj/h5/Vp8bd/peM79H9Wv8kjoaCivujVXlpbKLjMPeDUhxkFIWtTtLBj3sUzaFj34XE6YZAHc9r2DmE4pMwOAy/kiITcZxa1oHPOeRheC0jP2dqbTll8fmTZVwKZOKHYPtrLJIJQHJjNvxFWeHQjMaR7M=",
    ),
  },
  rawBody: Buffer.alloc(0),
};

const publishedPost: SignedRequest = {
  method: "POST",
  target: "/20160918/volumeAttachments",
  headers: {
    ...published.common,
    "x-content-sha256": "V9Z20UJTvkvpJ50flBzKE32+6m2zJjweHpDMX/U4Uy0=",
    "content-type": "application/json",
    "content-length": "316",
    authorization: authorization(
      "date (request-target) host content-length content-type x-content-sha256",
      "Mje8vIDPlwIHmD/cTDwRxE7HaAvBg16JnVcsuqaNRim23fFPgQfLoOOxae6WqKb1uPjYEl0qIdazWaBy/Ml8DRhqlocMwoSXv0fbukP8J5N80LCmzT/FFBvIvTB91XuXI3hYfP9Zt1l7S6ieVadHUfqBedWH0itrtPJBgKmrWso=",
    ),
  },
  rawBody: Buffer.from(`{
    "compartmentId": "${compartment}",
    "instanceId": "ocid1.instance.oc1.phx.abuw4ljrlsfiqw6vzzxb43vyypt4pkodawglp3wqxjqofakrwvou52gb6s5a",
    "volumeId": "${volumeId}"
}`),
};

const publishedOptions = { find: () => published.publicKey, isRequired: true, nowInMs: published.nowInMs };

test.each([publishedGet, publishedPost])("Oracle's published $method is right", (request) => {
  expect(() => verifySignature(request, publishedOptions)).not.toThrow();
});

const changed = (headers: Record<string, string | undefined>, rest: Partial<SignedRequest> = {}) => ({
  ...publishedPost,
  ...rest,
  headers: { ...publishedPost.headers, ...headers },
});
const wrongKey = "the signature doesn't fit the request and the key";
const given = String(publishedPost.headers.authorization);

describe("what was tampered with is refused with 401 NotAuthenticated", () => {
  test.each<[string, SignedRequest, string]>([
    ["method", changed({}, { method: "PUT" }), wrongKey],
    ["path", changed({}, { target: "/20160918/volumeAttachmentz" }), wrongKey],
    ["query", changed({}, { target: "/20160918/volumeAttachments?x=1" }), wrongKey],
    ["host", changed({ host: "iaas.us-phoenix-2.oraclecloud.com" }), wrongKey],
    ["date", changed({ date: "Thu, 05 Jan 2014 21:31:41 GMT" }), wrongKey],
    ["content type", changed({ "content-type": "text/plain" }), wrongKey],
    [
      "body",
      changed({}, { rawBody: Buffer.from(publishedPost.rawBody.toString().replace("volumeId", "volumeIx")) }),
      "x-content-sha256 isn't the body's hash",
    ],
    [
      "body's length",
      changed({}, { rawBody: Buffer.alloc(0) }),
      "content-length is 316, but the body has 0 bytes",
    ],
    [
      "hash of another body",
      changed({ "x-content-sha256": "AAAA" }),
      "x-content-sha256 isn't the body's hash",
    ],
    ["no host", changed({ host: undefined }), "the signature covers host, which the request hasn't"],
    ["no date", changed({ date: undefined }), "the signature covers date, which the request hasn't"],
    [
      "no hash",
      changed({ "x-content-sha256": undefined }),
      "the signature covers x-content-sha256, which the request hasn't",
    ],
    ["signature", changed({ authorization: given.replace("Mje8", "Mje9") }), wrongKey],
    [
      "empty signature",
      changed({ authorization: given.replace(/signature="[^"]*"/, 'signature=""') }),
      wrongKey,
    ],
    [
      "no signature",
      changed({ authorization: given.replace(/,signature="[^"]*"/, "") }),
      "the signature is missing",
    ],
    [
      "algorithm",
      changed({ authorization: given.replace("rsa-sha256", "hmac-sha256") }),
      'algorithm "hmac-sha256" isn\'t "rsa-sha256"',
    ],
    [
      "version",
      changed({ authorization: given.replace('version="1"', 'version="2"') }),
      'signature version "2" isn\'t "1"',
    ],
    [
      "body isn't covered",
      changed({ authorization: given.replace(" content-length content-type x-content-sha256", "") }),
      "the signature must cover content-length, content-type, x-content-sha256 too",
    ],
    [
      "only the date is covered",
      changed({ authorization: given.replace(/headers="[^"]*",/, "") }, { method: "GET" }),
      "the signature must cover (request-target), host too",
    ],
    [
      "date isn't covered",
      changed({ authorization: given.replace("date ", "") }),
      "the signature must cover date or x-date too",
    ],
    [
      "a parameter twice",
      changed({ authorization: `${given},keyId="other"` }),
      "the authorization header isn't a Signature",
    ],
    [
      "no comma between parameters",
      changed({ authorization: `${given}other="1"` }),
      "the authorization header isn't a Signature",
    ],
    [
      "something after the parameters",
      changed({ authorization: `${given}, other` }),
      "the authorization header isn't a Signature",
    ],
    ["scheme", changed({ authorization: "Bearer x" }), "the authorization header isn't a Signature"],
    ["no authorization", changed({ authorization: undefined }), "the request has no authorization header"],
  ])("%s", (_, request, reason) => {
    expect(() => verifySignature(request, publishedOptions)).toThrow(
      expect.objectContaining({ status: 401, code: "NotAuthenticated", message: `${words} (${reason})` }),
    );
  });
});

describe("the clock may be five minutes off", () => {
  test.each([
    [-300_000, true],
    [300_000, true],
    [-301_000, false],
    [301_000, false],
  ])("%i ms: %s", (offsetInMs, isRight) => {
    const verify = () =>
      verifySignature(publishedGet, { ...publishedOptions, nowInMs: published.nowInMs + offsetInMs });
    if (isRight) expect(verify).not.toThrow();
    else expect(verify).toThrow(/the date "Thu, 05 Jan 2014 21:31:40 GMT" is more than 5 minutes off/);
  });

  test("a date that can't be read", () => {
    const headers = { ...publishedGet.headers, date: "yesterday" };
    expect(() => verifySignature({ ...publishedGet, headers }, publishedOptions)).toThrow(
      'the date "yesterday" can\'t be read',
    );
  });
});

describe("a resource principal", () => {
  const token = "ST$eyJhbGciOiJSUzI1NiJ9.e30.c2ln";
  const request = changed({ authorization: given.replace(keyId, token) });
  const options = { ...publishedOptions, isRequired: false };

  test("is verified also where signatures aren't required", () => {
    expect(() => verifySignature(request, options)).not.toThrow();
    const tampered = { ...request, method: "PUT" };
    expect(() => verifySignature(tampered, options)).toThrow(`${words} (${wrongKey})`);
  });

  test("is refused when its token isn't known, and the token isn't shown", () => {
    expect(() => verifySignature(request, { ...options, find: () => undefined })).toThrow(
      expect.objectContaining({
        status: 401,
        message: `${words} (the key "ST$…" isn't known; make it known by PUT /_emulator/keys)`,
      }),
    );
  });
});

test.each<[string, object | undefined]>([
  ['Signature a="1",b="2"', { a: "1", b: "2" }],
  ['signature  a="1" , b=""', { a: "1", b: "" }],
  ["Signature a=1", undefined],
  ['Signature a="1" b="2"x', undefined],
  ['Signature a="1",a="2"', undefined],
  ["Basic abc", undefined],
])("%j reads as %j", (header, parameters) => {
  expect(signatureParameters(header)).toEqual(parameters);
});

describe("over HTTP", () => {
  const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const publicKey = pair.publicKey.export({ type: "spki", format: "pem" }).toString();

  /** A request signed as "Request Signatures" says, sent byte by byte. */
  function send(
    bench: Bench,
    method: string,
    target: string,
    body = "",
    changes: Record<string, string> = {},
  ) {
    const { host } = new URL(bench.emulator.url);
    const headers: Record<string, string> = { host, "x-date": new Date().toUTCString() };
    if (method !== "GET") {
      headers["content-type"] = "application/json";
      headers["content-length"] = String(Buffer.byteLength(body));
      headers["x-content-sha256"] = createHash("sha256").update(body).digest("base64");
    }
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    const text = [`(request-target): ${method.toLowerCase()} ${target}`, ...lines].join("\n");
    const signature = sign("sha256", Buffer.from(text), pair.privateKey).toString("base64");
    const names = ["(request-target)", ...Object.keys(headers)].join(" ");
    headers.authorization = authorization(names, signature);
    Object.assign(headers, changes);
    return new Promise<{ status: number | undefined; body: { code?: string; message?: string } }>(
      (resolve, reject) => {
        const outgoing = httpRequest(`${bench.emulator.url}${target}`, { method, headers }, (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
          incoming.on("end", () =>
            resolve({ status: incoming.statusCode, body: JSON.parse(Buffer.concat(chunks).toString()) }),
          );
        });
        outgoing.on("error", reject);
        outgoing.end(body);
      },
    );
  }

  const target = `/20160918/vcns?compartmentId=${compartmentId}&displayName=a%20b`;
  const vcn = JSON.stringify({ compartmentId, cidrBlock: "10.0.0.0/16" });
  const wrong = { "x-date": "Thu, 05 Jan 2014 21:31:40 GMT" };
  const know = (bench: Bench) => bench.call("PUT", "/_emulator/keys", { keyId, publicKey });
  const require = (bench: Bench) => bench.call("PUT", "/_emulator/switches", { requireSignature: true });

  test("by default only a known key's signature counts", async () => {
    const bench = await startBench();
    expect((await bench.call("GET", target)).status).toBe(200);
    expect((await send(bench, "GET", target, "", wrong)).status).toBe(200);
    expect((await know(bench)).body).toEqual({ keyId });
    expect((await bench.call("GET", "/_emulator/keys")).body).toEqual([keyId]);
    expect((await send(bench, "GET", target)).status).toBe(200);
    expect((await send(bench, "POST", "/20160918/vcns", vcn)).status).toBe(200);
    const refused = await send(bench, "GET", target, "", wrong);
    expect([refused.status, refused.body.code]).toEqual([401, "NotAuthenticated"]);
    expect(refused.body.message).toMatch(/^The required information .* is more than 5 minutes off /);
    expect((await bench.call("GET", target)).status).toBe(200);
  });

  test("where signatures are required, unsigned requests and unknown keys are refused", async () => {
    const bench = await startBench();
    await require(bench);
    const refusals = [await bench.call("GET", target), await send(bench, "GET", target)];
    expect(refusals.map(({ status, body }) => [status, body.code, body.message])).toEqual([
      [401, "NotAuthenticated", `${words} (the request has no authorization header)`],
      [
        401,
        "NotAuthenticated",
        `${words} (the key "${keyId}" isn't known; make it known by PUT /_emulator/keys)`,
      ],
    ]);
    await know(bench);
    expect((await send(bench, "GET", target)).status).toBe(200);
    expect((await send(bench, "POST", "/20160918/vcns", vcn)).status).toBe(200);
    expect(
      (await send(bench, "POST", "/20160918/vcns", vcn, { "content-type": "text/json" })).body.message,
    ).toBe(`${words} (${wrongKey})`);
  });

  const small = generateKeyPairSync("rsa", { modulusLength: 1024 });
  const elliptic = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const spki = { type: "spki", format: "pem" } as const;
  test.each([
    [
      { keyId: "x", publicKey },
      'keyId: "x" isn\'t of the form <tenancy OCID>/<user OCID>/<fingerprint> or ST$<token>',
    ],
    [{ keyId }, "publicKey: is required"],
    [{ keyId, publicKey: "x" }, "publicKey: isn't a public key in PEM form, -----BEGIN PUBLIC KEY-----"],
    [
      { keyId, publicKey: pair.privateKey.export({ type: "pkcs8", format: "pem" }) },
      "publicKey: is a private key; give the public one",
    ],
    [
      { keyId, publicKey: small.publicKey.export(spki) },
      "publicKey: is RSA with 1024 bits; an API signing key is RSA with at least 2048 bits",
    ],
    [
      { keyId, publicKey: elliptic.publicKey.export(spki) },
      "publicKey: is ec; an API signing key is RSA with at least 2048 bits",
    ],
  ])("throws for a key that isn't one: %#", async (body, message) => {
    const bench = await startBench();
    const reply = await bench.call("PUT", "/_emulator/keys", body);
    expect([reply.status, reply.body]).toEqual([400, { code: "InvalidParameter", message }]);
  });

  test("a reset forgets the keys", async () => {
    const bench = await startBench();
    await know(bench);
    await bench.call("POST", "/_emulator/reset");
    expect((await bench.call("GET", "/_emulator/keys")).body).toEqual([]);
  });
});
