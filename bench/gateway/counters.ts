// The memory of a rate limit's counters, in a process that has nothing else.
import { clientKey } from "../../emulator/gateway/policies/client-address.ts";
import { RequestCounters } from "../../emulator/gateway/policies/request-counters.ts";
import { answerMessages } from "./child.ts";

answerMessages(
  ({ addresses }: { addresses: number }) => megabytesOf(addresses),
  () => {},
);

/** The most that is held while all addresses go on asking. */
function megabytesOf(addresses: number): number {
  const counters = new RequestCounters(10);
  const before = used();
  let most = 0;
  for (let second = 0; second < 5; second++) {
    for (let index = 0; index < addresses; index++) {
      const address = `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`;
      counters.count(clientKey(address), second * 1000 + (index / addresses) * 999);
    }
    most = Math.max(most, used() - before);
  }
  if (counters.size !== addresses) throw new Error(`${counters.size} addresses are remembered`);
  return most / (1024 * 1024);
}

function used(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
