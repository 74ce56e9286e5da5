import { createPublicKey } from "node:crypto";
import { decodeJwt, decodeProtectedHeader } from "jose";
import { expect, onTestFinished, test } from "vitest";
import type { ResourcePrincipal } from "../../../emulator/iam/types.ts";
import { ResourcePrincipals, tokenLifetimeInMs } from "../../../emulator/principals/resource-principals.ts";

const principal: ResourcePrincipal = {
  type: "fnfunc",
  id: "ocid1.fnfunc.oc1..hello",
  compartmentId: "ocid1.compartment.oc1..functions",
  tenancyId: "ocid1.tenancy.oc1..local",
};
const startInMs = Date.parse("2026-11-21T12:00:00Z");

function start() {
  const clock = { nowInMs: startInMs };
  const principals = new ResourcePrincipals(() => clock.nowInMs);
  onTestFinished(() => principals.close());
  return { principals, clock };
}

test("a token says who it speaks for, by which key, and until when", async () => {
  const { principals } = start();
  const { token, privateKey, expiresAtInMs } = await principals.issue(principal);
  expect(expiresAtInMs).toBe(startInMs + tokenLifetimeInMs);
  expect(decodeProtectedHeader(token)).toEqual({ alg: "RS256", typ: "JWT", kid: "asw" });
  const { jwk, jti, ...claims } = decodeJwt(token);
  expect(claims).toEqual({
    iss: "authService.oracle.com",
    aud: "oci",
    ptype: "resource",
    ttype: "res",
    sub: principal.id,
    tenant: principal.tenancyId,
    res_type: "fnfunc",
    res_id: principal.id,
    res_tenant: principal.tenancyId,
    res_compartment: principal.compartmentId,
    iat: startInMs / 1000,
    exp: (startInMs + tokenLifetimeInMs) / 1000,
  });
  expect(jti).toMatch(/^[0-9a-f-]{36}$/);
  const { n, e } = createPublicKey(privateKey).export({ format: "jwk" });
  expect(JSON.parse(String(jwk))).toEqual({ kid: "asw", use: "sig", alg: "RS256", kty: "RSA", n, e });
  expect(await principals.verify(token)).toMatchObject({ principal });
});

test("a token is taken until it expires; then it is renewed with the same key", async () => {
  const { principals, clock } = start();
  const first = await principals.issue(principal);
  clock.nowInMs = first.expiresAtInMs - 1;
  expect(await principals.verify(first.token)).toMatchObject({ principal });
  clock.nowInMs = first.expiresAtInMs;
  expect(await principals.verify(first.token)).toBe("the resource principal's token has expired");
  const second = await principals.issue(principal);
  expect(second.privateKey).toBe(first.privateKey);
  expect(await principals.verify(second.token)).toMatchObject({ principal });
});

test("credentials are current while they outlast the longest call, of five minutes", async () => {
  const { principals, clock } = start();
  expect(principals.current(principal)).toBeUndefined();
  const credentials = await principals.issue(principal);
  clock.nowInMs = credentials.expiresAtInMs - 5 * 60_000;
  expect(principals.current(principal)).toBe(credentials);
  expect(await principals.issue(principal)).toBe(credentials);
  clock.nowInMs += 1;
  expect(principals.current(principal)).toBeUndefined();
});

test("a function that moved gets a token of its new compartment", async () => {
  const { principals } = start();
  await principals.issue(principal);
  const moved = { ...principal, compartmentId: "ocid1.compartment.oc1..other" };
  expect(principals.current(moved)).toBeUndefined();
  const { token } = await principals.issue(moved);
  expect(await principals.verify(token)).toMatchObject({ principal: moved });
});

test("calls at once share what is made for them; each function has its own key", async () => {
  const { principals } = start();
  const other = { ...principal, id: "ocid1.fnfunc.oc1..other" };
  const [one, same, two] = await Promise.all([
    principals.issue(principal),
    principals.issue(principal),
    principals.issue(other),
  ]);
  expect(same).toBe(one);
  expect(two.privateKey).not.toBe(one.privateKey);
});

test("nothing is known before the first function, and a forgotten function gets another key", async () => {
  const { principals } = start();
  expect(await principals.verify("x")).toBe(
    "the resource principal's token isn't one that this emulator gave out",
  );
  const before = await principals.issue(principal);
  principals.forget(principal.id);
  expect(principals.current(principal)).toBeUndefined();
  expect((await principals.issue(principal)).privateKey).not.toBe(before.privateKey);
});
