import { expect, test } from "vitest";
import { limits } from "../../../components/model/limits.ts";
import { coverage } from "../../../emulator/coverage.ts";
import { apiGatewayLimits } from "../../../emulator/services/apigateway/limits.ts";
import { functionsLimits } from "../../../emulator/services/functions/limits.ts";
import { identityLimits } from "../../../emulator/services/identity/limits.ts";

// Two readings of Oracle's documents: the product's and the emulator's.
test("the emulator's limits are the product's", () => {
  expect({
    deploymentsPerGateway: apiGatewayLimits.deploymentsPerGateway,
    networkSecurityGroupsPerGateway: apiGatewayLimits.networkSecurityGroupsPerGateway,
    specificationBytes: apiGatewayLimits.specificationBytes,
    memoryInMBs: functionsLimits.memoryInMBs,
    configBytes: functionsLimits.configBytes,
    statementsPerPolicy: identityLimits.statementsPerPolicy,
    iamNameLength: identityLimits.nameLength,
    matchingRuleLength: identityLimits.matchingRuleLength,
  }).toEqual({
    deploymentsPerGateway: limits.deploymentsPerGateway,
    networkSecurityGroupsPerGateway: limits.networkSecurityGroupsPerGateway,
    specificationBytes: limits.specificationBytes,
    memoryInMBs: limits.memoryInMBs,
    configBytes: limits.configBytes,
    statementsPerPolicy: limits.statementsPerPolicy,
    iamNameLength: limits.iamNameLength,
    matchingRuleLength: limits.matchingRuleLength,
  });
  const { min, max } = functionsLimits.timeoutInSeconds;
  expect({ min, max }).toEqual(limits.functionTimeoutInSeconds);
});

test("the coverage table names each operation once, and what an approximated one leaves out", () => {
  const table = coverage();
  const keys = table.map(({ method, path }) => `${method} ${path}`);
  expect(new Set(keys).size).toBe(keys.length);
  expect(table.filter(({ state, note }) => state === "approximated" && note === "")).toEqual([]);
  expect(table.find(({ operation }) => operation === "CreateGateway")).toEqual({
    service: "apigateway",
    operation: "CreateGateway",
    method: "POST",
    path: "/20190501/gateways",
    state: "approximated",
    note: "custom domains, certificate authorities, response caches, locks, reserved addresses and IPv6 are refused",
  });
  expect(table.filter(({ state }) => state === "refused").map(({ path }) => path)).toEqual([
    "/20190501/usagePlans",
    "/20190501/subscribers",
    "/20190501/apis",
    "/20190501/certificates",
    "/20190501/sdks",
    "/20160918/workRequests",
    "/20260325",
    "/20200531/logSavedSearches",
    "/20200531/unifiedAgentConfigurations",
    "/20200531/v2/registry/services",
    "/20180401/alarms",
    "/20180401/metrics",
    "/20181201/topics",
    "/20181201/subscriptions",
    "/20180115/zones",
    "/20190828/tables",
    "/20190828/workRequests",
    "/20210224/certificates",
  ]);
});
