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
  /** Sends one request; rejects with {@link OciError} for statuses of 400 and above. */
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
  return {
    async call(method, path, options = {}) {
      for (let attempt = 1; ; attempt += 1) {
        const response = await send(agent, new URL(path, url), method, options);
        if (response.status < 400) return response;
        const error = errorOf(response);
        if (attempt === attempts || !isPassing(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, 25 * 2 ** attempt));
      }
    },
    close: () => agent.destroy(),
  };
}

/** Whether the same request may succeed a moment later. */
function isPassing(error: OciError): boolean {
  return (
    error.status === 429 || error.status === 503 || (error.status === 409 && error.code === "IncorrectState")
  );
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
