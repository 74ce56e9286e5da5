import type { Problem } from "./problems.ts";
import { regionKeys } from "./regions.ts";

/** An image as the Functions service takes it: tag and digest apart ("Creating Functions from Existing Docker Images"). */
export interface ImageReference {
  /** Registry's host: `fra.ocir.io`. */
  host: string;
  /** `<host>/<namespace>/<repository>:<tag>` */
  image: string;
  /** `sha256:` and 64 hexadecimal digits. */
  imageDigest: string;
}

export type Shape = "GENERIC_X86" | "GENERIC_ARM" | "GENERIC_X86_ARM";

const example = '"fra.ocir.io/ns/api/hello:1.2@sha256:<64 hexadecimal digits>"';

/** Platforms that an image for an application of the shape must have ("Creating Applications"). */
export const platformsOfShape = {
  GENERIC_X86: ["linux/amd64"],
  GENERIC_ARM: ["linux/arm64"],
  GENERIC_X86_ARM: ["linux/amd64", "linux/arm64"],
} as const satisfies Record<Shape, readonly string[]>;

/**
 * Host of a region's registry ("Preparing for Container Registry"): `<region key>.ocir.io`, the form of the Functions
 * documents; for a region that is newer than this table `<region>.ocir.io`, which that page lists as well.
 */
export function registryHost(region: string): string {
  // unverified: Functions takes images from the host `<region>.ocir.io` as it does from `<region key>.ocir.io`
  return `${regionKeys[region] ?? region}.ocir.io`;
}

/** Reads `<registry>/<namespace>/<repository>:<tag>@sha256:<digest>`, or says what is wrong. */
export function parseImage(reference: string): ImageReference | string {
  const [named = "", digest, more] = reference.split("@");
  const [, host, path, tag] = /^([^/:]+(?::\d+)?)\/([^:]+?)(?::([^:/]*))?$/.exec(named) ?? [];
  if (host === undefined || path === undefined || !host.includes(".") || more !== undefined) {
    return "must begin with a registry's host, a namespace and a repository";
  }
  if (!/^[a-z0-9_-]+(\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)+$/.test(path)) {
    return "must name a namespace and a repository in lower case";
  }
  if (tag === undefined) return "has no tag";
  if (!/^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/.test(tag)) return `has a tag "${tag}" that isn't one`;
  if (digest === undefined) return "has no digest, without which the same tag could be other code tomorrow";
  if (!/^sha256:[0-9a-f]{64}$/.test(digest))
    return "has a digest that isn't sha256: and 64 hexadecimal digits";
  return { host, image: named, imageDigest: digest };
}

/** What is wrong with a function's image. */
export function checkImage(reference: string, region: string, key: string): Problem[] {
  const image = parseImage(reference);
  if (typeof image === "string") {
    const message = `"${reference}" ${image}; give registry, tag and digest, for example ${example}`;
    return [{ rule: "image-reference", key, message }];
  }
  const wrong = wrongRegion(image.host, region);
  if (wrong === undefined) return [];
  const message = `"${reference}" ${wrong}; a function's image must lie in its own region's registry, "${registryHost(region)}"`;
  return [{ rule: "image-region", key, message }];
}

/**
 * Why a registry isn't that of the region, as the rest of a sentence. Forms of the host: `<region key>.ocir.io`,
 * `<region>.ocir.io`, `ocir.<region>.oci.<realm's domain>`.
 */
export function wrongRegion(host: string, region: string): string | undefined {
  const [, short] = /^([a-z0-9-]+)\.ocir\.io$/.exec(host) ?? [];
  const [, long] = /^ocir\.([a-z0-9-]+)\.oci\.[a-z0-9.-]+$/.exec(host) ?? [];
  const named = short ?? long;
  if (named === undefined) return "is not in OCI's Container Registry";
  const [found = named] = Object.entries(regionKeys).find(([, regionKey]) => regionKey === named) ?? [];
  if (found === region) return undefined;
  // A key that the table doesn't have may be that of a region that it doesn't have.
  const isUnknownKey = !found.includes("-") && regionKeys[region] === undefined;
  return isUnknownKey ? undefined : `is in the registry of ${found.includes("-") ? found : `another region`}`;
}

/** What is wrong with a registry's credentials, which are never shown. */
export function checkRegistry(registry: object | undefined, key = "registry"): Problem[] {
  const given = (registry ?? {}) as Readonly<Record<string, unknown>>;
  const keys = Object.keys(given).filter((name) => given[name] !== undefined);
  const problems = keys
    .filter((name) => name !== "username" && name !== "password")
    .map((name): Problem => {
      const message = "is not a setting of a registry; allowed: username, password";
      return { rule: "unsupported-setting", key: `${key}.${name}`, message };
    });
  const [missing] = ["username", "password"].filter((name) => !keys.includes(name));
  if (missing === undefined || (!keys.includes("username") && !keys.includes("password"))) return problems;
  const message = `is missing; give username and password, or none of them to use "docker login"`;
  return [...problems, { rule: "registry-credentials", key: `${key}.${missing}`, message }];
}
