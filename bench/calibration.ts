import { createHash } from "node:crypto";

const rounds = 300;
const text = JSON.stringify(Array.from({ length: 2000 }, (_, index) => ({ index, name: `route ${index}` })));

/**
 * Milliseconds of a fixed piece of work (JSON and hashes, on one core), the best of five: the unit in which figures of
 * different machines, and of a machine under different load, are compared.
 */
export function calibrate(): number {
  return Math.min(...Array.from({ length: 5 }, once));
}

function once(): number {
  const begin = performance.now();
  let length = 0;
  for (let round = 0; round < rounds; round += 1) {
    length += createHash("sha256")
      .update(JSON.stringify(JSON.parse(text)))
      .digest("hex").length;
  }
  if (length !== rounds * 64) throw new Error("the calibration didn't do its work");
  return performance.now() - begin;
}
