import { describe, expect, it } from "vitest";
import { ingressOf } from "../../policy/ingress.ts";
import { Value } from "../../policy/value.ts";

const read = (rule: object) => ingressOf(new Value({ protocol: "6", source: "0.0.0.0/0", ...rule }));

// "Security Rules"
describe("a rule of a security list or group", () => {
  it.each([
    [{}, "TCP every port", 1, 65535],
    [{ tcpOptions: { min: 443, max: 443 } }, "TCP 443", 443, 443],
    [{ tcpOptions: { min: 443 } }, "TCP 443", 443, 443],
    [{ tcpOptions: { max: 100 } }, "TCP 1 to 100", 1, 100],
    [{ tcpOptions: { min: 100, max: 65535 } }, "TCP 100 to 65535", 100, 65535],
    [{ tcpOptions: { destinationPortRange: { min: 22, max: 23 } } }, "TCP 22 to 23", 22, 23],
    [{ protocol: "17", udpOptions: { min: 53, max: 53 }, tcpOptions: { min: 1, max: 2 } }, "UDP 53", 53, 53],
    [{ protocol: "all" }, "all protocols", 1, 65535],
    [{ protocol: undefined }, "all protocols", 1, 65535],
    [{ protocol: "1" }, "ICMP", 1, 65535],
    [{ protocol: "58" }, "ICMPv6", 1, 65535],
    [{ protocol: "47" }, "protocol 47", 1, 65535],
  ])("%j is %s", (rule, text, min, max) => {
    expect(read(rule)).toMatchObject({ text, min, max });
  });

  it.each([
    ["6", true, false, true],
    ["17", false, false, true],
    ["all", false, false, true],
    ["1", false, true, false],
    ["58", false, true, false],
    ["47", false, false, false],
  ])("protocol %s: TCP %s, ICMP %s, ports %s", (protocol, isTcp, isIcmp, takes) => {
    const ingress = read({ protocol });
    expect([ingress?.isTcp, ingress?.isIcmp, ingress?.takes(22)]).toEqual([isTcp, isIcmp, takes]);
  });

  it("takes the ports of its range, both ends among them", () => {
    const ingress = read({ tcpOptions: { min: 22, max: 24 } });
    expect([21, 22, 23, 24, 25].map((port) => ingress?.takes(port))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
  });

  it.each([{ direction: "EGRESS" }, { direction: "egress" }, { source: undefined }, { source: 1 }])(
    "%j lets nothing in",
    (rule) => {
      expect(read(rule)).toBe(undefined);
    },
  );

  it.each([
    ["0.0.0.0/0", true],
    ["128.0.0.0/7", true],
    ["10.0.0.0/8", false],
    ["192.168.0.1", false],
    ["::/0", true],
    ["2000::/3", true],
    ["FC00::12/10", true],
    ["::/15", true],
    ["::/16", false],
    ["2001:db8::/32", false],
    ["all-fra-services-in-oracle-services-network", false],
  ])("%s is anywhere: %s", (source, isFromAnywhere) => {
    expect(read({ source })).toMatchObject({ source, isFromAnywhere });
  });
});
