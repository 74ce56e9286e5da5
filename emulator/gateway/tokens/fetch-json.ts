import type { HttpClients } from "../backends/http-clients.ts";
import { limits } from "../limits.ts";
import { KeySetFault } from "./keys.ts";

/**
 * Gets a JSON object: in at most `timeoutInMs`, from the connection to the last byte, of at most `limits.keySetBytes`, with status 200;
 * redirects are not followed.
 *
 * @throws KeySetFault
 */
// unverified: a key set or discovery document has 10 seconds and 256 KB, and no redirects
export async function fetchJson(
  clients: HttpClients,
  uri: string,
  isSslVerifyDisabled: boolean,
  timeoutInMs: number = limits.keySetTimeoutInMs,
): Promise<Readonly<Record<string, unknown>>> {
  const text = await fetchText(clients, uri, isSslVerifyDisabled, timeoutInMs);
  const value = parse(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new KeySetFault(`${shown(uri)} answered no JSON object`, true);
  }
  return { ...value };
}

async function fetchText(
  clients: HttpClients,
  uri: string,
  isSslVerifyDisabled: boolean,
  timeoutInMs: number,
): Promise<string> {
  const signal = AbortSignal.timeout(timeoutInMs);
  try {
    const [{ request }, dispatcher] = await Promise.all([
      import("undici"),
      clients.get(limits.keySetTimeoutInMs / 1000, isSslVerifyDisabled),
    ]);
    const { statusCode, body } = await request(uri, {
      dispatcher,
      signal,
      headers: { accept: "application/json" },
    });
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes > limits.keySetBytes) {
        throw new KeySetFault(`${shown(uri)} answered more than ${limits.keySetBytes} bytes`, true);
      }
      chunks.push(chunk);
    }
    if (statusCode !== 200) throw new KeySetFault(`${shown(uri)} answered ${statusCode}`, false);
    return Buffer.concat(chunks).toString();
  } catch (error) {
    if (error instanceof KeySetFault) throw error;
    const reason = signal.aborted ? `no whole answer in ${timeoutInMs} ms` : reasonOf(error);
    throw new KeySetFault(`${shown(uri)} can't be read: ${reason}`, false);
  }
}

/** Without user, password, query and fragment: an address may hold a secret. */
export function shown(uri: string): string {
  return (uri.split(/[?#]/, 1)[0] ?? "").replace(/^(https?:\/\/)[^/]*@/i, "$1");
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message || ("code" in error ? String(error.code) : error.name);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
