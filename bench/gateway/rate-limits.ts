import { openGatewayBed, prefix } from "./bed.ts";
import { type Child, startChild } from "./child.ts";
import type { LoadOptions, LoadResult, Timeline } from "./load.ts";
import { get, limited } from "./specifications.ts";

/** How many requests a limit let through within ten seconds. */
export interface Accuracy {
  name: string;
  allowed: number;
  letThrough: number;
}

const limitPerSecond = 200;
const windowInSeconds = 10;
/** For each address; at most three times what the limit allows. */
const connections = 12;
const pauseInMs = 20;
/** Counting begins late in one of the limit's own seconds, when what it allows has been used. */
const skippedTenths = 8;

/** Loads limited routes for eleven seconds well above the limit, by one and by four client addresses. */
export async function measureAccuracy(loader: Child): Promise<Accuracy[]> {
  const total = await letThrough("TOTAL", ["127.0.0.1"], loader);
  const addresses =
    process.platform === "linux" ? ["127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.4"] : ["127.0.0.1"];
  const byClient = await letThrough("CLIENT_IP", addresses, loader);
  const allowed = limitPerSecond * windowInSeconds;
  return [
    { name: `TOTAL, ${limitPerSecond} a second`, allowed, letThrough: total },
    {
      name: `CLIENT_IP, ${limitPerSecond} a second, ${addresses.length} addresses`,
      allowed: allowed * addresses.length,
      letThrough: byClient,
    },
  ];
}

async function letThrough(
  rateKey: "TOTAL" | "CLIENT_IP",
  localAddresses: readonly string[],
  loader: Child,
): Promise<number> {
  const bed = await openGatewayBed(() => limited(limitPerSecond, rateKey), { logs: [] });
  try {
    const options: LoadOptions = {
      target: bed.port,
      connections: connections * localAddresses.length,
      durationInMs: (windowInSeconds + 1) * 1000,
      requests: [get(`${prefix}/hello`)],
      localAddresses,
      pauseInMs,
    };
    const { timeline } = await loader.ask<LoadResult & { timeline: Timeline }>(options);
    const counted = (timeline[200] ?? []).slice(skippedTenths, skippedTenths + windowInSeconds * 10);
    return counted.reduce((sum, count) => sum + (count ?? 0), 0);
  } finally {
    await bed.close();
  }
}

/** Megabytes that the counters of 100,000 client addresses take. */
export async function measureCounters(): Promise<number> {
  const child = startChild("./counters.ts", ["--expose-gc"]);
  try {
    return await child.ask<number>({ addresses: 100_000 });
  } finally {
    await child.stop();
  }
}
