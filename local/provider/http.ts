import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { isRecord } from "../values.ts";

export interface OciResponse {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: unknown;
}

/** An error answer of OCI. The message reads as the official provider prints it. */
export class OciError extends Error {
  override readonly name = "OciError";
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(`${status}-${code}, ${message}`);
    this.status = status;
    this.code = code;
  }
}

export interface OciClient {
  /**
   * Sends one request, again when it may pass a moment later: after 429, 500, 502, 503, 409 IncorrectState and a
   * connection that was cut, up to {@link attempts} times in some six seconds. Every POST has an `opc-retry-token`, the
   * same for all attempts, so that one whose answer was lost isn't carried out twice.
   *
   * @throws {@link OciError} for statuses of 400 and above.
   */
  call(method: string, path: string, options?: CallOptions): Promise<OciResponse>;
  close(): void;
}

export interface CallOptions {
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
}

const attempts = 8;

/** @param url - Address of the control plane, for example `http://127.0.0.1:40123`. */
export function createOciClient(url: string): OciClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  let isClosed = false;
  return {
    async call(method, path, options = {}) {
      const token = method === "POST" ? { "opc-retry-token": randomUUID() } : {};
      const headers = { ...token, ...options.headers };
      for (let attempt = 1; ; attempt += 1) {
        try {
          const response = await send(agent, new URL(path, url), method, { ...options, headers });
          if (response.status < 400) return response;
          throw errorOf(response);
        } catch (error) {
          if (isClosed || attempt === attempts || !isPassing(error)) throw error;
        }
        await new Promise((resolve) => setTimeout(resolve, 25 * 2 ** attempt));
      }
    },
    close() {
      isClosed = true;
      agent.destroy();
    },
  };
}

const passingStatuses = [429, 500, 502, 503];
const passingCodes = ["ECONNRESET", "ECONNABORTED", "EPIPE", "ETIMEDOUT"];

/** Whether the same request may succeed a moment later. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof OciError)) return passingCodes.includes(String((error as { code?: string }).code));
  return passingStatuses.includes(error.status) || (error.status === 409 && error.code === "IncorrectState");
}

function errorOf({ status, body }: OciResponse): OciError {
  const { code, message } = isRecord(body) ? body : {};
  return new OciError(status, String(code ?? "Unknown"), String(message ?? JSON.stringify(body)));
}

function send(agent: Agent, url: URL, method: string, { body, headers }: CallOptions): Promise<OciResponse> {
  const payload = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      {
        agent,
        method,
        headers: {
          accept: "application/json",
          ...(payload && { "content-type": "application/json", "content-length": payload.length }),
          ...headers,
        },
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.on("error", reject);
        incoming.on("end", () => {
          const text = Buffer.concat(chunks).toString();
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: parsed(text) });
        });
      },
    );
    outgoing.on("error", reject);
    outgoing.end(payload);
  });
}

function parsed(text: string): unknown {
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}
