import { missingResource, sameName } from "../../core/compartments.ts";
import { type FieldProblem, OciError } from "../../core/errors.ts";
import type { Call } from "../../core/operation.ts";
import type { ResourceType } from "../../core/resource.ts";
import type { Body } from "../../core/store.ts";
import { regionKey } from "../../core/tenancy.ts";
import { functionsCommon } from "./application.ts";
import { findImage } from "./images.ts";
import { functionsLimits as limits } from "./limits.ts";
import * as model from "./model.ts";
import { noteWithoutEffect } from "./without-effect.ts";

export const fn: ResourceType = {
  ...functionsCommon,
  type: "function",
  noun: "Function",
  plural: "Functions",
  path: "/20181201/functions",
  ocid: { type: "fnfunc" },
  create: model.createFunction,
  update: model.updateFunction,
  list: {
    shape: "array",
    required: ["applicationId"],
    filters: ["id", "displayName", "lifecycleState"],
    omits: ["config"],
  },
  note: "detached calls, destinations, pre-built functions and archives are refused; provisioned concurrency and tracing are given back, without effect",
  complete(given, call) {
    const { store } = call.emulation;
    const parent = store.live("application", given.applicationId)?.body ?? {};
    const before = store.live("function", given.id)?.body;
    const isNewImage =
      before !== undefined && before.image !== given.image && before.imageDigest === given.imageDigest;
    const digest = isNewImage || given.imageDigest === "" ? undefined : given.imageDigest;
    return {
      compartmentId: parent.compartmentId,
      shape: parent.shape ?? "GENERIC_X86",
      imageDigest: digest ?? findImage(call.emulation, given.image)?.digest ?? "",
      timeoutInSeconds: given.timeoutInSeconds ?? limits.timeoutInSeconds.default,
      config: given.config ?? {},
      invokeEndpoint: call.emulation.url(),
      provisionedConcurrencyConfig: given.provisionedConcurrencyConfig ?? { strategy: "NONE" },
      traceConfig: given.traceConfig ?? { isEnabled: false },
      failureDestination: { kind: "NONE" },
      successDestination: { kind: "NONE" },
    };
  },
  check(next, call, previous) {
    const missing = missingResource(call, "application", "application", "applicationId", next.applicationId);
    if (missing.length > 0) return missing;
    if (sameName(call, "function", next, "displayName", "applicationId") !== undefined) {
      throw new OciError("Conflict", `A function "${next.displayName}" already exists in the application.`);
    }
    if (previous === undefined && call.emulation.store.count("function") >= limits.functionsPerRegion) {
      throw new OciError("LimitExceeded", `A region holds at most ${limits.functionsPerRegion} functions.`);
    }
    return [...concurrencyProblems(next), ...imageProblems(next, call)];
  },
  afterCreate(stored, call) {
    noteWithoutEffect(stored, undefined, call);
    call.emulation.principals.warm();
  },
  afterUpdate(stored, call, previous) {
    noteWithoutEffect(stored, previous, call);
    void call.emulation.runtime.release(stored.id);
  },
  // Calls under way end by themselves; nobody waits for them.
  async afterDelete(stored, call) {
    void call.emulation.runtime.release(stored.id);
    call.emulation.principals.forget(stored.id);
  },
};

/** "Reducing Initial Latency Using Provisioned Concurrency". */
function concurrencyProblems({ provisionedConcurrencyConfig, memoryInMBs }: Body): FieldProblem[] {
  const { count } = provisionedConcurrencyConfig as { count?: number };
  const step = limits.provisionedConcurrencyStep(Number(memoryInMBs));
  if (count === undefined || count % step === 0) return [];
  return [
    {
      path: "provisionedConcurrencyConfig.count",
      message: `${count} isn't a multiple of ${step}, as a function with ${memoryInMBs} MB needs`,
    },
  ];
}

function imageProblems(next: Body, call: Call): FieldProblem[] {
  const { image, imageDigest } = next;
  const elsewhere = registryProblem(String(image), call);
  if (elsewhere !== undefined) return [{ path: "image", message: elsewhere }];
  if (findImage(call.emulation, image, imageDigest) !== undefined) return [];
  const known = findImage(call.emulation, image);
  const message =
    known === undefined
      ? `"${image}" isn't in the emulator's registry; register it with PUT /_emulator/images`
      : `"${image}" has no digest ${imageDigest} in the emulator's registry; its latest is ${known.digest}`;
  return [{ path: known === undefined ? "image" : "imageDigest", message }];
}

/** "Creating Functions from Existing Docker Images": the image lies in the registry of the function's own region. */
function registryProblem(image: string, { region, emulation: { tenancy } }: Call): string | undefined {
  const [, registry] = /^([a-z0-9-]+)\.ocir\.io\//.exec(image) ?? [];
  const key = regionKey(tenancy, region).toLowerCase();
  // Where the region's key isn't known, a made-up longer one stands in its place.
  if (registry === undefined || key.length !== 3 || registry === key || registry === region) return undefined;
  return `"${image}" isn't in the registry of ${region}, ${key}.ocir.io`;
}
