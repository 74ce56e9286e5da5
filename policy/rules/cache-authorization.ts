import { z } from "zod";
import { authenticationsOf, routesOf } from "../deployment.ts";
import { each, type Resource, resourceRule } from "../rule.ts";
import { types } from "../types.ts";

export const cacheAuthorization = resourceRule({
  name: "cache-authorization",
  checks: "Checks that answers to authorized callers are cached only under a key that tells callers apart.",
  why: "With private caching, one caller's answer is given to the next one who asks for the same URL.",
  references: [
    "CKV_AWS_308 (Checkov), of Amazon's API Gateway",
    "OWASP API Security Top 10 2023, API1 Broken Object Level Authorization",
    "Oracle: Caching Responses to Improve Performance",
  ],
  severity: "high",
  enforcement: "mandatory",
  config: z.object({}),
  types: [types.deployment],
  judge: (deployment) =>
    each(routesOf(deployment), (route) => {
      const lookup = route.at("requestPolicies", "responseCacheLookup");
      if (lookup.at("isPrivateCachingEnabled").flag() !== true || lookup.at("isEnabled").flag() === false)
        return [];
      const additions = lookup.at("cacheKeyAdditions");
      const telling = tokenVariables(deployment);
      const given = additions.texts().map(bare);
      if (given.some((one) => telling.includes(one) || one.startsWith("request.auth["))) return [];
      const example = JSON.stringify(telling.slice(0, 1));
      const cure = `add what tells callers apart: cacheKeyAdditions: ${example}, or set isPrivateCachingEnabled: false`;
      return [{ key: additions.key, ...(additions.isSet ? { value: additions.texts() } : {}), cure }];
    }),
});

/** Where callers' tokens stand; names of headers in lower case, for they are alike in any. */
function tokenVariables(deployment: Resource): string[] {
  const places = authenticationsOf(deployment).flatMap((authentication) => {
    const header = authentication.at("tokenHeader").text();
    const parameter = authentication.at("tokenQueryParam").text();
    return [
      ...(header === undefined ? [] : [`request.headers[${header.toLowerCase()}]`]),
      ...(parameter === undefined ? [] : [`request.query[${parameter}]`]),
    ];
  });
  return [...new Set([...places, "request.headers[authorization]"])];
}

/** `${request.headers[Authorization]}` and the form without the braces are the same. */
function bare(variable: string): string {
  const text = variable.replace(/^\$\{(.*)\}$/, "$1");
  return text.startsWith("request.headers[") ? text.toLowerCase() : text;
}
