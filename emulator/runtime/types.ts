/** Where a function's code lies on this machine and how it is started. */
export interface FunctionCode {
  /** Folder that holds the bundle and `func.yaml`. */
  directory: string;
  /** Digest of the image that the folder stands for; another digest means other processes. */
  imageDigest: string;
}

/** Everything that starting a function needs. */
export interface FunctionDefinition {
  id: string;
  displayName: string;
  applicationId: string;
  applicationName: string;
  compartmentId: string;
  tenancyId: string;
  region: string;
  memoryInMBs: number;
  timeoutInSeconds: number;
  /** Application's and function's configuration, merged: the function's wins. */
  config: Readonly<Record<string, string>>;
  /** Absent when the image is known by name only (adopted): calls answer FunctionInvokeImageNotAvailable. */
  code: FunctionCode | undefined;
}

export type HeaderList = readonly (readonly [name: string, value: string])[];

/** Tells that the caller went away. AbortSignals do; what only this needs takes a fraction of the time to make. */
export interface CallerSignal {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void, options?: { once: true }): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** One call as the Functions service hands it to a container: `POST /call` over the function's socket. */
export interface FunctionCall {
  callId: string;
  /** Sent as they are, beside those that the runtime adds (Fn-Call-Id, Fn-Deadline). */
  headers: HeaderList;
  body: Buffer;
  /** Aborted when the client went away. */
  signal?: CallerSignal;
}

/** The function's answer on the wire with status 200, or the error that the Functions service answers. */
export type FunctionResult = { kind: "answer"; headers: HeaderList; body: Buffer } | FunctionFailure;

export interface FunctionFailure {
  kind: "failure";
  /** 444: the caller's signal was aborted; nobody reads the answer. */
  status: 404 | 413 | 429 | 444 | 502 | 503 | 504;
  /** Code as in Oracle's "Troubleshooting OCI Functions", for example `FunctionInvokeTimeout`. */
  code: string;
  message: string;
}

/** What a function signs its calls of OCI with: its resource principal's session. */
export interface SessionCredentials {
  /** Resource principal session token, a JWT. */
  token: string;
  /** The token's private key, PEM. */
  privateKey: string;
  expiresAtInMs: number;
}

/** Where the runtime gets functions' credentials from. */
export interface CredentialSource {
  /** Credentials that outlast a call, when they are made already. */
  current(definition: FunctionDefinition): SessionCredentials | undefined;
  issue(definition: FunctionDefinition): Promise<SessionCredentials>;
  /** What else a function needs to find OCI: variables of its environment. */
  environment(definition: FunctionDefinition): Record<string, string>;
}

export interface FunctionRuntime {
  call(definition: FunctionDefinition, call: FunctionCall): Promise<FunctionResult>;
  /** Ends the processes of a function that was deleted or changed, after their calls under way. */
  release(functionId: string): Promise<void>;
  /** Processes alive now. */
  processCount(): number;
  /** Ends everything, at once. */
  close(): Promise<void>;
}

export type RuntimeEvent =
  | {
      type: "function-log";
      functionId: string;
      displayName: string;
      callId?: string;
      stream: "stdout" | "stderr";
      line: string;
    }
  | { type: "function-started"; functionId: string; displayName: string; pid: number; durationInMs: number }
  | { type: "function-stopped"; functionId: string; displayName: string; pid: number; reason: string };
