import { monitorEventLoopDelay } from "node:perf_hooks";
import { parentPort, workerData } from "node:worker_threads";
import { createDataPlane } from "../emulator/gateway/index.ts";

// The gateway that `hostile.ts` attacks; it answers `begin` and `end` with the longest delay of its event loop between.
const plane = createDataPlane(
  {
    tenancyId: "ocid1.tenancy.a",
    invokeFunction: async ({ body }) => ({ kind: "answer", headers: [], body: body.subarray(0, 10) }),
    onEvent() {},
  },
  { lingerTimeoutInMs: 200 },
);
const gateway = { id: "ocid1.apigateway.a", compartmentId: "ocid1.compartment.a", displayName: "hostile" };
plane.putDeployment({
  id: "ocid1.apideployment.a",
  gatewayId: gateway.id,
  displayName: "api",
  pathPrefix: "/v1",
  specification: { routes: workerData.routes },
});
const resolutionInMs = 5;
const delay = monitorEventLoopDelay({ resolution: resolutionInMs });

parentPort?.on("message", (message) => {
  if (message === "begin") {
    delay.reset();
    delay.enable();
    parentPort?.postMessage({});
    return;
  }
  delay.disable();
  parentPort?.postMessage({ longestInMs: Math.max(0, delay.max / 1e6 - resolutionInMs) });
});
parentPort?.postMessage(await plane.openGateway(gateway, 0));
