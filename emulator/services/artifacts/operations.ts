import { sameName } from "../../core/compartments.ts";
import { resourceOperations } from "../../core/crud.ts";
import { OciError } from "../../core/errors.ts";
import { realmOf } from "../../core/ocid.ts";
import type { Operation } from "../../core/operation.ts";
import type { ResourceType } from "../../core/resource.ts";
import { artifactsLimits as limits } from "./limits.ts";
import * as model from "./model.ts";

const containerRepository: ResourceType = {
  service: "artifacts",
  type: "containerRepository",
  noun: "ContainerRepository",
  plural: "ContainerRepositories",
  path: "/20160918/container/repositories",
  ocid: { type: "containerrepo" },
  create: model.createContainerRepository,
  update: model.updateContainerRepository,
  states: { active: "AVAILABLE", deleted: "DELETED" },
  statuses: { create: 200, update: 200, delete: 204 },
  list: {
    shape: "items",
    required: ["compartmentId"],
    filters: ["repositoryId", "displayName", "isPublic", "lifecycleState"],
  },
  canChangeCompartment: true,
  state: "approximated",
  note: "images are registered by the control API, not pushed, and aren't counted",
  complete: (given, call) => ({
    namespace: call.emulation.tenancy.namespace,
    createdBy: `ocid1.user.${realmOf(call.emulation.tenancy.id)}..local`,
    isPublic: given.isPublic ?? false,
    isImmutable: false,
    imageCount: 0,
    layerCount: 0,
    layersSizeInBytes: 0,
    billableSizeInGBs: 0,
    systemTags: {},
  }),
  check(next, call, previous) {
    if (sameName(call, "containerRepository", next, "displayName", undefined) !== undefined) {
      throw new OciError(
        "Conflict",
        `A repository "${next.displayName}" already exists in namespace ${call.emulation.tenancy.namespace}.`,
      );
    }
    const existing = call.emulation.store.count("containerRepository");
    if (previous === undefined && existing >= limits.repositoriesPerRegion) {
      throw new OciError(
        "LimitExceeded",
        `A region holds at most ${limits.repositoriesPerRegion} repositories.`,
      );
    }
    return [];
  },
};

const artifactsResources: readonly ResourceType[] = [containerRepository];

/** Artifacts: container repositories. */
export function artifactsOperations(): Operation[] {
  return artifactsResources.flatMap(resourceOperations);
}
