import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { build } from "esbuild";
import { localTenancy } from "../../emulator/core/tenancy.ts";
import { call, type GatewayBed, openGatewayBed } from "./bed.ts";
import { usageOfProcess } from "./child.ts";

/** `functions/hello` on its socket, without anything before it, and a call as the runtime sends it. */
export async function openFunction() {
  const folder = await mkdtemp(join(tmpdir(), "bench-fn-"));
  const directory = join(folder, "code");
  await mkdir(directory);
  await copyFile(resolve("functions/hello/func.yaml"), join(directory, "func.yaml"));
  await build({
    entryPoints: [resolve("functions/hello/func.ts")],
    outfile: join(directory, "func.js"),
    bundle: true,
    platform: "node",
    logLevel: "error",
  });
  const socket = join(folder, "lsnr.sock");
  const child = spawn(process.execPath, [join(directory, "func.js")], {
    env: { FN_FORMAT: "http-stream", FN_LISTENER: `unix:${socket}` },
    stdio: "ignore",
  });
  const exit = once(child, "exit");
  const close = async () => {
    child.kill("SIGKILL");
    await exit;
    await rm(folder, { recursive: true, force: true });
  };
  for (let waited = 0; !existsSync(socket); waited += 10) {
    if (waited < 10_000 && child.exitCode === null) await sleep(10);
    else {
      await close();
      throw new Error("functions/hello made no socket within 10 s");
    }
  }
  return { directory, socket, request, usage: usageOfProcess(child.pid ?? 0), close };
}

const request = [
  "POST /call HTTP/1.1",
  "Host: localhost",
  "Content-Type: application/octet-stream",
  "Fn-Http-H-Host: api.example.com",
  "Fn-Http-Method: GET",
  "Fn-Http-Request-Url: /v1/hello?page=1",
  "Fn-Intent: httprequest",
  "Fn-Invoke-Type: sync",
  "Fn-Call-Id: 01",
  "Fn-Deadline: 2030-01-01T00:00:00.000Z",
  "Transfer-Encoding: chunked",
  "",
  "0\r\n\r\n",
].join("\r\n");

const image = "lcl.ocir.io/localns/hello:1";
const digest = `sha256:${"1".repeat(64)}`;

/** A gateway whose one route calls a function, with what IAM wants for it. */
export function openFunctionBed(directory: string, execArgv: readonly string[] = []): Promise<GatewayBed> {
  return openGatewayBed(
    async ({ url, applicationIds }) => {
      await call(url, "PUT", "/_emulator/images", { image, digest, directory });
      const { id } = await call(url, "POST", "/20181201/functions", {
        applicationId: applicationIds[0],
        displayName: "hello",
        image,
        imageDigest: digest,
        memoryInMBs: 256,
      });
      await call(url, "POST", "/20160918/policies", {
        compartmentId: localTenancy.id,
        name: "bench",
        description: "the gateway's calls",
        statements: ["Allow dynamic-group bench to use functions-family in tenancy"],
      });
      const backend = { type: "ORACLE_FUNCTIONS_BACKEND", functionId: id };
      return { routes: [{ path: "/hello", methods: ["GET"], backend }] };
    },
    { logs: [], execArgv },
  );
}
