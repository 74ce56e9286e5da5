import { describe, expect, it } from "vitest";
import { formatProblem } from "../../components/model/problems.ts";
import { normalSpecification, relocated } from "../../components/model/specification/names.ts";

const told = (given: unknown) => normalSpecification(given).problems.map(formatProblem);

describe("names of a specification", () => {
  it.each<[unknown, unknown]>([
    [7, 7],
    [null, null],
    [{ a: null, b: [null, { c: null, d: 1 }] }, { b: [null, { d: 1 }] }],
    // As the command line prints them.
    [
      { "request-policies": { "rate-limiting": { "rate-in-requests-per-second": 1 } }, "api-2-x": 1 },
      { requestPolicies: { rateLimiting: { rateInRequestsPerSecond: 1 } }, api2X: 1 },
    ],
    [
      { "Request-Policies": 1, "-a": 2, "a-": 3, "a--b": 4, "x-a b": 5, "X a-b": 6 },
      { "Request-Policies": 1, "-a": 2, "a-": 3, "a--b": 4, "x-a b": 5, "X a-b": 6 },
    ],
    // Names in them are the user's own.
    [
      { parameters: { "request-id": "a", caBundle: null }, content: { "text/x-y": { "is-required": true } } },
      { parameters: { "request-id": "a", caBundle: null }, content: { "text/x-y": { isRequired: true } } },
    ],
    // "JSON Web Key (JWK)", RFC 7517
    [{ keys: [{ key_ops: ["verify"] }] }, { keys: [{ keyOps: ["verify"] }] }],
  ])("%# become those of OCI's REST API", (given, value) => {
    expect(normalSpecification(given).value).toEqual(value);
    expect(told(given)).toEqual([]);
  });

  it("may be those of an object's own inheritance", () => {
    const given = JSON.parse('{ "constructor": { "toString": 1 }, "__proto__": { "valueOf": 2 } }');
    const { value, problems } = normalSpecification(given);
    expect(problems).toEqual([]);
    expect(JSON.stringify(value)).toBe('{"constructor":{"toString":1},"__proto__":{"valueOf":2}}');
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  it("are settings that may be changed like any others", () => {
    const { value } = normalSpecification({ a: 1 });
    expect(Object.getOwnPropertyDescriptor(value, "a")).toEqual({
      value: 1,
      configurable: true,
      enumerable: true,
      writable: true,
    });
  });

  // "Caching Responses", "Adding mTLS support", "Creating an API Deployment Specification" and the provider's schema, 4.20.0
  it.each([
    ["allowedScopes", "allowedScope"],
    ["cacheKeys", "cacheKey"],
    ["isSSLEnabled", "isSslEnabled"],
    ["isSSLVerifyDisabled", "isSslVerifyDisabled"],
    ["mutualTLS", "mutualTls"],
    ["responseCacheStorage", "responseCacheStore"],
  ])("[specification-name] %s is %s", (typed, name) => {
    expect(normalSpecification({ [typed]: 1 }).value).toEqual({ [name]: 1 });
    expect(told({ [typed]: 1 })).toEqual([
      `${typed}: is named "${name}" in OCI's REST API; write that [specification-name]`,
    ]);
  });
  it.each(["headerTransformations", "responseTransformations"])(
    "[specification-name] %s of a failure's answer are those of its response",
    (typed) => {
      expect(told({ validationFailurePolicy: { [typed]: {} } })).toEqual([
        `validationFailurePolicy.${typed}: is named "responseHeaderTransformations" in OCI's REST API; write that [specification-name]`,
      ]);
      expect(told({ other: { [typed]: {} } })).toEqual([]);
    },
  );

  it.each<[object, object, string[]]>([
    [
      { routes: [{ allowedScopes: ["a"] }] },
      { routes: [{ allowedScope: ["a"] }] },
      [
        'routes[0].allowedScopes: is named "allowedScope" in OCI\'s REST API; write that [specification-name]',
      ],
    ],
    [
      { "body-validation": { contents: [1] } },
      { bodyValidation: {} },
      [
        'body-validation.contents: is named "content" in OCI\'s REST API, by media type: { "application/json": { "validationType": "NONE" } }; write that [specification-name]',
      ],
    ],
    [
      { validationFailurePolicy: { "header-transformations": { a: 1 } }, headerTransformations: 2 },
      { validationFailurePolicy: { responseHeaderTransformations: { a: 1 } }, headerTransformations: 2 },
      [
        'validationFailurePolicy.header-transformations: is named "responseHeaderTransformations" in OCI\'s REST API; write that [specification-name]',
      ],
    ],
    [
      { "a-b": 1, aB: 2, "x y": { aB: 3, "a-b": 4 } },
      { aB: 1, "x y": { aB: 3 } },
      [
        'aB: stands here twice, in two spellings; keep "aB" [specification-name]',
        '["x y"].a-b: stands here twice, in two spellings; keep "aB" [specification-name]',
      ],
    ],
  ])("[specification-name] %# are told where OCI's REST API has another", (given, value, problems) => {
    expect(normalSpecification(given).value).toEqual(value);
    expect(told(given)).toEqual(problems);
  });

  it("are found again as they were typed", () => {
    const { typed } = normalSpecification({
      "request-policies": { "rate-limiting": {} },
      routes: [{ "x y": { "a-b": 1 }, "-c": 1, "d.e": { f: 1 } }],
    });
    expect(typed("requestPolicies.rateLimiting.rateKey")).toBe("request-policies.rate-limiting.rateKey");
    expect(typed("requestPoliciesX")).toBe("requestPoliciesX");
    expect(typed('routes[0]["x y"].aB')).toBe('routes[0]["x y"].a-b');
    expect(typed('routes[0]["-c"]')).toBe('routes[0]["-c"]');
    expect(typed('routes[0]["d.e"].f')).toBe('routes[0]["d.e"].f');
    expect(typed("other")).toBe("other");
  });
});

it.each([
  ["a.b.c", "1.c"],
  ["a.b", "1"],
  ["a.bc", "2.bc"],
  ["a[0]", "2[0]"],
  ["ab", undefined],
  ["", undefined],
])("the longest place of %j leads to %j", (key, expected) => {
  const places = new Map([
    ["a.b", "1"],
    ["a", "2"],
    ["", "3"],
  ]);
  expect(relocated(key, places)).toBe(expected);
});
