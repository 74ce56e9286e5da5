import * as fc from "fast-check";

export const functionKeys = ["hello", "beta", "guard"] as const;
const foreignId = "ocid1.fnfunc.oc1.eu-frankfurt-1.foreign";

const functionId = fc.constantFrom(...functionKeys, foreignId);
const flag = fc.boolean();
const some = <T>(values: Record<string, fc.Arbitrary<T>>, required: string[] = []) =>
  fc.record(values, { requiredKeys: required as [] });
const word = fc.stringMatching(/^[a-z]{1,8}$/);
const header = word.map((text) => `X-${text}`);
const text = fc.string({ maxLength: 20 });
const names = (name: fc.Arbitrary<string>) => fc.uniqueArray(name, { minLength: 1, maxLength: 3 });

const http = some(
  {
    type: fc.constant("HTTP_BACKEND"),
    url: fc.constantFrom("https://a.example/${request.path[id]}", "http://b.example:8080/x"),
    connectTimeoutInSeconds: fc.integer({ min: 1, max: 75 }),
    readTimeoutInSeconds: fc.integer({ min: 1, max: 300 }),
    isSslVerifyDisabled: flag,
  } as Record<string, fc.Arbitrary<unknown>>,
  ["type", "url"],
);
const stock = some(
  {
    type: fc.constant("STOCK_RESPONSE_BACKEND"),
    status: fc.integer({ min: 100, max: 599 }),
    body: text,
    headers: names(header).map((all) => all.map((name) => ({ name, value: "1" }))),
  } as Record<string, fc.Arbitrary<unknown>>,
  ["type", "status"],
);
const oracleFunction = fc.record({ type: fc.constant("ORACLE_FUNCTIONS_BACKEND"), functionId });
const single = fc.oneof(oracleFunction, http, stock);

const selectionSource = fc.record({
  type: fc.constant("SINGLE"),
  selector: fc.constantFrom("request.headers[x-canary]", "request.host"),
});
/** Keys of a choice, each with a value of its own. */
const keys = names(word).map((all) =>
  all.map((name, index) =>
    index === 1
      ? { type: "WILDCARD", name, expression: `${name}*` }
      : { type: "ANY_OF", name, values: [name], isDefault: index === 0 },
  ),
);
const choice = fc
  .tuple(selectionSource, keys, fc.array(single, { minLength: 3, maxLength: 3 }))
  .map(([source, all, backends]) => ({
    type: "DYNAMIC_ROUTING_BACKEND",
    selectionSource: source,
    routingBackends: all.map((key, index) => ({ key, backend: backends[index] })),
  }));

const cors = some(
  {
    allowedOrigins: fc.constant(["https://shop.example.com"]),
    allowedMethods: fc.constant(["GET", "PUT"]),
    allowedHeaders: names(header),
    exposedHeaders: names(header),
    isAllowCredentialsEnabled: flag,
    maxAgeInSeconds: fc.integer({ min: 0, max: 600 }),
  } as Record<string, fc.Arbitrary<unknown>>,
  ["allowedOrigins"],
);
const setItems = names(header).map((all) => ({
  items: all.map((name, index) => ({
    name,
    values: ["1", "${request.host}"],
    ...(index === 0 ? {} : { ifExists: "SKIP" }),
  })),
}));
const mode = fc.constantFrom("ENFORCING", "PERMISSIVE", "DISABLED");
const listed = names(header).map((all) => all.map((name, index) => ({ name, required: index === 0 })));
const routeRequestPolicies = some<unknown>({
  cors,
  headerTransformations: fc.record({ setHeaders: setItems }),
  queryParameterTransformations: fc.constant({
    filterQueryParameters: { type: "BLOCK", items: [{ name: "debug" }] },
    renameQueryParameters: { items: [{ from: "a-b", to: "c-d" }] },
  }),
  headerValidations: fc.record({ headers: listed, validationMode: mode }),
  queryParameterValidations: fc.record({ parameters: listed }),
  bodyValidation: some<unknown>({
    required: flag,
    content: fc.constant({
      "application/x-www-form-urlencoded": { validationType: "NONE" },
      "text/*": { validationType: "NONE" },
    }),
    validationMode: mode,
  }),
});
const executionLog = some<unknown>({ isEnabled: flag, logLevel: fc.constantFrom("INFO", "WARN", "ERROR") });
const loggingPolicies = some<unknown>({ accessLog: fc.record({ isEnabled: flag }), executionLog });

const custom = some<unknown>(
  {
    type: fc.constant("CUSTOM_AUTHENTICATION"),
    functionId,
    isAnonymousAccessAllowed: flag,
    parameters: fc.constant({ "content-type": "request.headers[content-type]", contents: "request.host" }),
    cacheKey: fc.constant(["contents"]),
  },
  ["type", "functionId", "parameters"],
);
const token = some<unknown>(
  {
    type: fc.constant("TOKEN_AUTHENTICATION"),
    tokenHeader: fc.constant("Authorization"),
    tokenAuthScheme: fc.constant("Bearer"),
    maxClockSkewInSeconds: fc.integer({ min: 0, max: 120 }),
    validationPolicy: some<unknown>(
      {
        type: fc.constant("REMOTE_JWKS"),
        uri: fc.constant("https://id.example/keys"),
        maxCacheDurationInHours: fc.integer({ min: 1, max: 24 }),
        additionalValidationPolicy: fc.constant({
          issuers: ["https://id.example"],
          verifyClaims: [{ key: "x-claim", values: ["a"] }],
        }),
      },
      ["type", "uri"],
    ),
  },
  ["type", "tokenHeader", "tokenAuthScheme", "validationPolicy"],
);
const dynamicAuthentication = fc
  .tuple(keys, fc.array(custom, { minLength: 3, maxLength: 3 }))
  .map(([all, details]) => ({
    selectionSource: { type: "SINGLE", selector: "request.host" },
    authenticationServers: all.map((key, index) => ({ key, authenticationServerDetail: details[index] })),
  }));
const rateLimiting = fc.constant({ rateInRequestsPerSecond: 5, rateKey: "CLIENT_IP" });
const requestPolicies = fc.oneof(
  some<unknown>({ cors, rateLimiting }),
  some<unknown>({ authentication: fc.oneof(custom, token), rateLimiting }, ["authentication"]),
  some<unknown>({ dynamicAuthentication, cors }, ["dynamicAuthentication"]),
);

const methods = fc.uniqueArray(fc.constantFrom("GET", "PUT", "POST", "DELETE"), {
  minLength: 1,
  maxLength: 3,
});
const route = some<unknown>(
  {
    methods,
    backend: fc.oneof({ weight: 2, arbitrary: single }, choice),
    requestPolicies: routeRequestPolicies,
    responsePolicies: fc.record({ headerTransformations: fc.record({ setHeaders: responseItems() }) }),
    loggingPolicies,
  },
  ["methods", "backend"],
);

/** Specifications in the names of OCI's REST API, as they come from hand: without most defaults. */
export const specifications: fc.Arbitrary<Record<string, unknown>> = some<unknown>(
  {
    requestPolicies,
    loggingPolicies,
    routes: fc
      .array(route, { minLength: 1, maxLength: 4 })
      .map((all) => all.map((one, index) => ({ path: `/r${index}/{id}`, ...one }))),
  },
  ["routes"],
);

function responseItems() {
  return names(header).map((all) => ({ items: all.map((name) => ({ name, values: ["1"] })) }));
}

/** As `oci api-gateway deployment get --query data.specification` prints it: other names, and `null` for what is absent. */
export function asExported(value: unknown, name = ""): unknown {
  if (Array.isArray(value)) return value.map((item) => asExported(item));
  if (typeof value !== "object" || value === null) return value;
  const isMap = !Array.isArray(value) && ["parameters", "content"].includes(name);
  const entries = Object.entries(value).map(([key, inner]) => [
    isMap ? key : key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    asExported(inner, key),
  ]);
  return { ...Object.fromEntries(entries), ...(isMap ? {} : { "not-given": null }) };
}
