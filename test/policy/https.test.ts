import { deployment, describeRules, http, jwt, route, unknown } from "./table.ts";

const to = (...urls: string[]) =>
  deployment({ routes: urls.map((url, i) => route(`/${i}`, "GET", http(url))) });
const at = (key: string, value: string) =>
  `deployment "deployment": ${key} is "http://${value}"; write https://${value}`;
const orDeclared = (key: string, host: string) => `${at(key, host)}, or declare it: plainHosts: ["${host}"]`;
const authenticated = (authentication: object) => deployment({ requestPolicies: { authentication } });
const keys = "specification.requestPolicies.authentication";
const choice = {
  backend: {
    type: "DYNAMIC_ROUTING_BACKEND",
    routingBackends: [
      { key: { name: "a" }, backend: http("https://a.example.com").backend },
      { key: { name: "b" }, backend: http("http://b.example.com").backend },
    ],
  },
};

describeRules({
  "backend-https": [
    { title: "https", resources: [to("https://a.example.com", "https://b.example.com/x")], says: [] },
    { title: "no HTTP back end", resources: [deployment()], says: [] },
    {
      title: "a host that is excepted, with and without its port",
      resources: [to("http://a.internal/x", "http://a.internal:8080/x")],
      config: { plainHosts: ["*.internal"] },
      says: [],
    },
    {
      title: "what isn't called, and http in a query",
      resources: [
        deployment({
          routes: [
            route("/a", "GET", { backend: { type: "STOCK_RESPONSE_BACKEND", url: "http://a.example.com" } }),
          ],
        }),
        to("https://a.example.com/?next=http://b.example.com"),
      ],
      says: [],
    },
    {
      title: "an excepted address, with its port",
      resources: [to("http://[fd00:1::2]:81/x")],
      config: { plainHosts: ["[fd00:1::2]"] },
      says: [],
    },
    {
      title: "http, once without path, user and query",
      resources: [to("http://user:secret@a.example.com:81/x?code=secret", "HTTP://b.example.com")],
      says: [
        orDeclared("specification.routes[0].backend.url", "a.example.com:81"),
        orDeclared("specification.routes[1].backend.url", "b.example.com"),
      ],
    },
    {
      title: "one of several back ends",
      resources: [deployment({ routes: [route("/a", "GET", choice)] })],
      says: [orDeclared("specification.routes[0].backend.routingBackends[1].backend.url", "b.example.com")],
    },
    {
      title: "an excepted host isn't one that only ends alike",
      resources: [to("http://b.example.com")],
      config: { plainHosts: ["example.com"] },
      says: [orDeclared("specification.routes[0].backend.url", "b.example.com")],
    },
    {
      title: "an unknown URL beside a known one",
      resources: [to(unknown, "http://b.example.com")],
      says: [
        'advisory: deployment "deployment" can\'t be judged yet: specification.routes[0].backend.url is known only after pulumi up',
        orDeclared("specification.routes[1].backend.url", "b.example.com"),
      ],
    },
  ],
  "identity-provider-https": [
    { title: "keys by https", resources: [authenticated(jwt)], says: [] },
    {
      title: "static keys",
      resources: [authenticated({ ...jwt, validationPolicy: { type: "STATIC_KEYS", keys: [] } })],
      says: [],
    },
    {
      title: "keys by http",
      resources: [
        authenticated({
          ...jwt,
          validationPolicy: { type: "REMOTE_JWKS", uri: "http://idp.example.com/jwks" },
        }),
      ],
      says: [at(`${keys}.validationPolicy.uri`, "idp.example.com")],
    },
    {
      title: "keys of the older form, and a discovery of one server",
      resources: [
        authenticated({ type: "JWT_AUTHENTICATION", publicKeys: { uri: "http://idp.example.com/jwks" } }),
        {
          ...deployment({
            requestPolicies: {
              dynamicAuthentication: {
                authenticationServers: [
                  {
                    authenticationServerDetail: {
                      validationPolicy: { sourceUriDetails: { uri: "http://two.example.com/.well-known" } },
                    },
                  },
                ],
              },
            },
          }),
          name: "two",
        },
      ],
      says: [
        at(`${keys}.publicKeys.uri`, "idp.example.com"),
        at(
          "specification.requestPolicies.dynamicAuthentication.authenticationServers[0].authenticationServerDetail.validationPolicy.sourceUriDetails.uri",
          "two.example.com",
        ).replace('"deployment"', '"two"'),
      ],
    },
    {
      title: "where a caller without a token is sent to",
      resources: [
        authenticated({
          ...jwt,
          validationFailurePolicy: {
            type: "OAUTH2",
            sourceUriDetails: { uri: "http://idp.example.com/.well-known/openid-configuration" },
          },
        }),
      ],
      says: [at(`${keys}.validationFailurePolicy.sourceUriDetails.uri`, "idp.example.com")],
    },
    {
      title: "an unknown place",
      resources: [authenticated({ ...jwt, validationPolicy: { uri: unknown } })],
      says: [
        `advisory: deployment "deployment" can't be judged yet: ${keys}.validationPolicy.uri is known only after pulumi up`,
      ],
    },
  ],
});
