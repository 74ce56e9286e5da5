import type { Image } from "@pulumi/docker-build/image.js";
import type { ContainerRepository } from "@pulumi/oci/artifacts/containerRepository.js";
import type { Application } from "@pulumi/oci/functions/application.js";
import type { Function as OciFunction } from "@pulumi/oci/functions/function.js";
import * as pulumi from "@pulumi/pulumi";
import { createApplication, existingApplicationId, newApplication } from "./application.ts";
import type { ExistingFunctionArgs, FunctionArgs } from "./args.ts";
import { refuse } from "./checked.ts";
import { type FunctionAppArgs, noun, type ResolvedFunction } from "./function-args.ts";
import { type BuiltImage, buildImages, bundleSources } from "./function-image.ts";
import { createFunction, existingFunction } from "./function-resources.ts";
import { checkFunctions, functionAt } from "./model/functions.ts";
import { checkImage, checkRegistry } from "./model/images.ts";
import { checkSubnetIds } from "./model/network.ts";
import type { Problem } from "./model/problems.ts";

export type { FunctionAppArgs } from "./function-args.ts";

/** The resources behind a {@link FunctionApp}; functions, repositories and images by the function's key. */
export interface FunctionAppNodes {
  application: Application | undefined;
  functions: Readonly<Record<string, OciFunction>>;
  repositories: Readonly<Record<string, ContainerRepository>>;
  images: Readonly<Record<string, Image>>;
}

/**
 * Functions, and an application for those that are new.
 *
 * A function's image is built from its sources, or given; existing functions are passed through.
 *
 * @example
 * new FunctionApp("shop", {
 *   compartmentId, region: "eu-frankfurt-1", subnetIds: [subnetId], physicalName: (noun) => `shop-dev-${noun}`,
 *   functions: { hello: { source: "./functions/hello" } },
 * });
 */
export class FunctionApp<F extends string = string> extends pulumi.ComponentResource {
  /** OCID of the application; undefined when every function exists and no application was given. */
  readonly applicationId: pulumi.Output<string> | undefined;
  readonly functionIds: Readonly<Record<F, pulumi.Output<string>>>;
  /** Digests of the images; undefined for existing functions. */
  readonly imageDigests: Readonly<Record<F, pulumi.Output<string | undefined>>>;
  /** Where each function lies, for the policies. */
  readonly functionCompartmentIds: Readonly<Record<F, pulumi.Input<string>>>;
  readonly nodes: FunctionAppNodes;

  constructor(name: string, args: FunctionAppArgs<F>, opts?: pulumi.ComponentResourceOptions) {
    super("oci-serverless-api:index:FunctionApp", name, {}, opts);
    const { bundles, problems } = bundleSources(name, args.functions);
    refuse(noun, name, [...checkFunctionApp(args), ...problems], this);
    const built = buildImages(name, args, bundles, this);
    const application = createsApplication(args) ? createApplication(name, args, this) : undefined;
    this.applicationId = application?.id ?? existingApplicationId(name, args, this);
    const functions = resolveFunctions(name, args, this.applicationId, built, this);
    this.functionIds = mapValues(functions, ({ id }) => id);
    this.imageDigests = mapValues(functions, ({ imageDigest }) => imageDigest);
    this.functionCompartmentIds = mapValues(functions, ({ compartmentId }) => compartmentId);
    this.nodes = {
      application,
      functions: definedValues(mapValues(functions, ({ resource }) => resource)),
      repositories: mapValues(built, ({ repository }) => repository),
      images: mapValues(built, ({ build }) => build),
    };
    const { applicationId, functionIds, imageDigests, functionCompartmentIds } = this;
    this.registerOutputs({ applicationId, functionIds, imageDigests, functionCompartmentIds });
  }
}

/** What is wrong with the plain part of the arguments; {@link bundleSources} finds what is wrong with the code. */
function checkFunctionApp(args: FunctionAppArgs): Problem[] {
  const { functions, application, region, registry, subnetIds } = args;
  return [
    ...checkFunctions(functions, application),
    ...Object.entries<FunctionArgs>(functions).flatMap(([key, one]) =>
      "image" in one && typeof one.image === "string"
        ? checkImage(one.image, region, `${functionAt(key)}.image`)
        : [],
    ),
    ...checkRegistry(registry),
    ...(createsApplication(args) ? checkSubnetIds(subnetIds, "subnetIds") : []),
  ];
}

/** An application is made when one of the functions is, and no existing one was given. */
function createsApplication<F extends string>({ application, functions }: FunctionAppArgs<F>): boolean {
  const isNew = Object.values<FunctionArgs>(functions).some((one) => !isExisting(one));
  return isNew && newApplication(application) !== undefined;
}

function isExisting(one: FunctionArgs): one is ExistingFunctionArgs {
  return "functionId" in one && one.functionId !== undefined;
}

function resolveFunctions<F extends string>(
  name: string,
  args: FunctionAppArgs<F>,
  applicationId: pulumi.Output<string> | undefined,
  images: Readonly<Record<string, BuiltImage>>,
  parent: FunctionApp<F>,
): Readonly<Record<F, ResolvedFunction>> {
  const entries = Object.entries<FunctionArgs>(args.functions).map(([key, one]) => {
    if (isExisting(one)) return [key, existingFunction(name, key, one, args, parent)];
    // Only existing functions go without an application.
    if (applicationId === undefined) throw new Error(`${key} has no application`);
    return [key, createFunction({ name, key, given: one, args, applicationId, built: images[key] }, parent)];
  });
  return Object.fromEntries(entries);
}

function mapValues<K extends string, V, W>(
  values: Readonly<Record<K, V>>,
  change: (value: V) => W,
): Readonly<Record<K, W>> {
  const entries = Object.entries<V>(values).map(([key, value]) => [key, change(value)] as const);
  return Object.fromEntries(entries) as Record<K, W>;
}

function definedValues<V>(values: Readonly<Record<string, V | undefined>>): Readonly<Record<string, V>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Record<
    string,
    V
  >;
}
