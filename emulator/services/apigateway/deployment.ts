import { type FieldProblem, OciError } from "../../core/errors.ts";
import type { Call } from "../../core/operation.ts";
import type { ResourceType } from "../../core/resource.ts";
import type { Body, Stored } from "../../core/store.ts";
import type { DeploymentView } from "../../gateway/types.ts";
import { defaultName } from "../network/common.ts";
import { requireAccess } from "./access.ts";
import { apiGatewayCommon, deploymentsOf } from "./gateway.ts";
import { apiGatewayLimits as limits } from "./limits.ts";
import * as model from "./model.ts";

export const deployment: ResourceType = {
  ...apiGatewayCommon,
  type: "deployment",
  noun: "Deployment",
  plural: "Deployments",
  path: "/20190501/deployments",
  ocid: { type: "apideployment" },
  create: model.createDeployment,
  update: model.updateDeployment,
  list: {
    shape: "items",
    required: ["compartmentId"],
    filters: ["gatewayId", "displayName", "lifecycleState"],
    omits: ["specification"],
  },
  workRequest: { entityType: "deployment", operation: "DEPLOYMENT" },
  note: "locks are refused; what a specification may hold is the gateway's table",
  complete: (given, call) => ({
    displayName: given.displayName ?? defaultName("apideployment", call),
    endpoint: endpointOf(given, call.emulation.store.live("gateway", given.gatewayId)?.body),
    locks: [],
    systemTags: {},
    lifecycleDetails: "",
  }),
  check(next, call, previous) {
    if (call.emulation.store.live("gateway", next.gatewayId) === undefined) {
      const message = `there is no gateway ${String(next.gatewayId)} here`;
      return [{ path: "gatewayId", message, isMissingResource: true }];
    }
    const problems = specificationProblems(next, call);
    if (problems.length > 0) return problems;
    if (previous === undefined) refuseTakenPrefix(next, call);
    requireAccess(next, call);
    return [];
  },
  afterCreate: (stored, call) => call.emulation.dataPlane.putDeployment(deploymentViewOf(stored)),
  afterUpdate: (stored, call) => call.emulation.dataPlane.putDeployment(deploymentViewOf(stored)),
  async afterDelete(stored, call) {
    call.emulation.dataPlane.removeDeployment(stored.id);
  },
};

/** Where the deployment can be called, without a slash after the root prefix. */
export function endpointOf(given: Body, gateway: Body | undefined): string {
  const prefix = given.pathPrefix === "/" ? "" : String(given.pathPrefix);
  return `http://${String(gateway?.hostname)}${prefix}`;
}

/** A deployment for the data plane. */
export function deploymentViewOf({ id, body }: Stored): DeploymentView {
  return {
    id,
    gatewayId: String(body.gatewayId),
    displayName: String(body.displayName),
    pathPrefix: String(body.pathPrefix),
    specification: body.specification,
  };
}

function specificationProblems(next: Body, call: Call): FieldProblem[] {
  const bytes = Buffer.byteLength(JSON.stringify(next.specification));
  if (bytes > limits.specificationBytes) {
    const message = `${bytes} bytes are above the maximum of ${limits.specificationBytes}`;
    return [{ path: "specification", message }];
  }
  return call.emulation.checkSpecification(next.specification, String(next.pathPrefix));
}

/** One prefix once per gateway; the root prefix alone ("Deploying an API on an API Gateway"). */
function refuseTakenPrefix(next: Body, call: Call): void {
  const others = deploymentsOf(next.gatewayId, call.emulation);
  if (others.length >= limits.deploymentsPerGateway) {
    throw new OciError(
      "LimitExceeded",
      `A gateway holds at most ${limits.deploymentsPerGateway} deployments.`,
    );
  }
  const same = others.find(({ body }) => body.pathPrefix === next.pathPrefix);
  if (same !== undefined) {
    throw new OciError("Conflict", `pathPrefix: "${next.pathPrefix}" is taken on the gateway by ${same.id}.`);
  }
  const [other] = next.pathPrefix === "/" ? others : others.filter(({ body }) => body.pathPrefix === "/");
  if (other !== undefined) {
    throw new OciError(
      "Conflict",
      `pathPrefix: "${next.pathPrefix}" can't stand beside "${other.body.pathPrefix}" of ${other.id}: a deployment with the prefix "/" must be the gateway's only one.`,
    );
  }
}
