import { randomBytes } from "node:crypto";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { authenticate } from "./authenticate.ts";
import { authorize } from "./authorize.ts";
import { notAuthorizedOrNotFound, OciError } from "./errors.ts";
import { type FaultKind, type Faults, faultError } from "./faults.ts";
import type { KnownKeys } from "./keys.ts";
import { isLoopback } from "./loopback.ts";
import type { Answer, Call, Emulation, Operation, RefusedOperations } from "./operation.ts";
import { dropExpired } from "./retention.ts";
import type { RetryTokens } from "./retry-tokens.ts";
import { regionKey } from "./tenancy.ts";
import { unknownOperation } from "./unknown-operation.ts";
import type { Writes } from "./writes.ts";

/** Above what a function takes, so that the operation itself answers that it is too much. */
const bodyLimitInBytes = 8 * 1024 * 1024;

export interface ServerParts {
  emulation: Emulation;
  operations: readonly Operation[];
  refused: readonly RefusedOperations[];
  writes: Writes;
  retryTokens: RetryTokens;
  keys: KnownKeys;
  faults: Faults;
}

/** Routes have no schemas of Fastify's, so what compiles them isn't loaded at the start. */
const withoutSchemas = {
  buildValidator: () => refuseSchema,
  buildSerializer: () => refuseSchema,
};

function refuseSchema(): never {
  throw new Error("a route's body is checked by its operation, not by a schema of the server");
}

/** The control plane's HTTP server: every operation under its path, errors as `{code, message}`. */
export function createServer(parts: ServerParts): FastifyInstance {
  const server = fastify({
    bodyLimit: bodyLimitInBytes,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 512 },
    schemaController: { compilersFactory: withoutSchemas },
    frameworkErrors: (error, request, reply) =>
      void sendError(reply, new OciError("CannotParseRequest", error.message), requestId(request)),
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  server.addHook("onRequest", async (request) => {
    if (!isLoopback(request.headers.host)) {
      throw new OciError(
        "NotAllowed",
        "The emulator answers requests to 127.0.0.1, [::1] and localhost only.",
      );
    }
    if (request.headers.origin !== undefined) {
      throw new OciError(
        "NotAllowed",
        "The emulator doesn't answer web pages: a request with Origin is refused.",
      );
    }
  });
  server.setErrorHandler((error, request, reply) =>
    report(parts, request, reply, asOciError(error), "emulator"),
  );
  server.setNotFoundHandler((request, reply) => {
    const error = unknownOperation(request.method, pathOf(request), parts.operations, parts.refused);
    report(parts, request, reply, error, "unknown");
  });
  const queue = new WriteQueue();
  for (const operation of parts.operations) {
    server.route({
      method: operation.method,
      url: operation.path,
      handler: (request, reply) => handle(parts, queue, operation, request, reply),
    });
  }
  return server;
}

/** Writes run one after the other, so that none sees half of another. */
class WriteQueue {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#last.then(task);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

async function handle(
  parts: ServerParts,
  queue: WriteQueue,
  operation: Operation,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const startedAt = performance.now();
  const isWrite = operation.method !== "GET";
  const controller = new AbortController();
  reply.raw.on("close", () => {
    if (!reply.raw.writableFinished) controller.abort();
  });
  const opcRequestId = requestId(request);
  let answer: Answer;
  let error: OciError | undefined;
  let fault: FaultKind | undefined;
  try {
    const call = callOf(parts.emulation, request, opcRequestId, controller.signal);
    dropExpired(parts.emulation.store, parts.emulation.now().getTime());
    if (operation.service !== "emulator") {
      const principal = await authenticate(call, request.url, parts.keys);
      fault = parts.faults.take(call.method, call.path);
      if (fault === "lostRequest") return cut(reply);
      if (typeof fault === "number") throw faultError(fault);
      if (principal !== undefined) authorize(operation, call, principal);
    }
    checkCall(operation, call);
    const run = async () => operation.run(call);
    const write = isWrite && operation.isRead !== true ? () => queue.run(run) : run;
    const token = request.headers["opc-retry-token"];
    answer =
      operation.method === "POST" && operation.isRead !== true && typeof token === "string"
        ? await parts.retryTokens.once(token, `POST ${call.path}`, call.rawBody, write)
        : await write();
  } catch (cause) {
    error = asOciError(cause);
    answer = { status: error.status, body: { code: error.code, message: error.message } };
  }
  if (fault === "lostAnswer") cut(reply);
  else send(reply, answer, opcRequestId);
  const { method } = request;
  const path = pathOf(request);
  if (isWrite && operation.isRead !== true && operation.service !== "emulator") {
    parts.writes.add({ method, path, status: answer.status, resourceId: answer.resourceId });
  }
  emitApi(parts.emulation, operation.service, method, path, answer.status, startedAt, error);
}

/** Ends the connection without an answer. */
function cut(reply: FastifyReply): void {
  reply.hijack();
  reply.raw.destroy();
}

function callOf(
  emulation: Emulation,
  request: FastifyRequest,
  opcRequestId: string,
  signal: AbortSignal,
): Call {
  const region = String(request.headers["x-emulator-region"] ?? emulation.region);
  const known = emulation.tenancy.regions.map(({ name }) => name);
  if (region !== emulation.region && !known.includes(region)) {
    throw new OciError(
      "InvalidParameter",
      `x-emulator-region: "${region}" isn't a region of the tenancy; it is subscribed to ${known.join(", ")}`,
    );
  }
  return {
    emulation,
    region,
    method: request.method,
    path: pathOf(request),
    params: request.params as Record<string, string>,
    query: request.query as Record<string, string>,
    headers: request.headers,
    rawBody: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
    opcRequestId,
    signal,
  };
}

/** Home region, and query parameters that the operation doesn't read: nothing is ignored silently. */
function checkCall(operation: Operation, call: Call): void {
  const { tenancy, switches } = call.emulation;
  if (operation.isHomeRegionOnly === true && switches.homeRegionCheck && call.region !== tenancy.homeRegion) {
    throw new OciError(
      "NotAllowed",
      `Please go to your home region ${regionKey(tenancy, tenancy.homeRegion)} to execute CREATE, UPDATE and DELETE operations.`,
    );
  }
  const known = operation.queryParameters ?? [];
  const problems = Object.entries(call.query).flatMap(([name, value]) => {
    if (!known.includes(name)) {
      return [`${name}: isn't a query parameter that the emulator models for ${operation.name}`];
    }
    return typeof value === "string" ? [] : [`${name}: is given more than once`];
  });
  if (problems.length > 0) throw new OciError("InvalidParameter", problems.join("; "));
}

function send(reply: FastifyReply, answer: Answer, opcRequestId: string): void {
  reply
    .code(answer.status)
    .header("opc-request-id", opcRequestId)
    .headers(answer.headers ?? {});
  if (answer.body === undefined) void reply.send();
  else if (Buffer.isBuffer(answer.body)) void reply.send(answer.body);
  else void reply.header("content-type", "application/json").send(Buffer.from(JSON.stringify(answer.body)));
}

function sendError(reply: FastifyReply, error: OciError, opcRequestId: string): void {
  send(reply, { status: error.status, body: { code: error.code, message: error.message } }, opcRequestId);
}

/** An error outside of an operation: of the request itself. */
function report(
  { emulation }: ServerParts,
  request: FastifyRequest,
  reply: FastifyReply,
  error: OciError,
  service: string,
): void {
  sendError(reply, error, requestId(request));
  const startedAt = performance.now() - reply.elapsedTime;
  emitApi(emulation, service, request.method, pathOf(request), error.status, startedAt, error);
}

function emitApi(
  emulation: Emulation,
  service: string,
  method: string,
  path: string,
  status: number,
  startedAt: number,
  error: OciError | undefined,
): void {
  emulation.emit({
    type: "api",
    service,
    method,
    path,
    status,
    isWrite: method !== "GET" && method !== "HEAD",
    durationInMs: performance.now() - startedAt,
    ...(error === undefined ? {} : { error: `${error.code}: ${error.message}` }),
  });
}

function asOciError(cause: unknown): OciError {
  if (cause instanceof OciError) return cause;
  const { statusCode, message } = cause as { statusCode?: number; message?: string };
  if (statusCode === 413) {
    return new OciError("PayloadTooLarge", `The request's body is above ${bodyLimitInBytes} bytes.`);
  }
  if (statusCode !== undefined && statusCode < 500) {
    return new OciError("CannotParseRequest", message ?? "The request can't be read.");
  }
  if (statusCode === 404) return notAuthorizedOrNotFound();
  return new OciError("InternalServerError", `The emulator failed: ${message ?? String(cause)}`);
}

function pathOf(request: FastifyRequest): string {
  return request.url.split("?", 1)[0] ?? request.url;
}

/** OCI's three parts; the first is the client's own when it sends one ("API Request ID"). */
function requestId(request: FastifyRequest): string {
  const given = request.headers["opc-request-id"];
  const part = () => randomBytes(16).toString("hex").toUpperCase();
  const first = typeof given === "string" && /^[\w./-]{1,98}$/.test(given) ? given : part();
  return `${first}/${part()}/${part()}`;
}
