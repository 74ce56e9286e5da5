import { randomFillSync } from "node:crypto";

const pool = Buffer.alloc(4096);
let used = pool.length;

/** Upper-case hexadecimal digits of so many random bytes. */
export function randomHex(bytes: number): string {
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += bytes;
  return pool.toString("hex", used - bytes, used).toUpperCase();
}

/**
 * A request id as recorded from OCI, `/<32 HEX>/<32 HEX>`; the client's own id becomes its first part.
 */
// unverified: a client's id is cut at its first slash and at 128 characters, and ignored when it holds others than letters, digits and - _ . :
export function createRequestId(ofClient: string | undefined): string {
  const adopted = /^\/?([A-Za-z0-9_.:-]{1,128})/.exec(ofClient ?? "")?.[1] ?? "";
  return `${adopted}/${randomHex(16)}/${randomHex(16)}`;
}
