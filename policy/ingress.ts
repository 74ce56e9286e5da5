import { parseCidr } from "../components/model/cidrs.ts";
import type { Value } from "./value.ts";

/** Who a rule of a security list or group lets in, and to which ports. */
export interface Ingress {
  source: string;
  isFromAnywhere: boolean;
  isTcp: boolean;
  isIcmp: boolean;
  /** Ports of TCP or UDP. */
  min: number;
  max: number;
  /** Whether TCP or UDP connections to a port get in. */
  takes: (port: number) => boolean;
  /** Protocol and ports: `TCP 443`. */
  text: string;
}

/** Protocol numbers are IANA's, as texts ("Security Rules"). */
const protocols: Readonly<Record<string, string>> = {
  "1": "ICMP",
  "6": "TCP",
  "17": "UDP",
  "58": "ICMPv6",
  all: "all protocols",
};

/** Reads a rule; undefined when it lets nothing in. */
export function ingressOf(rule: Value): Ingress | undefined {
  if (rule.at("direction").text()?.toUpperCase() === "EGRESS") return undefined;
  const source = rule.at("source").text();
  if (source === undefined) return undefined;
  const protocol = rule.at("protocol").text() ?? "all";
  const hasPorts = ["6", "17", "all"].includes(protocol);
  const { min, max } = portsOf(rule, protocol);
  const name = protocols[protocol] ?? `protocol ${protocol}`;
  const isEveryPort = min === 1 && max === 65535;
  const ports = !hasPorts || protocol === "all" ? "" : isEveryPort ? " every port" : ` ${range(min, max)}`;
  return {
    source,
    isFromAnywhere: isAnywhere(source),
    isTcp: protocol === "6",
    isIcmp: protocol === "1" || protocol === "58",
    min,
    max,
    takes: (port) => hasPorts && min <= port && port <= max,
    text: name + ports,
  };
}

function range(min: number, max: number): string {
  return min === max ? `${min}` : `${min} to ${max}`;
}

/** Lists have the range in `tcpOptions`, groups in `tcpOptions.destinationPortRange`. */
function portsOf(rule: Value, protocol: string): { min: number; max: number } {
  const options = rule.at(protocol === "17" ? "udpOptions" : "tcpOptions");
  const inner = options.at("destinationPortRange");
  const given = inner.isSet ? inner : options;
  const min = given.at("min").number() ?? 1;
  return { min, max: given.at("max").number() ?? (given.at("min").isSet ? min : 65535) };
}

/** Blocks so wide that no network of one's own fills them: from /0 to /7 of IPv4, to /15 of IPv6. */
function isAnywhere(source: string): boolean {
  const [, length] = /^[0-9a-f:]*:[0-9a-f:]*\/(\d+)$/i.exec(source) ?? [];
  if (length !== undefined) return Number(length) < 16;
  const block = parseCidr(source);
  return typeof block !== "string" && block.prefix < 8;
}
