import { createHash } from "node:crypto";
import { Application } from "@pulumi/oci/functions/application.js";
import * as pulumi from "@pulumi/pulumi";
import type { ApplicationArgs, CreatedApplicationArgs, ExistingApplicationArgs } from "./args.ts";
import { checkedInput } from "./checked.ts";
import { type FunctionAppArgs, noun } from "./function-args.ts";
import { checkedConfig } from "./function-config.ts";
import type { Shape } from "./model/images.ts";
import { checkOcid } from "./model/ocids.ts";

/** The application to make; undefined when an existing one was given. */
export function newApplication(application: ApplicationArgs | undefined): CreatedApplicationArgs | undefined {
  return existing(application) === undefined ? (application ?? {}) : undefined;
}

function existing(application: ApplicationArgs | undefined): ExistingApplicationArgs | undefined {
  return application !== undefined &&
    "applicationId" in application &&
    application.applicationId !== undefined
    ? application
    : undefined;
}

/** Processor architecture, which decides the images' platforms. */
export function shapeOf(application: ApplicationArgs | undefined): Shape {
  return application?.shape ?? "GENERIC_X86";
}

/** Compartment of the functions that don't say otherwise. */
export function functionsCompartmentId(args: FunctionAppArgs<string>): pulumi.Input<string> {
  return existing(args.application)?.compartmentId ?? args.compartmentId;
}

/** The given application's id, checked. */
export function existingApplicationId(
  name: string,
  args: FunctionAppArgs<string>,
  parent: pulumi.Resource,
): pulumi.Output<string> | undefined {
  const given = existing(args.application);
  if (given === undefined) return undefined;
  const check = (id: string) => checkOcid("application-ocid", id, "application.applicationId");
  return pulumi.output(checkedInput(noun, name, given.applicationId, check, parent));
}

/**
 * Registers an application. Shape and subnets can't be changed, and names are unique in a compartment ("Creating
 * Applications"): so the name carries a hash of both, and a new application can live beside the old one.
 */
export function createApplication(
  name: string,
  args: FunctionAppArgs<string>,
  parent: pulumi.Resource,
): Application {
  const shape = shapeOf(args.application);
  const subnetIds = (args.subnetIds ?? []).map((id, index) => {
    const check = (value: string) => checkOcid("subnet-ocid", value, `subnetIds[${index}]`);
    return checkedInput(noun, name, id, check, parent);
  });
  const prefix = args.physicalName("functions");
  const config = newApplication(args.application)?.config;
  return new Application(
    name,
    {
      compartmentId: args.compartmentId,
      displayName: pulumi.all(subnetIds).apply((ids) => `${prefix}-${hashOf(shape, ids)}`),
      subnetIds,
      shape,
      ...(config === undefined
        ? {}
        : { config: checkedConfig({ noun, name, at: "application.config", parent }, config) }),
      ...(args.freeformTags === undefined ? {} : { freeformTags: args.freeformTags }),
    },
    { parent },
  );
}

function hashOf(shape: string, subnetIds: readonly string[]): string {
  return createHash("sha256")
    .update([shape, ...subnetIds].join("\n"))
    .digest("hex")
    .slice(0, 8);
}
