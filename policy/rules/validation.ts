import { z } from "zod";
import { except, isExcepted, isProduction, matches, orDeclare, productionStacks } from "../declared.ts";
import { backendsOf, isOneOf, routeOf, routesOf } from "../deployment.ts";
import { each, resourceRule } from "../rule.ts";
import { types } from "../types.ts";

const validations = ["headerValidations", "queryParameterValidations", "bodyValidation"] as const;
const references = [
  "OWASP API Security Top 10 2023, API8 Security Misconfiguration",
  "Oracle: Adding Request Validation to API Deployments",
];

export const validationEnforced = resourceRule({
  name: "validation-enforced",
  checks: "Checks that validations of requests are enforced in production.",
  why: "PERMISSIVE lets a request through that fails; DISABLED doesn't look. Both are for trying a validation out.",
  references,
  severity: "medium",
  enforcement: "mandatory",
  config: z.object({
    productionStacks,
    deployments: except("Deployments whose validations are being tried out"),
  }),
  types: [types.deployment],
  judge(deployment, config, context) {
    if (!isProduction(config.productionStacks, context) || isExcepted(config.deployments, deployment))
      return [];
    return each(routesOf(deployment), (route) =>
      each(validations, (name) => {
        const mode = route.at("requestPolicies", name, "validationMode");
        if (!isOneOf(mode, "PERMISSIVE", "DISABLED")) return [];
        const cure = `make it "ENFORCING", or leave it out, ${orDeclare("deployments", deployment.name)}`;
        return [{ key: mode.key, value: mode.text(), cure }];
      }),
    );
  },
});

export const validationPresent = resourceRule({
  name: "validation-present",
  checks: "Checks that routes that take a body validate the request.",
  why: "A request of the wrong content type, or without a header that it needs, is turned away before it costs a call of the back end.",
  references,
  severity: "low",
  enforcement: "advisory",
  config: z.object({
    methods: z
      .array(z.string())
      .default(["POST", "PUT", "PATCH"])
      .describe("Methods that take a body; ANY takes them all."),
    routes: z
      .array(z.string())
      .default([])
      .describe(
        'Routes that validate by themselves, with the deployment\'s prefix: "POST /v1/users"; "*" stands for any text.',
      ),
  }),
  types: [types.deployment],
  judge: (deployment, { methods, routes }) =>
    each(routesOf(deployment), (at) => {
      const route = routeOf(deployment, at);
      const writing = route.methods.filter(
        (method) =>
          (methods.includes(method) || (method === "ANY" && methods.length > 0)) &&
          !routes.some((one) => matches(one, `${method} ${route.path}`)),
      );
      const policies = at.at("requestPolicies");
      if (writing.length === 0 || validations.some((name) => policies.at(name).isSet)) return [];
      if (backendsOf(at).every((backend) => isOneOf(backend.at("type"), "STOCK_RESPONSE_BACKEND"))) return [];
      const content = '{required: true, contents: [{mediaType: "application/json", validationType: "NONE"}]}';
      const names = writing.map((method) => JSON.stringify(`${method} ${route.path}`)).join(", ");
      const cure = `set it, for example ${content}, or declare the route: routes: [${names}]`;
      return [{ key: policies.at("bodyValidation").key, cure }];
    }),
});
