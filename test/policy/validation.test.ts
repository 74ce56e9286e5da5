import { deployment, describeRules, http, route, unknown } from "./table.ts";

const production = { productionStacks: ["dev"] };
const body = (validationMode?: unknown) => ({
  bodyValidation: {
    required: true,
    contents: [{ mediaType: "application/json", validationType: "NONE" }],
    ...(validationMode === undefined ? {} : { validationMode }),
  },
});
const validating = (requestPolicies: object) =>
  deployment({ routes: [route("/a", "POST", { ...http("https://a.example.com"), requestPolicies })] });
const enforce = (name: string, mode: string) =>
  `deployment "deployment": specification.routes[0].requestPolicies.${name}.validationMode is "${mode}"; make it "ENFORCING", or leave it out, or declare it: deployments: ["deployment"]`;
const writing = (methods: string) =>
  deployment({ routes: [route("/users", methods, http("https://a.example.com"))] });
const missing = (names: string) =>
  `deployment "deployment": specification.routes[0].requestPolicies.bodyValidation isn't set; set it, for example {required: true, contents: [{mediaType: "application/json", validationType: "NONE"}]}, or declare the route: routes: [${names}]`;

describeRules({
  "validation-enforced": [
    {
      title: "enforced, said or not",
      resources: [validating(body()), validating(body("ENFORCING"))],
      config: production,
      says: [],
    },
    { title: "permissive outside of production", resources: [validating(body("PERMISSIVE"))], says: [] },
    {
      title: "permissive",
      resources: [validating(body("PERMISSIVE"))],
      config: production,
      says: [enforce("bodyValidation", "PERMISSIVE")],
    },
    {
      title: "headers and query, in whatever case",
      resources: [
        validating({
          headerValidations: { headers: [], validationMode: "permissive" },
          queryParameterValidations: { parameters: [], validationMode: "DISABLED" },
        }),
      ],
      config: production,
      says: [enforce("headerValidations", "permissive"), enforce("queryParameterValidations", "DISABLED")],
    },
    {
      title: "an unknown mode",
      resources: [validating(body(unknown))],
      config: production,
      says: [
        'advisory: deployment "deployment" can\'t be judged yet: specification.routes[0].requestPolicies.bodyValidation.validationMode is known only after pulumi up',
      ],
    },
  ],
  "validation-present": [
    { title: "a validated body", resources: [validating(body())], says: [] },
    {
      title: "reading routes, and one that answers by itself",
      resources: [writing("GET,DELETE"), deployment({ routes: [route("/a", "POST")] })],
      says: [],
    },
    { title: "an exception", resources: [writing("POST")], config: { routes: ["POST /v1/*"] }, says: [] },
    {
      title: "a writing route that chooses its back end, one of which answers by itself",
      resources: [
        deployment({
          routes: [
            route("/users", "POST", {
              backend: {
                type: "DYNAMIC_ROUTING_BACKEND",
                routingBackends: [
                  { backend: { type: "STOCK_RESPONSE_BACKEND", status: 200 } },
                  http("https://a.example.com"),
                ],
              },
            }),
          ],
        }),
      ],
      says: [missing('"POST /v1/users"')],
    },
    {
      title: "a writing route",
      resources: [writing("GET,POST,PUT")],
      says: [missing('"POST /v1/users", "PUT /v1/users"')],
    },
    {
      title: "a route that takes every method",
      resources: [writing("ANY")],
      says: [missing('"ANY /v1/users"')],
    },
    {
      title: "a route that takes every method, declared",
      resources: [writing("ANY")],
      config: { routes: ["ANY /v1/users"] },
      says: [],
    },
    {
      title: "every method, where none takes a body",
      resources: [writing("ANY")],
      config: { methods: [] },
      says: [],
    },
    {
      title: "only one of its methods is excepted",
      resources: [writing("POST,PUT")],
      config: { routes: ["POST /v1/users"] },
      says: [missing('"PUT /v1/users"')],
    },
    {
      title: "unknown policies",
      resources: [validating({ bodyValidation: unknown })],
      says: [
        'deployment "deployment" can\'t be judged yet: specification.routes[0].requestPolicies.bodyValidation is known only after pulumi up',
      ],
    },
  ],
});
