import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatCidr, overlap, parseCidr } from "../../components/model/cidrs.ts";
import { checkNetwork, checkSubnetIds, cutSubnets, dnsLabel } from "../../components/model/network.ts";

const neither = { gatewaySubnet: false, functionsSubnets: false };
const both = { gatewaySubnet: true, functionsSubnets: true };
const subnet = "ocid1.subnet.oc1.eu-frankfurt-1.aaaa";

describe("cutSubnets", () => {
  it.each([
    ["10.0.0.0/16", "10.0.0.0/24", "10.0.128.0/20"],
    ["10.0.0.0/20", "10.0.0.0/24", "10.0.8.0/21"],
    ["10.0.0.0/22", "10.0.0.0/24", "10.0.2.0/23"],
    ["10.0.0.0/23", "10.0.0.0/24", "10.0.1.0/24"],
    ["10.255.0.0/16", "10.255.0.0/24", "10.255.128.0/20"],
    ["192.168.7.0/24", "192.168.7.0/25", "192.168.7.128/25"],
    // The smallest: 64 addresses each, of which Oracle keeps three.
    ["172.16.0.128/25", "172.16.0.128/26", "172.16.0.192/26"],
  ])("cuts %s into %s and %s", (block, gateway, functions) => {
    expect(cutSubnets(block)).toEqual({ gateway, functions });
  });

  it("throws when it is given what isn't a block", () => {
    expect(() => cutSubnets("10.0.0.0")).toThrow(new Error('"10.0.0.0" is not an IPv4 block'));
  });

  it.each(["x10.0.0.0/16", "10.0.0.0/160", "10.0.0.0/16 "])("reads no block in %j", (text) => {
    expect(parseCidr(text)).toBe("is not an IPv4 block");
  });

  it("cuts every block into two that lie in it, don't overlap, and leave 32 free addresses", () => {
    const anyBlock = fc
      .tuple(fc.integer({ min: 16, max: 25 }), fc.nat({ max: 511 }))
      .map(([prefix, n]) => formatCidr({ address: 10 * 2 ** 24 + n * 2 ** (32 - prefix), prefix }));
    const read = (text: string) => {
      const cidr = parseCidr(text);
      if (typeof cidr === "string") throw new Error(cidr);
      return cidr;
    };
    fc.assert(
      fc.property(anyBlock, (text) => {
        const { gateway, functions } = cutSubnets(text);
        const [whole, one, two] = [read(text), read(gateway), read(functions)];
        expect(overlap(one, two)).toBe(false);
        for (const part of [one, two]) {
          expect(part.address).toBeGreaterThanOrEqual(whole.address);
          expect(part.address + 2 ** (32 - part.prefix)).toBeLessThanOrEqual(
            whole.address + 2 ** (32 - whole.prefix),
          );
          expect(2 ** (32 - part.prefix) - 3).toBeGreaterThanOrEqual(32);
        }
      }),
    );
  });
});

it.each([
  ["shop", "shop"],
  ["Shop-API_v2", "shopapiv2"],
  ["2shop", "vcn2shop"],
  ["---", "vcn"],
  ["a-very-long-component-name", "averylongcompon"],
])("makes of %s the DNS label %s", (name, label) => {
  expect(dnsLabel(name)).toBe(label);
});

describe("checkNetwork", () => {
  it.each([
    [{ cidrBlock: "10.0.0.0/16" }],
    [{ cidrBlock: "10.0.0.0/25", allowedCidrs: ["203.0.113.0/24", "198.51.100.7/32"], internetEgress: true }],
    [{ gatewaySubnetId: subnet, functionsSubnetIds: [subnet] }],
    [{ cidrBlock: "10.0.0.0/16", gatewaySubnetId: undefined, ipv6: undefined }],
    [{ gatewaySubnetId: subnet, functionsSubnetIds: [subnet, subnet, subnet] }],
    // Outputs are checked when they resolve.
    [{ gatewaySubnetId: Promise.resolve("x"), functionsSubnetIds: [Promise.resolve("x")] }],
  ])("finds nothing wrong with %j", (network) => {
    expect(checkNetwork(network, both)).toEqual([]);
  });

  const cure = 'give a block of /16 to /25, for example "10.0.0.0/16"';
  it.each([
    ["10.0.0.0", `"10.0.0.0" is not an IPv4 block; ${cure}`],
    ["10.0.0.256/16", `"10.0.0.256/16" is not an IPv4 block; ${cure}`],
    ["10.0.0.0/33", `"10.0.0.0/33" is not an IPv4 block; ${cure}`],
    ["fd00::/16", `"fd00::/16" is not an IPv4 block; ${cure}`],
    ["10.0.1.1/16", `"10.0.1.1/16" has host bits set: write "10.0.0.0/16"; ${cure}`],
    ["10.0.0.0/15", `"10.0.0.0/15" is larger than a VCN may be; ${cure}`],
    ["10.0.0.0/26", `"10.0.0.0/26" is too small: a gateway's subnet needs 32 free addresses; ${cure}`],
    // "Allowed VCN Size and Address Ranges"
    ["169.254.0.0/16", `"169.254.0.0/16" overlaps 169.254.0.0/16, which Oracle keeps; ${cure}`],
    ["127.1.0.0/16", `"127.1.0.0/16" overlaps 127.0.0.0/8, which Oracle keeps; ${cure}`],
    ["240.1.0.0/16", `"240.1.0.0/16" overlaps 240.0.0.0/4, which Oracle keeps; ${cure}`],
    ["239.0.0.0/24", `"239.0.0.0/24" overlaps 224.0.0.0/4, which Oracle keeps; ${cure}`],
    [16, `16 is not a text: ${cure}`],
  ])("[network-cidr] refuses %s", (cidrBlock, message) => {
    expect(checkNetwork({ cidrBlock }, both)).toEqual([
      { rule: "network-cidr", key: "network.cidrBlock", message },
    ]);
  });

  it("[network-cidr] refuses settings of a made network without its block", () => {
    expect(checkNetwork({ internetEgress: true }, both)).toEqual([
      { rule: "network-cidr", key: "network.cidrBlock", message: `is missing: ${cure}` },
    ]);
  });

  const example = 'for example ["0.0.0.0/0"] or ["203.0.113.0/24"]';
  it.each([
    [[], "network.allowedCidrs", `[] must be a list of one block or more, ${example}`],
    ["0.0.0.0/0", "network.allowedCidrs", `"0.0.0.0/0" must be a list of one block or more, ${example}`],
    [["1.2.3.4"], "network.allowedCidrs[0]", `"1.2.3.4" is not an IPv4 block; ${example}`],
    [
      ["10.0.0.0/8", "10.0.0.1/8"],
      "network.allowedCidrs[1]",
      `"10.0.0.1/8" has host bits set: write "10.0.0.0/8"; ${example}`,
    ],
    [["10.0.0.0/8", "10.0.0.0/8"], "network.allowedCidrs[1]", `"10.0.0.0/8" stands there twice; ${example}`],
    [[7], "network.allowedCidrs[0]", `7 is not a text; ${example}`],
  ])("[network-allowed-cidrs] refuses %j", (allowedCidrs, key, message) => {
    expect(checkNetwork({ cidrBlock: "10.0.0.0/16", allowedCidrs }, both)).toEqual([
      { rule: "network-allowed-cidrs", key, message },
    ]);
  });

  it('[network-egress] refuses "yes"', () => {
    expect(checkNetwork({ cidrBlock: "10.0.0.0/16", internetEgress: "yes" }, both)).toEqual([
      { rule: "network-egress", key: "network.internetEgress", message: '"yes" must be true or false' },
    ]);
  });

  it("[network-form] refuses a block beside existing subnets", () => {
    expect(checkNetwork({ cidrBlock: "10.0.0.0/16", gatewaySubnetId: subnet }, both)).toEqual([
      {
        rule: "network-form",
        key: "network.cidrBlock",
        message: "makes a network, but gatewaySubnetId names an existing subnet: give one or the other",
      },
    ]);
    const network = { allowedCidrs: [], gatewaySubnetId: subnet, functionsSubnetIds: [subnet] };
    expect(checkNetwork(network, both)).toEqual([
      {
        rule: "network-form",
        key: "network.allowedCidrs",
        message:
          "makes a network, but gatewaySubnetId and functionsSubnetIds name existing subnets: give one or the other",
      },
    ]);
  });

  it("[network-subnets] refuses missing subnets, and only those that are needed", () => {
    const cure = 'give it, or "cidrBlock" for a network of its own';
    expect(checkNetwork({}, both)).toEqual([
      {
        rule: "network-subnets",
        key: "network.gatewaySubnetId",
        message: `is missing: a new gateway needs the OCID of a regional subnet; ${cure}`,
      },
      {
        rule: "network-subnets",
        key: "network.functionsSubnetIds",
        message: `is missing: a new application needs OCIDs of 1 to 3 subnets; ${cure}`,
      },
    ]);
    expect(checkNetwork({}, neither)).toEqual([]);
  });

  it.each([
    [[], "0 subnets given; an application takes a list of 1 to 3 OCIDs"],
    [[subnet, subnet, subnet, subnet], "4 subnets given; an application takes a list of 1 to 3 OCIDs"],
    [subnet, `"${subnet}" given; an application takes a list of 1 to 3 OCIDs`],
    [undefined, "no subnets given; an application takes a list of 1 to 3 OCIDs"],
  ])("[network-subnets] refuses %j", (ids, message) => {
    expect(checkSubnetIds(ids, "subnetIds")).toEqual([
      { rule: "network-subnets", key: "subnetIds", message },
    ]);
  });

  it("[subnet-ocid] refuses what isn't a subnet's OCID", () => {
    const network = { gatewaySubnetId: "ocid1.vcn.oc1.fra.a", functionsSubnetIds: [subnet, "x"] };
    expect(checkNetwork(network, both)).toEqual([
      {
        rule: "subnet-ocid",
        key: "network.gatewaySubnetId",
        message: '"ocid1.vcn.oc1.fra.a" is not the OCID of a subnet, which begins with "ocid1.subnet."',
      },
      {
        rule: "subnet-ocid",
        key: "network.functionsSubnetIds[1]",
        message: '"x" is not the OCID of a subnet, which begins with "ocid1.subnet."',
      },
    ]);
  });

  it("[unsupported-setting] refuses a key that a network doesn't have", () => {
    expect(checkNetwork({ cidrBlock: "10.0.0.0/16", ipv6: true }, both)).toEqual([
      {
        rule: "unsupported-setting",
        key: "network.ipv6",
        message:
          "is not a setting of a network; allowed: cidrBlock, allowedCidrs, internetEgress, gatewaySubnetId, functionsSubnetIds",
      },
    ]);
  });
});
