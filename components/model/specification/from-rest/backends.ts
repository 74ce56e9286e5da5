import { headerAt, tooManyHeaders } from "../../backends.ts";
import { checkSettings } from "../../known-settings.ts";
import { limits } from "../../limits.ts";
import type { Problem } from "../../problems.ts";
import { isBag, isLater, kindOf, shown } from "../../values.ts";

type Bag = Readonly<Record<string, unknown>>;

/** The functions that a specification may name. */
export interface FunctionNames {
  keys: readonly string[];
  /** Keys of existing functions, by their OCIDs. */
  keyOf: ReadonlyMap<string, string>;
}

/** Where a back end stands, in the arguments and in the specification. */
export interface Standing {
  args: string;
  place: string;
}

/** What all back ends of a specification share. */
export interface Reading {
  names: FunctionNames;
  places: Map<string, string>;
  problems: Problem[];
}

const types: Readonly<Record<string, { kind: string; settings: readonly string[] }>> = {
  ORACLE_FUNCTIONS_BACKEND: { kind: "function", settings: ["functionId"] },
  HTTP_BACKEND: {
    kind: "http",
    settings: [
      "url",
      "connectTimeoutInSeconds",
      "readTimeoutInSeconds",
      "sendTimeoutInSeconds",
      "isSslVerifyDisabled",
    ],
  },
  STOCK_RESPONSE_BACKEND: { kind: "stock", settings: ["status", "body", "headers"] },
  DYNAMIC_ROUTING_BACKEND: { kind: "dynamic", settings: ["selectionSource", "routingBackends"] },
};
/** Back ends that OCI has and the component hasn't; the second name is the documents'. */
const login = ["OAUTH2_LOGIN_BACKEND", "OAUTH2_LOGOUT_BACKEND", "OAUTH2_LOGOUT"];

/** In the place of a back end that can't be read: what stands beside it is checked none the less. */
const standIn = { kind: "stock", status: 200 };

/** A back end in the names of OCI's REST API as the arguments of a route, or of a rule of a choice. */
export function restBackend(given: unknown, at: Standing, where: "route" | "choice", reading: Reading): Bag {
  const known = Object.keys(types).slice(0, where === "route" ? 4 : 3);
  const fault = (key: string, message: string): Bag => {
    reading.problems.push({ rule: "specification-form", key, message });
    return standIn;
  };
  if (!isBag(given)) return fault(at.place, `must be an object with a "type"; is ${kindOf(given)}`);
  const type = known.find((name) => name === given.type);
  const one = type === undefined ? undefined : types[type];
  if (one === undefined) {
    const supported = `"${known.join('", "')}"`;
    const what = login.includes(String(given.type))
      ? "is not supported yet"
      : "is not a type of back end here";
    return fault(`${at.place}.type`, `${shown(given.type)} ${what}; supported are ${supported}`);
  }
  const { kind, settings } = one;
  reading.problems.push(...checkSettings(given, ["type", ...settings], at.place));
  for (const name of settings) reading.places.set(`${at.args}.${name}`, `${at.place}.${name}`);
  const read = Object.fromEntries(
    settings.filter((name) => given[name] !== undefined).map((name) => [name, given[name]]),
  );
  if (kind === "function") return { kind, ...restFunction(given.functionId, at, reading) };
  if (kind === "stock") return { kind, ...read, ...restHeaders(given.headers, at, reading) };
  return kind === "dynamic"
    ? { kind, ...read, ...restChoice(given.routingBackends, at, reading) }
    : { kind, ...read };
}

/** The key or the OCID of a function, as an argument. */
export function restFunction(
  id: unknown,
  at: Standing,
  { names, places }: Pick<Reading, "names" | "places">,
): Bag {
  for (const name of ["function", "functionId"]) places.set(`${at.args}.${name}`, `${at.place}.functionId`);
  if (isLater(id)) return { functionId: id };
  if (typeof id !== "string" || names.keys.includes(id) || !id.startsWith("ocid1.")) return { function: id };
  const key = names.keyOf.get(id);
  return key === undefined ? { functionId: id } : { function: key };
}

function restHeaders(given: unknown, at: Standing, { places, problems }: Reading): Bag {
  if (given === undefined) return {};
  const place = `${at.place}.headers`;
  const fault = (key: string, message: string) => problems.push({ rule: "specification-form", key, message });
  if (!Array.isArray(given)) {
    fault(place, `must be a list, for example [{ "name": "X-Version", "value": "1" }]; is ${kindOf(given)}`);
    return { headers: undefined };
  }
  const headers = new Map<string, unknown>();
  for (const [index, item] of given.entries()) {
    const key = `${place}[${index}]`;
    if (!isBag(item) || typeof item.name !== "string") {
      fault(key, `must be an object with a text "name" and a text "value"; is ${shown(item)}`);
      continue;
    }
    problems.push(...checkSettings(item, ["name", "value"], key));
    if (headers.has(item.name)) fault(`${key}.name`, `${shown(item.name)} stands here twice; keep one`);
    headers.set(item.name, item.value);
    places.set(headerAt(`${at.args}.headers`, item.name), key);
  }
  // Of those that could be read it is told where the arguments are looked at.
  if (headers.size <= limits.stockHeaders && given.length > limits.stockHeaders) {
    problems.push({ rule: "stock-headers", key: place, message: tooManyHeaders(given.length) });
  }
  return { headers: Object.fromEntries(headers) };
}

function restChoice(given: unknown, at: Standing, reading: Reading): Bag {
  if (!Array.isArray(given)) return {};
  return {
    routingBackends: given.map((item: unknown, index) => {
      if (!isBag(item)) return item;
      const below = (whose: string) => `${whose}.routingBackends[${index}].backend`;
      const standing = { args: below(at.args), place: below(at.place) };
      return { ...item, backend: restBackend(item.backend, standing, "choice", reading) };
    }),
  };
}
