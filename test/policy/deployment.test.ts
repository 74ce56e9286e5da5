import { describe, expect, it } from "vitest";
import {
  authenticationsOf,
  backendsOf,
  isOneOf,
  policiesOf,
  requiresCertificate,
  routeOf,
} from "../../policy/deployment.ts";
import type { Resource } from "../../policy/rule.ts";
import { Value } from "../../policy/value.ts";

const deployment = (specification: unknown, pathPrefix: unknown = "/v1"): Resource => ({
  type: "oci:ApiGateway/deployment:Deployment",
  name: "it",
  urn: "urn:pulumi:dev::shop::oci:ApiGateway/deployment:Deployment::it",
  properties: new Value({ pathPrefix, specification }),
  isProtected: false,
  uses: {},
});

describe("a route", () => {
  it.each([
    ["/v1", { path: "/a", methods: ["get", "POST"] }, ["GET", "POST"], "/v1/a"],
    ["/", { path: "/a", methods: ["GET"] }, ["GET"], "/a"],
    [null, { path: "/a", methods: ["GET"] }, ["GET"], "/a"],
    ["/v1", { methods: ["GET"] }, ["GET"], "/v1"],
    ["/v1", { path: "/a" }, ["ANY"], "/v1/a"],
    ["/v1", { path: "/a", methods: [] }, ["ANY"], "/v1/a"],
  ])("under %s, %j", (prefix, route, methods, path) => {
    const at = new Value(route, "specification.routes[0]");
    expect(routeOf(deployment({}, prefix), at)).toEqual({ at, methods, path });
  });

  it.each([
    [{ type: "HTTP_BACKEND" }, ["backend"]],
    [
      { type: "dynamic_routing_backend", routingBackends: [{ backend: {} }, { backend: {} }] },
      ["backend.routingBackends[0].backend", "backend.routingBackends[1].backend"],
    ],
    [{ type: "DYNAMIC_ROUTING_BACKEND" }, []],
  ])("with the back end %j", (backend, keys) => {
    expect(backendsOf(new Value({ backend })).map(({ key }) => key)).toEqual(keys);
  });
});

describe("a deployment", () => {
  const policies = "specification.requestPolicies";
  const servers = `${policies}.dynamicAuthentication.authenticationServers`;

  it.each([
    [{}, []],
    [{ authentication: {} }, [`${policies}.authentication`]],
    [
      { dynamicAuthentication: { authenticationServers: [{}, {}] } },
      [`${servers}[0].authenticationServerDetail`, `${servers}[1].authenticationServerDetail`],
    ],
  ])("with the policies %j has its authentications", (requestPolicies, keys) => {
    expect(authenticationsOf(deployment({ requestPolicies })).map(({ key }) => key)).toEqual(keys);
  });

  it.each([
    [{}, false],
    [{ mutualTls: {} }, false],
    [{ mutualTls: { isVerifiedCertificateRequired: false } }, false],
    [{ mutualTls: { isVerifiedCertificateRequired: true } }, true],
  ])("with the policies %j requires a certificate: %s", (requestPolicies, expected) => {
    expect(requiresCertificate(deployment({ requestPolicies }))).toBe(expected);
  });

  it("has a policy for all routes and for each of its own", () => {
    expect(policiesOf(deployment({ routes: [{}] }), "cors").map(({ key }) => key)).toEqual([
      "specification.requestPolicies.cors",
      "specification.routes[0].requestPolicies.cors",
    ]);
  });
});

it.each([
  ["PUBLIC", true],
  ["public", true],
  ["PRIVATE", false],
  ["", false],
  [undefined, false],
])("%j is PUBLIC or OPEN: %s", (value, expected) => {
  expect(isOneOf(new Value(value), "PUBLIC", "OPEN")).toBe(expected);
});
