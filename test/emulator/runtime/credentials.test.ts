import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { CredentialSource, SessionCredentials } from "../../../emulator/runtime/types.ts";
import { define, startRuntime } from "./fixture.ts";

function session(token: string): SessionCredentials {
  return { token, privateKey: `key of ${token}`, expiresAtInMs: 0 };
}

/** A source whose credentials are what `now` says. */
function startSource() {
  const state = { now: undefined as SessionCredentials | undefined, issued: 0 };
  const credentials: CredentialSource = {
    current: () => state.now,
    async issue() {
      state.issued++;
      state.now = session(`token ${state.issued}`);
      return state.now;
    },
    environment: () => ({ OCI_EMULATOR_ENDPOINT: "http://127.0.0.1:1" }),
  };
  return { state, ...startRuntime({ credentials }) };
}

const variables = (env: unknown) =>
  Object.fromEntries(
    Object.entries(env as Record<string, string>).filter(([name]) => name.startsWith("OCI_")),
  );

test("a process finds its session in files that only its user reads, gone with the process", async () => {
  const { ask, runtime } = startSource();
  const { env } = await ask(define("scripted"), { do: "echo" });
  const { OCI_RESOURCE_PRINCIPAL_RPST: rpst = "", OCI_RESOURCE_PRINCIPAL_PRIVATE_PEM: pem = "" } =
    variables(env);
  expect(variables(env)).toEqual({
    OCI_RESOURCE_PRINCIPAL_VERSION: "2.2",
    OCI_RESOURCE_PRINCIPAL_RPST: rpst,
    OCI_RESOURCE_PRINCIPAL_PRIVATE_PEM: pem,
    OCI_RESOURCE_PRINCIPAL_REGION: "local-1",
    OCI_EMULATOR_ENDPOINT: "http://127.0.0.1:1",
  });
  expect([rpst, pem].map((file) => readFileSync(file, "utf8"))).toEqual(["token 1", "key of token 1"]);
  const modes = [path.dirname(rpst), rpst, pem].map((file) => statSync(file).mode & 0o777);
  expect(modes).toEqual([0o700, 0o600, 0o600]);
  await runtime.release(define("scripted").id);
  expect([rpst, pem].map(existsSync)).toEqual([false, false]);
});

test("a session that ends is renewed before the next call, for the process that is there", async () => {
  const { ask, state } = startSource();
  const first = await ask(define("scripted"), { do: "echo" });
  const rpst = String(variables(first.env).OCI_RESOURCE_PRINCIPAL_RPST);
  await ask(define("scripted"), { do: "echo" });
  expect([state.issued, readFileSync(rpst, "utf8")]).toEqual([1, "token 1"]);
  state.now = undefined;
  const third = await ask(define("scripted"), { do: "echo" });
  expect([third.pid, state.issued, readFileSync(rpst, "utf8")]).toEqual([first.pid, 2, "token 2"]);
});

test("a configuration key doesn't take the place of the session's variables", async () => {
  const { ask } = startSource();
  const config = {
    OCI_RESOURCE_PRINCIPAL_VERSION: "1.1",
    OCI_RESOURCE_PRINCIPAL_PRIVATE_PEM_PASSPHRASE: "x",
    OCI_OTHER: "kept",
  };
  const { env } = await ask(define("scripted", { config }), { do: "echo" });
  expect(variables(env)).toMatchObject({ OCI_RESOURCE_PRINCIPAL_VERSION: "2.2", OCI_OTHER: "kept" });
  expect(variables(env)).not.toHaveProperty("OCI_RESOURCE_PRINCIPAL_PRIVATE_PEM_PASSPHRASE");
});

test("without a source a process has no session", async () => {
  const { ask } = startRuntime();
  const { env } = await ask(define("scripted"), { do: "echo" });
  expect(variables(env)).toEqual({});
});

test("a session that can't be made is FunctionInvokeContainerInitFail; the next call tries again", async () => {
  let isBroken = true;
  const credentials: CredentialSource = {
    current: () => (isBroken ? undefined : session("token")),
    issue: () => Promise.reject(new Error("no entropy")),
    environment: () => ({}),
  };
  const { call } = startRuntime({ credentials });
  expect(await call(define("scripted"), { do: "echo" })).toEqual({
    kind: "failure",
    status: 502,
    code: "FunctionInvokeContainerInitFail",
    message: expect.stringContaining("no resource principal could be made (no entropy)"),
  });
  isBroken = false;
  expect(await call(define("scripted"), { do: "echo" })).toMatchObject({ kind: "answer" });
});
