import { limits } from "../../components/model/limits.ts";
import {
  api,
  choice,
  fields,
  flag,
  functionId,
  ofBackend,
  requestAt,
  route,
  routed,
  rule,
  seconds,
  source,
  stock,
  texts,
} from "./field-kinds.ts";
import { authentications } from "./fields-authentication.ts";
import type { Field, Kind } from "./variants.ts";

const rateLimiting = { rateInRequestsPerSecond: 10, rateKey: "TOTAL" };
const cors = { allowedOrigins: ["*"] };
const corsKinds: Readonly<Record<string, Kind>> = {
  "allowedOrigins!": { kind: "list", item: (index) => `https://a${index}.example.com`, min: 1 },
  allowedMethods: { kind: "list", item: () => "GET", max: limits.corsMethods },
  allowedHeaders: texts(limits.corsHeaders),
  exposedHeaders: texts(limits.corsHeaders),
  isAllowCredentialsEnabled: flag,
  maxAgeInSeconds: { kind: "number", min: 0, isWhole: true },
};
/** Headers are counted together, so that the policy itself has too many. */
function corsFields(at: string, base: object): Field[] {
  return [
    ...fields(at, base, corsKinds).map((field) =>
      /Headers$/.test(field.at) ? { ...field, overAt: at } : field,
    ),
    {
      at: `${at}.allowedOrigins[0]`,
      base,
      kind: {
        kind: "text",
        least: "*",
        most: "https://a.example.com:8443",
        sound: ["null", "http://[::1]:8080"],
        over: ["", "a", "ftp://a", "https://a/", "https://*.a"],
      },
    },
  ];
}
/** The lists that a policy of CORS may have, each with an item. */
const corsLists = { ...cors, allowedMethods: ["GET"], allowedHeaders: ["x-a"], exposedHeaders: ["x-b"] };
const corsItems: Field[] = [
  {
    at: "requestPolicies.cors.allowedMethods[0]",
    base: api({ cors: corsLists }),
    kind: { kind: "text", least: "*", most: "PATCH", sound: ["get"], over: ["", "GET POST"] },
    previewRefuses: { labels: ["get"], because: "browsers and routes know methods in upper case only" },
  },
  ...["allowedHeaders[0]", "exposedHeaders[0]"].map(
    (name): Field => ({
      at: `requestPolicies.cors.${name}`,
      base: api({ cors: corsLists }),
      kind: { kind: "text", least: "x", most: "*", over: ["", "x y", "x:y"] },
    }),
  ),
];
const wildcard = { type: "WILDCARD", name: "w", expression: "b-*" };
const dynamic = {
  type: "DYNAMIC_ROUTING_BACKEND",
  selectionSource: source,
  routingBackends: [rule(0, { backend: stock })],
};
const wildcardDynamic = { ...dynamic, routingBackends: [{ key: wildcard, backend: stock }] };
const http = { type: "HTTP_BACKEND", url: "https://example.com/a" };
const long = (count: number) => "x".repeat(count);

const ofProvider = {
  labels: ["minimum", "maximum", "a fraction"],
  because: "the provider can't set it inside a choice",
};
const backends: Field[] = [
  ...[{ type: "ORACLE_FUNCTIONS_BACKEND", functionId }, http, stock, dynamic].flatMap((backend) =>
    fields("routes[0].backend", ofBackend(backend), { "type!": choice(backend.type) }),
  ),
  ...fields("routes[0].backend", ofBackend({ type: "ORACLE_FUNCTIONS_BACKEND", functionId }), {
    "functionId!": { kind: "text", least: functionId, over: ["", "ocid1.vcn.oc1.fra.a"] },
  }),
  ...fields("routes[0].backend", ofBackend(http), {
    "url!": {
      kind: "text",
      least: "http://a",
      most: "https://a.example.com:8443/x/${request.path[id]}/${request.host}",
      over: [
        "",
        "a",
        "ftp://a",
        "http://a/?x=1",
        "http://a/#x",
        "http://${request.host}/",
        "http://a/${request.body}",
        "http://a/${x}",
      ],
    },
    connectTimeoutInSeconds: seconds(limits.connectTimeoutInSeconds),
    readTimeoutInSeconds: seconds(limits.readTimeoutInSeconds),
    sendTimeoutInSeconds: seconds(limits.sendTimeoutInSeconds),
    isSslVerifyDisabled: flag,
  }),
  ...fields("routes[0].backend", ofBackend({ ...stock, headers: [{ name: "X-A", value: "1" }] }), {
    "status!": { kind: "number", min: 100, max: 599, isWhole: true },
    body: {
      kind: "text",
      least: "",
      most: long(limits.stockBodyMaximumBytes),
      over: [long(limits.stockBodyMaximumBytes + 1)],
    },
    headers: {
      kind: "list",
      item: (index) => ({ name: `X-${index}`, value: "1" }),
      max: limits.stockHeaders,
    },
  }),
  ...fields("routes[0].backend.headers[0]", ofBackend({ ...stock, headers: [{ name: "X-A", value: "1" }] }), {
    "name!": {
      kind: "text",
      least: "x",
      most: long(limits.stockHeaderNameBytes),
      over: ["", "x y", long(limits.stockHeaderNameBytes + 1)],
    },
    "value!": {
      kind: "text",
      least: "",
      most: long(4000),
      over: ["a\nb", long(limits.stockHeaderValueBytes + 1)],
    },
    // The arguments have headers by their names.
  }).map((field) => ({ ...field, previewAt: "routes[0].backend.headers[0]" })),
  ...fields(
    "routes[0].backend.routingBackends[0].backend",
    ofBackend({ ...dynamic, routingBackends: [rule(0, { backend: http })] }),
    {
      "url!": {
        kind: "text",
        least: "http://a",
        most: "https://${request.headers[x-a]}.example.com/",
        over: ["", "ftp://a", "http://${request.host}/"],
      },
      connectTimeoutInSeconds: seconds(limits.connectTimeoutInSeconds),
      readTimeoutInSeconds: seconds(limits.readTimeoutInSeconds),
      isSslVerifyDisabled: flag,
      "type!": choice("HTTP_BACKEND"),
    },
  ),
  ...fields(
    "routes[0].backend.routingBackends[0].backend",
    ofBackend({ ...dynamic, routingBackends: [rule(0, { backend: http })] }),
    { sendTimeoutInSeconds: seconds(limits.sendTimeoutInSeconds) },
  ).map((field) => ({ ...field, previewRefuses: ofProvider })),
  ...fields("routes[0].backend.selectionSource", ofBackend(dynamic), {
    "type!": choice("SINGLE"),
    "selector!": {
      kind: "text",
      least: "request.host",
      most: "request.subdomain[example.com]",
      over: ["", "x", "request.body", "${request.host}", "request.headers"],
    },
  }),
  ...fields("routes[0].backend", ofBackend(dynamic), {
    "routingBackends!": {
      kind: "list",
      item: (index) => rule(index, { backend: stock }),
      min: 1,
      max: limits.routingBackends,
    },
  }),
  ...fields("routes[0].backend.routingBackends[0].key", ofBackend(dynamic), {
    "type!": choice("ANY_OF"),
    "name!": { kind: "text", least: "a", over: [""] },
    values: texts(limits.valuesPerSelectionKey),
    isDefault: flag,
  }),
  {
    at: "routes[0].backend.routingBackends[0].key.values[0]",
    base: ofBackend(dynamic),
    kind: { kind: "text", least: "", over: [] },
  },
  ...fields("routes[0].backend.routingBackends[0].key", ofBackend(wildcardDynamic), {
    "type!": choice("WILDCARD"),
    "name!": { kind: "text", least: "a", over: [""] },
    isDefault: flag,
    "expression!": { kind: "text", least: "a*", most: "+-b", over: ["", "a", "*", "a*b", "*a*", "a*+"] },
  }),
];

const emptyVariables = {
  labels: ["${request.path[other]}", "${request.auth[sub]}"],
  because:
    "OCI puts nothing in the place of what a request hasn't: always, here, so that it must be a mistake",
};
const transformationKinds = (
  set: string,
  rename: string,
  filter: string,
  at: string,
  base: (policy: object) => object,
): Field[] => [
  ...fields(`${at}.${set}`, base({ [set]: { items: [] } }), {
    "items!": {
      kind: "list",
      item: (index) => ({ name: `x-${index}`, values: ["1"] }),
      max: limits.transformationSetItems,
    },
  }),
  ...fields(`${at}.${set}.items[0]`, base({ [set]: { items: [{ name: "x-a", values: ["1"] }] } }), {
    "name!": { kind: "text", least: "x", over: [""] },
    "values!": texts(limits.transformationValues, 1),
    ifExists: choice("OVERWRITE", "APPEND", "SKIP"),
  }),
  ...fields(`${at}.${set}.items[0].values`, base({ [set]: { items: [{ name: "x-a", values: ["1"] }] } }), {
    "0": {
      kind: "text",
      least: "",
      most: "a ${request.path[id]} ${request.query[a]} ${request.headers[b]} ${request.host}",
      over: ["${request.body}", "${request.unknown[a]}", "${request.path}", "a${"],
      sound: ["${request.path[other]}", "${request.auth[sub]}"],
    },
  }).map((field) => ({ ...field, previewRefuses: emptyVariables })),
  ...fields(`${at}.${rename}`, base({ [rename]: { items: [] } }), {
    "items!": {
      kind: "list",
      item: (index) => ({ from: `x-${index}`, to: `y-${index}` }),
      max: limits.transformationRenameItems,
    },
  }),
  ...fields(`${at}.${rename}.items[0]`, base({ [rename]: { items: [{ from: "x-a", to: "x-b" }] } }), {
    "from!": { kind: "text", least: "x", over: [""] },
    "to!": { kind: "text", least: "x", over: [""] },
  }),
  ...fields(`${at}.${filter}`, base({ [filter]: { type: "BLOCK", items: [] } }), {
    "type!": choice("ALLOW", "BLOCK"),
    "items!": {
      kind: "list",
      item: (index) => ({ name: `x-${index}` }),
      max: limits.transformationFilterItems,
    },
  }),
  ...fields(`${at}.${filter}.items[0]`, base({ [filter]: { type: "BLOCK", items: [{ name: "x-a" }] } }), {
    "name!": { kind: "text", least: "x", over: [""] },
  }),
];

const ofRoute = (name: string) => (policy: object) => routed({ requestPolicies: { [name]: policy } });
/** At preview a validation names what it validates. */
const ofSomething = (field: Field): Field =>
  /(headers|parameters)$/.test(field.at)
    ? {
        ...field,
        previewRefuses: { labels: ["absent"], because: "a validation of nothing must be a mistake" },
      }
    : field;
const mode = choice("ENFORCING", "PERMISSIVE", "DISABLED");

/** "Protected Request Headers and Response Headers". */
const protectedOnRequests = [
  "cdn-loop",
  "connection",
  "content-length",
  "cookie",
  "expect",
  "keep-alive",
  "opc-request-id",
  "origin",
  "proxy-authorization",
  "te",
  "transfer-encoding",
  "upgrade",
  "x-forwarded-for",
  "X-Real-IP",
];
const protectedOnAnswers = [
  "access-control-allow-credentials",
  "access-control-allow-headers",
  "access-control-allow-methods",
  "access-control-allow-origin",
  "access-control-expose-headers",
  "access-control-max-age",
  "connection",
  "content-length",
  "expect",
  "keep-alive",
  "opc-request-id",
  "proxy-authenticate",
  "public-key-pins",
  "retry-after",
  "strict-transport-security",
  "te",
  "trailers",
  "transfer-encoding",
  "upgrade",
  "x-content-type-options",
  "X-Frame-Options",
];

const routePolicies: Field[] = [
  ...corsFields(`${requestAt}.cors`, ofRoute("cors")(cors)),
  ...transformationKinds(
    "setHeaders",
    "renameHeaders",
    "filterHeaders",
    `${requestAt}.headerTransformations`,
    ofRoute("headerTransformations"),
  ),
  ...transformationKinds(
    "setHeaders",
    "renameHeaders",
    "filterHeaders",
    "routes[0].responsePolicies.headerTransformations",
    (policy) => routed({ responsePolicies: { headerTransformations: policy } }),
  ),
  ...transformationKinds(
    "setQueryParameters",
    "renameQueryParameters",
    "filterQueryParameters",
    `${requestAt}.queryParameterTransformations`,
    ofRoute("queryParameterTransformations"),
  ),
  ...fields(`${requestAt}.headerValidations`, ofRoute("headerValidations")({ headers: [{ name: "x-a" }] }), {
    headers: { kind: "list", item: (index) => ({ name: `x-${index}`, required: true }) },
    validationMode: mode,
  }).map(ofSomething),
  ...fields(
    `${requestAt}.headerValidations.headers[0]`,
    ofRoute("headerValidations")({ headers: [{ name: "x-a" }] }),
    {
      "name!": { kind: "text", least: "x", over: ["", "x y", "x:y"] },
      required: flag,
    },
  ),
  ...fields(
    `${requestAt}.queryParameterValidations`,
    ofRoute("queryParameterValidations")({ parameters: [{ name: "a" }] }),
    {
      parameters: { kind: "list", item: (index) => ({ name: `x-${index}`, required: true }) },
      validationMode: mode,
    },
  ).map(ofSomething),
  ...fields(
    `${requestAt}.queryParameterValidations.parameters[0]`,
    ofRoute("queryParameterValidations")({ parameters: [{ name: "a" }] }),
    {
      "name!": { kind: "text", least: "x", over: [""] },
      required: flag,
    },
  ),
  ...fields(`${requestAt}.bodyValidation`, ofRoute("bodyValidation")({ required: true }), {
    required: flag,
    content: { kind: "map", entry: (index) => [`application/x-${index}`, { validationType: "NONE" }] },
    validationMode: mode,
  }),
  ...fields(
    `${requestAt}.bodyValidation.content.type/sub`,
    ofRoute("bodyValidation")({ content: { "type/sub": { validationType: "NONE" } } }),
    { "validationType!": choice("NONE") },
  ),
  {
    at: `${requestAt}.headerTransformations.setHeaders.items[0].name`,
    base: ofRoute("headerTransformations")({ setHeaders: { items: [{ name: "x", values: ["1"] }] } }),
    kind: { kind: "text", least: "Authorization", over: protectedOnRequests },
    isRequired: true,
  },
  {
    at: "routes[0].responsePolicies.headerTransformations.setHeaders.items[0].name",
    base: routed({
      responsePolicies: { headerTransformations: { setHeaders: { items: [{ name: "x", values: ["1"] }] } } },
    }),
    kind: { kind: "text", least: "Server", over: protectedOnAnswers },
    isRequired: true,
  },
  ...["", "routes[0]."].flatMap((at) => {
    const policy = { accessLog: { isEnabled: true }, executionLog: { logLevel: "INFO" } };
    const base =
      at === "" ? { loggingPolicies: policy, routes: [route] } : routed({ loggingPolicies: policy });
    return [
      ...fields(`${at}loggingPolicies.accessLog`, base, { isEnabled: flag }),
      ...fields(`${at}loggingPolicies.executionLog`, base, {
        isEnabled: flag,
        logLevel: choice("INFO", "WARN", "ERROR"),
      }),
    ];
  }),
];

/** Every field of a specification that is carried out. */
export const allFields: readonly Field[] = [
  ...fields("routes[0]", routed({}), {
    "path!": {
      kind: "text",
      least: "/",
      most: `/${long(limits.routePathLength - 1)}`,
      over: [
        "",
        "a",
        "/a//b",
        "/a b",
        "/{a",
        "/x{a}",
        "/{a}/{a}",
        "/{a*}/b",
        `/${long(limits.routePathLength)}`,
      ],
    },
  }),
  {
    at: "routes[0].methods",
    base: routed({}),
    kind: {
      kind: "list",
      item: (index) => ["HEAD", "GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"][index] ?? "OTHER",
      min: 1,
    },
    previewRefuses: { labels: ["absent"], because: "no document says what a route without methods answers" },
  },
  {
    at: "routes[0].methods[0]",
    base: routed({}),
    kind: choice("ANY", "HEAD", "GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"),
  },
  ...fields("requestPolicies.rateLimiting", api({ rateLimiting }), {
    "rateInRequestsPerSecond!": { kind: "number", ...limits.rateInRequestsPerSecond, isWhole: true },
    "rateKey!": choice("CLIENT_IP", "TOTAL"),
  }),
  ...corsFields("requestPolicies.cors", api({ cors })),
  ...corsItems,
  {
    at: "routes",
    base: routed({}),
    kind: {
      kind: "list",
      item: (index) => ({ ...route, path: `/r${index}` }),
      min: 1,
      max: limits.routesPerDeployment,
    },
    isRequired: false,
    previewRefuses: { labels: ["absent", "under"], because: "an API without routes answers nothing" },
  },
  ...backends,
  ...routePolicies,
  ...authentications,
];
