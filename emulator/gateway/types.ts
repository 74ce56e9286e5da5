import type { CallerSignal, FunctionResult, HeaderList } from "../runtime/types.ts";

/** A gateway as the data plane sees it. */
export interface GatewayView {
  id: string;
  compartmentId: string;
  displayName: string;
}

/** A deployment as the data plane sees it; the specification as it came over the wire. */
export interface DeploymentView {
  id: string;
  gatewayId: string;
  displayName: string;
  pathPrefix: string;
  specification: unknown;
}

/** A fault in a specification: `path` as `specification.routes[0].backend.url`. */
export interface SpecificationProblem {
  path: string;
  message: string;
}

/** One call of a function by a gateway; IAM is asked by whoever carries it out. */
export interface GatewayFunctionCall {
  gateway: GatewayView;
  functionId: string;
  opcRequestId: string;
  /** Headers for the container, in the order and case of the Fn contract. */
  headers: HeaderList;
  body: Buffer;
  signal: CallerSignal;
}

/** What the data plane needs of the rest. */
export interface DataPlaneDependencies {
  /** OCID of the tenancy, which functions see as `Oci-Subject-Tenancy-Id`. */
  tenancyId: string;
  invokeFunction(call: GatewayFunctionCall): Promise<FunctionResult>;
  onEvent(event: GatewayEvent): void;
}

export interface DataPlane {
  /** Starts listening on loopback; `port` 0 takes a free one. Rejects with EADDRINUSE when the port is taken. */
  openGateway(gateway: GatewayView, port: number): Promise<{ port: number }>;
  /** What is known of an open gateway has changed: its name, its compartment. Requests under way see it too. */
  updateGateway(gateway: GatewayView): void;
  closeGateway(gatewayId: string): Promise<void>;
  /** Compiles and swaps in a deployment. Throws when the specification has problems: check it before. */
  putDeployment(deployment: DeploymentView): void;
  removeDeployment(deploymentId: string): void;
  close(): Promise<void>;
}

export type GatewayEvent =
  | {
      type: "access";
      /** Fields of OCI's access log ("API Gateway log details"). */
      gatewayId: string;
      gatewayDisplayName: string;
      deploymentId: string | undefined;
      httpMethod: string;
      requestUri: string;
      /** `HTTP/1.1` */
      serverProtocol: string;
      httpUserAgent: string | undefined;
      httpReferrer: string | undefined;
      status: number;
      requestDurationInMs: number;
      bodyBytesSent: number;
      opcRequestId: string;
      remoteAddr: string;
      /** Route path as declared, when one matched. */
      route: string | undefined;
      backendType: string | undefined;
    }
  | {
      type: "execution";
      level: "INFO" | "WARN" | "ERROR";
      /** OCI's execution log code, for example `functionBackend.notFoundOrNotAuthorized`. */
      code: string;
      message: string;
      /** Of the back end's or the authorizer's function that the line is about. */
      functionId?: string | undefined;
      gatewayId: string;
      deploymentId: string | undefined;
      opcRequestId: string;
      /** Route path as declared, when one matched. */
      route: string | undefined;
    };
