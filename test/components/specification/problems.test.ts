import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ServerlessApiArgs } from "../../../components/index.ts";
import { formatProblem } from "../../../components/model/problems.ts";
import { rules } from "../../../components/model/rules.ts";
import { serverlessApiProblems } from "../../../components/serverless-api-problems.ts";
import { minimal } from "../fixture.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "specification-test-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The errors' lines; a program in JavaScript may give anything. */
function errorsOf(specification: unknown, changes: object = {}): string[] {
  const { routes: _, ...rest } = minimal;
  const problems = serverlessApiProblems("api", { ...rest, specification, ...changes } as ServerlessApiArgs);
  return problems.filter(({ rule }) => rules[rule].level === "error").map(formatProblem);
}

let files = 0;
function fileOf(text: string): string {
  files += 1;
  const file = join(folder, `api-${files}.json`);
  writeFileSync(file, text);
  return relative(process.cwd(), file);
}

const authorizer = { type: "CUSTOM_AUTHENTICATION", parameters: { code: "request.query[code]" } };
const stock = { type: "STOCK_RESPONSE_BACKEND", status: 200 };
const sound = { path: "/a", methods: ["GET"], backend: stock };
const withRoute = (route: object) => ({ routes: [{ ...sound, ...route }] });
const withBackend = (backend: object) => withRoute({ backend });

describe("a file", () => {
  it.each<[string, string]>([
    ['{"routes": [\n  {"path": "/a",}\n]}', "line 2, column 16: JSON does not support trailing commas"],
    ['{"routes": [\n  {"path" "/a"}]}', 'line 2, column 11: Expected ":" but found "\\"/a\\""'],
    ['{"routes": [', "line 1, column 13: Unexpected end of file"],
    ["", "line 1, column 1: Unexpected end of file"],
    ["// routes\n{}", "line 1, column 1: JSON does not support comments"],
    ["{'routes': []}", "line 1, column 2: JSON strings must use double quotes"],
    ['{"routes": [], "routes": []}', 'line 1, column 16: Duplicate key "routes"'],
  ])("[specification-file] names line and column: %j", (text, message) => {
    const file = fileOf(text);
    expect(errorsOf(file)).toEqual([`${file}: is not sound JSON: ${message} [specification-file]`]);
  });

  it("[specification-file] must be there, a file, and JSON by its name", () => {
    expect(errorsOf("./no-such.json")).toEqual([
      'no-such.json: is not there; the path is relative to the project\'s folder, for example "./api.json" [specification-file]',
    ]);
    expect(errorsOf("./api.yaml")).toEqual([
      'api.yaml: must be a JSON file, as the Console and the command line take it: "./api.json" [specification-file]',
    ]);
  });

  it("[route-prefix-repeated] has warnings at the places in it", () => {
    const file = fileOf(JSON.stringify(withRoute({ path: "/v1/a" })));
    const { routes: _, ...rest } = minimal;
    const problems = serverlessApiProblems("api", { ...rest, functions: {}, specification: file });
    expect(problems.map(formatProblem)).toEqual([
      `${file}: routes[0].path: path "/v1/a" begins with the prefix "/v1", which stands before every route's path: it is reached at "/v1/v1/a"; write "/a" [route-prefix-repeated]`,
    ]);
  });

  it("has the problems of its content at the places in it", () => {
    const file = fileOf(JSON.stringify(withBackend({ type: "HTTP_BACKEND", url: "ftp://a" })));
    expect(errorsOf(file)).toEqual([
      `${file}: routes[0].backend.url: must begin with "http://" or "https://", in lower case [http-url]`,
    ]);
    expect(errorsOf(fileOf("[]"))).toEqual([
      expect.stringMatching(
        /api-\d+\.json: must be an object with "routes"; is a list \[specification-form\]$/,
      ),
    ]);
  });
});

describe("the form", () => {
  it.each<[unknown, ...string[]]>([
    [
      7,
      'specification: must be a file\'s path, for example "./api.json", or an object with "routes"; is a number [specification-form]',
    ],
    [
      {},
      'specification.routes: must be a list, for example [{ "path": "/hello", "methods": ["GET"], "backend": … }]; is absent [specification-form]',
    ],
    [{ routes: [] }, "specification.routes: has 0 routes; a deployment takes 1 to 50 [route-count]"],
    [
      { data: { specification: { routes: [sound] } } },
      'specification: is not a specification but holds one: give what stands under "data.specification" alone [specification-form]',
    ],
    [
      { specification: { routes: [sound] }, "path-prefix": "/v1" },
      'specification: is not a specification but holds one: give what stands under "specification" alone [specification-form]',
    ],
    [
      { routes: [sound], logging: {} },
      "specification.logging: is not a setting; allowed are requestPolicies, loggingPolicies, routes [unsupported-setting]",
    ],
    [
      {
        requestPolicies: { authentication: { ...authorizer, function: "hello" } },
        routes: [sound],
      },
      "specification.requestPolicies.authentication.function: is not a setting of OCI's; name the function by functionId, which takes its key too [unsupported-setting]",
    ],
    [
      { requestPolicies: { authentication: authorizer }, routes: [sound] },
      'specification.requestPolicies.authentication.functionId: is missing; give the key of a function, for example "authorizer", or functionId [authorizer]',
    ],
    [
      { routes: [7] },
      'specification.routes[0]: must be an object with "path", "methods" and "backend"; is a number [specification-form]',
    ],
    [
      withRoute({ cors: {} }),
      'specification.routes[0].cors: stands under "requestPolicies" of the API or of a route; allowed here are path, methods, backend, requestPolicies, responsePolicies, loggingPolicies [unsupported-setting]',
    ],
    [
      withRoute({ path: undefined }),
      'specification.routes[0].path: must be text, for example "/users/{id}"; is absent [specification-form]',
    ],
    [
      withRoute({ path: "a" }),
      'specification.routes[0].path: path "a" must begin with "/", for example "/a" [route-path]',
    ],
    [
      withRoute({ path: "/{a}/{a}" }),
      'specification.routes[0].path: parameter "a" occurs more than once; give each its own name [route-parameter]',
    ],
    [
      withRoute({ methods: null }),
      'specification.routes[0].methods: must be a list with at least one method, for example ["GET", "PUT"] or ["ANY"]; is absent [specification-form]',
    ],
    // "Creating an API Deployment Specification" has methods as one text
    [
      withRoute({ methods: "GET, PUT" }),
      'specification.routes[0].methods: must be a list with at least one method, for example ["GET", "PUT"] or ["ANY"]; is "GET, PUT" [specification-form]',
    ],
    [
      withRoute({ methods: ["get", "TRACE", "GET", "GET"] }),
      'specification.routes[0].methods[0]: method "get" must be in upper case: "GET" [route-methods]',
      'specification.routes[0].methods[1]: "TRACE" is not a method; allowed are ANY, HEAD, GET, POST, PUT, PATCH, DELETE, OPTIONS; for example ["GET", "PUT"] [route-methods]',
      'specification.routes[0].methods[3]: names method "GET" twice [route-methods]',
    ],
    [
      withRoute({ path: "a", methods: ["FETCH"], requestPolicies: { authorization: { type: "ANONYMOUS" } } }),
      'specification.routes[0].path: path "a" must begin with "/", for example "/a" [route-path]',
      'specification.routes[0].methods[0]: "FETCH" is not a method; allowed are ANY, HEAD, GET, POST, PUT, PATCH, DELETE, OPTIONS; for example ["GET", "PUT"] [route-methods]',
      "specification.routes[0].requestPolicies.authorization: needs an authentication: give requestPolicies.authentication to the API, or leave this out [authorization-needs-authentication]",
    ],
    [
      withBackend({
        ...stock,
        headers: [...Array.from({ length: 50 }, (_, i) => ({ name: `X-${i}`, value: "" })), 7],
      }),
      'specification.routes[0].backend.headers[50]: must be an object with a text "name" and a text "value"; is 7 [specification-form]',
      "specification.routes[0].backend.headers: has 51 headers; at most 50 are allowed [stock-headers]",
    ],
    [
      { routes: [sound, sound] },
      "specification.routes[1]: has the path and the methods of specification.routes[0]; keep one of them [route-duplicate]",
    ],
    [
      { routes: [sound, { ...sound, methods: ["PUT", "GET"] }] },
      'specification.routes[1]: has path "/a" and GET in common with specification.routes[0]; keep one of them [route-duplicate]',
    ],
    [
      withRoute({ backend: "hello" }),
      'specification.routes[0].backend: must be an object with a "type"; is a text [specification-form]',
    ],
    [
      withBackend({ type: "OAUTH2_LOGOUT" }),
      'specification.routes[0].backend.type: "OAUTH2_LOGOUT" is not supported yet; supported are "ORACLE_FUNCTIONS_BACKEND", "HTTP_BACKEND", "STOCK_RESPONSE_BACKEND", "DYNAMIC_ROUTING_BACKEND" [specification-form]',
    ],
    [
      withBackend({ ...stock, url: "https://a.example" }),
      "specification.routes[0].backend.url: is not a setting; allowed are type, status, body, headers [unsupported-setting]",
    ],
    [
      withBackend({ type: "ORACLE_FUNCTIONS_BACKEND", functionId: "helo" }),
      'specification.routes[0].backend.functionId: names function "helo", which is not among "functions"; there are hello [route-function]',
    ],
    [
      withBackend({ type: "ORACLE_FUNCTIONS_BACKEND", functionId: "ocid1.fnapp.oc1.fra.aaaa" }),
      'specification.routes[0].backend.functionId: "ocid1.fnapp.oc1.fra.aaaa" is not the OCID of a function, which begins with "ocid1.fnfunc." [function-ocid]',
    ],
    [
      withBackend({ ...stock, headers: { "X-A": "1" } }),
      'specification.routes[0].backend.headers: must be a list, for example [{ "name": "X-Version", "value": "1" }]; is an object [specification-form]',
    ],
    [
      withBackend({
        ...stock,
        headers: [
          { name: "X-A", value: "1" },
          { name: "X-A", value: "2" },
          "X-B",
          { name: "X C", value: "" },
        ],
      }),
      'specification.routes[0].backend.headers[1].name: "X-A" stands here twice; keep one [specification-form]',
      'specification.routes[0].backend.headers[2]: must be an object with a text "name" and a text "value"; is "X-B" [specification-form]',
      'specification.routes[0].backend.headers[3]: is not a header name, for example "X-Version" [stock-headers]',
    ],
    [
      withBackend({
        type: "DYNAMIC_ROUTING_BACKEND",
        selectionSource: { type: "SINGLE", selector: "request.host" },
        routingBackends: [
          { key: { type: "ANY_OF", name: "a", values: ["a"] }, backend: { type: "DYNAMIC_ROUTING_BACKEND" } },
          {
            key: { type: "ANY_OF", name: "a" },
            backend: { type: "ORACLE_FUNCTIONS_BACKEND", functionId: "b" },
          },
        ],
      }),
      'specification.routes[0].backend.routingBackends[0].backend.type: "DYNAMIC_ROUTING_BACKEND" is not a type of back end here; supported are "ORACLE_FUNCTIONS_BACKEND", "HTTP_BACKEND", "STOCK_RESPONSE_BACKEND" [specification-form]',
      'specification.routes[0].backend.routingBackends[1].key.name: is "a", which stands at specification.routes[0].backend.routingBackends[0].key.name already; each must be unique among the rules [selection]',
      'specification.routes[0].backend.routingBackends[1].backend.functionId: names function "b", which is not among "functions"; there are hello [route-function]',
    ],
  ])("[specification-form] of %.90j", (specification, ...lines) => {
    expect(errorsOf(specification)).toEqual(lines);
  });

  it("[specification] stands beside neither routes nor policies", () => {
    expect(errorsOf({ routes: [sound] }, { routes: minimal.routes, requestPolicies: {} })).toEqual([
      "routes: stands beside a specification, which holds it already; give one of the two [specification]",
      "requestPolicies: stands beside a specification, which holds it already; give one of the two [specification]",
    ]);
  });
});

describe("names", () => {
  // "Creating an API Deployment Specification", "Caching Responses", "Adding mTLS support" and the provider's schema,
  // 4.20.0, have names that the REST API hasn't
  it.each<[object, ...string[]]>([
    [
      withRoute({
        requestPolicies: { bodyValidation: { contents: [{ mediaType: "text/*", validationType: "NONE" }] } },
      }),
      'specification.routes[0].requestPolicies.bodyValidation.contents: is named "content" in OCI\'s REST API, by media type: { "application/json": { "validationType": "NONE" } }; write that [specification-name]',
    ],
    [
      withBackend({ type: "HTTP_BACKEND", url: "https://a.example", isSSLVerifyDisabled: true }),
      'specification.routes[0].backend.isSSLVerifyDisabled: is named "isSslVerifyDisabled" in OCI\'s REST API; write that [specification-name]',
    ],
    [
      { requestPolicies: { mutualTLS: { isVerifiedCertificateRequired: true } }, routes: [sound] },
      'specification.requestPolicies.mutualTLS: is named "mutualTls" in OCI\'s REST API; write that [specification-name]',
      "specification.requestPolicies.mutualTLS: is not supported yet; leave it out (supported here: authentication, dynamicAuthentication, rateLimiting, cors) [unsupported-setting]",
    ],
    [
      withRoute({ responsePolicies: { responseCacheStorage: {} } }),
      'specification.routes[0].responsePolicies.responseCacheStorage: is named "responseCacheStore" in OCI\'s REST API; write that [specification-name]',
      "specification.routes[0].responsePolicies.responseCacheStorage: is not supported yet; leave it out (supported here: headerTransformations) [unsupported-setting]",
    ],
    [
      {
        requestPolicies: {
          authentication: {
            type: "CUSTOM_AUTHENTICATION",
            functionId: "hello",
            parameters: { contents: "request.host" },
            cacheKeys: ["contents"],
            validationFailurePolicy: { type: "MODIFY_RESPONSE", responseTransformations: {} },
          },
        },
        routes: [
          withRoute({ requestPolicies: { authorization: { type: "ANY_OF", allowedScopes: ["a"] } } })
            .routes[0],
        ],
      },
      'specification.requestPolicies.authentication.cacheKeys: is named "cacheKey" in OCI\'s REST API; write that [specification-name]',
      'specification.requestPolicies.authentication.validationFailurePolicy.responseTransformations: is named "responseHeaderTransformations" in OCI\'s REST API; write that [specification-name]',
      'specification.routes[0].requestPolicies.authorization.allowedScopes: is named "allowedScope" in OCI\'s REST API; write that [specification-name]',
    ],
    [
      { "request-policies": {}, requestPolicies: {}, routes: [sound] },
      'specification.requestPolicies: stands here twice, in two spellings; keep "requestPolicies" [specification-name]',
    ],
    [
      {
        "request-policies": { "rate-limiting": { "rate-key": "ALL", "rate-in-requests-per-second": 1 } },
        routes: [sound],
      },
      'specification.request-policies.rate-limiting.rate-key: is "ALL"; must be one of "CLIENT_IP", "TOTAL" [rate-limiting]',
    ],
  ])(
    "[specification-name] are the REST API's, with the right one as cure: %.90j",
    (specification, ...lines) => {
      expect(errorsOf(specification)).toEqual(lines);
    },
  );
});
