import { describe, expect, it } from "vitest";
import { ApiNetwork, type ApiNetworkComponentArgs } from "../../components/api-network.ts";
import { resolved, run, unknown } from "./recorder.ts";

const base: ApiNetworkComponentArgs = {
  compartmentId: "ocid1.compartment.oc1..shop",
  cidrBlock: "10.0.0.0/16",
  endpointType: "PUBLIC",
  hasHttpBackends: false,
  displayName: "shop-dev",
};

function declare(more: Partial<ApiNetworkComponentArgs> = {}, isPreview = false) {
  return run(() => new ApiNetwork("shop", { ...base, ...more }), { isPreview });
}

const oracleLabel = "all-fra-services-in-oracle-services-network";
const inVcn = { compartmentId: base.compartmentId, vcnId: "ocid1.resource.oc1..shop" };
const toInternet = { destination: "0.0.0.0/0", destinationType: "CIDR_BLOCK" };
const routes = {
  internet: {
    ...toInternet,
    networkEntityId: "ocid1.resource.oc1..shop-internet",
    description: "the internet",
  },
  nat: {
    ...toInternet,
    networkEntityId: "ocid1.resource.oc1..shop-nat",
    description: "the internet, outward",
  },
  services: {
    destination: oracleLabel,
    destinationType: "SERVICE_CIDR_BLOCK",
    networkEntityId: "ocid1.resource.oc1..shop-services",
    description: "Oracle's services",
  },
};
const oracle = {
  protocol: "6",
  destination: oracleLabel,
  destinationType: "SERVICE_CIDR_BLOCK",
  stateless: false,
  description: "HTTPS to Oracle's services",
};
const anywhere = { protocol: "6", ...toInternet, stateless: false, description: "TCP to any address" };
const port443 = { tcpOptions: { min: 443, max: 443 } };
const group443 = { tcpOptions: { destinationPortRange: { min: 443, max: 443 } } };
const inGroup = { networkSecurityGroupId: "ocid1.resource.oc1..shop-gateway-group" };

/** All that is registered, by type and name, in no order. */
async function registered(more: Partial<ApiNetworkComponentArgs> = {}) {
  const { resources } = await declare(more);
  return Object.fromEntries(
    resources.map(({ type, name, inputs }) => [`${type.split(":").at(-1)} ${name}`, inputs]),
  );
}

function ingressFrom(source: string) {
  return {
    ...inGroup,
    direction: "INGRESS",
    protocol: "6",
    source,
    sourceType: "CIDR_BLOCK",
    stateless: false,
    description: `HTTPS from ${source}`,
    ...group443,
  };
}

describe("ApiNetwork", () => {
  it("registers exactly a public gateway's subnet and a private one for functions", async () => {
    expect(await registered()).toEqual({
      "ApiNetwork shop": {},
      "Vcn shop": {
        compartmentId: base.compartmentId,
        cidrBlocks: ["10.0.0.0/16"],
        dnsLabel: "shop",
        displayName: "shop-dev",
      },
      "InternetGateway shop-internet": { ...inVcn, displayName: "shop-dev-internet" },
      "ServiceGateway shop-services": {
        ...inVcn,
        services: [{ serviceId: "ocid1.service.oc1.fra.s" }],
        displayName: "shop-dev-services",
      },
      "RouteTable shop-gateway-routes": {
        ...inVcn,
        routeRules: [routes.internet],
        displayName: "shop-dev-gateway-routes",
      },
      "RouteTable shop-functions-routes": {
        ...inVcn,
        routeRules: [routes.services],
        displayName: "shop-dev-functions-routes",
      },
      "SecurityList shop-gateway-rules": {
        ...inVcn,
        ingressSecurityRules: [],
        egressSecurityRules: [],
        displayName: "shop-dev-gateway-rules",
      },
      "SecurityList shop-functions-rules": {
        ...inVcn,
        ingressSecurityRules: [],
        egressSecurityRules: [{ ...oracle, ...port443 }],
        displayName: "shop-dev-functions-rules",
      },
      "Subnet shop-gateway": {
        ...inVcn,
        cidrBlock: "10.0.0.0/24",
        dnsLabel: "gateway",
        routeTableId: "ocid1.resource.oc1..shop-gateway-routes",
        securityListIds: ["ocid1.resource.oc1..shop-gateway-rules"],
        prohibitPublicIpOnVnic: false,
        displayName: "shop-dev-gateway",
      },
      "Subnet shop-functions": {
        ...inVcn,
        cidrBlock: "10.0.128.0/20",
        dnsLabel: "functions",
        routeTableId: "ocid1.resource.oc1..shop-functions-routes",
        securityListIds: ["ocid1.resource.oc1..shop-functions-rules"],
        prohibitPublicIpOnVnic: true,
        displayName: "shop-dev-functions",
      },
      "NetworkSecurityGroup shop-gateway-group": { ...inVcn, displayName: "shop-dev-gateway-group" },
      "NetworkSecurityGroupSecurityRule shop-gateway-ingress-0.0.0.0-0": ingressFrom("0.0.0.0/0"),
      "NetworkSecurityGroupSecurityRule shop-gateway-egress-anywhere": {
        ...inGroup,
        direction: "EGRESS",
        ...anywhere,
        description: "HTTPS to any address",
        ...group443,
      },
    });
  });

  it("asks for Oracle's services of the region by their name", async () => {
    const { calls } = await declare();
    expect(calls.map(({ token, inputs }) => ({ token, inputs }))).toEqual([
      {
        token: "oci:Core/getServices:getServices",
        inputs: {
          filters: [{ name: "name", values: ["All .* Services In Oracle Services Network"], regex: true }],
        },
      },
    ]);
  });

  it("gives a private gateway the service gateway, and no way in or out of the internet", async () => {
    const all = await registered({ endpointType: "PRIVATE", allowedCidrs: ["10.0.0.0/8", "192.168.0.0/16"] });
    expect(Object.keys(all).filter((key) => /^(Internet|Nat)Gateway/.test(key))).toEqual([]);
    expect(all["RouteTable shop-gateway-routes"]?.routeRules).toEqual([routes.services]);
    expect(all["Subnet shop-gateway"]?.prohibitPublicIpOnVnic).toBe(true);
    const rules = Object.entries(all).filter(([key]) => key.startsWith("NetworkSecurityGroupSecurityRule"));
    expect(Object.fromEntries(rules)).toEqual({
      "NetworkSecurityGroupSecurityRule shop-gateway-ingress-10.0.0.0-8": ingressFrom("10.0.0.0/8"),
      "NetworkSecurityGroupSecurityRule shop-gateway-ingress-192.168.0.0-16": ingressFrom("192.168.0.0/16"),
      "NetworkSecurityGroupSecurityRule shop-gateway-egress-oracle": {
        ...inGroup,
        direction: "EGRESS",
        ...oracle,
        ...group443,
      },
    });
  });

  it.each([
    // endpoint, HTTP back ends, internetEgress; gateways, routes of both tables, egress of gateway and functions
    ["PUBLIC", true, undefined, "internet nat", ["internet"], ["services", "nat"], ["anywhere"], 2],
    ["PUBLIC", true, false, "internet", ["internet"], ["services"], ["anywhere"], 1],
    ["PUBLIC", false, true, "internet nat", ["internet"], ["services", "nat"], ["anywhere"], 2],
    ["PRIVATE", true, undefined, "nat", ["services", "nat"], ["services", "nat"], ["oracle", "anywhere"], 2],
    ["PRIVATE", true, false, "", ["services"], ["services"], ["oracle", "inside"], 1],
    ["PRIVATE", false, true, "nat", ["services", "nat"], ["services", "nat"], ["oracle"], 2],
  ] as const)("%s, HTTP back ends: %s, internet egress: %s", async (...row) => {
    const [endpointType, hasHttpBackends, internetEgress, gateways, gateway, functions, egress, rules] = row;
    const all = await registered({
      endpointType,
      hasHttpBackends,
      ...(internetEgress === undefined ? {} : { internetEgress }),
    });
    const ends = (prefix: string) =>
      Object.keys(all)
        .filter((key) => key.startsWith(prefix))
        .map((key) => key.slice(prefix.length));
    expect([...ends("InternetGateway shop-"), ...ends("NatGateway shop-")].join(" ")).toBe(gateways);
    expect(all["RouteTable shop-gateway-routes"]?.routeRules).toEqual(gateway.map((via) => routes[via]));
    expect(all["RouteTable shop-functions-routes"]?.routeRules).toEqual(functions.map((via) => routes[via]));
    expect(ends("NetworkSecurityGroupSecurityRule shop-gateway-egress-").toSorted()).toEqual(
      egress.toSorted(),
    );
    const functionsRules = [{ ...oracle, ...port443 }, anywhere].slice(0, rules);
    expect(all["SecurityList shop-functions-rules"]?.egressSecurityRules).toEqual(functionsRules);
  });

  it("opens nothing but 443 to the inside, whatever is asked for", async () => {
    for (const endpointType of ["PUBLIC", "PRIVATE"] as const) {
      const { resources } = await declare({ endpointType, hasHttpBackends: true, internetEgress: true });
      for (const { inputs } of resources) {
        expect(inputs.ingressSecurityRules ?? []).toEqual([]);
        if (inputs.direction === "INGRESS") expect(inputs).toMatchObject({ protocol: "6", ...group443 });
      }
    }
  });

  it("lets an HTTP back end listen on any port, inside the network when there is no way out", async () => {
    const all = await registered({ endpointType: "PRIVATE", hasHttpBackends: true, internetEgress: false });
    expect(all["NetworkSecurityGroupSecurityRule shop-gateway-egress-inside"]).toEqual({
      ...inGroup,
      direction: "EGRESS",
      ...anywhere,
      destination: "10.0.0.0/16",
      description: "TCP inside the network",
    });
  });

  it("tags every resource that takes tags, and parents every one", async () => {
    const { resources, options } = await declare({ freeformTags: { team: "a" }, internetEgress: true });
    const untagged = ["oci-serverless-api:index:ApiNetwork"];
    const untaggable = "oci:Core/networkSecurityGroupSecurityRule:NetworkSecurityGroupSecurityRule";
    for (const { type, inputs } of resources) {
      const tags = [...untagged, untaggable].includes(type) ? undefined : { team: "a" };
      expect(inputs.freeformTags).toEqual(tags);
    }
    expect(Object.keys(options)).toHaveLength(resources.length - 1);
    for (const { parent } of Object.values(options)) expect(parent).toBe("shop");
  });

  it("hands out ids, the group's after its rules", async () => {
    const { result, outputs } = await declare();
    expect(await resolved(result.gatewaySubnetId)).toBe("ocid1.subnet.oc1..shop-gateway");
    expect(await Promise.all(result.functionsSubnetIds.map(resolved))).toEqual([
      "ocid1.subnet.oc1..shop-functions",
    ]);
    expect(await resolved(result.gatewaySecurityGroupId)).toBe("ocid1.resource.oc1..shop-gateway-group");
    expect(outputs.shop).toEqual({
      gatewaySubnetId: "ocid1.subnet.oc1..shop-gateway",
      functionsSubnetIds: ["ocid1.subnet.oc1..shop-functions"],
      gatewaySecurityGroupId: "ocid1.resource.oc1..shop-gateway-group",
    });
    expect(Object.keys(result.nodes.gatewaySecurityRules)).toEqual(["ingress-0.0.0.0-0", "egress-anywhere"]);
  });

  it("does not throw when nothing is known yet", async () => {
    const { resources } = await declare({ compartmentId: unknown() }, true);
    expect(resources).toHaveLength(13);
  });

  it("throws all problems at once", async () => {
    await expect(declare({ cidrBlock: "10.0.0.0/8", allowedCidrs: [] })).rejects.toThrow(
      [
        'api-network "shop": 2 problems',
        '  ✖ cidrBlock: "10.0.0.0/8" is larger than a VCN may be; give a block of /16 to /25, for example "10.0.0.0/16" [network-cidr]',
        '  ✖ allowedCidrs: [] must be a list of one block or more, for example ["0.0.0.0/0"] or ["203.0.113.0/24"] [network-allowed-cidrs]',
      ].join("\n"),
    );
  });
});
