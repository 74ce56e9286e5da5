import { OciError } from "../../core/errors.ts";
import type { Emulation } from "../../core/operation.ts";
import type { GatewayView } from "../../gateway/types.ts";

const tries = 100;

/** Opens the gateway on the first port that is free, from the configured one upwards; returns the port. */
export async function openOnFreePort(emulation: Emulation, gateway: GatewayView): Promise<number> {
  const { first, isExact } = emulation.gatewayPort;
  const gateways = emulation.store.list("gateway");
  const own = new Set(gateways.map(({ hidden }) => hidden.port));
  if (first === 0) return (await emulation.dataPlane.openGateway(gateway, 0)).port;
  const isFirst = gateways.length === 0;
  for (let port = first; port < Math.min(first + tries, 65_536); port += 1) {
    if (own.has(port)) continue;
    try {
      return (await emulation.dataPlane.openGateway(gateway, port)).port;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== "EADDRINUSE") throw cause;
      if (isExact && isFirst) throw portInUse(port);
    }
  }
  throw portInUse(first);
}

/** Opens a stored gateway on the port that it had; on another one when that is taken and needn't be exact. */
export async function reopen(emulation: Emulation, gateway: GatewayView, port: number): Promise<number> {
  try {
    return (await emulation.dataPlane.openGateway(gateway, port)).port;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "EADDRINUSE") throw cause;
    if (emulation.gatewayPort.isExact) throw portInUse(port);
    return (await emulation.dataPlane.openGateway(gateway, 0)).port;
  }
}

function portInUse(port: number): OciError {
  return new OciError(
    "InvalidParameter",
    `Port ${port} of 127.0.0.1, wanted for the gateway, is in use; end the process that uses it or choose another port.`,
  );
}
