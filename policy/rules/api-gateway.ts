import type { Rule } from "../rule.ts";
import { anonymousRoutesDeclared } from "./anonymous-routes-declared.ts";
import { cacheAuthorization } from "./cache-authorization.ts";
import { corsAnyOrigin, corsAnyWithCredentials } from "./cors.ts";
import { gatewayCustomDomain } from "./gateway-custom-domain.ts";
import { gatewayNetworkSecurityGroup } from "./gateway-network-security-group.ts";
import { gatewayPrivateEndpoint } from "./gateway-private-endpoint.ts";
import { backendHttps, identityProviderHttps } from "./https.ts";
import { mutualTls } from "./mutual-tls.ts";
import { rateLimit } from "./rate-limit.ts";
import { tlsVerification } from "./tls-verification.ts";
import { validationEnforced, validationPresent } from "./validation.ts";

/** Rules on one gateway or one deployment. */
export const apiGatewayRules: readonly Rule[] = [
  anonymousRoutesDeclared,
  corsAnyOrigin,
  corsAnyWithCredentials,
  rateLimit,
  backendHttps,
  identityProviderHttps,
  tlsVerification,
  validationEnforced,
  validationPresent,
  cacheAuthorization,
  mutualTls,
  gatewayPrivateEndpoint,
  gatewayNetworkSecurityGroup,
  gatewayCustomDomain,
];
