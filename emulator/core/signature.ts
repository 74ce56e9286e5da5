import { createHash, type KeyObject, verify } from "node:crypto";
import { OciError } from "./errors.ts";

/** A request as its signature covers it. */
export interface SignedRequest {
  method: string;
  /** Path and query as they came over the wire. */
  target: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  rawBody: Buffer;
}

export interface SignatureOptions {
  find(keyId: string): KeyObject | undefined;
  /** Whether unsigned requests and unknown keys are refused too; an unknown token always is. */
  isRequired: boolean;
  nowInMs: number;
}

/** A client's clock may be off by five minutes ("Request Signatures"). */
const maxClockSkewInMs = 5 * 60_000;

const always = ["(request-target)", "host"];
const dates = ["x-date", "date"];
const withBody = ["content-length", "content-type", "x-content-sha256"];

/** Begins the key id of a principal that signs with a token: `ST$<token>`. */
export const tokenPrefix = "ST$";

/**
 * Verifies a request's signature ("Request Signatures"; draft-cavage-http-signatures-08, version 1). A known key's
 * signature must be right; with an unknown key or none the request passes, unless signatures are required or it is a
 * resource principal's.
 *
 * @throws 401 NotAuthenticated
 */
export function verifySignature(request: SignedRequest, options: SignatureOptions): void {
  const given = request.headers.authorization;
  const parameters = typeof given === "string" ? signatureParameters(given) : undefined;
  if (parameters === undefined) {
    if (!options.isRequired) return;
    throw notAuthenticated(
      given === undefined
        ? "the request has no authorization header"
        : "the authorization header isn't a Signature",
    );
  }
  const { keyId = "" } = parameters;
  const key = options.find(keyId);
  if (key === undefined) {
    const isResourcePrincipal = keyId.startsWith(tokenPrefix);
    if (!options.isRequired && !isResourcePrincipal) return;
    // A token is a credential.
    const shown = JSON.stringify(isResourcePrincipal ? `${tokenPrefix}…` : keyId);
    throw notAuthenticated(`the key ${shown} isn't known; make it known by PUT /_emulator/keys`);
  }
  const fault = faultOf(request, parameters, key, options.nowInMs);
  if (fault !== undefined) throw notAuthenticated(fault);
}

/** Oracle's words ("API Errors"); the reason is a courtesy of the emulator. */
export function notAuthenticated(reason: string): OciError {
  return new OciError(
    "NotAuthenticated",
    `The required information to complete authentication was not provided or was incorrect. (${reason})`,
  );
}

/** `Signature version="1",keyId="…",…` as an object; undefined when it isn't one, or names a parameter twice. */
export function signatureParameters(header: string): Readonly<Record<string, string>> | undefined {
  const scheme = /^Signature\s+/i.exec(header);
  if (scheme === null) return undefined;
  const parameters = new Map<string, string>();
  // Sticky: what stands before the first mismatch is read once.
  const parameter = /([A-Za-z]+)="([^"]*)"(?:\s*,\s*|\s*$)/y;
  parameter.lastIndex = scheme[0].length;
  while (parameter.lastIndex < header.length) {
    const [, name = "", value = ""] = parameter.exec(header) ?? [];
    if (name === "" || parameters.has(name)) return undefined;
    parameters.set(name, value);
  }
  return Object.fromEntries(parameters);
}

function faultOf(
  request: SignedRequest,
  parameters: Readonly<Record<string, string>>,
  key: KeyObject,
  nowInMs: number,
): string | undefined {
  const { version = "1", algorithm, headers = "date", signature } = parameters;
  if (version !== "1") return `signature version "${version}" isn't "1"`;
  if (algorithm !== "rsa-sha256") return `algorithm "${algorithm}" isn't "rsa-sha256"`;
  if (signature === undefined) return "the signature is missing";
  const names = headers.toLowerCase().split(" ");
  const needed = [...always, ...(hasBody(request) ? withBody : [])].filter((name) => !names.includes(name));
  const date = dates.find((name) => names.includes(name));
  if (date === undefined) needed.push("date or x-date");
  if (needed.length > 0) return `the signature must cover ${needed.join(", ")} too`;
  const absent = names.filter((name) => name !== "(request-target)" && headerOf(request, name) === undefined);
  if (absent.length > 0) return `the signature covers ${absent.join(", ")}, which the request hasn't`;
  return (
    dateFault(String(headerOf(request, String(date))), nowInMs) ??
    bodyFault(request, names) ??
    signatureFault(request, names, key, signature)
  );
}

function hasBody({ method }: SignedRequest): boolean {
  return ["POST", "PUT", "PATCH"].includes(method);
}

function headerOf({ headers }: SignedRequest, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(", ") : value;
}

function dateFault(date: string, nowInMs: number): string | undefined {
  const timeInMs = Date.parse(date);
  if (Number.isNaN(timeInMs)) return `the date ${JSON.stringify(date)} can't be read`;
  if (Math.abs(nowInMs - timeInMs) <= maxClockSkewInMs) return undefined;
  return `the date ${JSON.stringify(date)} is more than 5 minutes off ${new Date(nowInMs).toUTCString()}`;
}

function bodyFault(request: SignedRequest, names: readonly string[]): string | undefined {
  if (names.includes("content-length")) {
    const length = headerOf(request, "content-length");
    if (length !== String(request.rawBody.length)) {
      return `content-length is ${length}, but the body has ${request.rawBody.length} bytes`;
    }
  }
  if (!names.includes("x-content-sha256")) return undefined;
  const hash = createHash("sha256").update(request.rawBody).digest("base64");
  return headerOf(request, "x-content-sha256") === hash
    ? undefined
    : "x-content-sha256 isn't the body's hash";
}

function signatureFault(
  request: SignedRequest,
  names: readonly string[],
  key: KeyObject,
  signature: string,
): string | undefined {
  const lines = names.map((name) =>
    name === "(request-target)"
      ? `${name}: ${request.method.toLowerCase()} ${request.target}`
      : `${name}: ${headerOf(request, name)?.trim()}`,
  );
  const isRight = verify("sha256", Buffer.from(lines.join("\n")), key, Buffer.from(signature, "base64"));
  return isRight ? undefined : "the signature doesn't fit the request and the key";
}
