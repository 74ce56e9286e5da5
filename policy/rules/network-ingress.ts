import { z } from "zod";
import { type Ingress, ingressOf } from "../ingress.ts";
import { each, type Finding, type Resource, type Rule, resourceRule } from "../rule.ts";
import { types } from "../types.ts";
import type { Value } from "../value.ts";

const ports = (what: string, list: number[]) =>
  z.array(z.int().min(1).max(65535)).default(list).describe(what);
const lists = [types.securityList, types.defaultSecurityList, types.networkSecurityGroupRule];
const remotePorts = [22, 3389];

/** Judges each rule that lets connections in. */
function eachIngress(resource: Resource, cureOf: (ingress: Ingress) => string | undefined): Finding[] {
  const { properties, type } = resource;
  const given: readonly Value[] =
    type === types.networkSecurityGroupRule ? [properties] : properties.at("ingressSecurityRules").items();
  return each(given, (value) => {
    const ingress = ingressOf(value);
    const cure = ingress === undefined ? undefined : cureOf(ingress);
    if (ingress === undefined || cure === undefined) return [];
    return [{ key: value.at("source").key, value: `${ingress.source}, ${ingress.text}`, cure }];
  });
}

export const noRemoteAccess = resourceRule({
  name: "network-no-remote-access",
  checks: "Checks that SSH (22) and RDP (3389) aren't open to the internet.",
  why: "Nothing of an API listens there; what else gets into the subnet one day is attacked within minutes.",
  references: ["CIS OCI Foundations 3.1, 2.1 to 2.4", "CKV_OCI_19, CKV_OCI_20, CKV_OCI_22 (Checkov)"],
  severity: "critical",
  enforcement: "mandatory",
  config: z.object({ ports: ports("Ports that the internet never reaches.", remotePorts) }),
  types: lists,
  judge: (resource, config) =>
    eachIngress(resource, (ingress) => {
      const open = config.ports.filter((port) => ingress.isFromAnywhere && ingress.takes(port));
      if (open.length === 0) return undefined;
      const others = config.ports.filter((port) => !open.includes(port));
      return `close port ${open.join(" and ")}: take the rule away, or come through the Bastion service, or leave it out of the setting: ports: [${others.join(", ")}]`;
    }),
});

export const ingressHttpsOnly = resourceRule({
  name: "network-ingress-https-only",
  checks: "Checks that the internet reaches HTTPS (443) only.",
  why: "A gateway listens on 443 and nowhere else; every other open port is there for nobody but attackers.",
  references: [
    "CIS OCI Foundations 3.1, 2.1 to 2.5",
    "Oracle: Create a VCN to Use with API Gateway, If One Doesn't Exist Already",
  ],
  severity: "high",
  enforcement: "mandatory",
  config: z.object({ ports: ports("TCP ports that the internet may reach.", [443]) }),
  types: lists,
  judge: (resource, config) =>
    eachIngress(resource, (ingress) => {
      const { isFromAnywhere, isIcmp, isTcp, takes, min, max } = ingress;
      // Of remote access alone another rule speaks; ICMP tells of packets that are too large.
      if (!isFromAnywhere || isIcmp || (min === max && remotePorts.some(takes))) return undefined;
      const isAllowed = isTcp && new Set(config.ports.filter(takes)).size === max - min + 1;
      if (isAllowed) return undefined;
      const cure = `let in TCP port ${config.ports.join(", ")} only, or name the callers' block`;
      const isOnePort = isTcp && min === max;
      return isOnePort ? `${cure}, or declare it: ports: [${[...config.ports, min].join(", ")}]` : cure;
    }),
});

export const defaultListClosed = resourceRule({
  name: "network-default-list-closed",
  checks: "Checks that a VCN's default security list lets nothing in but ICMP.",
  why: "Every subnet that names no list of its own has the default one, also those that others make tomorrow.",
  references: ["CIS OCI Foundations 3.1, 2.5"],
  severity: "medium",
  enforcement: "mandatory",
  config: z.object({}),
  types: [types.defaultSecurityList],
  judge: (list) =>
    eachIngress(list, ({ isIcmp }) =>
      isIcmp ? undefined : "put the rule into a list or a group of its own",
    ),
});

export const subnetOwnList = resourceRule({
  name: "network-subnet-own-list",
  checks: "Checks that a subnet names its security lists.",
  why: "Without them it has the VCN's default list, which lets SSH in from everywhere.",
  references: ["CIS OCI Foundations 3.1, 2.1 and 2.5", "Oracle: Security Lists"],
  severity: "medium",
  enforcement: "mandatory",
  config: z.object({}),
  types: [types.subnet],
  judge({ properties }): Finding[] {
    const given = properties.at("securityListIds");
    if (given.items().length > 0) return [];
    return [
      { key: given.key, cure: "give the OCIDs of security lists; one without ingress rules lets nothing in" },
    ];
  },
});

export const ingressRules: readonly Rule[] = [
  noRemoteAccess,
  ingressHttpsOnly,
  defaultListClosed,
  subnetOwnList,
];
