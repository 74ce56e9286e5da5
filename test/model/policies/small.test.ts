import { describe, expect, it } from "vitest";
import { checkAuthorization } from "../../../components/model/policies/authorization.ts";
import { checkApiPolicies, checkRoutePolicies } from "../../../components/model/policies/checks.ts";
import { checkLoggingPolicies } from "../../../components/model/policies/logging.ts";
import { checkRateLimiting } from "../../../components/model/policies/rate-limiting.ts";
import {
  checkBodyValidation,
  checkHeaderValidations,
  checkQueryParameterValidations,
} from "../../../components/model/policies/validations.ts";
import { checkSpecification } from "../../../emulator/gateway/specification/check.ts";
import { lines } from "./checked.ts";

const scope = { hasAuthentication: false };

// "Limiting the Number of Requests to API Gateway Back Ends"
describe("rate limits", () => {
  it.each([1, 150_000])("[rate-limiting] takes %i", (rateInRequestsPerSecond) => {
    expect(checkRateLimiting({ rateInRequestsPerSecond, rateKey: "TOTAL" }, "r")).toEqual([]);
    expect(checkRateLimiting({ rateInRequestsPerSecond, rateKey: "CLIENT_IP" }, "r")).toEqual([]);
  });
  it.each<[unknown, string]>([
    [0, "is 0; must be at least 1"],
    [150_001, "is 150001; must be at most 150000"],
    [1.5, "must be a whole number; is 1.5"],
    [Number.NaN, "must be a number; is NaN"],
    ["10", "must be a number; is a text"],
  ])("[rate-limiting] refuses a rate of %j", (rateInRequestsPerSecond, message) => {
    expect(lines(checkRateLimiting({ rateInRequestsPerSecond, rateKey: "TOTAL" }, "r"))).toEqual([
      `r.rateInRequestsPerSecond: ${message} [rate-limiting]`,
    ]);
  });
  it("[rate-limiting] refuses other keys", () => {
    expect(lines(checkRateLimiting({ rateInRequestsPerSecond: 1, rateKey: "client_ip" }, "r"))).toEqual([
      'r.rateKey: is "client_ip"; must be one of "CLIENT_IP", "TOTAL" [rate-limiting]',
    ]);
    expect(lines(checkRateLimiting({}, "r"))).toEqual([
      "r.rateInRequestsPerSecond: is missing; must be a number [rate-limiting]",
      'r.rateKey: is missing; must be one of "CLIENT_IP", "TOTAL" [rate-limiting]',
    ]);
  });
});

// "Adding Authentication and Authorization to API Deployments"
describe("authorization", () => {
  it.each([
    { type: "AUTHENTICATION_ONLY" },
    { type: "ANONYMOUS" },
    { type: "ANY_OF", allowedScope: ["read"] },
  ])("[authorization] takes %j", (given) => {
    expect(checkAuthorization(given, "a")).toEqual([]);
  });
  it.each<[unknown, string]>([
    [null, "a: must be an object; is null [authorization]"],
    [{ type: "ANY_OF" }, "a.allowedScope: is missing; must be a list [authorization]"],
    [{ type: "ANY_OF", allowedScope: [] }, "a.allowedScope: must have at least 1; has 0 [authorization]"],
    ...["", "orders.read orders.write"].map((scope): [object, string] => [
      { type: "ANY_OF", allowedScope: [scope] },
      `a.allowedScope[0]: is "${scope}"; must be one scope without blanks, for example "orders.read" [authorization]`,
    ]),
    [
      { type: "ANONYMOUS", allowedScope: ["read"] },
      "a.allowedScope: is not a setting; allowed are type [unsupported-setting]",
    ],
    [
      { type: "any_of" },
      'a.type: is "any_of"; must be one of "AUTHENTICATION_ONLY", "ANONYMOUS", "ANY_OF" [authorization]',
    ],
    [{}, 'a.type: is missing; must be one of "AUTHENTICATION_ONLY", "ANONYMOUS", "ANY_OF" [authorization]'],
  ])("[authorization] refuses %j", (given, expected) => {
    expect(lines(checkAuthorization(given, "a"))).toEqual([expected]);
  });
});

// "Adding Logging to API Deployments"
describe("logging policies", () => {
  it("[logging-policies] takes all of them, or none", () => {
    expect(checkLoggingPolicies({}, "l")).toEqual([]);
    const executionLog = { isEnabled: true, logLevel: "ERROR" };
    expect(checkLoggingPolicies({ accessLog: { isEnabled: false }, executionLog }, "l")).toEqual([]);
  });
  it.each<[unknown, string]>([
    [[], "l: must be an object; is a list [logging-policies]"],
    [
      { executionLog: { logLevel: "DEBUG" } },
      'l.executionLog.logLevel: is "DEBUG"; must be one of "INFO", "WARN", "ERROR" [logging-policies]',
    ],
    [
      { accessLog: { isEnabled: 1 } },
      "l.accessLog.isEnabled: must be true or false; is 1 [logging-policies]",
    ],
    [
      { accesslog: {} },
      "l.accesslog: is not a setting; allowed are accessLog, executionLog [unsupported-setting]",
    ],
  ])("[logging-policies] refuses %j", (given, expected) => {
    expect(lines(checkLoggingPolicies(given, "l"))).toEqual([expected]);
  });
});

// "Adding Request Validation to API Deployments"
describe("validations", () => {
  it.each([
    { "application/json": { validationType: "NONE" } },
    { "text/*": { validationType: "NONE" }, "*/*": { validationType: "NONE" } },
    undefined,
  ])("[validations] takes a body's media types %j", (content) => {
    expect(checkBodyValidation({ required: true, content, validationMode: "PERMISSIVE" }, "v")).toEqual([]);
  });
  it("[validations] takes headers and parameters, required or not", () => {
    const items = [{ name: "X-A", required: true }, { name: "x-b" }];
    expect(checkHeaderValidations({ headers: items, validationMode: "DISABLED" }, "v")).toEqual([]);
    expect(checkQueryParameterValidations({ parameters: items }, "v")).toEqual([]);
    expect(checkQueryParameterValidations({ parameters: [{ name: "a b" }] }, "v")).toEqual([]);
  });
  it.each<[unknown, string]>([
    [
      { content: { "application/*+json": { validationType: "NONE" } } },
      'v.content["application/*+json"]: must be a media type, for example "application/json", "text/*" or "*/*" [validations]',
    ],
    ...["a b/c", "text/plain; charset=utf-8", "text", "*/json"].map((range): [unknown, string] => [
      { content: { [range]: { validationType: "NONE" } } },
      `v.content${range === "text" ? ".text" : `["${range}"]`}: must be a media type, for example "application/json", "text/*" or "*/*" [validations]`,
    ]),
    [
      { content: { "text/plain": { validationType: "SCHEMA" } } },
      'v.content["text/plain"].validationType: is "SCHEMA"; must be "NONE" [validations]',
    ],
    [{ content: ["text/plain"] }, "v.content: must be an object; is a list [validations]"],
    [{ required: "yes" }, "v.required: must be true or false; is a text [validations]"],
    [
      { validationMode: "STRICT" },
      'v.validationMode: is "STRICT"; must be one of "ENFORCING", "PERMISSIVE", "DISABLED" [validations]',
    ],
  ])("[validations] refuses a body's %j", (given, expected) => {
    expect(lines(checkBodyValidation(given, "v"))).toEqual([expected]);
  });
  it("[validations] refuses wrong names", () => {
    expect(lines(checkHeaderValidations({ headers: [{ name: "X A" }] }, "v"))).toEqual([
      'v.headers[0].name: is "X A"; must be the name of a header, for example "X-Id" [validations]',
    ]);
    expect(lines(checkQueryParameterValidations({ parameters: [{ name: "" }, {}] }, "v"))).toEqual([
      "v.parameters[0].name: must not be empty [validations]",
      "v.parameters[1].name: is missing; must be a text [validations]",
    ]);
    expect(lines(checkHeaderValidations({}, "v"))).toEqual([
      "v.headers: is missing; must be a list [validations]",
    ]);
  });
});

describe("all policies", () => {
  it("[unsupported-setting] refuses by name what comes later", () => {
    const requestPolicies = { usagePlans: {}, mutualTls: { isVerifiedCertificateRequired: true } };
    expect(lines(checkApiPolicies({ requestPolicies }, scope)).map((line) => line.slice(0, 62))).toEqual([
      "requestPolicies.usagePlans: is not supported yet; leave it out",
      "requestPolicies.mutualTls: is not supported yet; leave it out ",
    ]);
    const route = {
      requestPolicies: { responseCacheLookup: {} },
      responsePolicies: { responseCacheStore: {} },
    };
    expect(lines(checkRoutePolicies(route, "r", scope))).toEqual([
      "r.requestPolicies.responseCacheLookup: is not supported yet; leave it out (supported here: authorization, cors, headerTransformations, queryParameterTransformations, headerValidations, queryParameterValidations, bodyValidation) [unsupported-setting]",
      "r.responsePolicies.responseCacheStore: is not supported yet; leave it out (supported here: headerTransformations) [unsupported-setting]",
    ]);
  });
  it.each<[unknown, boolean]>([
    [{ isVerifiedCertificateRequired: false }, false],
    [{ isVerifiedCertificateRequired: false, allowedSans: [] }, false],
    [{}, false],
    [{ isVerifiedCertificateRequired: true }, true],
    [{ isVerifiedCertificateRequired: "false" }, true],
    [{ allowedSans: ["*.example.com"] }, true],
    [{ isOther: false }, true],
    [true, true],
  ])(
    "[unsupported-setting] mutualTls %j is refused, here and by the control plane: %j",
    (mutualTls, isRefused) => {
      const requestPolicies = { mutualTls };
      const message =
        "is not supported yet; leave it out (supported here: authentication, dynamicAuthentication, rateLimiting, cors)";
      expect(lines(checkApiPolicies({ requestPolicies }, scope))).toEqual(
        isRefused ? [`requestPolicies.mutualTls: ${message} [unsupported-setting]`] : [],
      );
      expect(checkSpecification({ requestPolicies }, "/v1").map(({ path }) => path)).toEqual(
        isRefused ? ["specification.requestPolicies.mutualTls"] : [],
      );
    },
  );
  it("[logging-policies] looks at what is logged, of the API and of a route", () => {
    const loggingPolicies = { executionLog: { isEnabled: "yes" } };
    const message = "executionLog.isEnabled: must be true or false; is a text [logging-policies]";
    expect(lines(checkApiPolicies({ loggingPolicies }, scope))).toEqual([`loggingPolicies.${message}`]);
    expect(lines(checkRoutePolicies({ loggingPolicies }, "r", scope))).toEqual([
      `r.loggingPolicies.${message}`,
    ]);
  });
  it("[unsupported-setting] [argument-kind] refuses a policy in a wrong place, and what isn't an object", () => {
    const requestPolicies = { rateLimiting: { rateInRequestsPerSecond: 1, rateKey: "TOTAL" } };
    expect(lines(checkRoutePolicies({ requestPolicies }, "r", scope))).toEqual([
      'r.requestPolicies.rateLimiting: stands under the API\'s "requestPolicies"; allowed here are authorization, cors, headerTransformations, queryParameterTransformations, headerValidations, queryParameterValidations, bodyValidation [unsupported-setting]',
    ]);
    expect(lines(checkRoutePolicies({ responsePolicies: [] }, "r", scope))).toEqual([
      'r.responsePolicies: must be an object, for example { cors: { allowedOrigins: ["*"] } }; is a list [argument-kind]',
    ]);
  });
});
