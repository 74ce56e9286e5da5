import { createServer } from "node:net";

export const firstGatewayPort = 8080;

/** Whether a port of the loopback address can be listened on. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** The first free port from `port` on; 0 when there is none, which lets the system choose. */
export async function nextFreePort(port: number): Promise<number> {
  for (let candidate = port; candidate < Math.min(port + 100, 65_536); candidate += 1) {
    if (await isPortFree(candidate)) return candidate;
  }
  return 0;
}
