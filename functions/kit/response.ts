/** What a function answers. */
export interface Response {
  /** 100 to 599. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Buffer;
}

/** An answer with a JSON body. */
export function json(status: number, value: unknown, headers: Response["headers"] = {}): Response {
  return {
    status,
    headers: { "content-type": "application/json", ...headers },
    body: `${JSON.stringify(value)}\n`,
  };
}

/** An error for the client; anything else that is thrown is the function's own failure (502 at the gateway). */
export class HttpError extends Error {
  readonly status: number;
  readonly headers: Response["headers"];

  constructor(status: number, message: string, headers: Response["headers"] = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }

  /** The form of the gateway's own errors: `{"code": 415, "message": "…"}`. */
  toResponse(): Response {
    return json(this.status, { code: this.status, message: this.message }, this.headers);
  }
}
