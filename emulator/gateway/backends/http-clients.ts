import type { Agent } from "undici";
import { Turns } from "../server/turns.ts";

/** Connections to HTTP back ends, shared by the routes whose settings are the same. */
export interface HttpClients {
  /** A promise only until undici is loaded. */
  get(connectTimeoutInSeconds: number, isSslVerifyDisabled: boolean): Agent | Promise<Agent>;
  close(): Promise<void>;
}

/** Connections that are begun in one turn: each takes some tenths of a millisecond, and so does its end. */
const connects = new Turns(20);

/** undici is loaded with the first HTTP back end that is called: most APIs have none. */
export function createHttpClients(): HttpClients {
  const agents = new Map<string, Agent | Promise<Agent>>();
  let isClosed = false;
  return {
    get(connectTimeoutInSeconds, isSslVerifyDisabled) {
      // Nobody would close what a request under way opened now.
      if (isClosed) return Promise.reject(new Error("the data plane is closed"));
      const key = `${connectTimeoutInSeconds} ${isSslVerifyDisabled}`;
      const known = agents.get(key);
      if (known !== undefined) return known;
      const agent = import("undici").then(({ Agent, buildConnector }) => {
        const connect = buildConnector({
          timeout: connectTimeoutInSeconds * 1000,
          // unverified: back ends are spoken to in HTTP/1.1, also where they offer HTTP/2, as lua-resty-http does
          allowH2: false,
          rejectUnauthorized: !isSslVerifyDisabled,
        });
        return new Agent({
          pipelining: 1,
          allowH2: false,
          connect: (options, callback) =>
            connects.run(() => {
              try {
                connect(options, callback);
              } catch (error) {
                // undici expects it at once, not in a later turn.
                callback(error instanceof Error ? error : new Error(String(error)), null);
              }
            }),
        });
      });
      agents.set(key, agent);
      agent.then(
        (loaded) => !isClosed && agents.set(key, loaded),
        () => {},
      );
      return agent;
    },
    async close() {
      isClosed = true;
      const all = await Promise.all(agents.values());
      agents.clear();
      await Promise.all(all.map((agent) => agent.destroy()));
    },
  };
}
