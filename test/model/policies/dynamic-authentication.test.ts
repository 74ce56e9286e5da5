import { describe, expect, it } from "vitest";
import { checkDynamicAuthentication } from "../../../components/model/policies/dynamic-authentication.ts";
import { lines, names } from "./checked.ts";
import { jsonWebKey } from "./rsa-keys.ts";

const token = {
  type: "TOKEN_AUTHENTICATION",
  tokenHeader: "Authorization",
  tokenAuthScheme: "Bearer",
  validationPolicy: { type: "STATIC_KEYS", keys: [jsonWebKey()] },
};
const authorizer = { type: "CUSTOM_AUTHENTICATION", function: "a", tokenHeader: "Authorization" };
const server = (name: string, authenticationServerDetail: unknown) => ({
  key: { type: "ANY_OF", name, values: [name] },
  authenticationServerDetail,
});
const check = (selector: string, ...authenticationServers: unknown[]) =>
  lines(
    checkDynamicAuthentication({ selectionSource: { type: "SINGLE", selector }, authenticationServers }, "d"),
  );

// "Adding Multiple Authentication Servers to the same API Deployment"
describe("several authentication servers", () => {
  it("[authentication-servers] [authentication-selector] are chosen by an element of the request", () => {
    expect(check("request.headers[tenant]", server("a", token), server("b", authorizer))).toEqual([]);
    const lower = { ...token, tokenHeader: "authorization" };
    expect(check("request.auth[iss]", server("a", token), server("b", lower))).toEqual([]);
    expect(check("request.path[tenant]", server("a", token))).toEqual([]);
    expect(check("request.host", ...names(100).map((name) => server(name, authorizer)))).toEqual([]);
  });

  it.each<[unknown, string[]]>([
    [
      7,
      [
        'd: must be an object with "selectionSource" and "authenticationServers"; is a number [authentication-servers]',
      ],
    ],
    [
      { servers: [] },
      [
        "d.servers: is not a setting; allowed are selectionSource, authenticationServers [unsupported-setting]",
        "d.selectionSource: is missing; must be an object [selection]",
        "d.authenticationServers: must be a list of servers; is absent [authentication-servers]",
      ],
    ],
  ])("[authentication-servers] refuses %j", (given, expected) => {
    expect(lines(checkDynamicAuthentication(given, "d"))).toEqual(expected);
  });

  it("[authentication-servers] are 1 to 100, each with rule and settings", () => {
    const at = "d.authenticationServers";
    expect(check("request.host")).toEqual([
      `${at}: has 0 servers; must have 1 to 100 [authentication-servers]`,
    ]);
    expect(check("request.host", ...names(101).map((name) => server(name, authorizer)))).toEqual([
      `${at}: has 101 servers; must have 1 to 100 [authentication-servers]`,
    ]);
    expect(
      check("request.host", "a", { ...server("b", { type: "X" }), name: "b" }, server("B", token)),
    ).toEqual([
      `${at}[0]: must be an object with "key" and "authenticationServerDetail"; is a text [authentication-servers]`,
      `${at}[1].name: is not a setting; allowed are key, authenticationServerDetail [unsupported-setting]`,
      `${at}[2].key.values[0]: is "B", which stands at ${at}[1].key.values[0] already; each must be unique among the rules [selection]`,
      `${at}[1].authenticationServerDetail.type: is "X"; must be one of "TOKEN_AUTHENTICATION", "JWT_AUTHENTICATION", "CUSTOM_AUTHENTICATION" [authentication]`,
    ]);
  });

  const message =
    'd.selectionSource.selector: is "request.auth[iss]", which is read from the token: every server must be TOKEN_AUTHENTICATION or JWT_AUTHENTICATION with the same tokenHeader or tokenQueryParam [authentication-selector]';
  it.each<[string, object]>([
    ["an authorizer function", authorizer],
    ["a token in another header", { ...token, tokenHeader: "X-Token" }],
    [
      "a token in the query",
      { ...token, tokenHeader: undefined, tokenAuthScheme: undefined, tokenQueryParam: "t" },
    ],
  ])("[authentication-selector] refuses a claim beside %s", (_, other) => {
    expect(check("request.auth[iss]", server("a", token), server("b", other))).toEqual([message]);
  });
  it("[authentication-selector] refuses a claim where no server reads a token", () => {
    expect(check("request.auth[iss]", server("a", authorizer), server("b", authorizer))).toEqual([message]);
  });

  it("[context-variable] refuses elements that no server is chosen by", () => {
    const allowed =
      "allowed here are request.headers[name], request.query[name], request.path[name], request.host, request.subdomain[name], request.auth[name]";
    expect(check("request.body", server("a", token))).toEqual([
      `d.selectionSource.selector: "request.body" may not stand here; ${allowed} [context-variable]`,
    ]);
    expect(check("request.usage_plan[id]", server("a", token))).toEqual([
      `d.selectionSource.selector: "request.usage_plan[id]" is not supported yet; ${allowed} [context-variable]`,
    ]);
  });
});
