import { describe, expect, it } from "vitest";
import type { ServerlessApiArgs } from "../../components/index.ts";
import { rules } from "../../components/model/rules.ts";
import { serverlessApiProblems } from "../../components/serverless-api-problems.ts";
import { checkSpecification } from "../../emulator/gateway/index.ts";
import { functionId } from "./field-kinds.ts";
import { allFields } from "./fields.ts";
import { publicKey } from "./gateway/tokens.ts";
import { placed, stepsOf, variants } from "./variants.ts";

/** Where the preview finds problems. */
function atPreview(specification: unknown): string[] {
  const args = {
    compartmentId: "ocid1.compartment.oc1..a",
    tenancyId: "ocid1.tenancy.oc1..a",
    region: "eu-frankfurt-1",
    network: { cidrBlock: "10.0.0.0/16" },
    functions: { one: { functionId } },
    specification,
  } as unknown as ServerlessApiArgs;
  const errors = serverlessApiProblems("cases", args).filter(({ rule }) => rules[rule].level === "error");
  return unique(errors.map(({ key }) => key.replace(/^specification\.?/, "")));
}

/** Where the control plane finds problems. */
function atControlPlane(specification: unknown): string[] {
  return unique(
    checkSpecification(specification, "/v1").map(({ path }) => path.replace(/^specification\.?/, "")),
  );
}

/** The same place is spelled `a["x-y"]` here and `a.x-y` there. */
function unique(places: readonly string[]): string[] {
  return [...new Set(places.map((place) => stepsOf(place.replaceAll('"', "")).join(".")))].sort();
}

describe.each(allFields)("$at", (field) => {
  it.each(variants(field))("$label", ({ specification, problemAt, isOfPreview, previewAt }) => {
    const placed = (at: string | undefined) => (at === undefined ? [] : [stepsOf(at).join(".")]);
    const expected = placed(problemAt);
    expect({ preview: atPreview(specification), controlPlane: atControlPlane(specification) }).toEqual({
      preview: problemAt === undefined ? [] : placed(previewAt ?? problemAt),
      controlPlane: isOfPreview ? [] : expected,
    });
  });
});

describe("of a list that is too long, the last item is looked at too", () => {
  const limited = allFields.flatMap((field) => {
    const { kind } = field;
    return kind.kind === "list" && kind.max !== undefined
      ? [{ ...field, max: kind.max, item: kind.item }]
      : [];
  });
  it.each(limited)("$at", ({ at, base, max, item, overAt = at }) => {
    const items = [...Array.from({ length: max }, (_, index) => item(index)), true];
    const specification = placed(base, stepsOf(at), items);
    const expected = unique([overAt, `${at}[${max}]`]);
    expect({ preview: atPreview(specification), controlPlane: atControlPlane(specification) }).toEqual({
      preview: expected,
      controlPlane: expected,
    });
  });
});

describe("a key for something else than verifying", () => {
  it.each(["keyOps", "key_ops"])("is refused at %s, as it is spelled", (name) => {
    const keys = [{ ...publicKey, format: "JSON_WEB_KEY", [name]: ["sign"] }];
    const authentication = {
      type: "TOKEN_AUTHENTICATION",
      tokenQueryParam: "token",
      validationPolicy: { type: "STATIC_KEYS", keys },
    };
    const route = { path: "/a", methods: ["GET"], backend: { type: "STOCK_RESPONSE_BACKEND", status: 200 } };
    const specification = { requestPolicies: { authentication }, routes: [route] };
    const at = `requestPolicies.authentication.validationPolicy.keys.0.${name}`;
    expect(atControlPlane(specification)).toEqual([at]);
    expect(atPreview(specification)).toEqual([`${at}.0`]);
  });
});

/** A specification with something wrong in every part. */
const wrongEverywhere = {
  unknown: 1,
  requestPolicies: {
    rateLimiting: { rateInRequestsPerSecond: 0, rateKey: "ALL" },
    cors: { allowedOrigins: [], maxAgeInSeconds: -1 },
    authentication: {
      type: "JWT_AUTHENTICATION",
      tokenHeader: "Authorization",
      tokenAuthScheme: "Basic",
      maxClockSkewInSeconds: 121,
      issuers: [],
      audiences: ["a"],
      publicKeys: { type: "REMOTE_JWKS", uri: "x", maxCacheDurationInHours: 25 },
    },
  },
  loggingPolicies: { executionLog: { logLevel: "DEBUG" } },
  routes: [
    { path: "a", methods: ["get"], backend: { type: "HTTP_BACKEND", url: "x", readTimeoutInSeconds: 0 } },
    {
      path: "/b",
      methods: ["GET"],
      backend: { type: "STOCK_RESPONSE_BACKEND", status: 99, unknown: 1 },
      requestPolicies: {
        authorization: { type: "ANY_OF", allowedScope: [] },
        headerValidations: { headers: [{ name: "" }], validationMode: "ON" },
        headerTransformations: { setHeaders: { items: [{ name: "X-A", values: [], ifExists: "NO" }] } },
      },
      responsePolicies: { headerTransformations: { filterHeaders: { type: "DENY", items: [] } } },
    },
    {
      path: "/c",
      methods: ["GET"],
      backend: {
        type: "DYNAMIC_ROUTING_BACKEND",
        selectionSource: { type: "MANY", selector: "request.host" },
        routingBackends: [
          {
            key: { type: "WILDCARD", name: "", expression: "a*b" },
            backend: { type: "HTTP_BACKEND", url: "ftp://a" },
          },
        ],
      },
    },
  ],
};

describe("a specification with something wrong in every part", () => {
  it("is refused for all of it at once, alike at preview and at the control plane", () => {
    const atBoth = [
      "loggingPolicies.executionLog.logLevel",
      "requestPolicies.authentication.issuers",
      "requestPolicies.authentication.maxClockSkewInSeconds",
      "requestPolicies.authentication.publicKeys.maxCacheDurationInHours",
      "requestPolicies.authentication.publicKeys.uri",
      "requestPolicies.authentication.tokenAuthScheme",
      "requestPolicies.cors.allowedOrigins",
      "requestPolicies.cors.maxAgeInSeconds",
      "requestPolicies.rateLimiting.rateInRequestsPerSecond",
      "requestPolicies.rateLimiting.rateKey",
      "routes.0.backend.readTimeoutInSeconds",
      "routes.0.backend.url",
      "routes.0.methods.0",
      "routes.0.path",
      "routes.1.backend.status",
      "routes.1.backend.unknown",
      "routes.1.requestPolicies.authorization.allowedScope",
      "routes.1.requestPolicies.headerTransformations.setHeaders.items.0.ifExists",
      "routes.1.requestPolicies.headerTransformations.setHeaders.items.0.values",
      "routes.1.requestPolicies.headerValidations.headers.0.name",
      "routes.1.requestPolicies.headerValidations.validationMode",
      "routes.1.responsePolicies.headerTransformations.filterHeaders.type",
      "routes.2.backend.routingBackends.0.backend.url",
      "routes.2.backend.routingBackends.0.key.expression",
      "routes.2.backend.routingBackends.0.key.name",
      "routes.2.backend.selectionSource.type",
      "unknown",
    ];
    expect(atPreview(wrongEverywhere)).toEqual(atBoth);
    expect(atControlPlane(wrongEverywhere)).toEqual(atBoth);
  });
});
