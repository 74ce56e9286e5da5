import { parseTemplate, type TemplatePart } from "./context-variables.ts";

/** URL of an HTTP back end, parsed. */
export interface BackendUrl {
  /** `http://host` or `https://host:8443`. */
  origin: string;
  /** What a client would send as `Host`. */
  host: string;
  /** The path with its context variables; begins with a slash. */
  path: TemplatePart[];
}

const urlPattern = /^(https?:\/\/)(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(:[0-9]{1,5})?(\/.*)?$/;
const example = 'for example "https://api.example.com/users/${request.path[id]}"';

/** Parses a URL as "Adding an HTTP or HTTPS URL as an API Gateway Back End" allows it, or says what is wrong. */
export function parseBackendUrl(url: string): BackendUrl | { fault: string } {
  const shown = JSON.stringify(url);
  const [, scheme = "", host, port = "", path = "/"] = urlPattern.exec(url) ?? [];
  if (host === undefined) {
    if (/^https?:\/\/[^/]*\$\{/.test(url)) {
      return { fault: `must not have a context variable in the host, but is ${shown}; ${example}` };
    }
    return { fault: `must be http(s)://host[:port]/path, but is ${shown}; ${example}` };
  }
  if (!URL.canParse(`${scheme}${host}${port}`)) {
    return { fault: `must name a host and a port that exist, but is ${shown}; ${example}` };
  }
  const parts = parseTemplate(path);
  if ("fault" in parts) return parts;
  if (parts.some((part) => part.kind === "text" && /[^\x21-\x7e]|[?#\\]/.test(part.text))) {
    return {
      fault: `must hold no query, fragment, blank, backslash or characters outside ASCII, but is ${shown}; the request's own query is passed on`,
    };
  }
  return { origin: `${scheme}${host}${port}`, host: `${host}${port}`, path: parts };
}
