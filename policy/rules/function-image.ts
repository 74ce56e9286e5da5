import { z } from "zod";
import { parseImage, wrongRegion } from "../../components/model/images.ts";
import { regionKeys, regionPattern } from "../../components/model/regions.ts";
import { except, isExcepted, orDeclare } from "../declared.ts";
import { type Context, type Finding, type Resource, resourceRule } from "../rule.ts";
import { types } from "../types.ts";

const example = '"fra.ocir.io/namespace/shop/hello:1.2"';

export const functionImagePinned = resourceRule({
  name: "function-image-pinned",
  checks: "Checks that a function's image has a tag and is pinned by its digest.",
  why: "A tag can be pushed again: without the digest nobody knows which code runs, and a new image changes nothing until something else does.",
  references: [
    "CKV_AWS_272 (Checkov), of AWS Lambda",
    "OWASP Top 10 2021, A08 Software and Data Integrity Failures",
    "Oracle: Creating Functions from Existing Docker Images",
  ],
  severity: "high",
  enforcement: "mandatory",
  config: z.object({ unpinned: except("Functions whose images aren't pinned") }),
  types: [types.function],
  judge(func, { unpinned }): Finding[] {
    if (isExcepted(unpinned, func) || isPreBuilt(func)) return [];
    const image = func.properties.at("image");
    const digest = func.properties.at("imageDigest");
    const known = digest.text();
    const otherwise = orDeclare("unpinned", func.name);
    const name = image.text();
    if (known === undefined || !/^sha256:[0-9a-f]{64}$/.test(known)) {
      const cure = `give the image's digest, "sha256:<64 hexadecimal digits>", as docker push prints it, ${otherwise}`;
      return [{ key: digest.key, ...(known === undefined ? {} : { value: known }), cure }];
    }
    const parsed = name === undefined ? "is missing" : parseImage(`${name}@${known}`);
    if (typeof parsed !== "string") return [];
    const cure = `it ${parsed}: give registry, repository and tag, for example ${example}, ${otherwise}`;
    return [{ key: image.key, ...(name === undefined ? {} : { value: name }), cure }];
  },
});

export const functionImageRegion = resourceRule({
  name: "function-image-region",
  checks: "Checks that a function's image lies in its own region's Container Registry.",
  why: "Functions takes images from nowhere else; an image of another region fails at the first call, not when it is deployed.",
  references: [
    "Oracle: Creating Functions from Existing Docker Images",
    "Oracle: Troubleshooting OCI Functions",
  ],
  severity: "medium",
  enforcement: "mandatory",
  config: z.object({
    region: z
      .string()
      .default("")
      .describe(
        "The functions' region, for example eu-frankfurt-1. Empty: that of the application's OCID, or oci:region.",
      ),
  }),
  types: [types.function],
  judge(func, { region }, context): Finding[] {
    if (isPreBuilt(func)) return [];
    const image = func.properties.at("image");
    const text = image.text();
    if (text === undefined) return [];
    const own = region === "" ? regionOf(func, context) : region;
    const [host = ""] = text.split("/");
    const wrong = own === undefined ? undefined : wrongRegion(host, own);
    if (wrong === undefined) return [];
    return [{ key: image.key, value: text, cure: `it ${wrong}: push it to the registry of ${own}` }];
  },
});

/** Oracle's own functions have no image of the user's. */
function isPreBuilt({ properties }: Resource): boolean {
  return properties.at("sourceDetails").isSet;
}

/** Region of the application's OCID; those of the oldest regions have the region's key instead ("Resource Identifiers"). */
function regionOf({ properties }: Resource, { region }: Context): string | undefined {
  const applicationId = properties.at("applicationId");
  if (!applicationId.isKnown && region !== undefined) return region;
  const [, , , part = ""] = (applicationId.text() ?? "").split(".");
  const [named] = Object.entries(regionKeys).find(([, key]) => key === part) ?? [];
  return named ?? (regionPattern.test(part) ? part : region);
}

/** "Languages Supported by OCI Functions": versions that get no updates any more. */
const deprecatedVersions: Readonly<Record<string, readonly string[]>> = {
  python: ["3.9", "3.8", "3.7", "3.6"],
  ruby: ["3.1", "2.7", "2.5"],
  go: ["1.20", "1.19", "1.18", "1.15", "1.11"],
  node: ["20", "18", "16", "14", "11"],
  dotnet: ["6.0", "3.1"],
};

export const functionRuntimeSupported = resourceRule({
  name: "function-runtime-supported",
  checks: "Checks that a function's language version still gets updates, as far as its image's name tells.",
  why: "Holes of a version that isn't kept up any more stay open. The resource doesn't hold the runtime of func.yaml: only names such as python3.8 or fnproject/node:16 tell.",
  references: ["CKV_AWS_363 (Checkov), of AWS Lambda", "Oracle: Languages Supported by OCI Functions"],
  severity: "medium",
  enforcement: "advisory",
  config: z.object({
    allowed: z
      .array(z.string())
      .default([])
      .describe('Runtimes that are used although they are deprecated, for example "python3.9".'),
  }),
  types: [types.function],
  judge({ properties }, { allowed }): Finding[] {
    const image = properties.at("image");
    const text = image.text() ?? "";
    const runtime = runtimeOf(text);
    if (runtime === undefined || allowed.includes(runtime)) return [];
    const cure = `${runtime} is deprecated: build on a version that is supported, ${orDeclare("allowed", runtime)}`;
    return [{ key: image.key, value: text, cure }];
  },
});

/** A deprecated runtime that an image's name tells of: `python3.8`. */
function runtimeOf(image: string): string | undefined {
  const [, language = "", version = ""] =
    /(?:^|[/_.:-])(python|ruby|go|node|nodejs|dotnet)[:_-]?v?(\d+(?:\.\d+)?)(?![\w])/.exec(
      image.toLowerCase(),
    ) ?? [];
  const known = language === "nodejs" ? "node" : language;
  const wanted = known === "node" ? version.split(".")[0] : version;
  return deprecatedVersions[known]?.includes(wanted ?? "") ? `${known}${wanted}` : undefined;
}
