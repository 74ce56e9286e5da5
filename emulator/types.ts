import type { GatewayEvent } from "./gateway/types.ts";
import type { Decision } from "./iam/types.ts";
import type { RuntimeEvent } from "./runtime/types.ts";

/** The tenancy that an emulator starts with. */
export interface TenancySeed {
  id: string;
  name: string;
  homeRegion: string;
  /** Regions that the tenancy is subscribed to, by name and key: three letters, or more where it is made up. */
  regions: readonly { name: string; key: string }[];
  /** Object Storage namespace, which is also the registry's. */
  namespace: string;
  compartments: readonly { id: string; name: string; compartmentId: string }[];
}

export interface EmulatorOptions {
  /** Tenancy. @default - the built-in local one */
  tenancy?: TenancySeed;
  /** Region that the endpoint serves. @default - the tenancy's home region */
  region?: string;
  /** Port of the control plane; 0 takes a free one. @default 0 */
  port?: number;
  /** Port of the first gateway; the following ones take the next free ports. 0 takes free ones. @default 0 */
  gatewayPort?: number;
  /** Whether a taken `gatewayPort` is an error instead of a reason to take the next free one. @default false */
  isGatewayPortExact?: boolean;
  /** SQLite file for the state. @default - in memory */
  stateFile?: string;
  /** Called for everything worth a line of a log. */
  onEvent?: (event: EmulatorEvent) => void;
}

export interface Emulator {
  /** `http://127.0.0.1:PORT` of the control plane. */
  readonly url: string;
  readonly tenancy: TenancySeed;
  /** Stops listening and ends all functions. */
  close(): Promise<void>;
}

/** A call of a function, as its application's log tells it ("Details for Functions"). */
export type InvocationEvent = {
  type: "invocation";
  functionId: string;
  callId: string;
  opcRequestId: string;
} & (
  | { phase: "received" }
  | { phase: "served"; durationInMs: number; failure: { status: number; message: string } | undefined }
);

export type EmulatorEvent =
  | GatewayEvent
  | RuntimeEvent
  | InvocationEvent
  | {
      /** A call of the control plane; `isWrite` for everything but GET and HEAD. */
      type: "api";
      service: string;
      method: string;
      path: string;
      status: number;
      isWrite: boolean;
      durationInMs: number;
      /** `code: message` of an error answer. */
      error?: string;
    }
  | {
      /** A setting that the emulator keeps without carrying it out. */
      type: "notice";
      resourceId: string;
      message: string;
    }
  | {
      /** IAM was asked. */
      type: "decision";
      principalId: string;
      permission: string;
      targetId: string;
      decision: Decision;
    };
