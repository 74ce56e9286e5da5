import { deployment, describeRules, jwt, route, unknown } from "./table.ts";

const cached = (lookup: object, authentication: object | undefined = jwt) =>
  deployment({
    routes: [
      route("/me", "GET", {
        requestPolicies: { responseCacheLookup: { type: "SIMPLE_LOOKUP_POLICY", ...lookup } },
      }),
    ],
    ...(authentication === undefined ? {} : { requestPolicies: { authentication } }),
  });
const shared = { isEnabled: true, isPrivateCachingEnabled: true };
const key = "specification.routes[0].requestPolicies.responseCacheLookup.cacheKeyAdditions";
const cure = (example: string) =>
  `add what tells callers apart: cacheKeyAdditions: ["${example}"], or set isPrivateCachingEnabled: false`;

// "Caching Responses to Improve Performance": without private caching, requests with a token are never answered from the cache.
describeRules({
  "cache-authorization": [
    { title: "public answers only", resources: [cached({ isEnabled: true }), deployment()], says: [] },
    {
      title: "keyed by the header of the token, in either form",
      resources: [
        cached({ ...shared, cacheKeyAdditions: ["request.headers[authorization]"] }),
        cached({ ...shared, cacheKeyAdditions: ["${request.headers[Authorization]}"] }),
      ],
      says: [],
    },
    {
      title: "keyed by a claim, and a lookup that is switched off",
      resources: [
        cached({ ...shared, cacheKeyAdditions: ["request.auth[sub]"] }),
        cached({ ...shared, isEnabled: false }),
      ],
      says: [],
    },
    {
      title: "keyed by where the token stands, whatever its case",
      resources: [
        cached({ ...shared, cacheKeyAdditions: ["request.headers[X-Token]"] }, { tokenHeader: "x-tokeN" }),
        cached({ ...shared, cacheKeyAdditions: ["request.query[Token]"] }, { tokenQueryParam: "Token" }),
        cached(
          { ...shared, cacheKeyAdditions: ["request.headers[authorization]"] },
          { tokenQueryParam: "t" },
        ),
      ],
      says: [],
    },
    {
      title: "keyed by a header that isn't the token's, and by what isn't a variable alone",
      resources: [
        cached({ ...shared, cacheKeyAdditions: ["request.headers[accept]"] }, { tokenHeader: "X-Token" }),
        cached({ ...shared, cacheKeyAdditions: ["x${request.headers[Authorization]}"] }, {}),
        cached({ ...shared, cacheKeyAdditions: ["${request.auth[sub]}x"] }, {}),
      ],
      says: [
        `deployment "deployment": ${key} is ["request.headers[accept]"]; ${cure("request.headers[x-token]")}`,
        `deployment "deployment": ${key} is ["x${"$"}{request.headers[Authorization]}"]; ${cure("request.headers[authorization]")}`,
        `deployment "deployment": ${key} is ["${"$"}{request.auth[sub]}x"]; ${cure("request.headers[authorization]")}`,
      ],
    },
    {
      title: "keyed by nothing more",
      resources: [cached(shared)],
      says: [`deployment "deployment": ${key} isn't set; ${cure("request.headers[authorization]")}`],
    },
    {
      title: "keyed by something else, the token stands in the query",
      resources: [
        cached(
          { ...shared, cacheKeyAdditions: ["request.query[page]"] },
          { type: "JWT_AUTHENTICATION", tokenQueryParam: "token" },
        ),
      ],
      says: [`deployment "deployment": ${key} is ["request.query[page]"]; ${cure("request.query[token]")}`],
    },
    {
      title: "unknown additions",
      resources: [cached({ ...shared, cacheKeyAdditions: [unknown] })],
      says: [
        `advisory: deployment "deployment" can't be judged yet: ${key}[0] is known only after pulumi up`,
      ],
    },
  ],
});
