import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../tools/docs/tree.ts";

/** One recorded exchange of the official provider with a control plane that it was content with. */
export interface Exchange {
  request: { method: string; path: string; headers: Record<string, string>; body?: unknown };
  response: { status: number; headers: Record<string, string>; body?: unknown };
}

export function recorded(file: string): Exchange[] {
  const text = readFileSync(join(root, "test/fixtures/provider", `${file}.jsonl`), "utf8");
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Exchange);
}

/** What differs between a recorded answer and the one that came now. */
export type Difference = { path: string; recorded: unknown; now: unknown };

/** Recorded ids and those that stand for them now, learned from the answers as they come. */
export class Ids {
  readonly #now = new Map<string, string>();

  /** A request's path or body with today's ids. */
  translate<T>(value: T): T {
    return JSON.parse(this.#text(JSON.stringify(value ?? null))) as T;
  }

  /** Learns the ids at the places where a recorded answer and today's both have one. */
  learn(recordedValue: unknown, now: unknown): void {
    if (typeof recordedValue === "string") {
      if (isId(recordedValue) && typeof now === "string" && !this.#now.has(recordedValue)) {
        this.#now.set(recordedValue, now);
      }
    } else if (Array.isArray(recordedValue)) {
      for (const [index, item] of recordedValue.entries()) this.learn(item, (now as unknown[])?.[index]);
    } else if (typeof recordedValue === "object" && recordedValue !== null) {
      for (const [name, item] of Object.entries(recordedValue)) {
        this.learn(item, (now as Record<string, unknown> | undefined)?.[name]);
      }
    }
  }

  #text(text: string): string {
    return [...this.#now].reduce((changed, [before, after]) => changed.replaceAll(`${before}`, after), text);
  }
}

/** OCIDs, and the six hexadecimal digits of a rule of a network security group. */
function isId(text: string): boolean {
  return /^ocid1\./.test(text) || /^0000[0-9A-F]{2}$/.test(text);
}

/** Fields whose values the control plane chooses: their type counts. */
const chosen =
  /(^|\.)(id|time\w+|etag|identifier|entityUri|operationType|invokeEndpoint|endpoint|hostname|ipAddress|displayName|description|name|natIp|virtualRouter\w+|\w+DomainName|default\w+Id|publicIpId|dhcpOptionsId|prohibitPublicIpOnVnic|entityType|createdBy|cidrBlock|namespace|upiIdcsCompatibilityLayerEndpoint|versionDate|serviceName|homeRegionKey)$/;

/**
 * Every field of the recorded answer must be there with the same JSON type; what the program gave (`given`) and what
 * isn't the control plane's choice must be there verbatim and in order.
 */
export function differences(recordedBody: unknown, now: unknown, given: unknown, path = ""): Difference[] {
  const differs = [{ path, recorded: recordedBody, now }];
  if (typeOf(recordedBody) !== typeOf(now)) return differs;
  if (Array.isArray(recordedBody)) {
    const items = now as unknown[];
    if (items.length !== recordedBody.length) return differs;
    return recordedBody.flatMap((item, index) =>
      differences(item, items[index], (given as unknown[] | undefined)?.[index], `${path}[${index}]`),
    );
  }
  if (typeof recordedBody === "object" && recordedBody !== null) {
    return Object.entries(recordedBody).flatMap(([name, field]) =>
      differences(
        field,
        (now as Record<string, unknown>)[name],
        (given as Record<string, unknown> | undefined)?.[name],
        path === "" ? name : `${path}.${name}`,
      ),
    );
  }
  if (given === undefined && chosen.test(path)) return [];
  return recordedBody === now ? [] : differs;
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
