import { keyBelow } from "../policies/checking.ts";
import type { Problem } from "../problems.ts";
import { isBag } from "../values.ts";

/** Names that Oracle's documents or the provider have where OCI's REST API has another. */
const others: ReadonlyMap<string, string> = new Map([
  ["allowedScopes", "allowedScope"],
  ["cacheKeys", "cacheKey"],
  ["contents", "content"],
  ["isSSLEnabled", "isSslEnabled"],
  ["isSSLVerifyDisabled", "isSslVerifyDisabled"],
  ["mutualTLS", "mutualTls"],
  ["responseCacheStorage", "responseCacheStore"],
]);

/** The same, of what stands below one setting only. */
const othersBelow: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  [
    "validationFailurePolicy",
    new Map([
      ["headerTransformations", "responseHeaderTransformations"],
      ["responseTransformations", "responseHeaderTransformations"],
    ]),
  ],
]);

/** Objects whose keys are the user's own: arguments' names, media types. */
const maps: ReadonlySet<string> = new Set(["parameters", "content"]);

/** A specification in the names of OCI's REST API. */
export interface Normal {
  value: unknown;
  /** Of names; their keys are as typed. */
  problems: Problem[];
  /** Where something stands as typed, by where it stands in `value`. */
  typed(key: string): string;
}

/**
 * A specification without absent settings, which OCI's exports have as `null`, and with the names of OCI's REST API for
 * those that its command line prints: `request-policies` for `requestPolicies`.
 */
export function normalSpecification(given: unknown): Normal {
  const places = new Map<string, string>();
  const problems: Problem[] = [];
  const visit = (value: unknown, at: Place, name: string): unknown => {
    places.set(at.key, at.typed);
    if (Array.isArray(value)) return value.map((item, index) => visit(item, below(at, index, index), ""));
    if (!isBag(value)) return value;
    const found: Record<string, unknown> = {};
    for (const [typed, inner] of Object.entries(value)) {
      if (inner === null && !maps.has(name)) continue;
      const normal = maps.has(name) ? typed : camelCase(typed);
      const right = maps.has(name) ? undefined : (othersBelow.get(name)?.get(normal) ?? others.get(normal));
      const place = below(at, right ?? normal, typed);
      if (right !== undefined) problems.push(nameProblem(place.typed, right));
      if (Object.hasOwn(found, right ?? normal)) {
        const message = `stands here twice, in two spellings; keep ${JSON.stringify(right ?? normal)}`;
        problems.push({ rule: "specification-name", key: place.typed, message });
      } else if (right === undefined || normal !== "contents")
        define(found, right ?? normal, visit(inner, place, right ?? normal));
    }
    return found;
  };
  const value = visit(given, { key: "", typed: "" }, "");
  return { value, problems, typed: (key) => relocated(key, places) ?? key };
}

/** Where a key leads when the longest of the places that it stands in has another one. */
export function relocated(key: string, places: ReadonlyMap<string, string>): string | undefined {
  for (let end = key.length; end > 0; end -= 1) {
    if (end < key.length && !/[.[]/.test(key.charAt(end))) continue;
    const place = places.get(key.slice(0, end));
    if (place !== undefined) return place + key.slice(end);
  }
  return undefined;
}

interface Place {
  key: string;
  typed: string;
}

function below(at: Place, name: string | number, typed: string | number): Place {
  return { key: keyBelow(at.key, [name]), typed: typedBelow(at.typed, typed) };
}

/** Without brackets around what a command line prints: `request-policies.rate-limiting`. */
function typedBelow(at: string, name: string | number): string {
  if (typeof name === "number" || !/^[A-Za-z][\w-]*$/.test(name)) return keyBelow(at, [name]);
  return at === "" ? name : `${at}.${name}`;
}

function nameProblem(key: string, right: string): Problem {
  const form =
    right === "content" ? ', by media type: { "application/json": { "validationType": "NONE" } }' : "";
  const message = `is named ${JSON.stringify(right)} in OCI's REST API${form}; write that`;
  return { rule: "specification-name", key, message };
}

/** A name as the arguments have it; a key's operations are named as in "JSON Web Key" (RFC 7517) by OCI. */
function camelCase(name: string): string {
  if (name === "key_ops") return "keyOps";
  return /^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(name)
    ? name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
    : name;
}

/** Also a name such as `__proto__`. */
function define(target: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}
