import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import { createDataPlane } from "../../../emulator/gateway/index.ts";
import type { DataPlaneSettings } from "../../../emulator/gateway/limits.ts";
import type { GatewayEvent, GatewayFunctionCall } from "../../../emulator/gateway/types.ts";
import type { FunctionResult } from "../../../emulator/runtime/types.ts";

export const functionId = "ocid1.fnfunc.oc1.iad.aaaa";
export const functionBackend = { type: "ORACLE_FUNCTIONS_BACKEND", functionId };
export const gateway = {
  id: "ocid1.apigateway.a",
  compartmentId: "ocid1.compartment.a",
  displayName: "shop",
};

interface Options {
  routes?: unknown[];
  pathPrefix?: string;
  specification?: object;
  settings?: Partial<DataPlaneSettings>;
  invoke?: (call: GatewayFunctionCall) => Promise<FunctionResult> | FunctionResult;
}

/** A data plane with one gateway and one deployment, closed after the test. */
export async function openPlane(options: Options = {}) {
  const events: GatewayEvent[] = [];
  const calls: GatewayFunctionCall[] = [];
  const waiting = new Set<() => void>();
  const plane = createDataPlane(
    {
      tenancyId: "ocid1.tenancy.a",
      async invokeFunction(call) {
        calls.push(call);
        return options.invoke?.(call) ?? { kind: "answer", headers: [], body: call.body };
      },
      onEvent(event) {
        events.push(event);
        for (const check of waiting) check();
      },
    },
    { lingerTimeoutInMs: 200, ...options.settings },
  );
  onTestFinished(() => plane.close());
  const { pathPrefix = "/v1", routes = [], specification = {} } = options;
  const put = (newRoutes: unknown[]) =>
    plane.putDeployment({
      id: "ocid1.apideployment.a",
      gatewayId: gateway.id,
      displayName: "api",
      pathPrefix,
      specification: { ...specification, routes: newRoutes },
    });
  put(routes);
  const { port } = await plane.openGateway(gateway, 0);
  /** The events, once there are so many access events. */
  const logged = async (requests = 1): Promise<GatewayEvent[]> => {
    while (events.filter(({ type }) => type === "access").length < requests) {
      await new Promise<void>((resolve) => waiting.add(resolve));
    }
    return events;
  };
  return { plane, port, url: `http://127.0.0.1:${port}${pathPrefix}`, put, events, calls, logged };
}

/** Execution events as `LEVEL code`. */
export function codes(events: readonly GatewayEvent[]): string[] {
  return events.flatMap((event) => (event.type === "execution" ? [`${event.level} ${event.code}`] : []));
}

/** Statuses of the access events. */
export function statuses(events: readonly GatewayEvent[]): number[] {
  return events.flatMap((event) => (event.type === "access" ? [event.status] : []));
}

export interface RawAnswer {
  status: number;
  headers: [name: string, value: string][];
  body: string;
  text: string;
}

/** Sends bytes as they are and reads until the server closes (send `Connection: close` where it should). */
export async function sendRaw(port: number, ...parts: (string | Buffer)[]): Promise<RawAnswer> {
  const socket = connect(port, "127.0.0.1");
  onTestFinished(() => void socket.destroy());
  for (const part of parts) socket.write(part);
  return readRaw(socket);
}

export async function readRaw(socket: Socket): Promise<RawAnswer> {
  const chunks: Buffer[] = [];
  socket.on("data", (chunk) => chunks.push(chunk));
  socket.on("error", () => {});
  await new Promise((resolve) => socket.once("close", resolve));
  return parseRaw(Buffer.concat(chunks).toString("latin1"));
}

export function parseRaw(text: string): RawAnswer {
  const end = text.indexOf("\r\n\r\n");
  const [line = "", ...lines] = text.slice(0, end).split("\r\n");
  const headers = lines.map((each): [string, string] => {
    const colon = each.indexOf(":");
    return [each.slice(0, colon), each.slice(colon + 1).trim()];
  });
  return { status: Number(line.split(" ")[1] ?? 0), headers, body: text.slice(end + 4), text };
}

/** An HTTP back end on a free port, closed after the test. */
export async function startBackend(
  listener: (...parameters: Parameters<RequestListener>) => void | Promise<void>,
): Promise<string> {
  const server = createServer((request, response) => {
    // A request that breaks off ends its listener too.
    Promise.resolve(listener(request, response)).catch(() => response.destroy());
  }).listen(0, "127.0.0.1");
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A back end that does what it likes with its socket. */
export async function startRawBackend(onSocket: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
    onSocket(socket);
  }).listen(0, "127.0.0.1");
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}
