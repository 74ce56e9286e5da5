import type { Problem } from "./problems.ts";

/** Form of a region's name. */
export const regionPattern = /^[a-z]+(-[a-z]+)+-\d+$/;

/**
 * Region keys, in lower case as the registry's hosts have them ("Regions and Availability Domains", realm OC1; Oracle's SDK
 * has some that the page hasn't yet).
 */
export const regionKeys: Readonly<Record<string, string>> = {
  "af-casablanca-1": "lej",
  "af-johannesburg-1": "jnb",
  "ap-batam-1": "hsg",
  "ap-chuncheon-1": "yny",
  "ap-delhi-1": "onm",
  "ap-hyderabad-1": "hyd",
  "ap-kulai-2": "jbp",
  "ap-melbourne-1": "mel",
  "ap-mumbai-1": "bom",
  "ap-osaka-1": "kix",
  "ap-seoul-1": "icn",
  "ap-singapore-1": "sin",
  "ap-singapore-2": "xsp",
  "ap-sydney-1": "syd",
  "ap-tokyo-1": "nrt",
  "ca-montreal-1": "yul",
  "ca-toronto-1": "yyz",
  "eu-amsterdam-1": "ams",
  "eu-frankfurt-1": "fra",
  "eu-madrid-1": "mad",
  "eu-madrid-3": "orf",
  "eu-marseille-1": "mrs",
  "eu-milan-1": "lin",
  "eu-paris-1": "cdg",
  "eu-stockholm-1": "arn",
  "eu-turin-1": "nrq",
  "eu-zurich-1": "zrh",
  "il-jerusalem-1": "mtz",
  "me-abudhabi-1": "auh",
  "me-dubai-1": "dxb",
  "me-jeddah-1": "jed",
  "me-riyadh-1": "ruh",
  "mx-monterrey-1": "mty",
  "mx-queretaro-1": "qro",
  "sa-bogota-1": "bog",
  "sa-santiago-1": "scl",
  "sa-saopaulo-1": "gru",
  "sa-valparaiso-1": "vap",
  "sa-vinhedo-1": "vcp",
  "uk-cardiff-1": "cwl",
  "uk-london-1": "lhr",
  "us-abilene-1": "abl",
  "us-ashburn-1": "iad",
  "us-chicago-1": "ord",
  "us-dallas-1": "dfw",
  "us-phoenix-1": "phx",
  "us-saltlake-2": "aga",
  "us-sanjose-1": "sjc",
};

/** What is wrong with a region's name. */
export function checkRegion(region: string | undefined, key: string): Problem[] {
  if (region !== undefined && regionPattern.test(region)) return [];
  const start = region === undefined ? "is missing: give" : `"${region}" is not`;
  return [
    { rule: "region-name", key, message: `${start} the name of a region, for example "eu-frankfurt-1"` },
  ];
}

/** What is doubtful about an existing function whose OCID names another region, by name or by key. */
export function checkFunctionRegion(id: string, region: string, key: string): Problem[] {
  const named = id.split(".")[3] ?? "";
  const [found = named] = Object.entries(regionKeys).find(([, regionKey]) => regionKey === named) ?? [];
  const isKnown = Object.hasOwn(regionKeys, found) && Object.hasOwn(regionKeys, region);
  // unverified: a gateway calls no functions of another region
  if (!isKnown || found === region) return [];
  const message = `lies in ${found}, the API in ${region}; Oracle's documents don't say that a gateway calls functions of another region`;
  return [{ rule: "function-region", key, message }];
}
