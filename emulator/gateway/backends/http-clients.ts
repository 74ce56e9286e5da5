import type { Agent } from "undici";

/** Connections to HTTP back ends, shared by the routes whose settings are the same. */
export interface HttpClients {
  get(connectTimeoutInSeconds: number, isSslVerifyDisabled: boolean): Promise<Agent>;
  close(): Promise<void>;
}

/** undici is loaded with the first HTTP back end that is called: most APIs have none. */
export function createHttpClients(): HttpClients {
  const agents = new Map<string, Promise<Agent>>();
  let isClosed = false;
  return {
    get(connectTimeoutInSeconds, isSslVerifyDisabled) {
      // Nobody would close what a request under way opened now.
      if (isClosed) return Promise.reject(new Error("the data plane is closed"));
      const key = `${connectTimeoutInSeconds} ${isSslVerifyDisabled}`;
      const known = agents.get(key);
      if (known !== undefined) return known;
      const agent = import("undici").then(
        ({ Agent }) =>
          new Agent({
            pipelining: 1,
            connect: {
              timeout: connectTimeoutInSeconds * 1000,
              rejectUnauthorized: !isSslVerifyDisabled,
            },
          }),
      );
      agents.set(key, agent);
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
