import picocolors from "picocolors";
import { isRecord, type Properties, printable } from "../values.ts";
import { credentialsFor, type ShownResource } from "./credentials.ts";

/**
 * The routes with their URLs, and a line to try; what there is of the outputs `endpoint` and `routes`.
 *
 * @param resources - of the stack: their deployments say what authenticated callers send
 */
export function formatOutputs(outputs: Properties, resources: readonly ShownResource[] = []): string {
  const shown = printable(outputs) as Properties;
  const routes = Array.isArray(shown.routes) ? shown.routes.filter(isRecord) : [];
  if (routes.length === 0) {
    const lines = Object.entries(shown).map(([name, value]) => `  ${name}: ${textOf(value)}`);
    return lines.length === 0 ? "The stack has no outputs." : ["Outputs", ...lines].join("\n");
  }
  const rows = routes.map((route) => ({
    methods: Array.isArray(route.methods) ? route.methods.join(",") : "",
    url: textOf(route.url),
    backend: `${textOf(route.backend)}${isAnonymous(route) ? "" : ", callers are authenticated"}`,
  }));
  const width = (name: "methods" | "url") => Math.max(...rows.map((row) => row[name].length));
  return [
    `${picocolors.bold("Endpoint")}  ${textOf(shown.endpoint)}`,
    ...rows.map(
      ({ methods, url, backend }) =>
        `  ${methods.padEnd(width("methods"))}  ${url.padEnd(width("url"))}  ${picocolors.dim(backend)}`,
    ),
    "",
    `Try:  ${curlLines(routes, resources)}`,
  ].join("\n");
}

/**
 * A call of the first route that takes GET and has no parameter in its path, else of the first one; of one that everybody may
 * call if there is one, else with what its callers need.
 */
function curlLines(routes: readonly Properties[], resources: readonly ShownResource[]): string {
  const simple = routes.filter((route) => takesGet(route) && !textOf(route.url).includes("{"));
  const candidates = simple.length > 0 ? simple : routes;
  const open = candidates.filter(isAnonymous);
  const preferred = open.length > 0 ? open : candidates;
  const hello = preferred.find(({ url }) => textOf(url).endsWith("/hello"));
  const route = hello ?? preferred[0] ?? {};
  const method = takesGet(route) || !Array.isArray(route.methods) ? "" : `-X ${route.methods[0]} `;
  const url = withMadeUpParameters(textOf(route.url));
  if (isAnonymous(route)) return `curl ${method}"${url}${hello === undefined ? "" : "?name=Ada"}"`;
  const { option, query, meaning } = credentialsFor(url, resources);
  return `curl ${method}${option}"${url}${query}"\n      ${picocolors.dim(meaning)}`;
}

/** A URL that can be called: each parameter of the path is 1, a rest of the path a/b. */
export function withMadeUpParameters(url: string): string {
  return url.replace(/\{[^}]*\*\}/g, "a/b").replace(/\{[^}]*\}/g, "1");
}

function takesGet({ methods }: Properties): boolean {
  return !Array.isArray(methods) || methods.includes("GET") || methods.includes("ANY");
}

/** Programs that give out no such thing have no authentication as far as is known. */
function isAnonymous({ isAnonymous: given }: Properties): boolean {
  return given !== false;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}
