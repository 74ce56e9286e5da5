import { describe, expect, it } from "vitest";
import { limits } from "../../components/model/limits.ts";
import { displayName } from "../../emulator/core/fields.ts";
import { limits as dataPlaneLimits } from "../../emulator/gateway/limits.ts";
import { MAX_BODY_IN_BYTES } from "../../emulator/runtime/limits.ts";
import { apiGatewayLimits } from "../../emulator/services/apigateway/limits.ts";
import { functionsLimits } from "../../emulator/services/functions/limits.ts";
import { identityLimits } from "../../emulator/services/identity/limits.ts";
import { loggingLimits } from "../../emulator/services/logging/limits.ts";

const range = ({ min, max }: { min: number; max: number }) => ({ min, max });

/** The product's limit, and what the emulator read in the same documents. */
const pairs: [limit: keyof typeof limits, readings: readonly unknown[]][] = [
  ["routesPerDeployment", [dataPlaneLimits.routesPerDeployment]],
  ["deploymentsPerGateway", [dataPlaneLimits.deploymentsPerGateway, apiGatewayLimits.deploymentsPerGateway]],
  ["pathPrefixLength", [dataPlaneLimits.pathPrefixLength]],
  ["routePathLength", [dataPlaneLimits.routePathLength]],
  ["specificationBytes", [dataPlaneLimits.specificationBytes, apiGatewayLimits.specificationBytes]],
  ["stockHeaders", [dataPlaneLimits.stockHeaders]],
  ["stockHeaderNameBytes", [dataPlaneLimits.stockHeaderNameBytes]],
  ["stockHeaderValueBytes", [dataPlaneLimits.stockHeaderValueBytes]],
  ["stockHeadersBytes", [dataPlaneLimits.stockHeadersJsonBytes]],
  ["stockBodyMaximumBytes", [dataPlaneLimits.stockBodyBytes]],
  ["connectTimeoutInSeconds", [range(dataPlaneLimits.connectTimeoutInSeconds)]],
  ["readTimeoutInSeconds", [range(dataPlaneLimits.readTimeoutInSeconds)]],
  ["sendTimeoutInSeconds", [range(dataPlaneLimits.sendTimeoutInSeconds)]],
  ["corsHeaders", [dataPlaneLimits.corsHeaders]],
  ["corsMethods", [dataPlaneLimits.corsMethods]],
  ["rateInRequestsPerSecond", [dataPlaneLimits.rateInRequestsPerSecond]],
  ["rsaKeyBits", [dataPlaneLimits.rsaKeyBits]],
  ["maxClockSkewInSeconds", [dataPlaneLimits.maxClockSkewInSeconds]],
  ["maxCacheDurationInHours", [range(dataPlaneLimits.maxCacheDurationInHours)]],
  ["jwtKeys", [dataPlaneLimits.jwtKeys]],
  ["issuers", [dataPlaneLimits.issuers]],
  ["audiences", [dataPlaneLimits.audiences]],
  ["verifyClaims", [dataPlaneLimits.verifyClaims]],
  ["authorizerParameters", [dataPlaneLimits.authorizerParameters]],
  ["cacheKeys", [dataPlaneLimits.cacheKeys]],
  ["authenticationServers", [dataPlaneLimits.authenticationServers]],
  ["routingBackends", [dataPlaneLimits.routingBackends]],
  ["valuesPerSelectionKey", [dataPlaneLimits.valuesPerSelectionKey]],
  ["transformationSetItems", [dataPlaneLimits.transformationSetItems]],
  ["transformationRenameItems", [dataPlaneLimits.transformationRenameItems]],
  ["transformationFilterItems", [dataPlaneLimits.transformationFilterItems]],
  ["transformationValues", [dataPlaneLimits.transformationValuesPerItem]],
  ["networkSecurityGroupsPerGateway", [apiGatewayLimits.networkSecurityGroupsPerGateway]],
  ["displayNameLength", [{ min: displayName.minLength, max: displayName.maxLength }]],
  ["memoryInMBs", [functionsLimits.memoryInMBs]],
  ["functionTimeoutInSeconds", [range(functionsLimits.timeoutInSeconds)]],
  ["configBytes", [functionsLimits.configBytes]],
  ["statementsPerPolicy", [identityLimits.statementsPerPolicy]],
  ["iamNameLength", [identityLimits.nameLength]],
  ["matchingRuleLength", [identityLimits.matchingRuleLength]],
  ["logRetentionInDays", [loggingLimits.retentionDurationInDays]],
];

/** The threshold of a warning, and how long the product waits: a control plane has neither. */
const productOnly = ["stockBodyBytes", "readinessTimeoutInSeconds"];

describe("limits", () => {
  it.each(pairs)("%s is the same in the product and in the emulator", (limit, readings) => {
    for (const reading of readings) expect(reading).toEqual(limits[limit]);
  });

  it("are all compared", () => {
    expect([...pairs.map(([limit]) => limit), ...productOnly].sort()).toEqual(Object.keys(limits).sort());
  });

  it("of a function's body are the same in control plane, data plane and runtime", () => {
    expect([functionsLimits.requestBodyBytes, dataPlaneLimits.functionRequestBodyBytes]).toEqual([
      MAX_BODY_IN_BYTES,
      MAX_BODY_IN_BYTES,
    ]);
  });
});
