import { afterAll, beforeAll, expect, it } from "vitest";
import { type UnverifiedSwitch, unverified } from "../../emulator/gateway/unverified.ts";
import type { RunningGateway } from "./memory.ts";

/** Each switch as it could also be; those of the log and of specifications stay. */
const others: Partial<Record<UnverifiedSwitch, unknown>> = {
  malformedRequestStatus: 404,
  unsafePathStatus: 404,
  validationStatus: 422,
  mediaTypeStatus: 400,
  noBackendMatchedStatus: 500,
  methodNotAllowedStatus: 404,
  contentTooLargeReason: "Content Too Large",
  expectationFailedStatus: 400,
  headTooLargeStatus: 414,
  functionThrottledStatus: 503,
  urlInvalidStatus: 502,
  preflightStatus: 200,
  routeCors: "merges",
  gatewayErrorsHaveCors: false,
  anyOriginWithCredentials: "star",
  retryAfter: "date",
  trailingSlash: "exact",
  literalSegments: "case-insensitive",
  queryNames: "case-insensitive",
  foreignPreflightStatus: 403,
  originCase: "case-insensitive",
  varyOrigin: "allowed-only",
  clientForwarded: "replaced",
  functionQuery: "as-sent",
  encodedQueryNames: "as-sent",
  renameOntoExisting: "joins",
  partlyMissingValues: "none-set",
  emptyValue: "missing",
  untypedBody: "allowed",
  absentElement: "no-match",
  severalTokens: "first",
  bearerScheme: "case-sensitive",
  challengeNamesError: false,
  otherAuthValues: "absent",
  missingAuthorizerStatus: 502,
  refusalsChallenge: false,
  failureMessageType: "text/plain",
};

// Switches are read when the gateway's modules are loaded: these come after.
Object.assign(unverified, others);
const { casesOf } = await import("./gateway/index.ts");
const { judge } = await import("./judge.ts");
const { startInMemory } = await import("./memory.ts");

const cases = casesOf("memory").filter(({ confidence }) => confidence === "unverified");
let running: RunningGateway;

beforeAll(async () => {
  running = await startInMemory(casesOf("memory"));
});
afterAll(() => running.close());

it.each(cases)("$id follows its switches", async (one) => {
  expect(await judge(one, running.url, running.plan.pathOf.get(one.id) ?? "")).toEqual([]);
});
