import { isIPv6 } from "node:net";

/**
 * What a client is counted by: its IPv4 address, or the first 64 bits of its IPv6 address ("Limiting the Number of
 * Requests to API Gateway Back Ends", "API Gateway Internal Limits").
 */
export function clientKey(address: string): string {
  if (!address.includes(":")) return address;
  const [, ofIPv4] = /^::ffff:([0-9.]+)$/i.exec(address) ?? [];
  if (ofIPv4 !== undefined) return ofIPv4;
  const [plain = ""] = address.split("%");
  if (!isIPv6(plain)) return address;
  const [head = "", tail] = plain.split("::");
  const first = groups(head);
  const last = groups(tail ?? "");
  const zeros = Array.from({ length: tail === undefined ? 0 : 8 - first.length - last.length }, () => 0);
  const prefix = [...first, ...zeros, ...last].slice(0, 4);
  return `${prefix.map((group) => group.toString(16)).join(":")}::/64`;
}

/** Groups of 16 bits; an IPv4 address at the end counts for two. */
function groups(text: string): number[] {
  return text
    .split(":")
    .filter((group) => group !== "")
    .flatMap((group) => (group.includes(".") ? [0, 0] : [Number.parseInt(group, 16)]));
}
