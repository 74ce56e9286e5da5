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
 * Parses a URL as "Adding an HTTP or HTTPS URL as an API Gateway Back End" allows it, or says what is wrong.
 *
 * @param selector - Of a dynamic routing back end: the one context variable that the host may have ("Adding Context
 * Variables to Policies and HTTP Back End Definitions").
 */
export function parseBackendUrl(url: string, selector?: string): BackendUrl | { fault: string } {
  const shown = JSON.stringify(url);
  const [, scheme = "", host, port = "", path = "/"] = urlPattern.exec(url) ?? [];
  if (host === undefined) {
    return { fault: `must be http(s)://host[:port]/path, but is ${shown}; ${example}` };
  }
  const others = [...host.matchAll(/\$\{([^{}]*)\}/g)].filter(([, variable]) => variable !== selector);
  if (others.length > 0) {
    const rule =
      selector === undefined
        ? "must not have a context variable in the host"
        : `must have no context variable in the host but the selector's, \${${selector}}`;
    return { fault: `${rule}, but is ${shown}; ${example}` };
  }
  const origin = parseTemplate(`${scheme}${host}${port}`);
  if ("fault" in origin) return origin;
  if (!URL.canParse(origin.map((part) => (part.kind === "text" ? part.text : "a")).join(""))) {
    return { fault: `must name a host and a port that exist, but is ${shown}; ${example}` };
  }
  const parts = parseTemplate(path);
  if ("fault" in parts) return parts;
  if (parts.some((part) => part.kind === "text" && /[^\x21-\x7e]|[?#\\]/.test(part.text))) {
    return {
      fault: `must hold no query, fragment, blank, backslash or characters outside ASCII, but is ${shown}; the request's own query is passed on`,
    };
  }
  return { origin, path: parts };
}
