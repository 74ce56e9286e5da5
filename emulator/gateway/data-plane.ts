import { createHttpClients } from "./backends/http-clients.ts";
import { type CompiledDeployment, compileDeployment } from "./compile/deployment.ts";
import { type DataPlaneSettings, defaultSettings } from "./limits.ts";
import type { ExchangeGateway } from "./server/exchange.ts";
import { type GatewayServer, startGatewayServer } from "./server/gateway-server.ts";
import type { DataPlane, DataPlaneDependencies, GatewayEvent } from "./types.ts";

/**
 * The gateways' data plane: one HTTP server on loopback for each gateway, which serves the deployments put to it.
 *
 * @param settings - Times and counts that tests shorten.
 */
export function createDataPlane(
  dependencies: DataPlaneDependencies,
  settings: Partial<DataPlaneSettings> = {},
): DataPlane {
  const servers = new Map<string, GatewayServer>();
  const gateways = new Map<string, ExchangeGateway>();
  const deployments = new Map<string, CompiledDeployment>();
  const byGateway = new Map<string, readonly CompiledDeployment[]>();
  const clients = createHttpClients();

  /** Swaps a gateway's list as a whole, longest prefix first: a request under way keeps the one that it began with. */
  const swap = (gatewayId: string, replacedId: string, added: readonly CompiledDeployment[] = []) => {
    const others = (byGateway.get(gatewayId) ?? []).filter(({ id }) => id !== replacedId);
    byGateway.set(
      gatewayId,
      [...others, ...added].sort((a, b) => b.pathPrefix.length - a.pathPrefix.length),
    );
  };
  const emit = (event: GatewayEvent) => {
    try {
      dependencies.onEvent(event);
    } catch (error) {
      process.emitWarning(`onEvent threw: ${error instanceof Error ? error.message : String(error)}`);
    }
  };

  return {
    async openGateway(view, port) {
      if (servers.has(view.id)) throw new Error(`gateway ${view.id} is open already; close it before`);
      const gateway = { view, settings: { ...defaultSettings, ...settings }, emit };
      const server = await startGatewayServer(gateway, port, () => byGateway.get(view.id) ?? []);
      servers.set(view.id, server);
      gateways.set(view.id, gateway);
      return { port: server.port };
    },
    updateGateway(view) {
      const gateway = gateways.get(view.id);
      if (gateway !== undefined) gateway.view = view;
    },
    async closeGateway(gatewayId) {
      const server = servers.get(gatewayId);
      gateways.delete(gatewayId);
      servers.delete(gatewayId);
      await server?.close();
    },
    putDeployment(deployment) {
      const before = deployments.get(deployment.id);
      const compiled = compileDeployment(deployment, dependencies, clients);
      deployments.set(deployment.id, compiled);
      if (before !== undefined) swap(before.gatewayId, deployment.id);
      swap(compiled.gatewayId, deployment.id, [compiled]);
    },
    removeDeployment(deploymentId) {
      const removed = deployments.get(deploymentId);
      if (removed === undefined) return;
      deployments.delete(deploymentId);
      swap(removed.gatewayId, deploymentId);
    },
    async close() {
      const open = [...servers.values()];
      servers.clear();
      await Promise.all(open.map((server) => server.close()));
      await clients.close();
    },
  };
}
