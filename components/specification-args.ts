/**
 * A deployment specification in the names of OCI's REST API ("Creating an API Deployment Specification"). Its parts are
 * checked when the program runs: a JSON module's type knows no literals.
 */
export interface SpecificationArgs {
  /** 1 to 50: `path`, `methods`, `backend`, and the route's policies. */
  readonly routes: readonly object[];
  readonly requestPolicies?: object;
  readonly loggingPolicies?: object;
}
