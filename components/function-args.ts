import type { Function as OciFunction } from "@pulumi/oci/functions/function.js";
import type * as pulumi from "@pulumi/pulumi";
import type { ApplicationArgs, FunctionArgs, RegistryArgs } from "./args.ts";

/** Name of the component in errors. */
export const noun = "function-app";

/** Arguments of `FunctionApp`. */
export interface FunctionAppArgs<F extends string = string> {
  /** OCID of the compartment of application and repositories. */
  compartmentId: pulumi.Input<string>;
  /** Region of the functions, whose registry holds their images. */
  region: string;
  /** @default - a new application of shape `GENERIC_X86` */
  application?: ApplicationArgs;
  /** Functions by key. */
  functions: Readonly<Record<F, FunctionArgs>>;
  /** OCIDs of a new application's subnets, 1 to 3; undefined with an existing application. */
  subnetIds: pulumi.Input<string>[] | undefined;
  /** @default - the region's registry, with the credentials of the local Docker configuration */
  registry?: RegistryArgs;
  /** Whether repositories are protected, and retained when they are deleted. @default false */
  protect?: boolean;
  /** Free-form tags of every resource that takes them. */
  freeformTags?: Readonly<Record<string, string>>;
  /** Name that is unique in the tenancy, for example `shop-dev-api-<noun>`. */
  physicalName: (noun: string) => string;
}

/** What one function comes to, whatever it was given by. */
export interface ResolvedFunction {
  id: pulumi.Output<string>;
  imageDigest: pulumi.Output<string | undefined>;
  compartmentId: pulumi.Input<string>;
  resource: OciFunction | undefined;
}
