/** A caller that IAM knows by a resource: a gateway or a function. */
export interface ResourcePrincipal {
  /** Resource type as OCI's rules and conditions spell it. */
  type: "ApiGateway" | "fnfunc";
  id: string;
  compartmentId: string;
  tenancyId: string;
}

/** What policies and rules are read from. */
export interface IamState {
  tenancyId: string;
  compartments: readonly { id: string; name: string; compartmentId: string | undefined }[];
  dynamicGroups: readonly { id: string; name: string; matchingRule: string }[];
  policies: readonly { id: string; name: string; compartmentId: string; statements: readonly string[] }[];
}

/** One question to IAM. */
export interface AccessRequest {
  principal: ResourcePrincipal;
  /** Permission as Oracle's policy reference names it, for example `FN_INVOCATION`. */
  permission: string;
  /** Compartment of the resource that is acted on. */
  targetCompartmentId: string;
  /** Further variables of the request, for example `target.function.id`. */
  variables: Readonly<Record<string, string>>;
}

export type Decision =
  | { allowed: true; policyId: string; statement: string }
  | {
      allowed: false;
      /** One line for each statement or group that came near: which clause failed and why. */
      reasons: string[];
      /** A statement that would allow the request. */
      missingStatement: string;
    };

/** A compiled reading of an {@link IamState}; made anew when the state changes. */
export interface AccessDecider {
  decide(request: AccessRequest): Decision;
}
