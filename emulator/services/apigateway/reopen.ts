import type { Emulation } from "../../core/operation.ts";
import { deploymentViewOf, endpointOf } from "./deployment.ts";
import { deploymentsOf, viewOf } from "./gateway.ts";
import { reopen } from "./ports.ts";

/** Opens the gateways of a state file on the ports that they had, with their deployments. */
export async function reopenGateways(emulation: Emulation): Promise<void> {
  for (const { id, body, hidden } of emulation.store.list("gateway")) {
    const port = await reopen(emulation, viewOf(body), Number(hidden.port));
    const gateway = { ...body, hostname: `127.0.0.1:${port}` };
    if (port !== hidden.port) emulation.store.put("gateway", id, gateway, { ...hidden, port });
    for (const stored of deploymentsOf(id, emulation)) {
      if (port !== hidden.port) {
        const moved = { ...stored.body, endpoint: endpointOf(stored.body, gateway) };
        emulation.store.put("deployment", stored.id, moved, stored.hidden);
      }
      emulation.dataPlane.putDeployment(deploymentViewOf(stored));
    }
  }
}
