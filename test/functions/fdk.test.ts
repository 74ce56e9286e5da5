import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { type IncomingMessage, request as send } from "node:http";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bundleFunction } from "../../components/bundle.ts";

/** Bundles run as Functions runs them ("fn-format" of Fn Project: http-stream over a unix socket). */
let folder = "";
const children: ChildProcess[] = [];
const sockets: Record<string, string> = {};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fdk-"));
  for (const name of ["hello", "echo"]) sockets[name] = await start(name, `functions/${name}`);
  sockets.odd = await start("odd", await writeOdd());
});

afterAll(async () => {
  await Promise.all(
    children.map(
      (child) =>
        new Promise((resolve) => {
          child.once("exit", resolve);
          if (!child.kill("SIGKILL")) resolve(undefined);
        }),
    ),
  );
  await rm(folder, { recursive: true, force: true });
});

/** A function that answers what the FDK's process would die of. */
async function writeOdd(): Promise<string> {
  const source = join(folder, "odd-source");
  await cp("functions/hello", source, { recursive: true });
  const code = `import { serve } from ${JSON.stringify(resolve("functions/kit/serve.ts"))};
serve(({ path }) => {
  if (path === "/empty") return { status: 204, headers: { "set-cookie": ["a=1", "b=2"] }, body: "" };
  if (path === "/bad") return { status: 200, headers: { "x-bad": "a\\nb" }, body: "x" };
  throw new Error("broken");
});
`;
  await writeFile(join(source, "func.ts"), code);
  return relative(process.cwd(), source);
}

async function start(name: string, source: string): Promise<string> {
  const directory = relative(process.cwd(), join(folder, name));
  const bundle = bundleFunction({ source, directory, at: `functions.${name}` });
  expect(bundle).toMatchObject({ directory });
  const socket = join(folder, `${name}.sock`);
  const env = {
    PATH: process.env.PATH,
    FN_FORMAT: "http-stream",
    FN_LISTENER: `unix:${socket}`,
    FN_FN_NAME: name,
  };
  const node = join("node_modules", ".bin", "node");
  const child = spawn(node, [join(folder, name, "func.js")], { env, stdio: "ignore" });
  children.push(child);
  while (!existsSync(socket)) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}`);
    await sleep(20);
  }
  return socket;
}

async function call(name: string, headers: Record<string, string>, body: string | Buffer = "") {
  const socketPath = sockets[name] ?? "";
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    send({ socketPath, path: "/call", method: "POST", headers }, resolve).on("error", reject).end(body);
  });
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks).toString() };
}

const gateway = (method: string, url: string) => ({
  "Fn-Call-Id": "01J",
  "Fn-Deadline": "2026-11-21T10:00:30Z",
  "Fn-Intent": "httprequest",
  "Fn-Http-Method": method,
  "Fn-Http-Request-Url": url,
  "Content-Type": "application/octet-stream",
});

it("hello answers a GET", async () => {
  const answer = await call("hello", gateway("GET", "/v1/hello?name=Ada"));
  expect(answer).toMatchObject({
    status: 200,
    headers: { "fn-http-status": "200", "content-type": "application/json" },
    body: '{"message":"Hello, Ada!"}\n',
  });
});

it("hello answers JSON and forms", async () => {
  const types = { "application/json": '{"name":"Ada"}', "application/x-www-form-urlencoded": "name=Ada" };
  for (const [type, body] of Object.entries(types)) {
    const headers = { ...gateway("POST", "/v1/hello"), "Content-Type": type, "Fn-Http-H-Content-Type": type };
    expect(await call("hello", headers, body)).toMatchObject({
      status: 200,
      body: '{"message":"Hello, Ada!"}\n',
    });
  }
});

it("hello answers errors as HTTP statuses of its own, not as a failed function", async () => {
  const headers = { ...gateway("POST", "/v1/hello"), "Fn-Http-H-Content-Type": "application/json" };
  expect(await call("hello", headers, "{")).toMatchObject({
    status: 200,
    headers: { "fn-http-status": "400", "content-type": "application/json" },
    body: '{"code":400,"message":"The body is not JSON"}\n',
  });
  expect(await call("hello", gateway("DELETE", "/v1/hello"))).toMatchObject({
    status: 200,
    headers: { "fn-http-status": "405", "fn-http-h-allow": "GET, HEAD, POST" },
  });
  expect(await call("hello", gateway("POST", "/v1/hello"), "x")).toMatchObject({
    headers: { "fn-http-status": "415" },
  });
});

it("echo shows what came over the socket", async () => {
  const headers = { ...gateway("PUT", "/v1/echo?x=%20"), "Fn-Http-H-X-One": "1" };
  const answer = await call("echo", headers, Buffer.from([0xff, 0x00]));
  const shown = JSON.parse(answer.body);
  expect(shown.request).toEqual({
    method: "PUT",
    url: "/v1/echo?x=%20",
    path: "/v1/echo",
    query: [["x", " "]],
    headers: { "x-one": ["1"] },
    body: { bytes: 2, base64: "/wA=" },
  });
  expect(shown.call).toMatchObject({ id: "01J", deadline: "2026-11-21T10:00:30Z" });
  expect(shown.function.name).toBe("echo");
  expect(shown.environmentNames).toContain("FN_LISTENER");
});

it("answers an empty body with several values of a header", async () => {
  const answer = await call("odd", gateway("GET", "/empty"));
  expect(answer.headers).toMatchObject({ "fn-http-status": "204", "fn-http-h-set-cookie": "a=1, b=2" });
  expect(answer.body).toBe("");
});

it("answers 502 for a header that isn't one and for an error, and lives on", async () => {
  for (const path of ["/bad", "/broken"]) {
    expect(await call("odd", gateway("GET", path))).toMatchObject({ status: 502 });
  }
  expect((await call("odd", gateway("GET", "/empty"))).status).toBe(200);
});
