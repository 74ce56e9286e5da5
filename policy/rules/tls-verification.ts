import { z } from "zod";
import { authenticationsOf, backendsOf, routesOf } from "../deployment.ts";
import { each, type Finding, type Resource, resourceRule } from "../rule.ts";
import { types } from "../types.ts";
import type { Value } from "../value.ts";

export const tlsVerification = resourceRule({
  name: "tls-verification",
  checks:
    "Checks that the gateway verifies certificates of back ends, identity providers and the response cache.",
  why: "With verification disabled, whoever stands on the way reads and answers in the other side's place.",
  references: [
    "CKV_AZURE_215 (Checkov), of Azure's API management",
    "Oracle: Adding an HTTP or HTTPS URL as an API Gateway Back End",
  ],
  severity: "high",
  enforcement: "mandatory",
  config: z.object({}),
  types: [types.gateway, types.deployment],
  judge(resource) {
    if (resource.type === types.gateway) return judgeSwitch(resource.properties.at("responseCacheDetails"));
    return each([ofAuthentications, ofBackends], (judge) => judge(resource));
  },
});

function ofAuthentications(deployment: Resource): Finding[] {
  return each(authenticationsOf(deployment), (authentication) =>
    each(["publicKeys", "validationPolicy"], (name) => judgeSwitch(authentication.at(name))),
  );
}

function ofBackends(deployment: Resource): Finding[] {
  return each(routesOf(deployment), (route) => each(backendsOf(route), judgeSwitch));
}

function judgeSwitch(of: Value): Finding[] {
  const disabled = of.at("isSslVerifyDisabled");
  if (disabled.flag() !== true) return [];
  const cure =
    'remove it; for a certificate of your own CA give the gateway the CA: caBundles: [{type: "CA_BUNDLE", caBundleId}]';
  return [{ key: disabled.key, value: true, cure }];
}
