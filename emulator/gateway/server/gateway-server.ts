import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { CompiledDeployment } from "../compile/deployment.ts";
import { limits } from "../limits.ts";
import { Connections, isIdle } from "./connections.ts";
import { type GatewayErrorName, GatewayFault, gatewayError } from "./errors.ts";
import { Exchange, type ExchangeGateway } from "./exchange.ts";
import { readHead } from "./head.ts";
import { answerRaw } from "./raw-answer.ts";
import { createRequestId } from "./request-id.ts";
import { serve } from "./serve.ts";

/** The listening side of one gateway. */
export interface GatewayServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Listens for a gateway's clients on loopback.
 *
 * @param deployments - Called for each request; longest prefix first.
 */
export async function startGatewayServer(
  gateway: ExchangeGateway,
  port: number,
  deployments: () => readonly CompiledDeployment[],
): Promise<GatewayServer> {
  const connections = new Connections();
  const handle = (request: IncomingMessage, response: ServerResponse, expects?: "continue" | "other") => {
    const { socket } = request;
    const connection = connections.of(socket);
    if (connection === undefined || connection.current?.isLast) return;
    const begin = (broken: GatewayFault | undefined) => {
      const { head, fault } = readHead(request);
      const opcRequestId = createRequestId(head.first.get("opc-request-id"));
      const exchange = new Exchange(gateway, request, response, head, opcRequestId, expects === "continue");
      connection.current = exchange;
      response.on("close", () => connections.end(socket, connection, exchange));
      const expectation =
        expects === "other"
          ? new GatewayFault("expectationFailed", `Expect: ${head.first.get("expect")}`)
          : undefined;
      serve(exchange, deployments(), fault ?? expectation ?? broken);
    };
    connections.begin(socket, connection, { request, broken: undefined, begin });
  };
  const server = createServer({
    maxHeaderSize: limits.requestHeadBytes,
    requireHostHeader: false,
    headersTimeout: gateway.settings.headTimeoutInMs,
    connectionsCheckingInterval: Math.min(10_000, gateway.settings.headTimeoutInMs),
    requestTimeout: 0,
    // Node would count the next request's head in it; `onStall` tells the two apart.
    keepAliveTimeout: 0,
  });
  // The head's size is limited; Node would leave out all but the first thousand headers without a word.
  server.maxHeadersCount = 0;
  server.on("request", handle);
  server.on("checkContinue", (request, response) => handle(request, response, "continue"));
  server.on("checkExpectation", (request, response) => handle(request, response, "other"));
  server.on("connect", (_request, socket) => answer(gateway, socket as Socket, "methodNotAllowed"));
  server.on("connection", (socket) => {
    // Node takes its own listener off a tunnel; who resets one must not end the process.
    socket.on("error", () => {});
    if (connections.add(socket) > gateway.settings.connectionsPerClient) {
      answer(gateway, socket, "tooManyConnections");
    }
  });
  server.on("clientError", (error, socket) => onClientError(gateway, connections, error, socket as Socket));
  server.setTimeout(gateway.settings.stallTimeoutInMs, (socket) => {
    const { bytesRead } = socket;
    // An event loop that was held up calls before it reads: what has come meanwhile is no silence.
    setImmediate(() => socket.bytesRead === bytesRead && onStall(gateway, connections, socket));
  });
  await listen(server, port);
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        connections.destroy();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, host: "127.0.0.1", backlog: 1024 }, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

const errorByCode = new Map<string, GatewayErrorName>([
  ["HPE_HEADER_OVERFLOW", "headTooLarge"],
  ["ERR_HTTP_REQUEST_TIMEOUT", "clientTimeout"],
]);

/** A request that isn't HTTP, whose head is too large, or takes too long. */
function onClientError(
  gateway: ExchangeGateway,
  connections: Connections,
  error: NodeJS.ErrnoException,
  socket: Socket,
): void {
  if (!socket.writable || error.code === "ECONNRESET") {
    socket.destroy();
    return;
  }
  const name = errorByCode.get(error.code ?? "") ?? "malformedRequest";
  const connection = connections.of(socket);
  const current = connection?.current;
  const last = connection?.waiting.at(-1);
  if (current !== undefined && !current.request.complete) {
    if (current.stopLingering()) return;
    current.fail(new GatewayFault(name, error.message));
    if (current.isAnswered) socket.end();
    else socket.destroy();
  } else if (last !== undefined && !last.request.complete) {
    // Its answer follows those of the requests before it.
    last.broken = new GatewayFault(name, error.message);
  } else if (connection !== undefined && !isIdle(connection)) {
    connection.onIdle = () => answer(gateway, socket, name);
  } else answer(gateway, socket, name);
}

/** Nothing went over a connection for the stall time. */
function onStall(gateway: ExchangeGateway, connections: Connections, socket: Socket): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const connection = connections.of(socket);
  const { stallTimeoutInMs, keepAliveTimeoutInMs } = gateway.settings;
  if (connection === undefined || isIdle(connection)) {
    const idleSince = connection?.idleSinceInMs;
    if (socket.bytesRead !== (connection?.bytesReadBefore ?? 0)) answer(gateway, socket, "clientTimeout");
    else if (idleSince === undefined || performance.now() - idleSince > keepAliveTimeoutInMs)
      socket.destroy();
    else socket.setTimeout(stallTimeoutInMs);
    return;
  }
  const exchange = connection.current;
  if (socket.writableLength > 0) exchange?.abort();
  else if (exchange?.awaitsClient && !exchange.isAnswered)
    exchange.fail(new GatewayFault("clientTimeout", "the client stopped sending"));
  socket.setTimeout(stallTimeoutInMs);
}

/** Answers without an exchange, and leaves a line in the log. */
function answer(gateway: ExchangeGateway, socket: Socket, name: GatewayErrorName): void {
  const opcRequestId = createRequestId(undefined);
  const { status, body } = gatewayError(name);
  const { remoteAddress = "127.0.0.1" } = socket;
  answerRaw(socket, name, opcRequestId, gateway.settings.lingerTimeoutInMs);
  gateway.emit({
    type: "access",
    gatewayId: gateway.view.id,
    gatewayDisplayName: gateway.view.displayName,
    deploymentId: undefined,
    httpMethod: "-",
    requestUri: "-",
    serverProtocol: "-",
    httpUserAgent: undefined,
    httpReferrer: undefined,
    status,
    requestDurationInMs: 0,
    bodyBytesSent: body.length,
    opcRequestId,
    remoteAddr: remoteAddress,
    route: undefined,
    backendType: undefined,
  });
}
