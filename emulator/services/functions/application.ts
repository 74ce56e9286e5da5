import { missingResource, sameName } from "../../core/compartments.ts";
import { OciError } from "../../core/errors.ts";
import type { ResourceType } from "../../core/resource.ts";
import { leaveVnics } from "../network/lingering-vnics.ts";
import { functionsLimits as limits } from "./limits.ts";
import * as model from "./model.ts";
import { noteWithoutEffect } from "./without-effect.ts";

export const functionsCommon = {
  service: "functions",
  states: { active: "ACTIVE", deleted: "DELETED" },
  statuses: { create: 200, update: 200, delete: 204 },
  hasTimeUpdated: true,
  state: "approximated",
} as const;

export const application: ResourceType = {
  ...functionsCommon,
  type: "application",
  noun: "Application",
  plural: "Applications",
  path: "/20181201/applications",
  ocid: { type: "fnapp" },
  create: model.createApplication,
  update: model.updateApplication,
  list: {
    shape: "array",
    required: ["compartmentId"],
    filters: ["id", "displayName", "lifecycleState"],
    omits: ["config", "syslogUrl", "logging"],
  },
  canChangeCompartment: true,
  note: "image signatures and syslog are refused; tracing is given back, without effect",
  complete: (given) => ({
    shape: given.shape ?? "GENERIC_X86",
    config: given.config ?? {},
    networkSecurityGroupIds: given.networkSecurityGroupIds ?? [],
    imagePolicyConfig: { isPolicyEnabled: false },
    traceConfig: given.traceConfig ?? { isEnabled: false },
    logging: { lineFormat: "COMBINED" },
    securityAttributes: {},
  }),
  check(next, call, previous) {
    const { store } = call.emulation;
    if (sameName(call, "application", next, "displayName", "compartmentId") !== undefined) {
      throw new OciError(
        "Conflict",
        `An application "${next.displayName}" already exists in the compartment.`,
      );
    }
    if (previous === undefined && store.count("application") >= limits.applicationsPerRegion) {
      throw new OciError(
        "LimitExceeded",
        `A region holds at most ${limits.applicationsPerRegion} applications.`,
      );
    }
    return [
      ...(next.subnetIds as string[]).flatMap((id, index) =>
        missingResource(call, "subnet", "subnet", `subnetIds[${index}]`, id),
      ),
      ...(next.networkSecurityGroupIds as string[]).flatMap((id, index) =>
        missingResource(
          call,
          "networkSecurityGroup",
          "network security group",
          `networkSecurityGroupIds[${index}]`,
          id,
        ),
      ),
    ];
  },
  afterCreate: (stored, call) => noteWithoutEffect(stored, undefined, call),
  afterUpdate(stored, call, previous) {
    noteWithoutEffect(stored, previous, call);
    const { store, runtime } = call.emulation;
    const { compartmentId } = stored.body;
    for (const { id, body, hidden } of store.listBy("function", "applicationId", stored.id)) {
      if (body.compartmentId !== compartmentId) store.put("function", id, { ...body, compartmentId }, hidden);
      void runtime.release(id);
    }
  },
  beforeDelete(stored, call) {
    const functions = call.emulation.store.listBy("function", "applicationId", stored.id);
    if (functions.length > 0) {
      const names = functions.map(({ body }) => body.displayName).join(", ");
      throw new OciError(
        "Conflict",
        `The application "${stored.body.displayName}" still holds functions (${names}). Delete them first.`,
      );
    }
  },
  async afterDelete(stored, call) {
    leaveVnics(call, stored.body.subnetIds as string[]);
  },
};
