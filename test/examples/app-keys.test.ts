import { execFile, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { request as send } from "node:http";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fetchSigned, sign } from "../../examples/app-keys/client/sign.ts";
import { sha256 } from "../../functions/kit/signature.ts";
import { startWatchedEmulator, type WatchedEmulator } from "../end-to-end/stack.ts";
import { runProgram } from "../readiness/program.ts";

/** `examples/app-keys` on the local OCI: gateway, authorizer and function as the program declares them. */
let local: WatchedEmulator;
let url: string;

beforeAll(async () => {
  local = await startWatchedEmulator();
  const { problems, outputs, text } = await runProgram(local.emulator.url, {
    directory: "examples/app-keys",
  });
  // No warnings either.
  expect([problems, text]).toEqual([[], ""]);
  url = `${outputs.endpoint}/orders`;
}, 60_000);
afterAll(() => local.emulator.close());

const code = "local-only-code-of-web";
const erp = { id: "erp", secret: "local-only-0123456789abcdef0123456789abcdef" };
const report = { id: "report", secret: "local-only-fedcba9876543210fedcba9876543210" };
const body = '{"item":"lamp"}';
const type = { "content-type": "application/json" };
const nowInSeconds = () => Math.floor(Date.now() / 1000);

const hasCurlAndOpenssl = ["curl --version", "openssl version"].every(
  (command) => spawnSync("sh", ["-c", command]).status === 0,
);

async function read(response: Response) {
  const challenge = response.headers.get("www-authenticate");
  return [response.status, await response.json(), ...(challenge === null ? [] : [challenge])];
}
const get = async (headers: Record<string, string> = {}, query = "") =>
  read(await fetch(`${url}${query}`, { headers }));
const post = async (headers: Record<string, string>, given = body, target = url, method = "POST") =>
  read(await fetch(target, { method, body: given, headers: { ...type, ...headers } }));
const signed = (options: Parameters<typeof sign>[2] = {}, key = erp) =>
  sign(url, key, { method: "POST", body, ...options });

/** Sends headers that fetch wouldn't. */
async function sendAsItIs(headers: Record<string, string | string[]>) {
  const text = await new Promise<[number | undefined, string]>((resolve, reject) => {
    const options = { method: "POST", headers: { ...type, ...headers }, agent: false };
    const request = send(url, options, (response) => {
      let received = "";
      response.setEncoding("utf8").on("data", (chunk) => {
        received += chunk;
      });
      response.on("end", () => resolve([response.statusCode, received]));
    });
    request.on("error", reject).end(body);
  });
  return [text[0], JSON.parse(text[1])];
}

const unauthorized = (error: string) => [
  401,
  { code: 401, message: "Unauthorized" },
  `AppKey error="${error}"`,
];
const refused = (message: string) => [401, { code: 401, message }, "AppKey"];
const notFound = [404, { code: 404, message: "Not Found" }];
const created = [201, { order: { item: "lamp" }, writer: "erp" }];

describe("codes", () => {
  const orders = [200, { orders: [], reader: "web", means: "code" }];

  it("lets in by header and by query", async () => {
    expect(await get({ "x-api-key": code })).toEqual(orders);
    expect(await get({}, `?code=${code}`)).toEqual(orders);
  });

  it("refuses none, a wrong one, its hash, and two", async () => {
    expect(await get()).toEqual([401, { code: 401, message: "Unauthorized" }, "AppKey"]);
    expect(await get({ "x-api-key": `${code}x` })).toEqual(unauthorized("invalid_key"));
    expect(await get({ "x-api-key": sha256(code) })).toEqual(unauthorized("invalid_key"));
    expect(await get({ "x-api-key": code }, `?code=${code}`)).toEqual(unauthorized("ambiguous_key"));
    expect(await get({}, `?code=${code}&code=${code}`)).toEqual(unauthorized("invalid_key"));
  });

  it("answers 404 for a scope that the key hasn't", async () => {
    // Not 403: measured on a live gateway.
    expect(await post({ "x-api-key": code })).toEqual(notFound);
  });

  it("doesn't take the client's word for what the gateway has verified", async () => {
    const forged = { "x-verified-key": "erp", "x-verified-request": "code" };
    expect(await get({ "x-api-key": code, ...forged })).toEqual(orders);
    expect(await get(forged)).toEqual([401, { code: 401, message: "Unauthorized" }, "AppKey"]);
  });
});

describe("signatures", () => {
  it("lets in from Node, for reading and writing", async () => {
    expect(await read(await fetchSigned(url, erp))).toEqual([
      200,
      { orders: [], reader: "erp", means: "signature" },
    ]);
    expect(await read(await fetchSigned(url, erp, { method: "POST", body, headers: type }))).toEqual(created);
    const query = `${url}?draft=1&x=a%20b`;
    expect(await read(await fetchSigned(query, erp, { method: "POST", body, headers: type }))).toEqual(
      created,
    );
  });

  // Not every machine that has Node.js has both.
  it.skipIf(!hasCurlAndOpenssl)("lets in from curl", async () => {
    const script = "examples/app-keys/client/signed-curl.sh";
    const env = { PATH: process.env.PATH, KEY_ID: erp.id, KEY_SECRET: erp.secret };
    const curl = async (...words: string[]) =>
      JSON.parse((await promisify(execFile)(script, words, { env })).stdout);
    expect(await curl("GET", `${url}?x=1`)).toEqual({ orders: [], reader: "erp", means: "signature" });
    expect(await curl("POST", url, body)).toEqual(created[1]);
  });

  it("refuses headers that come twice, and headers that are for the gateway's eyes only", async () => {
    const { "x-sig-path": path = "", ...rest } = signed();
    const twice = { ...rest, "x-sig-path": [path, path] };
    expect(await sendAsItIs(twice)).toEqual([401, { code: 401, message: "Unauthorized" }]);
    // What Connection names goes no further than the gateway: neither authorizer nor function sees it.
    const hidden = { ...signed(), connection: "x-sig-nonce" };
    expect(await sendAsItIs(hidden)).toEqual([401, { code: 401, message: "Unauthorized" }]);
    expect(await sendAsItIs({ ...signed(), connection: "x-verified-request" })).toEqual(created);
  });

  it("refuses a wrong secret, and a key that there isn't, alike", async () => {
    expect(await post(signed({}, { ...erp, secret: report.secret }))).toEqual(unauthorized("invalid_key"));
    expect(await post(signed({}, { ...erp, id: "nobody" }))).toEqual(unauthorized("invalid_key"));
    expect(await post(signed({}, { ...erp, id: "web" }))).toEqual(unauthorized("invalid_key"));
  });

  it("refuses a signature beside a code", async () => {
    expect(await post({ ...signed(), "x-api-key": code })).toEqual(unauthorized("ambiguous_key"));
  });

  it("answers 404 for a scope that the key hasn't", async () => {
    expect(await post(signed({}, report))).toEqual(notFound);
  });

  it("refuses a clock that is off by more than a minute", async () => {
    expect(await post(signed({ timestampInSeconds: nowInSeconds() - 70 }))).toEqual(
      unauthorized("clock_skew"),
    );
    expect(await post(signed({ timestampInSeconds: nowInSeconds() + 70 }))).toEqual(
      unauthorized("clock_skew"),
    );
    expect(await post(signed({ timestampInSeconds: nowInSeconds() - 20 }))).toEqual(created);
  });

  it("refuses a copy that the gateway remembers: the function does", async () => {
    const headers = signed();
    expect(await post(headers)).toEqual(created);
    expect(await post(headers)).toEqual(refused("The request was sent before: sign each with a new nonce"));
  });

  it("refuses the nonce of another request: the authorizer does", async () => {
    const nonce = "a-nonce-that-comes-twice";
    expect(await post(signed({ nonce }))).toEqual(created);
    const other = sign(`${url}?x=1`, erp, { method: "POST", body, nonce });
    expect(await post(other, body, `${url}?x=1`)).toEqual(unauthorized("replayed_nonce"));
  });

  describe("copied onto another request, which the authorizer can't see", () => {
    it.each([false, true])("is refused; the gateway remembers the result: %s", async (isRemembered) => {
      const copied = async () => {
        const headers = signed();
        if (isRemembered) expect(await post(headers)).toEqual(created);
        return headers;
      };
      const path = refused("The request's path or query is not the signed one");
      expect(await get(await copied())).toEqual(refused("The request's method is not the signed one"));
      expect(await post(await copied(), body, `${url}?draft=0`)).toEqual(path);
      expect(await post(await copied(), body, `${url}/`)).toEqual(path);
      expect(await post(await copied(), '{"item":"car"}')).toEqual(
        refused("The request's body is not the signed one"),
      );
    });

    it("is refused with its headers changed along", async () => {
      const headers = signed();
      expect(await post(headers)).toEqual(created);
      const car = '{"item":"car"}';
      const changed = { ...headers, "x-sig-body-sha256": sha256(car) };
      expect(await post(changed, car)).toEqual(unauthorized("invalid_key"));
      const elsewhere = { ...headers, "x-sig-path": "/v1/orders?draft=0" };
      expect(await post(elsewhere, body, `${url}?draft=0`)).toEqual(unauthorized("invalid_key"));
    });

    it("is refused at another host", async () => {
      const elsewhere = sign(url.replace("127.0.0.1", "127.0.0.2"), erp, { method: "POST", body });
      expect(await post(elsewhere)).toEqual(unauthorized("invalid_key"));
    });
  });

  it("can't be said to be there: a client's own word for it is written over", async () => {
    const headers = sign(
      url,
      { id: "erp", secret: "guessed-guessed-guessed-guessed-" },
      { method: "POST", body },
    );
    const forged = { "x-verified-key": "erp", "x-verified-request": "code" };
    expect(await post({ ...headers, ...forged })).toEqual(unauthorized("invalid_key"));
    expect(await get({ ...signed(), ...forged })).toEqual(
      refused("The request's method is not the signed one"),
    );
  });
});

/** Commands in `console` blocks of a page, and what they print, in one text. */
function transcriptOf(page: string) {
  const blocks = [...readFileSync(page, "utf8").matchAll(/^```console\n(.*?)^```$/gms)].map(
    ([, block = ""]) => block,
  );
  const lines = blocks.join("").trimEnd().split("\n");
  return {
    commands: lines.filter((line) => line.startsWith("$ ")).map((line) => line.slice(2)),
    output: lines.filter((line) => !line.startsWith("$ ")),
  };
}

it.skipIf(!hasCurlAndOpenssl).each([
  ["docs/app-keys.md", 6],
  ["examples/app-keys/README.md", 3],
])("%s shows what is answered", async (page, count) => {
  const { commands, output } = transcriptOf(page);
  expect(commands).toHaveLength(count);
  // The gateway's own answers have no line end.
  const script = commands.map((command) =>
    command.startsWith("export") ? command : `${command} | sed -e '$a\\'`,
  );
  const here = script.join("\n").replaceAll("http://127.0.0.1:8080", new URL(url).origin);
  const { stdout } = await promisify(execFile)("sh", ["-c", here]);
  expect(stdout.trimEnd().split("\n")).toEqual(output);
});

it("nothing secret is in a log, but a code that came in the query", async () => {
  const shownBy = async (sent: Promise<Response>) => {
    const id = (await sent).headers.get("opc-request-id");
    const told = () => local.events.filter((event) => "opcRequestId" in event && event.opcRequestId === id);
    // The access line comes last.
    await expect.poll(() => told().some(({ type }) => type === "access")).toBe(true);
    const text = JSON.stringify(told());
    return [code, erp.secret].filter((secret) => text.includes(secret));
  };
  expect(await shownBy(fetch(url, { headers: { "x-api-key": code } }))).toEqual([]);
  expect(await shownBy(fetchSigned(url, erp, { method: "POST", body, headers: type }))).toEqual([]);
  expect(await shownBy(fetch(`${url}?code=${code}`))).toEqual([code]);
});
