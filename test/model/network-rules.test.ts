import { describe, expect, it } from "vitest";
import {
  functionsEgress,
  functionsRoutes,
  gatewayEgress,
  gatewayRoutes,
  type NetworkPlan,
} from "../../components/model/network-rules.ts";

const plan = (isPublic: boolean, hasHttpBackends: boolean, hasInternetEgress: boolean): NetworkPlan => ({
  cidrBlock: "10.0.0.0/16",
  subnets: { gateway: "10.0.0.0/24", functions: "10.0.128.0/20" },
  allowedCidrs: ["0.0.0.0/0"],
  isPublic,
  hasHttpBackends,
  hasInternetEgress,
});
const oracle = {
  name: "oracle",
  cidrBlock: undefined,
  port: 443,
  description: "HTTPS to Oracle's services",
};
const anywhere = {
  name: "anywhere",
  cidrBlock: "0.0.0.0/0",
  port: undefined,
  description: "TCP to any address",
};
const https = { ...anywhere, port: 443, description: "HTTPS to any address" };
const inside = {
  name: "inside",
  cidrBlock: "10.0.0.0/16",
  port: undefined,
  description: "TCP inside the network",
};

// "Network Resource Configuration Example"; "Access to Oracle Services: Service Gateway"
describe("a network's ways out", () => {
  it.each([
    [plan(true, false, false), ["internet"], [https]],
    [plan(true, false, true), ["internet"], [https]],
    [plan(true, true, false), ["internet"], [anywhere]],
    [plan(true, true, true), ["internet"], [anywhere]],
    [plan(false, false, false), ["services"], [oracle]],
    [plan(false, false, true), ["services", "nat"], [oracle]],
    [plan(false, true, false), ["services"], [oracle, inside]],
    [plan(false, true, true), ["services", "nat"], [oracle, anywhere]],
  ])(
    "for the gateway: public $isPublic, HTTP back ends $hasHttpBackends, NAT $hasInternetEgress",
    (given, routes, egress) => {
      expect(gatewayRoutes(given)).toEqual(routes);
      expect(gatewayEgress(given)).toEqual(egress);
    },
  );

  it.each([true, false])("for functions, whoever may call the gateway: public %s", (isPublic) => {
    expect(functionsRoutes(plan(isPublic, true, false))).toEqual(["services"]);
    expect(functionsEgress(plan(isPublic, true, false))).toEqual([oracle]);
    expect(functionsRoutes(plan(isPublic, true, true))).toEqual(["services", "nat"]);
    expect(functionsEgress(plan(isPublic, true, true))).toEqual([oracle, anywhere]);
  });
});
