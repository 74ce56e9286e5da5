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
  // unverified: a preflight of an origin that isn't allowed is answered 204 without CORS headers; else 403
  foreignPreflightStatus: 204 as number,
  // unverified: a CORS policy answers preflights also where a route answers OPTIONS, which gets them when no policy is in force; else that route always gets them
  preflightOfOptionsRoute: "policy" as "policy" | "route",
  // unverified: origins are compared with regard to case, as browsers write them; else without
  originCase: "case-sensitive" as "case-sensitive" | "case-insensitive",
  // unverified: an answer that depends on the origin says so by Vary, also to requests of no or of another origin; else to allowed origins only
  varyOrigin: "always" as "always" | "allowed-only",
  // unverified: a request that comes by the same route again is a loop, by the same gateway a possible one that is let through; else that is a loop too
  loopIsAt: "route" as "route" | "gateway",
  // unverified: the client's own Forwarded and X-Forwarded-For are kept and added to; else replaced
  clientForwarded: "added-to" as "added-to" | "replaced",
  // unverified: HTTP back ends get their own host as Host, unless a transformation sets it; else the client's
  backendHost: "own" as "own" | "client",
  // unverified: a back end's own values of the security headers that the gateway sets are dropped; else they stand beside the gateway's
  backendSecurityHeaders: "dropped" as "dropped" | "beside",
  // unverified: a function sees the query as transformations have left it; else as the client sent it
  functionQuery: "transformed" as "transformed" | "as-sent",
  // unverified: of a function's two content types the prefixed one, which it sets on purpose, wins; else the plain one
  functionContentType: "prefixed" as "prefixed" | "plain",
  // unverified: names of query parameters are compared decoded, so that none is smuggled past by encoding it; else as sent
  encodedQueryNames: "decoded" as "decoded" | "as-sent",
  // unverified: a renamed header or parameter replaces one that has the new name already; else both are there
  renameOntoExisting: "replaces" as "replaces" | "joins",
  // unverified: where some of a header's values are missing, the others are set; else none is
  partlyMissingValues: "others-set" as "others-set" | "none-set",
  // unverified: validation takes a header or a query parameter without a value for one that is there; else for a missing one
  emptyValue: "there" as "there" | "missing",
  // unverified: a body without a content type is allowed only where all types are; else everywhere
  untypedBody: "refused" as "refused" | "allowed",
  // unverified: a request without the selector's element takes the default, whatever the rules' values; else nothing matches
  absentElement: "default" as "default" | "no-match",
  // unverified: a request with more than one token is refused like one without; else the first counts
  severalTokens: "refused" as "refused" | "first",
  // unverified: the scheme Bearer is read without regard to case; else with it
  bearerScheme: "case-insensitive" as "case-insensitive" | "case-sensitive",
  // unverified: the challenge of a bad token has error="invalid_token" beside its scheme; else its scheme alone
  challengeNamesError: true as boolean,
  // unverified: a token's typ is absent, JWT or at+jwt; else it may be any
  tokenType: "jwt" as "jwt" | "any",
  // unverified: a token without exp is refused; else it is good as long as its key is
  tokenWithoutExp: "refused" as "refused" | "accepted",
  // unverified: a claim that isn't a string equals none of the values asked for; else its JSON text is compared
  otherClaims: "unequal" as "unequal" | "as-json",
  // unverified: in request.auth a value that isn't a string is its JSON text; else it isn't there
  otherAuthValues: "as-json" as "as-json" | "absent",
  // unverified: an authorizer function that doesn't exist or may not be called means 500, as measured with back ends; else 502
  missingAuthorizerStatus: 500 as number,
  // unverified: an authorizer's refusal isn't remembered; else as long as what lets in
  refusalsAreRemembered: false as boolean,
  // unverified: an authorizer's refusal without wwwAuthenticate is challenged with Bearer; else it has no challenge
  refusalsChallenge: true as boolean,
  // unverified: in request.auth an authorizer's context wins over its principal, clientId, scope and expiresAt; else they win
  authorizerContext: "wins" as "wins" | "loses",
  // unverified: the content type of a failure policy's message; else text/plain
  failureMessageType: "application/json" as string,
  // unverified: a failure policy's response code that isn't a status from 200 to 599 becomes 401; else 500
  invalidResponseCodeStatus: 401 as number,
};

/** Name of a switch. */
export type UnverifiedSwitch = keyof typeof unverified;
