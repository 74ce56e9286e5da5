import { localTenancy } from "../../emulator/core/tenancy.ts";
import { type Existing, makeExisting } from "../engine-program.ts";
import { type Child, startChild } from "./child.ts";

/** An emulator of its own with one gateway and one deployment, and its logs where they are kept. */
export interface GatewayBed {
  child: Child;
  port: number;
  close(): Promise<void>;
}

export const prefix = "/v1";
const compartmentId = localTenancy.compartments[0]?.id ?? "";

/** @param options.logs - categories whose lines are kept */
export async function openGatewayBed(
  specification: (existing: { url: string } & Existing) => Promise<object> | object,
  options: { logs: readonly ("access" | "execution")[]; execArgv?: readonly string[] },
): Promise<GatewayBed> {
  const child = startChild("./subject.ts", options.execArgv);
  try {
    const { url } = await child.ask<{ url: string }>({ do: "emulator" });
    const existing = await makeExisting(url, 1);
    const gatewayId = existing.gatewayIds[0] ?? "";
    const deploymentId = await create(url, "/20190501/deployments", {
      compartmentId,
      gatewayId,
      displayName: "bench",
      pathPrefix: prefix,
      specification: await specification({ url, ...existing }),
    });
    if (options.logs.length > 0) await keepLogs(url, deploymentId, options.logs);
    const gateway = await call(url, "GET", `/20190501/gateways/${gatewayId}`);
    const port = Number(new URL(`http://${gateway.hostname}`).port);
    return { child, port, close: () => child.stop() };
  } catch (error) {
    await child.stop();
    throw error;
  }
}

async function keepLogs(url: string, resource: string, categories: readonly string[]): Promise<void> {
  await call(url, "POST", "/20200531/logGroups", { compartmentId, displayName: "bench" });
  const groups = await call(url, "GET", `/20200531/logGroups?compartmentId=${compartmentId}`);
  const group = (groups as unknown as { id: string }[])[0]?.id;
  for (const category of categories) {
    await call(url, "POST", `/20200531/logGroups/${group}/logs`, {
      displayName: category,
      logType: "SERVICE",
      configuration: { source: { sourceType: "OCISERVICE", service: "apigateway", category, resource } },
    });
  }
}

async function create(url: string, path: string, body: object): Promise<string> {
  return String((await call(url, "POST", path, body)).id);
}

/** One call of the control plane. */
export async function call(
  url: string,
  method: string,
  path: string,
  body?: object,
): Promise<Record<string, unknown>> {
  const response = await fetch(`${url}${path}`, {
    method,
    ...(body !== undefined && {
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${text}`);
  return text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
}
