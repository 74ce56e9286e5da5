import { headerNamePattern, headerValueMust, isHeaderValue } from "./header-values.ts";
import { limits } from "./limits.ts";
import type { Problem } from "./problems.ts";
import { isBag, kindOf, shown } from "./values.ts";

/** Time-outs of a call of an HTTP back end, in seconds. */
export interface HttpTimeouts {
  connectTimeoutInSeconds?: number | undefined;
  readTimeoutInSeconds?: number | undefined;
  sendTimeoutInSeconds?: number | undefined;
}

/** What is wrong with the time-outs ("Adding an HTTP or HTTPS URL as an API Gateway Back End"). */
export function checkTimeouts(given: HttpTimeouts, at: string): Problem[] {
  const names = ["connectTimeoutInSeconds", "readTimeoutInSeconds", "sendTimeoutInSeconds"] as const;
  return names.flatMap((name): Problem[] => {
    const value: unknown = given[name];
    const { min, max } = limits[name];
    if (value === undefined || (typeof value === "number" && value >= min && value <= max)) return [];
    const message = `is ${shown(value)}; must be a number of seconds from ${min} to ${max}, for example 10`;
    return [{ rule: "http-timeout", key: `${at}.${name}`, message }];
  });
}

/** What is wrong with the switch that turns certificate checks off: a text would count as true. */
export function checkSslVerify(value: unknown, at: string): Problem[] {
  if (value === undefined || typeof value === "boolean") return [];
  const message = `is ${shown(value)}; must be true or false`;
  return [{ rule: "http-ssl-verify", key: `${at}.isSslVerifyDisabled`, message }];
}

/** What is wrong with a stock response's status and headers ("Adding Stock Responses as an API Gateway Back End"). */
export function checkStock(
  given: { status: number; headers?: Readonly<Record<string, string>> | undefined },
  at: string,
): Problem[] {
  const problems: Problem[] = [];
  if (!Number.isInteger(given.status) || given.status < 100 || given.status > 599) {
    const message = `is ${shown(given.status)}; must be a whole number from 100 to 599, for example 200`;
    problems.push({ rule: "stock-status", key: `${at}.status`, message });
  }
  if (given.headers !== undefined && !isBag(given.headers)) {
    const message = `must be an object, for example { "X-Version": "1" }; is ${kindOf(given.headers)}`;
    return [...problems, { rule: "stock-headers", key: `${at}.headers`, message }];
  }
  return [...problems, ...checkStockHeaders(Object.entries(given.headers ?? {}), `${at}.headers`)];
}

/** What is wrong with a stock response's body. Oracle's documents state two limits: 4096 bytes and 5 KB. */
export function checkStockBody(body: string, at: string): Problem[] {
  const key = `${at}.body`;
  if (typeof body !== "string") {
    return [{ rule: "stock-body", key, message: `must be text; is of type ${typeof body}` }];
  }
  const bytes = Buffer.byteLength(body);
  if (bytes > limits.stockBodyMaximumBytes) {
    const message = `has ${bytes} bytes; at most ${limits.stockBodyMaximumBytes} are allowed, better ${limits.stockBodyBytes}`;
    return [{ rule: "stock-body", key, message }];
  }
  // unverified: a stock body between 4096 and 5120 bytes is accepted, since Oracle's documents state both limits
  const message = `has ${bytes} bytes; one of Oracle's documents allows ${limits.stockBodyBytes} only`;
  return bytes > limits.stockBodyBytes ? [{ rule: "stock-body-long", key, message }] : [];
}

/** Where a header's problems are told; of a very long name its beginning. */
export function headerAt(at: string, name: string): string {
  return `${at}[${JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}…` : name)}]`;
}

/** What is wrong with so many headers of a stock response. */
export function tooManyHeaders(count: number): string {
  return `has ${count} headers; at most ${limits.stockHeaders} are allowed`;
}

function checkStockHeaders(headers: readonly (readonly [string, string])[], at: string): Problem[] {
  const problems: Problem[] = [];
  const add = (key: string, message: string) => problems.push({ rule: "stock-headers", key, message });
  if (headers.length > limits.stockHeaders) {
    add(at, tooManyHeaders(headers.length));
  }
  for (const [name, value] of headers) {
    const key = headerAt(at, name);
    const nameBytes = Buffer.byteLength(name);
    if (!headerNamePattern.test(name)) add(key, 'is not a header name, for example "X-Version"');
    if (nameBytes > limits.stockHeaderNameBytes) {
      add(key, `its name has ${nameBytes} bytes; at most ${limits.stockHeaderNameBytes} are allowed`);
    }
    if (typeof value !== "string") add(key, `must be text; is of type ${typeof value}`);
    else if (!isHeaderValue(value)) add(key, headerValueMust);
    else if (Buffer.byteLength(value) > limits.stockHeaderValueBytes) {
      const bytes = Buffer.byteLength(value);
      add(key, `its value has ${bytes} bytes; at most ${limits.stockHeaderValueBytes} are allowed`);
    }
  }
  const texts = headers.filter(([, value]) => typeof value === "string");
  // Of a value that alone is too long it has been told.
  if (texts.some(([, value]) => Buffer.byteLength(value) > limits.stockHeaderValueBytes)) return problems;
  const bytes = Buffer.byteLength(JSON.stringify(texts.map(([name, value]) => ({ name, value }))));
  if (bytes > limits.stockHeadersBytes) {
    add(at, `have ${bytes} bytes together as JSON; at most ${limits.stockHeadersBytes} are allowed`);
  }
  return problems;
}
