import { parseTemplate, type TemplatePart } from "./context-variables.ts";

/** URL of an HTTP back end, parsed. */
export interface BackendUrl {
  /** `http://host` or `https://host:8443`, with the selector's variable in the host where that is allowed. */
  origin: TemplatePart[];
  /** The path with its context variables; begins with a slash. */
  path: TemplatePart[];
}

const urlPattern =
  /^(https?:\/\/)(\[[0-9A-Fa-f:.]+\]|(?:[A-Za-z0-9._-]|\$\{[^{}]*\})+)(:[0-9]{1,5})?(\/.*)?$/;
const example = 'for example "https://api.example.com/users/${request.path[id]}"';

/**
 * Parses a URL as "Adding an HTTP or HTTPS URL as an API Gateway Back End" allows it, or says all that is wrong.
 *
 * @param selector - Of a dynamic routing back end: the one context variable that the host may have ("Adding Context
 * Variables to Policies and HTTP Back End Definitions").
 */
export function parseBackendUrl(url: string, selector?: string): BackendUrl | { faults: string[] } {
  const shown = JSON.stringify(url);
  const [, scheme = "", host, port = "", path = "/"] = urlPattern.exec(url) ?? [];
  if (host === undefined) {
    return { faults: [`must be http(s)://host[:port]/path, but is ${shown}; ${example}`] };
  }
  const origin = parseTemplate(`${scheme}${host}${port}`);
  const parts = parseTemplate(path);
  const faults = [
    ...hostFaults(host, selector, shown),
    ...("faults" in origin ? origin.faults : originFaults(origin, shown)),
    ...("faults" in parts ? parts.faults : []),
    ...pathFaults(path, shown),
  ];
  return faults.length > 0 || "faults" in origin || "faults" in parts ? { faults } : { origin, path: parts };
}

function hostFaults(host: string, selector: string | undefined, shown: string): string[] {
  const others = [...host.matchAll(/\$\{([^{}]*)\}/g)].filter(([, variable]) => variable !== selector);
  if (others.length === 0) return [];
  const rule =
    selector === undefined
      ? "must not have a context variable in the host"
      : `must have no context variable in the host but the selector's, \${${selector}}`;
  return [`${rule}, but is ${shown}; ${example}`];
}

function originFaults(origin: readonly TemplatePart[], shown: string): string[] {
  const text = origin.map((part) => (part.kind === "text" ? part.text : "a")).join("");
  return URL.canParse(text) ? [] : [`must name a host and a port that exist, but is ${shown}; ${example}`];
}

function pathFaults(path: string, shown: string): string[] {
  if (!/[^\x21-\x7e]|[?#\\]/.test(path.replaceAll(/\$\{[^{}]*\}/g, ""))) return [];
  return [
    `must hold no query, fragment, blank, backslash or characters outside ASCII, but is ${shown}; the request's own query is passed on`,
  ];
}
