import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { KeptLine } from "../../emulator/logs/types.ts";
import { bringStackUp, startWatchedEmulator, type WatchedEmulator } from "./stack.ts";

const run = promisify(execFile);

/** What `npm run logs` prints, line by line. */
async function logs(url: string, ...options: string[]): Promise<string[]> {
  const command = ["local/commands/logs.ts", "--url", url, ...options];
  const { stdout } = await run(process.execPath, command, { env: { ...process.env, NO_COLOR: "1" } });
  return stdout.split("\n").filter((line) => line !== "");
}

const logged = async (local: WatchedEmulator, query = "") =>
  (await local.call("GET", `/_emulator/logs${query}`)).body as KeptLine[];

describe("the logs of the default program", () => {
  let local: WatchedEmulator;
  let endpoint: string;
  let outputs: Record<string, unknown>;

  beforeAll(async () => {
    local = await startWatchedEmulator();
    outputs = (await bringStackUp(local.emulator)).outputs;
    endpoint = outputs.endpoint as string;
    const headers = { "user-agent": "test", referer: "https://www.example.com" };
    expect((await fetch(`${endpoint}/hello?name=Ada`, { headers })).status).toBe(200);
    expect((await fetch(`${endpoint}/nothing`)).status).toBe(404);
  });
  afterAll(() => local.emulator.close());

  it("hold access, execution and invoke lines of one call, which npm run logs shows", async () => {
    const lines = await logs(local.emulator.url);
    const texts = lines.map((line) => line.replace(/^\S+ /, "").replace(/\d+\.\d+ s(econds)?/, "<time>$1"));
    expect(texts.filter((text) => text.startsWith("access"))).toEqual([
      expect.stringMatching(
        /^access {4}GET \/v1\/hello\?name=Ada HTTP\/1\.1 200 26 B <time> \/[0-9A-F]{32}\/[0-9A-F]{32}$/,
      ),
    ]);
    expect(texts.filter((text) => text.startsWith("execution"))).toEqual([
      expect.stringMatching(
        /^execution INFO functionBackend\.successfulRequest: ocid1\.fnfunc\.\S+ answered 200$/,
      ),
    ]);
    expect(texts.filter((text) => text.startsWith("invoke"))).toEqual([
      "invoke    hello STDOUT: Received function invocation request",
      "invoke    hello STDOUT: Served function invocation request in <time>econds",
    ]);
  });

  // "Contents of an Access Log" (Details for API Gateway)
  it("have the fields of OCI's access log", async () => {
    const [line] = await logged(local, "?category=access");
    const entry = line?.entry;
    expect({ ...entry?.data, opcRequestId: "", requestDuration: 0 }).toEqual({
      httpMethod: "GET",
      requestUri: "/v1/hello?name=Ada",
      serverProtocol: "HTTP/1.1",
      bodyBytesSent: 26,
      gatewayId: outputs.gatewayId,
      httpUserAgent: "test",
      message: "GET /v1/hello?name=Ada HTTP/1.1",
      opcRequestId: "",
      remoteAddr: "127.0.0.1",
      httpReferrer: "https://www.example.com",
      requestDuration: 0,
      status: 200,
      deploymentId: expect.stringMatching(/^ocid1\.apideployment\./),
      gatewayDisplayName: "oci-serverless-api-local-api-gateway",
    });
    const { access } = outputs.logIds as Record<string, string>;
    expect([entry?.oracle.logid, entry?.oracle.loggroupid, entry?.specversion, entry?.type]).toEqual([
      access,
      outputs.logGroupId,
      "1.0",
      "com.oraclecloud.apigateway.apideployment.access",
    ]);
  });

  it("are told apart by category, level, log and position", async () => {
    const { invoke } = outputs.logIds as Record<string, string>;
    const of = async (query: string) => (await logged(local, query)).map(({ entry }) => entry.data.message);
    expect(await of(`?logId=${invoke}&limit=1`)).toEqual([expect.stringMatching(/^Served function/)]);
    expect(await of("?level=WARN")).toEqual([]);
    expect(await of("?category=execution&level=INFO")).toHaveLength(1);
    const [first, ...rest] = await logged(local);
    expect(await logged(local, `?after=${first?.position}`)).toEqual(rest);
    const json = await logs(local.emulator.url, "--json", "--category", "access");
    expect(json.map((line) => JSON.parse(line))).toEqual(
      (await logged(local, "?category=access")).map(({ entry }) => entry),
    );
  });

  it("are refused by name what isn't known", async () => {
    const refusal = async (query: string) => (await local.call("GET", `/_emulator/logs?${query}`)).body;
    expect(await refusal("category=audit")).toEqual({
      code: "InvalidParameter",
      message: 'category: "audit" isn\'t one of access, execution, invoke',
    });
    expect(await refusal("limit=0")).toEqual({
      code: "InvalidParameter",
      message: 'limit: "0" isn\'t a whole number from 1 to 10000',
    });
    expect(await refusal("logId=x")).toEqual({
      code: "NotAuthorizedOrNotFound",
      message: "logId: there is no log x here.",
    });
  });
});

it("a log that is switched off keeps nothing", async () => {
  const local = await startWatchedEmulator();
  try {
    const config = { "oci-serverless-api:logging": '{"access":false,"invoke":false}' };
    const { outputs } = await bringStackUp(local.emulator, { config });
    expect((await fetch(`${outputs.endpoint}/hello`)).status).toBe(200);
    const types = (await logged(local)).map(({ entry }) => entry.type);
    expect(types).toEqual(["com.oraclecloud.apigateway.apideployment.execution"]);
  } finally {
    await local.emulator.close();
  }
});
