import { checkSettings } from "./known-settings.ts";
import { limits } from "./limits.ts";
import { checkOcid } from "./ocids.ts";
import type { Problem } from "./problems.ts";
import { isLater, shown } from "./values.ts";

/** A gateway as given, only what is plain: OCIDs that aren't known yet are `true`. */
export interface PlainGateway {
  gatewayId?: string | true | undefined;
  compartmentId?: string | true | undefined;
  endpointType?: string | undefined;
  displayName?: string | undefined;
  networkSecurityGroupIds?: readonly unknown[] | undefined;
}

/** What is wrong with a gateway's settings ("Creating an API Gateway"). */
export function checkGateway(given: PlainGateway): Problem[] {
  if (given.gatewayId !== undefined) return checkSettings(given, ["gatewayId", "compartmentId"], "gateway");
  const { endpointType = "PUBLIC", displayName, networkSecurityGroupIds = [] } = given;
  const problems = checkSettings(
    given,
    ["gatewayId", "endpointType", "displayName", "networkSecurityGroupIds"],
    "gateway",
  );
  if (endpointType !== "PUBLIC" && endpointType !== "PRIVATE") {
    const message = `${shown(endpointType)} is not a type; allowed are "PUBLIC" and "PRIVATE"`;
    problems.push({ rule: "gateway-endpoint-type", key: "gateway.endpointType", message });
  }
  const { min, max } = limits.displayNameLength;
  if (displayName !== undefined && (displayName.length < min || displayName.length > max)) {
    const message = `has ${displayName.length} characters; ${min} to ${max} are allowed`;
    problems.push({ rule: "display-name", key: "gateway.displayName", message });
  }
  const count = networkSecurityGroupIds.length;
  if (count > limits.networkSecurityGroupsPerGateway) {
    const message = `has ${count} groups; at most ${limits.networkSecurityGroupsPerGateway} are allowed`;
    problems.push({ rule: "gateway-security-groups", key: "gateway.networkSecurityGroupIds", message });
  }
  const at = "gateway.networkSecurityGroupIds";
  const ids = networkSecurityGroupIds.flatMap((id, index) =>
    isLater(id) ? [] : checkOcid("security-group-ocid", id, `${at}[${index}]`),
  );
  return [...problems, ...ids];
}
