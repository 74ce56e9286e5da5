import { deployment, describeRules, route, unknown } from "./table.ts";

const named = { allowedOrigins: ["https://shop.example.com"], allowedMethods: ["GET"] };
const any = { allowedOrigins: ["*"], allowedMethods: ["GET"] };
const credentials = { isAllowCredentialsEnabled: true };
const api = (cors: object) => deployment({ requestPolicies: { cors } });
const ofRoute = (cors: object) => deployment({ routes: [route("/a", "GET", { requestPolicies: { cors } })] });
const at = (key: string, value: string) => `deployment "deployment": ${key} is ${value}; `;
const origins = 'name the origins, for example ["https://shop.example.com"]';
const declare = `${origins}, or declare it: deployments: ["deployment"]`;
const others = "name what is allowed, or set isAllowCredentialsEnabled: false";

describeRules({
  "cors-any-origin": [
    { title: "no CORS", resources: [deployment()], says: [] },
    { title: "named origins", resources: [api(named), ofRoute(named)], says: [] },
    { title: "an exception", resources: [api(any)], config: { deployments: ["deployment"] }, says: [] },
    {
      title: "any origin",
      resources: [api(any)],
      says: [at("specification.requestPolicies.cors.allowedOrigins", '["*"]') + declare],
    },
    {
      title: "any origin on one route",
      resources: [ofRoute({ ...any, allowedOrigins: ["https://a.example", "*"] })],
      says: [
        at("specification.routes[0].requestPolicies.cors.allowedOrigins", '["https://a.example","*"]') +
          declare,
      ],
    },
    {
      title: "one of the origins is unknown",
      resources: [api({ allowedOrigins: [unknown] })],
      says: [
        'deployment "deployment" can\'t be judged yet: specification.requestPolicies.cors.allowedOrigins[0] is known only after pulumi up',
      ],
    },
  ],
  "cors-any-with-credentials": [
    { title: "credentials from named origins", resources: [api({ ...named, ...credentials })], says: [] },
    { title: "any origin without credentials", resources: [api(any), ofRoute(any)], says: [] },
    {
      title: "credentials from any origin",
      resources: [api({ ...any, ...credentials })],
      says: [at("specification.requestPolicies.cors.allowedOrigins", '["*"]') + origins],
    },
    {
      title: "any methods and headers",
      resources: [ofRoute({ ...named, ...credentials, allowedMethods: ["*"], allowedHeaders: ["*"] })],
      says: [
        at("specification.routes[0].requestPolicies.cors.allowedMethods", '["*"]') + others,
        at("specification.routes[0].requestPolicies.cors.allowedHeaders", '["*"]') + others,
      ],
    },
    {
      title: "origins are unknown, headers aren't",
      resources: [api({ ...credentials, allowedOrigins: unknown, allowedHeaders: ["*"] })],
      says: [
        'advisory: deployment "deployment" can\'t be judged yet: specification.requestPolicies.cors.allowedOrigins is known only after pulumi up',
        at("specification.requestPolicies.cors.allowedHeaders", '["*"]') + others,
      ],
    },
  ],
});
