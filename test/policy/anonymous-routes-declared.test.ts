import { deployment, describeRules, jwt, route, unknown } from "./table.ts";

const routes = [route("/health", "GET"), route("/users/{id}", "GET,DELETE")];
const authenticated = { requestPolicies: { authentication: jwt } };
const anonymous = { requestPolicies: { authorization: { type: "ANONYMOUS" } } };
const open = (index: number, path: string, names: string, close: string) =>
  `deployment "deployment": specification.routes[${index}].path is "${path}"; everybody may call it; ${close}, or declare it: routes: [${names}], or by the tag "anonymous-routes" of deployment`;
const add = "add an authentication to specification.requestPolicies";

describeRules({
  "anonymous-routes-declared": [
    { title: "callers are authenticated", resources: [deployment({ routes, ...authenticated })], says: [] },
    {
      title: "callers are authenticated by one of several servers",
      resources: [
        deployment({
          routes,
          requestPolicies: {
            dynamicAuthentication: {
              selectionSource: { type: "SINGLE", selector: "request.headers[x-idp]" },
              authenticationServers: [{ key: { name: "one" }, authenticationServerDetail: jwt }],
            },
          },
        }),
      ],
      says: [],
    },
    {
      title: "certificates of clients are required",
      resources: [
        deployment({ routes, requestPolicies: { mutualTls: { isVerifiedCertificateRequired: true } } }),
      ],
      says: [],
    },
    {
      title: "open routes are declared in the settings",
      resources: [deployment({ routes })],
      config: { routes: ["GET /v1/health", "ANY /v1/users/{id}"] },
      says: [],
    },
    {
      title: "open routes are declared by a tag",
      resources: [
        deployment({ routes }, { freeformTags: { "anonymous-routes": "GET /v1/health, * /v1/users/*" } }),
        deployment(
          { routes: [route("/a"), route("/b")] },
          { freeformTags: { "anonymous-routes": "GET /v1/a,GET /v1/b" } },
        ),
      ],
      says: [],
    },
    {
      title: "no authentication, nothing declared",
      resources: [deployment({ routes })],
      says: [
        open(0, "/health", '"GET /v1/health"', add),
        open(1, "/users/{id}", '"GET /v1/users/{id}", "DELETE /v1/users/{id}"', add),
      ],
    },
    {
      title: "of a route's methods only one is declared",
      resources: [deployment({ routes })],
      config: { routes: ["GET /v1/*"] },
      says: [open(1, "/users/{id}", '"DELETE /v1/users/{id}"', add)],
    },
    {
      title: "a route lets everybody in beside the authentication",
      resources: [
        deployment({
          routes: [route("/health", "GET"), route("/users", "ANY", anonymous)],
          ...authenticated,
        }),
      ],
      says: [open(1, "/users", '"ANY /v1/users"', 'make its authorization "AUTHENTICATION_ONLY"')],
    },
    {
      title: "the root prefix, and a certificate that isn't required",
      resources: [
        deployment(
          {
            routes: [route("/", "GET")],
            requestPolicies: { mutualTls: { isVerifiedCertificateRequired: false } },
          },
          { pathPrefix: "/" },
        ),
      ],
      says: [open(0, "/", '"GET /"', add)],
    },
    {
      title: "one route is unknown, the others are judged",
      resources: [deployment({ routes: [route(unknown), ...routes] })],
      config: { routes: ["GET /v1/health"] },
      says: [
        'advisory: deployment "deployment" can\'t be judged yet: specification.routes[0].path is known only after pulumi up',
        open(2, "/users/{id}", '"GET /v1/users/{id}", "DELETE /v1/users/{id}"', add),
      ],
    },
    {
      title: "the whole specification is unknown",
      resources: [deployment({}, { specification: unknown })],
      says: [
        'advisory: deployment "deployment" can\'t be judged yet: specification is known only after pulumi up',
      ],
    },
  ],
});
