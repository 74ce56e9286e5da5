import { z } from "zod";
import { matches, orDeclare } from "../declared.ts";
import { authenticationsOf, backendsOf, isOneOf, routesOf } from "../deployment.ts";
import { each, type Finding, resourceRule } from "../rule.ts";
import { types } from "../types.ts";
import type { Value } from "../value.ts";

const hosts = (what: string) =>
  z
    .array(z.string())
    .default([])
    .describe(`Hosts ${what}; "*" stands for any text: "*.internal.example.com".`);

export const backendHttps = resourceRule({
  name: "backend-https",
  checks: "Checks that HTTP back ends are called by https.",
  why: "Tokens and bodies of requests go over the network in the clear otherwise, and nobody proves to be the back end.",
  references: [
    "CKV_AZURE_215 (Checkov), of Azure's API management",
    "Oracle: Adding an HTTP or HTTPS URL as an API Gateway Back End",
  ],
  severity: "high",
  enforcement: "mandatory",
  config: z.object({ plainHosts: hosts("that are called by http") }),
  types: [types.deployment],
  judge: (deployment, { plainHosts }) =>
    each(routesOf(deployment), (route) =>
      each(backendsOf(route), (backend) => {
        if (!isOneOf(backend.at("type"), "HTTP_BACKEND")) return [];
        return plainUrl(backend.at("url"), plainHosts, (host) => `, ${orDeclare("plainHosts", host)}`);
      }),
    ),
});

export const identityProviderHttps = resourceRule({
  name: "identity-provider-https",
  checks: "Checks that keys of tokens are fetched by https.",
  why: "Who can answer in the place of the identity provider signs tokens that the gateway believes.",
  references: [
    "RFC 8725, JSON Web Token Best Current Practices",
    "Oracle: Validating Tokens to Add Authentication and Authorization to API Deployments",
  ],
  severity: "critical",
  enforcement: "mandatory",
  config: z.object({}),
  types: [types.deployment],
  judge: (deployment) =>
    each(authenticationsOf(deployment), (authentication) =>
      each(urisOf(authentication), (uri) => plainUrl(uri, [], () => "")),
    ),
});

function urisOf(authentication: Value): Value[] {
  return [
    authentication.at("publicKeys", "uri"),
    authentication.at("validationPolicy", "uri"),
    authentication.at("validationPolicy", "sourceUriDetails", "uri"),
    authentication.at("validationFailurePolicy", "sourceUriDetails", "uri"),
  ];
}

/** Shown without its path, user and query, which may hold a secret. */
function plainUrl(url: Value, plainHosts: readonly string[], otherwise: (host: string) => string): Finding[] {
  const text = url.text() ?? "";
  const [, host = ""] = /^http:\/\/(?:[^/?#]*@)?([^/?#]*)/i.exec(text) ?? [];
  if (!/^http:/i.test(text)) return [];
  if (plainHosts.some((pattern) => matches(pattern, host) || matches(pattern, host.replace(/:\d+$/, ""))))
    return [];
  return [{ key: url.key, value: `http://${host}`, cure: `write https://${host}${otherwise(host)}` }];
}
