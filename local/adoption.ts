import { regionKeys } from "../components/model/regions.ts";
import { madeUpKey } from "../emulator/core/tenancy.ts";
import type { TenancySeed } from "../emulator/types.ts";

/** Something of the real cloud that a stack's settings name, so that the emulator has to know it. */
export interface NamedResource {
  /** Type as the OCID spells it: `subnet`, `apigateway`. */
  type: string;
  ocid: string;
  /** Configuration key that names it. */
  key: string;
}

/** A container image that the settings name. */
export interface NamedImage {
  /** `host/namespace/repository:tag` */
  image: string;
  digest: string;
  key: string;
}

export interface Named {
  resources: NamedResource[];
  images: NamedImage[];
}

const ocidPattern = /\bocid1\.([a-z]+)\.[a-z0-9-]+\.[a-z0-9-]*\.[a-z0-9]+\b/g;
const imagePattern = /\b([a-z0-9-]+(?:\.[a-z0-9-]+)*\.ocir\.io\/[^\s"@]+:[^\s"@/]+)@(sha256:[0-9a-f]{64})\b/g;

/** Walks all configuration values for OCIDs ("Resource Identifiers") and images with tag and digest. */
function findNamed(config: Readonly<Record<string, string>>): Named {
  const resources = new Map<string, NamedResource>();
  const images = new Map<string, NamedImage>();
  for (const [key, text] of Object.entries(config)) {
    for (const [ocid, type = ""] of text.matchAll(ocidPattern)) {
      if (!resources.has(ocid)) resources.set(ocid, { type, ocid, key });
    }
    for (const [name, image = "", digest = ""] of text.matchAll(imagePattern)) {
      if (!images.has(name)) images.set(name, { image, digest, key });
    }
  }
  return { resources: [...resources.values()], images: [...images.values()] };
}

/**
 * The tenancy that a stack names, for the emulator to stand in for; `undefined` when the stack names none or the
 * emulator's own.
 */
export function adoptedTenancy(
  config: Readonly<Record<string, string>>,
  project: string,
  own: TenancySeed,
): TenancySeed | undefined {
  const id = config["oci:tenancyOcid"] ?? "";
  if (id === own.id || !/^ocid1\.tenancy\./.test(id)) return undefined;
  const region = config["oci:region"] ?? own.homeRegion;
  const homeRegion = config[`${project}:homeRegion`] || region;
  const compartments = findNamed(config).resources.filter(({ type }) => type === "compartment");
  return {
    id,
    name: "adopted",
    homeRegion,
    regions: [...new Set([homeRegion, region])].map((name) => ({ name, key: keyOf(name) })),
    namespace: own.namespace,
    compartments: compartments.map(({ ocid }, index) => ({
      id: ocid,
      name: compartments.length === 1 ? "adopted" : `adopted-${index + 1}`,
      compartmentId: id,
    })),
  };
}

function keyOf(region: string): string {
  return regionKeys[region]?.toUpperCase() ?? madeUpKey(region);
}

/** Keys of the emulator's control API, by the type that an OCID spells. */
const kinds: Readonly<Record<string, string>> = {
  vcn: "vcns",
  subnet: "subnets",
  networksecuritygroup: "networkSecurityGroups",
  fnapp: "applications",
  fnfunc: "functions",
  apigateway: "gateways",
  dynamicgroup: "dynamicGroups",
  loggroup: "logGroups",
};

/** Types that are part of the tenancy itself. */
const tenancyKinds = new Set(["tenancy", "compartment"]);

export interface Adoption {
  /** Body of `POST /_emulator/adopt`: OCIDs by kind. */
  body: Readonly<Record<string, readonly string[]>>;
  images: readonly NamedImage[];
  /** What the emulator can't stand in for. */
  unknown: readonly NamedResource[];
}

/** What the emulator has to be told of before a stack of another tenancy can come up. */
export function planAdoption(config: Readonly<Record<string, string>>): Adoption {
  const { resources, images } = findNamed(config);
  const body: Record<string, string[]> = {};
  for (const { type, ocid } of resources) {
    const kind = kinds[type];
    if (kind !== undefined) body[kind] = [...(body[kind] ?? []), ocid];
  }
  const unknown = resources.filter(({ type }) => kinds[type] === undefined && !tenancyKinds.has(type));
  return { body, images, unknown };
}
