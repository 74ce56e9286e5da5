import { z } from "zod";
import { matches } from "../declared.ts";
import {
  authenticationsOf,
  isOneOf,
  type Route,
  requiresCertificate,
  routeOf,
  routesOf,
} from "../deployment.ts";
import { each, type Finding, type Resource, resourceRule } from "../rule.ts";
import { types } from "../types.ts";

export const anonymousRoutesDeclared = resourceRule({
  name: "anonymous-routes-declared",
  checks: "Checks that every route that anybody may call is declared to be open.",
  why: "A deployment without an authentication lets everybody call all of its routes, and nothing says so.",
  references: [
    "OWASP API Security Top 10 2023, API2 Broken Authentication",
    "Oracle: Adding Authentication and Authorization to API Deployments",
  ],
  severity: "high",
  enforcement: "mandatory",
  config: z.object({
    routes: z
      .array(z.string())
      .default([])
      .describe(
        'Routes that are open, with the deployment\'s prefix: "GET /v1/health"; "*" stands for any text, ANY for every method.',
      ),
    tag: z
      .string()
      .default("anonymous-routes")
      .describe(
        "Free-form tag of a deployment that declares its open routes in the same form, commas between them.",
      ),
  }),
  types: [types.deployment],
  judge(deployment, { routes, tag }) {
    if (requiresCertificate(deployment)) return [];
    const tagged = deployment.properties.at("freeformTags", tag);
    const declared = [...routes, ...(tagged.text() ?? "").split(",")].map((one) => one.trim());
    const isOpen = authenticationsOf(deployment).length === 0;
    return each(routesOf(deployment), (at) => {
      const authorization = at.at("requestPolicies", "authorization", "type");
      if (!isOpen && !isOneOf(authorization, "ANONYMOUS")) return [];
      const route = routeOf(deployment, at);
      const undeclared = route.methods.filter((method) => !isDeclared(declared, method, route));
      return undeclared.length === 0 ? [] : [undeclaredFinding(deployment, route, undeclared, isOpen, tag)];
    });
  },
});

function isDeclared(declared: readonly string[], method: string, { path }: Route): boolean {
  return declared.some((one) => matches(one, `${method} ${path}`) || matches(one, `ANY ${path}`));
}

function undeclaredFinding(
  deployment: Resource,
  { at, path }: Route,
  methods: readonly string[],
  isOpen: boolean,
  tag: string,
): Finding {
  const names = methods.map((method) => JSON.stringify(`${method} ${path}`)).join(", ");
  const close = isOpen
    ? "add an authentication to specification.requestPolicies"
    : 'make its authorization "AUTHENTICATION_ONLY"';
  return {
    key: `${at.key}.path`,
    value: at.at("path").text(),
    cure: `everybody may call it; ${close}, or declare it: routes: [${names}], or by the tag "${tag}" of ${deployment.name}`,
  };
}
