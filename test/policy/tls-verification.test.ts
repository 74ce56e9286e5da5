import { deployment, describeRules, gateway, http, jwt, route, unknown } from "./table.ts";

const disabled = { isSslVerifyDisabled: true };
const says = (whose: string, key: string) =>
  `${whose}: ${key}isSslVerifyDisabled is true; remove it; for a certificate of your own CA give the gateway the CA: caBundles: [{type: "CA_BUNDLE", caBundleId}]`;
const url = "https://a.example.com";
const cache = (rest: object) => gateway({ responseCacheDetails: { type: "EXTERNAL_RESP_CACHE", ...rest } });

describeRules({
  "tls-verification": [
    {
      title: "nothing is disabled",
      resources: [
        cache({ isSslEnabled: true }),
        deployment({
          routes: [
            route("/a", "GET", http(url)),
            route("/b", "GET", http(url, { isSslVerifyDisabled: false })),
          ],
          requestPolicies: { authentication: jwt },
        }),
      ],
      says: [],
    },
    { title: "a gateway without a cache", resources: [gateway()], says: [] },
    {
      title: "a back end's",
      resources: [deployment({ routes: [route("/a"), route("/b", "GET", http(url, disabled))] })],
      says: [says('deployment "deployment"', "specification.routes[1].backend.")],
    },
    {
      title: "an identity provider's and a cache's",
      resources: [
        cache(disabled),
        deployment({
          requestPolicies: {
            authentication: { ...jwt, validationPolicy: { type: "REMOTE_JWKS", uri: url, ...disabled } },
          },
        }),
      ],
      says: [
        says('gateway "gateway"', "responseCacheDetails."),
        says('deployment "deployment"', "specification.requestPolicies.authentication.validationPolicy."),
      ],
    },
    {
      title: "an identity provider's, in the older form",
      resources: [
        deployment({
          requestPolicies: {
            authentication: { type: "JWT_AUTHENTICATION", publicKeys: { type: "REMOTE_JWKS", ...disabled } },
          },
        }),
      ],
      says: [says('deployment "deployment"', "specification.requestPolicies.authentication.publicKeys.")],
    },
    {
      title: "the authentication is unknown, back ends are judged",
      resources: [
        deployment({
          routes: [route("/a", "GET", http(url, disabled))],
          requestPolicies: { authentication: unknown },
        }),
      ],
      says: [
        'advisory: deployment "deployment" can\'t be judged yet: specification.requestPolicies.authentication is known only after pulumi up',
        says('deployment "deployment"', "specification.routes[0].backend."),
      ],
    },
  ],
});
