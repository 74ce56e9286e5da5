import { parentPort, workerData } from "node:worker_threads";
import { createDataPlane } from "../emulator/gateway/index.ts";

/** What the event loop went through between `begin` and `end`. */
export interface Stalls {
  /** The longest time that it stood still. */
  longestInMs: number;
  /** The same, by what the thread really worked: less what other processes took of the processor meanwhile. */
  longestWorkInMs: number;
}

// The gateway that `hostile.ts` attacks; it answers `begin`, and `end` with the stalls between.
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

/** Each turn of the event loop calls a timer that is due once, first of all: what it comes late is a stall. */
const intervalInMs = 5;
const workInMs = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};
let stalls: Stalls = { longestInMs: 0, longestWorkInMs: 0 };
let last = { time: 0, work: 0 };
let timer: NodeJS.Timeout | undefined;

function measure(): void {
  const now = { time: performance.now(), work: workInMs() };
  const lateInMs = Math.max(0, now.time - last.time - intervalInMs);
  stalls = {
    longestInMs: Math.max(stalls.longestInMs, lateInMs),
    longestWorkInMs: Math.max(stalls.longestWorkInMs, Math.min(lateInMs, now.work - last.work)),
  };
  last = now;
}

parentPort?.on("message", (message) => {
  if (message === "begin") {
    stalls = { longestInMs: 0, longestWorkInMs: 0 };
    last = { time: performance.now(), work: workInMs() };
    timer = setInterval(measure, intervalInMs);
    parentPort?.postMessage({});
    return;
  }
  // The last stall is seen when the timer comes after it.
  setTimeout(() => {
    clearInterval(timer);
    parentPort?.postMessage(stalls);
  }, 3 * intervalInMs);
});
parentPort?.postMessage(await plane.openGateway(gateway, 0));
