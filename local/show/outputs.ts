import picocolors from "picocolors";
import { isRecord, type Properties, plain, printable } from "../values.ts";

/** The routes with their URLs, and a line to try; what there is of the outputs `endpoint` and `routes`. */
export function formatOutputs(outputs: Properties): string {
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
    `Try:  ${curlLine(plain(outputs) as Properties)}`,
  ].join("\n");
}

/** A call of the first route that takes GET and has no parameter in its path; of one that everybody may call if there is one. */
function curlLine({ routes, endpoint }: Properties): string {
  const callable = (Array.isArray(routes) ? routes.filter(isRecord) : []).filter(
    ({ methods, url }) =>
      (!Array.isArray(methods) || methods.includes("GET") || methods.includes("ANY")) &&
      !textOf(url).includes("{"),
  );
  const open = callable.filter(isAnonymous);
  const urls = (open.length > 0 ? open : callable).map(({ url }) => textOf(url));
  const hello = urls.find((url) => url.endsWith("/hello"));
  return hello === undefined ? `curl "${urls[0] ?? textOf(endpoint)}"` : `curl "${hello}?name=Ada"`;
}

/** Programs that give out no such thing have no authentication as far as is known. */
function isAnonymous({ isAnonymous: given }: Properties): boolean {
  return given !== false;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}
