import { randomBytes } from "node:crypto";

const poolBytes = 4096;
let pool = "";
let used = 0;

/** Upper-case hexadecimal digits of so many random bytes. */
export function randomHex(bytes: number): string {
  const digits = 2 * bytes;
  if (used + digits > pool.length) {
    pool = randomBytes(poolBytes).toString("hex").toUpperCase();
    used = 0;
  }
  used += digits;
  return pool.slice(used - digits, used);
}

/**
 * A request id as recorded from OCI, `/<32 HEX>/<32 HEX>`; the client's own id becomes its first part.
 */
// unverified: a client's id is cut at its first slash and at 128 characters, and ignored when it holds others than letters, digits and - _ . :
export function createRequestId(ofClient: string | undefined): string {
  if (ofClient === undefined) return `/${randomHex(16)}/${randomHex(16)}`;
  const adopted = /^\/?([A-Za-z0-9_.:-]{1,128})/.exec(ofClient)?.[1] ?? "";
  return `${adopted}/${randomHex(16)}/${randomHex(16)}`;
}
