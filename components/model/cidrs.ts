/** An IPv4 block: `10.0.0.0/16`. */
export interface Cidr {
  /** First address as a number. */
  address: number;
  /** Length of the prefix, 0 to 32. */
  prefix: number;
}

/** Reads a block; the reason when it isn't one. */
export function parseCidr(text: string): Cidr | string {
  const [, quad, length] = /^(\d{1,3}(?:\.\d{1,3}){3})\/(\d{1,2})$/.exec(text) ?? [];
  const bytes = (quad ?? "").split(".").map(Number);
  const prefix = Number(length);
  if (quad === undefined || bytes.some((byte) => byte > 255) || prefix > 32) return "is not an IPv4 block";
  const address = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  const base = address - (address % 2 ** (32 - prefix));
  if (base !== address) return `has host bits set: write "${formatCidr({ address: base, prefix })}"`;
  return { address, prefix };
}

export function formatCidr({ address, prefix }: Cidr): string {
  const bytes = [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256);
  return `${bytes.join(".")}/${prefix}`;
}

export function overlap(a: Cidr, b: Cidr): boolean {
  const size = 2 ** (32 - Math.min(a.prefix, b.prefix));
  return Math.floor(a.address / size) === Math.floor(b.address / size);
}
