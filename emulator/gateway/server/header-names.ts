import { validateHeaderName } from "node:http";
import { unverified } from "../unverified.ts";

/** What is known of a header by its name alone. */
export interface HeaderName {
  /** As it was sent: always the same string, which engines compare faster than one that was just read. */
  readonly name: string;
  /** In lower case. */
  readonly key: string;
  /** As Go's and nginx's libraries write it: `x-real-ip` → `X-Real-Ip`. */
  readonly canonical: string;
  /** Whether HTTP can carry it. */
  readonly isValid: boolean;
  /** Of one connection only, removed both ways (RFC 9110; the Fn project's `runner_httptrigger.go`). */
  readonly isHopByHop: boolean;
  /** Set by the gateway in its answers, whatever the back end says. */
  readonly isOfGateway: boolean;
}

const hopByHop = new Set([
  "connection",
  "proxy-connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

const setByGateway = ["server", "opc-request-id"];
const securityHeaders = [
  "strict-transport-security",
  "x-content-type-options",
  "x-frame-options",
  "x-xss-protection",
];
const ofGateway = new Set(
  unverified.backendSecurityHeaders === "dropped" ? [...setByGateway, ...securityHeaders] : setByGateway,
);

/** Requests have few different names, so what is known of each is worked out once; bounded, for clients choose them. */
const known = new Map<string, HeaderName>();
const knownNames = 1000;

/** @param name - As it was sent. */
export function headerName(name: string): HeaderName {
  const before = known.get(name);
  if (before !== undefined) return before;
  const key = name.toLowerCase();
  const described = {
    name,
    key,
    canonical: key.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase()),
    isValid: isValidName(name),
    isHopByHop: hopByHop.has(key),
    isOfGateway: ofGateway.has(key),
  };
  if (known.size === knownNames) known.clear();
  known.set(name, described);
  return described;
}

function isValidName(name: string): boolean {
  try {
    validateHeaderName(name);
    return true;
  } catch {
    return false;
  }
}
