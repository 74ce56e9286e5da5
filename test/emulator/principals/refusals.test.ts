import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { decodeJwt, SignJWT, UnsecuredJWT } from "jose";
import { describe, expect, test } from "vitest";
import { tokenLifetimeInMs } from "../../../emulator/principals/resource-principals.ts";
import { type Cloud, compartmentId, credentialsOf, signed, startCloud } from "./fixture.ts";

const words = "The required information to complete authentication was not provided or was incorrect.";
const foreign = "the resource principal's token isn't one that this emulator gave out";
const notAuthenticated = (reason: string) => ({
  status: 401,
  body: { code: "NotAuthenticated", message: `${words} (${reason})` },
});

/** A function that everything is allowed to, so that only its signature is in question. */
async function start() {
  const cloud = await startCloud();
  const functionId = await cloud.functionOf("scripted");
  await cloud.allow("Allow dynamic-group functions to manage all-resources in tenancy");
  return { cloud, functionId, credentials: await credentialsOf(cloud, functionId) };
}

type Signer = Parameters<typeof signed>[3];
const listPolicies = `/20160918/policies?compartmentId=${compartmentId}`;

const get = (cloud: Cloud, signer: Signer, path = listPolicies) =>
  cloud.send("GET", path, undefined, signed(cloud.emulator.url, "GET", path, signer));

const changedClaims = (token: string, change: object) => {
  const [header, , signature] = token.split(".");
  const claims = Buffer.from(JSON.stringify({ ...decodeJwt(token), ...change })).toString("base64url");
  return [header, claims, signature].join(".");
};

test("a right token and signature pass", async () => {
  const { cloud, credentials } = await start();
  expect(await get(cloud, credentials)).toEqual({ status: 200, body: [] });
});

describe("401 NotAuthenticated for", () => {
  test("a token that someone else signed, with the same claims", async () => {
    const { cloud, credentials } = await start();
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const token = await new SignJWT(decodeJwt(credentials.token))
      .setProtectedHeader({ alg: "RS256", kid: "asw" })
      .sign(privateKey);
    expect(await get(cloud, { ...credentials, token })).toEqual(notAuthenticated(foreign));
  });

  test("a token that its own key signed, or no key at all", async () => {
    const { cloud, credentials } = await start();
    const claims = decodeJwt(credentials.token);
    const own = await new SignJWT(claims)
      .setProtectedHeader({ alg: "RS256", kid: "asw" })
      .sign(createPrivateKey(credentials.privateKey));
    const unsecured = new UnsecuredJWT(claims).encode();
    for (const token of [own, unsecured, "not.a.token", "x"]) {
      expect(await get(cloud, { ...credentials, token })).toEqual(notAuthenticated(foreign));
    }
  });

  test("a token whose claims were changed", async () => {
    const { cloud, credentials } = await start();
    const jwk = JSON.stringify(
      generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey.export({ format: "jwk" }),
    );
    for (const change of [{ sub: "ocid1.fnfunc.oc1..other" }, { exp: 9_999_999_999 }, { jwk }]) {
      const token = changedClaims(credentials.token, change);
      expect(await get(cloud, { ...credentials, token })).toEqual(notAuthenticated(foreign));
    }
  });

  test("a right token with another function's key", async () => {
    const { cloud, credentials } = await start();
    const other = await credentialsOf(cloud, await cloud.functionOf("scripted", "other"));
    expect(other.privateKey).not.toBe(credentials.privateKey);
    expect(await get(cloud, { token: credentials.token, privateKey: other.privateKey })).toEqual(
      notAuthenticated("the signature doesn't fit the request and the key"),
    );
  });

  test("an expired token", async () => {
    const { cloud, credentials } = await start();
    cloud.clock.aheadInMs = tokenLifetimeInMs;
    expect(await get(cloud, credentials)).toEqual(
      notAuthenticated("the resource principal's token has expired"),
    );
  });

  test("a tampered body, a tampered path and a missing date", async () => {
    const { cloud, credentials, functionId } = await start();
    const path = `/20181201/functions/${functionId}`;
    const headers = signed(cloud.emulator.url, "PUT", path, credentials, '{"memoryInMBs":128}');
    expect(await cloud.send("PUT", path, '{"memoryInMBs":256}', headers)).toEqual(
      notAuthenticated("x-content-sha256 isn't the body's hash"),
    );
    const wrongKey = notAuthenticated("the signature doesn't fit the request and the key");
    const get = signed(cloud.emulator.url, "GET", listPolicies, credentials);
    expect(await cloud.send("GET", `${listPolicies}&limit=1`, undefined, get)).toEqual(wrongKey);
    const { authorization = "" } = get;
    const undated = authorization.replace(" date ", " ");
    expect(await cloud.send("GET", listPolicies, undefined, { ...get, authorization: undated })).toEqual(
      notAuthenticated("the signature must cover date or x-date too"),
    );
  });

  test("a token of another emulator", async () => {
    const [one, two] = [await start(), await start()];
    expect(await get(two.cloud, one.credentials)).toEqual(notAuthenticated(foreign));
  });

  test("no credential in the answer or in an event", async () => {
    const { cloud, credentials } = await start();
    const token = changedClaims(credentials.token, { sub: "someone" });
    await get(cloud, { ...credentials, token });
    const seen = JSON.stringify(cloud.events);
    expect([seen.includes(token), seen.includes(credentials.token)]).toEqual([false, false]);
  });
});

describe("by name", () => {
  test.each([
    ["ListServices", "/20160918/services"],
    ["GetNamespace with compartmentId", `/n?compartmentId=${compartmentId}`],
  ])(
    "%s, whose permissions aren't modelled, is refused even to who may do everything",
    async (name, path) => {
      const { cloud, credentials } = await start();
      expect(await get(cloud, credentials, path)).toEqual({
        status: 400,
        body: {
          code: "InvalidParameter",
          message: `${name} by a resource principal isn't modelled by this emulator: it doesn't know the permissions that it needs. Sign it with an API key.`,
        },
      });
    },
  );
});

test("a resource that isn't there and one that may not be seen answer alike", async () => {
  const cloud = await startCloud();
  const functionId = await cloud.functionOf("scripted");
  const credentials = await credentialsOf(cloud, functionId);
  const message = "Authorization failed or requested resource not found.";
  const expected = { status: 404, body: { code: "NotAuthorizedOrNotFound", message } };
  expect(await get(cloud, credentials, `/20181201/functions/${functionId}`)).toEqual(expected);
  expect(await get(cloud, credentials, "/20181201/functions/ocid1.fnfunc.oc1..nowhere")).toEqual(expected);
  expect(await get(cloud, credentials, "/20181201/functions")).toEqual(expected);
});

test("the namespace needs no permission", async () => {
  const cloud = await startCloud();
  const credentials = await credentialsOf(cloud, await cloud.functionOf("scripted"));
  expect(await get(cloud, credentials, "/n")).toEqual({ status: 200, body: "localns" });
});
