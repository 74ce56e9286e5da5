import { Image } from "@pulumi/docker-build/image.js";
import { ContainerRepository } from "@pulumi/oci/artifacts/containerRepository.js";
import { getNamespaceOutput } from "@pulumi/oci/objectstorage/getNamespace.js";
import * as pulumi from "@pulumi/pulumi";
import { shapeOf } from "./application.ts";
import type { FunctionArgs, SourceFunctionArgs } from "./args.ts";
import { type Bundle, bundleFunction } from "./bundle.ts";
import type { FunctionAppArgs } from "./function-args.ts";
import { functionAt, isFunctionKey } from "./model/functions.ts";
import { platformsOfShape, registryHost } from "./model/images.ts";
import type { Problem } from "./model/problems.ts";
import { perRun } from "./per-run.ts";

/** An image built from a function's sources. */
export interface BuiltImage {
  repository: ContainerRepository;
  build: Image;
  /** `<registry>/<namespace>/<repository>:<tag>` */
  image: pulumi.Output<string>;
  imageDigest: pulumi.Output<string>;
}

/** What came of a source in a folder: an API's functions are bundled to see what is wrong, and for their images. */
const bundled = perRun(() => new Map<string, Bundle | readonly Problem[]>());

/** Bundles, by function key, of all functions that are given by their source; or what is wrong with them. */
export function bundleSources(
  name: string,
  functions: Readonly<Record<string, FunctionArgs>>,
): { bundles: Readonly<Record<string, Bundle>>; problems: readonly Problem[] } {
  const bundles: Record<string, Bundle> = {};
  const problems: Problem[] = [];
  const done = bundled();
  for (const [key, given] of Object.entries(functions)) {
    const { source } = Object(given) as Partial<SourceFunctionArgs>;
    // A key or a source that isn't one is refused with the rest of the arguments; a key is also a folder's name.
    if (!isFunctionKey(key) || typeof source !== "string" || source === "") continue;
    const directory = `.build/functions/${name.replace(/[^\w-]/g, "-")}/${key}`;
    const place = JSON.stringify([source, directory]);
    const bundle = done.get(place) ?? bundleFunction({ source, directory, at: functionAt(key) });
    done.set(place, bundle);
    if ("contentHash" in bundle) bundles[key] = bundle;
    else problems.push(...bundle);
  }
  return { bundles, problems };
}

/** Registers a repository and an image for each bundle. */
export function buildImages(
  name: string,
  args: FunctionAppArgs,
  bundles: Readonly<Record<string, Bundle>>,
  parent: pulumi.Resource,
): Readonly<Record<string, BuiltImage>> {
  const entries = Object.entries(bundles);
  if (entries.length === 0) return {};
  const { namespace } = getNamespaceOutput({}, { parent });
  return Object.fromEntries(
    entries.map(([key, bundle]) => [key, buildImage(`${name}-${key}`, key, args, bundle, namespace, parent)]),
  );
}

function buildImage(
  name: string,
  key: string,
  args: FunctionAppArgs,
  bundle: Bundle,
  namespace: pulumi.Output<string>,
  parent: pulumi.Resource,
): BuiltImage {
  const host = registryHost(args.region);
  // Names of repositories are in lower case and unique in the tenancy ("Creating a Repository").
  const displayName = args.physicalName(key).toLowerCase();
  const repository = new ContainerRepository(
    `${name}-repository`,
    {
      compartmentId: args.compartmentId,
      displayName,
      isPublic: false,
      ...(args.freeformTags === undefined ? {} : { freeformTags: args.freeformTags }),
    },
    { parent, ...(args.protect === true ? { protect: true, retainOnDelete: true } : {}) },
  );
  const image = pulumi.interpolate`${host}/${namespace}/${displayName}:${bundle.contentHash}`;
  // unverified: Functions takes the image index that BuildKit pushes, with its provenance attestation
  const build = new Image(
    `${name}-image`,
    {
      context: { location: bundle.directory },
      platforms: [...platformsOfShape[shapeOf(args.application)]],
      tags: [image],
      push: true,
      // A preview needs neither Docker nor the registry.
      buildOnPreview: false,
      ...registries(host, namespace, args),
    },
    // Pushed first, the repository would come to be in the tenancy's root compartment ("Creating a Repository").
    { parent, dependsOn: [repository] },
  );
  return { repository, build, image, imageDigest: build.digest };
}

/** User of the registry: `<namespace>/<username>` ("Pushing Images Using the Docker CLI"). */
function registries(host: string, namespace: pulumi.Output<string>, { registry }: FunctionAppArgs) {
  if (registry?.username === undefined || registry.password === undefined) return {};
  const username = pulumi.interpolate`${namespace}/${registry.username}`;
  return { registries: [{ address: host, username, password: pulumi.secret(registry.password) }] };
}
