import { describe, expect, it } from "vitest";
import { checkPrefixNesting } from "../../../components/model/lint/prefixes.ts";
import { lintApi } from "../../../components/model/lint.ts";
import { lines } from "../policies/checked.ts";
import { api } from "./fixture.ts";

const cors = { allowedOrigins: ["https://shop.example.com"] };
const check = (...args: Parameters<typeof api>) => lines(lintApi(api(...args)));

// "Adding CORS support to API Deployments"
describe("CORS beside routes", () => {
  it.each<Parameters<typeof api>>([
    [{ "GET,OPTIONS /a": {} }, {}],
    [{ "GET /a": {}, "ANY /b": { cors } }, { cors }],
    [{ "OPTIONS /a": {}, "GET /b": { cors } }, {}],
  ])("[route-options-cors] takes %j", (routes, requestPolicies) => {
    expect(check(routes, requestPolicies)).toEqual([]);
  });

  it("[route-options-cors] finds OPTIONS where the gateway answers preflights", () => {
    const message = (where: string) =>
      `names OPTIONS, but by ${where} the gateway answers preflights itself, and they don't reach this back end; leave OPTIONS out [route-options-cors]`;
    expect(check({ "GET,OPTIONS /a": {} }, { cors })).toEqual([
      `routes["GET,OPTIONS /a"]: ${message("requestPolicies.cors")}`,
    ]);
    expect(check({ "GET /a/{id}": { cors }, "OPTIONS /a/{name}/": {} })).toEqual([
      `routes["OPTIONS /a/{name}/"]: ${message('routes["GET /a/{id}"].requestPolicies.cors')}`,
    ]);
  });

  const named =
    'holds "*" beside isAllowCredentialsEnabled: browsers don\'t take it for requests with credentials; name what is allowed [cors-credentials]';
  const withCredentials = { isAllowCredentialsEnabled: true };
  it("[cors-credentials] finds * beside credentials", () => {
    expect(check({ "GET /a": {} }, { cors: { allowedOrigins: ["*"] } })).toEqual([]);
    expect(check({ "GET /a": {} }, { cors: { ...cors, ...withCredentials } })).toEqual([]);
    const all = ["https://a.example", "*"];
    const everything = { allowedOrigins: all, allowedMethods: all, allowedHeaders: all, exposedHeaders: all };
    expect(
      check(
        { "GET /a": { cors: { ...everything, ...withCredentials } } },
        { cors: { allowedOrigins: ["*"], ...withCredentials } },
      ),
    ).toEqual([
      `requestPolicies.cors.allowedOrigins: ${named}`,
      `routes["GET /a"].requestPolicies.cors.allowedOrigins: ${named}`,
      `routes["GET /a"].requestPolicies.cors.allowedMethods: ${named}`,
      `routes["GET /a"].requestPolicies.cors.allowedHeaders: ${named}`,
      `routes["GET /a"].requestPolicies.cors.exposedHeaders: ${named}`,
    ]);
  });
  it.each<[unknown]>([[7], [null], [{ allowedOrigins: "*", isAllowCredentialsEnabled: true }]])(
    "[cors-credentials] leaves %j to the checks of its form",
    (wrong) => {
      expect(check({ "GET /a": { cors: wrong } }, { cors: wrong })).toEqual([]);
    },
  );
});

describe("prefixes on one gateway", () => {
  it.each<[string, string[]]>([
    ["/v1", []],
    ["/v1", ["/v2", "/v11", "/v"]],
    ["/v1", ["/v1", "/"]],
  ])("[path-prefix-nested] takes %s beside %j", (prefix, others) => {
    expect(checkPrefixNesting(prefix, others)).toEqual([]);
  });
  it("[path-prefix-nested] finds one inside another", () => {
    const rest = `another deployment's on this gateway; Oracle's documents don't say which one answers: put them side by side, for example "/shop" and "/users" [path-prefix-nested]`;
    expect(lines(checkPrefixNesting("/v1", ["/v2", "/v1/a/b"]))).toEqual([
      `pathPrefix: "/v1" lies around "/v1/a/b", ${rest}`,
    ]);
    expect(lines(checkPrefixNesting("/v1/a", ["/v1"]))).toEqual([
      `pathPrefix: "/v1/a" lies inside "/v1", ${rest}`,
    ]);
  });
});
