import { describe, expect, it } from "vitest";
import { lintApi } from "../../../components/model/lint.ts";
import { lines } from "../policies/checked.ts";
import { api } from "./fixture.ts";

const anonymous = { authorization: { type: "ANONYMOUS" } };
const authenticated = { authorization: { type: "AUTHENTICATION_ONLY" } };
const scoped = { authorization: { type: "ANY_OF", allowedScope: ["read"] } };
const authentication = { type: "CUSTOM_AUTHENTICATION", function: "authorizer", tokenHeader: "X-Key" };
const allowing = { ...authentication, isAnonymousAccessAllowed: true };
const choice = (selector: string, ...servers: object[]) => ({
  selectionSource: { type: "SINGLE", selector },
  authenticationServers: servers.map((authenticationServerDetail) => ({ authenticationServerDetail })),
});
const check = (...args: Parameters<typeof api>) => lines(lintApi(api(...args)));

// "Adding Authentication and Authorization to API Deployments"
describe("authentication and authorizations", () => {
  it.each<[Parameters<typeof api>[0], unknown]>([
    [{ "GET /a": {} }, undefined],
    [{ "GET /a": {}, "GET /b": authenticated, "GET /c": scoped }, { authentication }],
    [{ "GET /a": anonymous, "GET /b": {} }, { authentication: allowing }],
    [{ "GET /a": anonymous }, { dynamicAuthentication: choice("request.host", authentication, allowing) }],
    [{ "GET /a": {} }, { dynamicAuthentication: choice("the request.path[t]", authentication) }],
    [{ "GET /a": {} }, { dynamicAuthentication: choice("request.path[t] or none", authentication) }],
    [
      { "GET /{t}/a": {}, "GET /b/{t*}": {} },
      { dynamicAuthentication: choice("request.path[t]", authentication) },
    ],
  ])(
    "[authentication-exclusive] [authorization-needs-authentication] [authorization-anonymous] [anonymous-access-unused] pass in %j",
    (routes, requestPolicies) => {
      expect(check(routes, requestPolicies)).toEqual([]);
    },
  );

  it("[authentication-exclusive] stand alone", () => {
    const dynamicAuthentication = choice("request.host", authentication);
    expect(check({ "GET /a": {} }, { authentication, dynamicAuthentication })).toEqual([
      "requestPolicies.dynamicAuthentication: stands beside authentication; give exactly one of them [authentication-exclusive]",
    ]);
  });

  it("[authorization-needs-authentication] an authorization needs an authentication", () => {
    const needs =
      "needs an authentication: give requestPolicies.authentication to the API, or leave this out [authorization-needs-authentication]";
    expect(check({ "GET /a": anonymous, "GET /b": {}, "GET /c": scoped }, { cors: {} })).toEqual([
      `routes["GET /a"].requestPolicies.authorization: ${needs}`,
      `routes["GET /c"].requestPolicies.authorization: ${needs}`,
    ]);
  });

  it("[authorization-needs-authentication] [authorization-anonymous] also of routes whose keys can't be read", () => {
    const unread = [
      { key: "FETCH /a", requestPolicies: anonymous, functionKeys: ["users"] },
      { key: "GET b", requestPolicies: undefined, functionKeys: ["orders"] },
    ];
    const open = { requestPolicies: {}, routes: [], unread, functionKeys: ["users", "orders"] };
    const needs =
      "needs an authentication: give requestPolicies.authentication to the API, or leave this out";
    expect(lines(lintApi(open))).toEqual([
      `routes["FETCH /a"].requestPolicies.authorization: ${needs} [authorization-needs-authentication]`,
    ]);
    expect(lines(lintApi({ ...open, requestPolicies: { authentication } }))).toEqual([
      'routes["FETCH /a"].requestPolicies.authorization.type: is "ANONYMOUS", but the authentication allows no anonymous access; set requestPolicies.authentication.isAnonymousAccessAllowed to true [authorization-anonymous]',
    ]);
    expect(lines(lintApi({ ...open, requestPolicies: { authentication: allowing } }))).toEqual([]);
  });

  it("[authorization-anonymous] anonymous routes need an authentication that allows them", () => {
    expect(check({ "GET /a": anonymous }, { authentication })).toEqual([
      'routes["GET /a"].requestPolicies.authorization.type: is "ANONYMOUS", but the authentication allows no anonymous access; set requestPolicies.authentication.isAnonymousAccessAllowed to true [authorization-anonymous]',
    ]);
    const dynamicAuthentication = choice("request.host", authentication, authentication);
    const none =
      'routes["GET /a"].requestPolicies.authorization.type: is "ANONYMOUS", but the authentication allows no anonymous access; set requestPolicies.authentication.isAnonymousAccessAllowed to true [authorization-anonymous]';
    expect(check({ "GET /a": anonymous }, { dynamicAuthentication: {} })).toEqual([none]);
    expect(check({ "GET /a": anonymous }, { dynamicAuthentication })).toEqual([
      'routes["GET /a"].requestPolicies.authorization.type: is "ANONYMOUS", but the authentication allows no anonymous access; set requestPolicies.dynamicAuthentication.authenticationServers[0].authenticationServerDetail.isAnonymousAccessAllowed to true [authorization-anonymous]',
    ]);
  });

  it("[anonymous-access-unused] anonymous access needs an anonymous route", () => {
    const message =
      'is true, but no route has authorization: { type: "ANONYMOUS" }: it has no effect; leave it out [anonymous-access-unused]';
    expect(check({ "GET /a": {}, "GET /b": scoped }, { authentication: allowing })).toEqual([
      `requestPolicies.authentication.isAnonymousAccessAllowed: ${message}`,
    ]);
    const dynamicAuthentication = choice("request.host", authentication, allowing);
    expect(check({ "GET /a": {} }, { dynamicAuthentication })).toEqual([
      `requestPolicies.dynamicAuthentication.authenticationServers[1].authenticationServerDetail.isAnonymousAccessAllowed: ${message}`,
    ]);
  });

  // "Adding Multiple Authentication Servers to the same API Deployment"
  it("[authentication-selector] servers are chosen by a path parameter that every route has", () => {
    const dynamicAuthentication = choice("request.path[t]", authentication);
    const at = "requestPolicies.dynamicAuthentication.selectionSource.selector";
    const cure = "choose by something that all requests have [authentication-selector]";
    expect(check({ "GET /{t}/a": {}, "GET /b": {} }, { dynamicAuthentication })).toEqual([
      `${at}: is "request.path[t]", but not in the path of every route: routes["GET /b"]; ${cure}`,
    ]);
    const routes = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`GET /${index + 1}`, {}]));
    const three = 'routes["GET /1"], routes["GET /2"], routes["GET /3"]';
    const tenant = choice("request.path[tenant]", authentication);
    expect(check(routes(3), { dynamicAuthentication: tenant })).toEqual([
      `${at}: is "request.path[tenant]", but not in the path of every route: ${three}; ${cure}`,
    ]);
    expect(check(routes(5), { dynamicAuthentication })).toEqual([
      `${at}: is "request.path[t]", but not in the path of every route: ${three} and 2 more; ${cure}`,
    ]);
  });

  it.each<[unknown]>([
    [7],
    ["x"],
    [[]],
    [{ authentication: 7 }],
    [{ dynamicAuthentication: { authenticationServers: [7, null] } }],
  ])("say nothing of what has another kind, as %j", (requestPolicies) => {
    expect(check({ "GET /a": {} }, requestPolicies)).toEqual([]);
  });
});

describe("routes that nobody declared to be open", () => {
  const beside = (methods: string, path: string, other: string) =>
    `lets everybody call function "users" by ${methods} ${path}, while ${other} wants callers authenticated; name these methods there too, or give this route another path [route-anonymous-beside]`;

  it("[route-anonymous-beside] other methods of an authenticated path don't go to the same function", () => {
    const routes = { "GET /users/{id}": {}, "ANY /{path*}": anonymous };
    expect(check(routes, { authentication: allowing })).toEqual([
      `routes["ANY /{path*}"]: ${beside("HEAD, POST, PUT, PATCH, DELETE, OPTIONS", "/users/{id}", 'routes["GET /users/{id}"]')}`,
    ]);
    expect(
      check({ "GET /a": {}, "PUT /a": scoped, "POST,PUT /{b}": anonymous }, { authentication: allowing }),
    ).toEqual([
      `routes["POST,PUT /{b}"]: ${beside("POST", "/a", 'routes["GET /a"]')}`,
      `routes["POST,PUT /{b}"]: ${beside("POST", "/a", 'routes["PUT /a"]')}`,
    ]);
  });
  it.each<[Parameters<typeof api>[0]]>([
    [{ "GET /users": {}, "ANY /{path*}": { ...anonymous, function: "site" } }],
    [{ "ANY /users": {}, "ANY /{path*}": anonymous }],
    [{ "GET /users": {}, "POST /users": anonymous, "GET /{path*}": anonymous }],
    [{ "GET /users": {}, "POST /{path*}": scoped, "GET /open": anonymous }],
    [{ "GET /open": anonymous, "ANY /{path*}": anonymous, "GET /b": { function: "other" } }],
  ])("[route-anonymous-beside] takes %j", (routes) => {
    expect(check(routes, { authentication: allowing })).toEqual([]);
  });

  it("[authorizer-unused] a function that nothing names may be the authorizer of an open API", () => {
    const open = { ...api({ "GET /a": {} }), functionKeys: ["users", "authorizer"] };
    expect(lines(lintApi(open))).toEqual([
      'functions.authorizer: is named by no route, and without an authentication every route is open to everybody; if it is the authorizer, give requestPolicies: { authentication: { type: "CUSTOM_AUTHENTICATION", function: "authorizer", … } } [authorizer-unused]',
    ]);
    expect(lines(lintApi({ ...open, requestPolicies: { authentication } }))).toEqual([]);
  });
});
