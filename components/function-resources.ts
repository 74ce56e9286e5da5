import { Function as OciFunction } from "@pulumi/oci/functions/function.js";
import * as pulumi from "@pulumi/pulumi";
import { functionsCompartmentId } from "./application.ts";
import type { ExistingFunctionArgs, ImageFunctionArgs, SourceFunctionArgs } from "./args.ts";
import { checkedInput, isPlain, refuse } from "./checked.ts";
import { type FunctionAppArgs, noun, type ResolvedFunction } from "./function-args.ts";
import { checkedConfig } from "./function-config.ts";
import type { BuiltImage } from "./function-image.ts";
import { functionAt } from "./model/functions.ts";
import { checkImage, type ImageReference, parseImage } from "./model/images.ts";
import { checkOcid } from "./model/ocids.ts";
import { checkFunctionRegion } from "./model/regions.ts";

/** What a function is registered from. */
export interface NewFunction {
  name: string;
  key: string;
  given: SourceFunctionArgs | ImageFunctionArgs;
  args: FunctionAppArgs;
  applicationId: pulumi.Output<string>;
  /** The image that was built, for a function that is given by its source. */
  built: BuiltImage | undefined;
}

/** Registers a function. The digest always goes with the image: without it every preview shows a change. */
export function createFunction(from: NewFunction, parent: pulumi.Resource): ResolvedFunction {
  const { name, key, given, args, applicationId } = from;
  const { image, imageDigest } = from.built ?? givenImage(from, parent);
  const { memoryInMBs = 256, timeoutInSeconds = 30, config } = given;
  const at = `${functionAt(key)}.config`;
  const resource = new OciFunction(
    `${name}-${key}`,
    {
      applicationId,
      displayName: key,
      image,
      imageDigest,
      memoryInMbs: String(memoryInMBs),
      timeoutInSeconds,
      ...(config === undefined ? {} : { config: checkedConfig({ noun, name, at, parent }, config) }),
      ...(args.freeformTags === undefined ? {} : { freeformTags: args.freeformTags }),
    },
    { parent },
  );
  return {
    id: resource.id,
    imageDigest: pulumi.output(imageDigest),
    compartmentId: functionsCompartmentId(args),
    resource,
  };
}

/** Tag and digest of an image that exists. */
function givenImage({ name, key, given, args }: NewFunction, parent: pulumi.Resource) {
  const reference = "image" in given ? given.image : "";
  const at = `${functionAt(key)}.image`;
  const check = (text: string) => checkImage(text, args.region, at);
  if (isPlain(reference)) {
    refuse(noun, name, check(reference), parent);
    return split(reference, at);
  }
  const checked = checkedInput(noun, name, reference, check, parent);
  const image = pulumi.output(checked).apply((text) => split(text, at));
  return { image: image.image, imageDigest: image.imageDigest };
}

/** {@link checkImage} has found it in order; a reference may be secret, so that no error shows it. */
function split(text: string, at: string): ImageReference {
  const image = parseImage(text);
  if (typeof image === "string") throw new TypeError(`${at} ${image}`);
  return image;
}

/** A function that exists: its id is checked, nothing is registered. */
export function existingFunction(
  name: string,
  key: string,
  given: ExistingFunctionArgs,
  args: FunctionAppArgs,
  parent: pulumi.Resource,
): ResolvedFunction {
  const at = functionAt(key);
  const checkId = (id: string) => [
    ...checkOcid("function-ocid", id, `${at}.functionId`),
    ...checkFunctionRegion(id, args.region, `${at}.functionId`),
  ];
  const checkCompartment = (id: string) => checkOcid("compartment-ocid", id, `${at}.compartmentId`);
  return {
    id: pulumi.output(checkedInput(noun, name, given.functionId, checkId, parent)),
    imageDigest: pulumi.output(undefined),
    compartmentId:
      given.compartmentId === undefined
        ? functionsCompartmentId(args)
        : checkedInput(noun, name, given.compartmentId, checkCompartment, parent),
    resource: undefined,
  };
}
