/**
 * What no source at hand confirms, as switches: who learns how OCI really does it changes one line here, and the
 * gateway and the conformance cases that name the switch follow. Each comment says what is assumed and what else it
 * could be; docs/unverified.md lists them.
 */
export const unverified = {
  // unverified: malformed requests are answered 400; else the connection is closed
  malformedRequestStatus: 400 as number,
  // unverified: a request path with `.` or `..` segments, a backslash or characters outside ASCII is refused with 400; else 404
  unsafePathStatus: 400 as number,
  // unverified: a request without a header, query parameter or body that validation requires is answered 400; else 422
  validationStatus: 400 as number,
  // unverified: a body of another content type than validation allows is answered 415; else 400
  mediaTypeStatus: 415 as number,
  // unverified: where no rule of a dynamic routing back end matches, the answer is 404; else 400, 500 or 502
  noBackendMatchedStatus: 404 as number,
  // unverified: 405 where a path matches and its method doesn't, and for methods that OCI doesn't know; else 404
  methodNotAllowedStatus: 405 as number,
  // unverified: a client that stalls is answered 408; else 400, or the connection is closed
  clientTimeoutStatus: 408 as number,
  // unverified: the reason phrase of 413; else "Payload Too Large" or "Content Too Large"
  contentTooLargeReason: "Request Entity Too Large" as string,
  // unverified: an expectation other than 100-continue is answered 417; else it is passed over
  expectationFailedStatus: 417 as number,
  // unverified: request line and headers over 8 KB are answered 431; else 400 or 414
  headTooLargeStatus: 431 as number,
  // unverified: status 499, in the log only, of a request whose client went away; else 400
  clientGoneStatus: 499 as number,
  // unverified: a client's connection over the limit is answered 503; else 429, or the connection is closed
  tooManyConnectionsStatus: 503 as number,
  // unverified: a loop is answered 508; else 500 or 502
  loopStatus: 508 as number,
  // unverified: a throttled function is answered 429; else 502 or 503
  functionThrottledStatus: 429 as number,
  // unverified: a request whose values make the back end's URL invalid is answered 400; else 500 or 502
  urlInvalidStatus: 400 as number,
  // unverified: a preflight is answered 204 without a body; else 200
  preflightStatus: 204 as number,
  // unverified: a route's CORS policy takes the place of its deployment's, in whole; else their settings are merged
  routeCors: "replaces" as "replaces" | "merges",
  // unverified: answers of the gateway's own get the CORS headers too, so that pages can read its errors; else they have none
  gatewayErrorsHaveCors: true as boolean,
  // unverified: where any origin is allowed and credentials too, the request's origin stands instead of "*"; else "*"
  anyOriginWithCredentials: "echo" as "echo" | "star",
  // unverified: Retry-After is in seconds; else a date
  retryAfter: "seconds" as "seconds" | "date",
  // unverified: a slash at the end of a path makes no difference to matching; else it does
  trailingSlash: "tolerant" as "tolerant" | "exact",
  // unverified: literal segments are case-sensitive; else not
  literalSegments: "case-sensitive" as "case-sensitive" | "case-insensitive",
  // unverified: names of query parameters are case-sensitive in context variables; else not
  queryNames: "case-sensitive" as "case-sensitive" | "case-insensitive",
  // unverified: among nested prefixes the longest on a segment's boundary serves the request, with no way back to a shorter one; else the next one is tried
  nestedPrefixes: "longest-only" as "longest-only" | "next-on-miss",
  // unverified: the range of a rate limit ends at 150,000 requests per second; no document states one
  maximumRateInRequestsPerSecond: 150_000 as number,
  // unverified: a stock body between 4096 bytes ("API Gateway Internal Limits") and 5 KB ("Adding Stock Responses as an API Gateway Back End") is accepted; else refused
  stockBodyBytes: 5120 as number,
  // unverified: a connection without a request is closed after 75 seconds; no document states it
  keepAliveTimeoutInMs: 75_000 as number,
};

/** Name of a switch. */
export type UnverifiedSwitch = keyof typeof unverified;
