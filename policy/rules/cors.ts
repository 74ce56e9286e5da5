import { z } from "zod";
import { except, isExcepted, orDeclare } from "../declared.ts";
import { policiesOf } from "../deployment.ts";
import { each, resourceRule } from "../rule.ts";
import { types } from "../types.ts";

const lists = ["allowedOrigins", "allowedMethods", "allowedHeaders", "exposedHeaders"] as const;
const references = [
  "OWASP API Security Top 10 2023, API8 Security Misconfiguration",
  "Oracle: Adding CORS Support to API Deployments",
];
const nameOrigins = 'name the origins, for example ["https://shop.example.com"]';

export const corsAnyOrigin = resourceRule({
  name: "cors-any-origin",
  checks: "Checks that CORS names the origins that may call.",
  why: 'With "*", the scripts of every web page may call the API from a visitor\'s browser, also from inside your network.',
  references,
  severity: "medium",
  enforcement: "advisory",
  config: z.object({ deployments: except("Deployments that are for every web page") }),
  types: [types.deployment],
  judge: (deployment, { deployments }) =>
    each(isExcepted(deployments, deployment) ? [] : policiesOf(deployment, "cors"), (cors) => {
      const origins = cors.at("allowedOrigins");
      if (!origins.texts().includes("*")) return [];
      return [
        {
          key: origins.key,
          value: origins.texts(),
          cure: `${nameOrigins}, ${orDeclare("deployments", deployment.name)}`,
        },
      ];
    }),
});

export const corsAnyWithCredentials = resourceRule({
  name: "cors-any-with-credentials",
  checks: 'Checks that CORS with credentials allows nothing by "*".',
  why: 'Browsers don\'t take "*" for requests with credentials; where a gateway answers it with the origin that asked, every web page acts as the visitor.',
  references,
  severity: "high",
  enforcement: "mandatory",
  config: z.object({}),
  types: [types.deployment],
  judge: (deployment) =>
    each(policiesOf(deployment, "cors"), (cors) => {
      if (cors.at("isAllowCredentialsEnabled").flag() !== true) return [];
      return each(lists, (name) => {
        const list = cors.at(name);
        if (!list.texts().includes("*")) return [];
        const cure =
          name === "allowedOrigins"
            ? nameOrigins
            : "name what is allowed, or set isAllowCredentialsEnabled: false";
        return [{ key: list.key, value: list.texts(), cure }];
      });
    }),
});
