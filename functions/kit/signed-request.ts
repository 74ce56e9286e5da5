import { NonceMemory, type Nonces } from "./nonces.ts";
import type { Request } from "./request.ts";
import { HttpError } from "./response.ts";
import {
  fingerprintOf,
  hasForm,
  isSame,
  isTimely,
  type SignedParts,
  sha256,
  signatureHeaders,
  verifiedByCode,
  verifiedHeaders,
} from "./signature.ts";

/** Who calls, as the authorizer has found out. */
export interface Caller {
  readonly keyId: string;
  readonly means: "code" | "signature";
}

export interface SignedRequestOptions {
  /**
   * How far the signature's time may be away, 1 or more; more than the authorizer allows, for starting an instance
   * takes time.
   * @default 120
   */
  readonly clockSkewInSeconds?: number;
  /** Where used nonces are kept. @default - in this instance */
  readonly nonces?: Nonces;
  /** @default - the clock */
  readonly nowInMs?: number;
}

const ofThisInstance = new NonceMemory();

/**
 * The caller of a route behind the authorizer. A signature must be for this very request; a code may call anything
 * within its scopes.
 *
 * @throws HttpError 401, as {@link verifySignedRequest}.
 */
export async function verifyCaller(request: Request, options: SignedRequestOptions = {}): Promise<Caller> {
  if (only(request, verifiedHeaders.request) !== verifiedByCode) return verifySignedRequest(request, options);
  return { keyId: readVerifiedKey(request), means: "code" };
}

/**
 * Holds a request against what the authorizer has verified: OCI passes it neither method nor path nor body, and it
 * isn't asked again for the same headers while the gateway remembers its result.
 *
 * The route must set `x-verified-key` and `x-verified-request` from `request.auth` (docs/app-keys.md).
 *
 * @throws HttpError 401 when the request isn't signed, isn't the signed one, wasn't verified by the authorizer, is
 *   older or newer than allowed, or came before; 429 when too many of the key came for this instance to tell.
 */
export async function verifySignedRequest(
  request: Request,
  options: SignedRequestOptions = {},
): Promise<Caller> {
  const { clockSkewInSeconds = 120, nonces = ofThisInstance, nowInMs = Date.now() } = options;
  const parts = readParts(request);
  // unverified: the path, query and Host that a function gets, and request.host, are to the byte what the client sent
  if (parts.method !== request.method) throw refusal("The request's method is not the signed one");
  if (parts.path !== request.url) throw refusal("The request's path or query is not the signed one");
  if (parts.bodySha256 !== sha256(request.body)) throw refusal("The request's body is not the signed one");
  const verified = only(request, verifiedHeaders.request) ?? "";
  if (readVerifiedKey(request) !== parts.keyId || !isSame(verified, fingerprintOf(parts))) {
    throw refusal("The gateway has not verified the signature of this request");
  }
  if (!isTimely(parts.timestamp, nowInMs, clockSkewInSeconds)) {
    throw refusal(`The signature's time is more than ${clockSkewInSeconds} seconds away`);
  }
  const untilInMs = 1000 * (Number(parts.timestamp) + clockSkewInSeconds);
  // unverified: a gateway calls a function once for a request; a second call would be refused as a copy
  const state = await nonces.use(parts.keyId, parts.nonce, untilInMs, nowInMs);
  if (state === "seen") throw refusal("The request was sent before: sign each with a new nonce");
  if (state === "full") {
    throw new HttpError(
      429,
      `Too many signed requests of key ${parts.keyId} in ${clockSkewInSeconds} seconds`,
    );
  }
  return { keyId: parts.keyId, means: "signature" };
}

function readParts(request: Request): SignedParts {
  const part = (name: Exclude<keyof SignedParts, "host">) => {
    const header = signatureHeaders[name];
    const value = only(request, header);
    if (value === undefined) throw refusal(`The request is not signed: ${header} must be there once`);
    if (!hasForm(name, value)) throw refusal(`The request is not signed: ${header} is malformed`);
    return value;
  };
  return {
    keyId: part("keyId"),
    timestamp: part("timestamp"),
    nonce: part("nonce"),
    method: part("method"),
    host: (only(request, "host") ?? "").toLowerCase(),
    path: part("path"),
    bodySha256: part("bodySha256"),
  };
}

function readVerifiedKey(request: Request): string {
  const keyId = only(request, verifiedHeaders.keyId);
  if (hasForm("keyId", keyId)) return keyId;
  throw refusal("The gateway has not verified the caller of this request");
}

/** The value of a header that is there once. */
function only({ headers }: Request, name: string): string | undefined {
  const values = headers[name] ?? [];
  return values.length === 1 ? values[0] : undefined;
}

function refusal(message: string): HttpError {
  return new HttpError(401, message, { "www-authenticate": "AppKey" });
}
