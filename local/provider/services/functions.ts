import { registryHost, wrongRegion } from "../../../components/model/images.ts";
import { functionsLimits as limits } from "../../../emulator/services/functions/limits.ts";
import { type ResourceRow, tags } from "../rows.ts";
import { between, countBetween, ofForm, oneOf, type PropertyRule } from "../rules.ts";

const functions = { isAsynchronous: false, readyState: "ACTIVE", goneState: "DELETED" } as const;

/** "Creating Applications". */
const applicationRules: readonly PropertyRule[] = [
  countBetween(
    "subnetIds",
    1,
    limits.subnetsPerApplication,
    `must name 1 to ${limits.subnetsPerApplication} subnets, for example subnetIds: [subnet.id]`,
  ),
  oneOf(
    "shape",
    ["GENERIC_X86", "GENERIC_ARM", "GENERIC_X86_ARM"],
    'must be "GENERIC_X86", "GENERIC_ARM" or "GENERIC_X86_ARM", the processor that the images are built for',
  ),
];

/** "Creating Functions from Existing Docker Images", "Changing Default Memory and Timeout Settings". */
const functionRules: readonly PropertyRule[] = [
  {
    property: "image",
    cure: "must be the function's image in its region's registry, with a tag and without a digest, for example image: \"<region key>.ocir.io/<namespace>/<repository>:<tag>\"",
    finding: (value, region) => imageFault(String(value), region),
  },
  ofForm(
    "imageDigest",
    /^(sha256:[0-9a-f]{64})?$/,
    'must be "sha256:" and 64 hexadecimal digits, for example imageDigest: build.digest',
  ),
  oneOf(
    "memoryInMbs",
    limits.memoryInMBs.map(String),
    `must be one of ${limits.memoryInMBs.map((size) => `"${size}"`).join(", ")}, for example memoryInMbs: "256"`,
  ),
  between("timeoutInSeconds", limits.timeoutInSeconds.min, limits.timeoutInSeconds.max, "seconds"),
];

function imageFault(image: string, region: string | undefined): string | undefined {
  const given = `is ${JSON.stringify(image)}`;
  if (image.includes("@")) return `${given}, with a digest: that is the property imageDigest`;
  const [, path] = /^[^/\s]+\/([^\s]+)$/.exec(image) ?? [];
  if (path === undefined) return `${given}, without a registry`;
  if (!/^[^:]+:[^:/]+$/.test(path)) return `${given}, without a tag`;
  if (region === undefined) return undefined;
  const wrong = wrongRegion(image.split("/")[0] ?? "", region);
  if (wrong === undefined) return undefined;
  return `${given}, which ${wrong}, but the function is in ${region}, whose registry is ${registryHost(region)}`;
}

export const functionsRows: Readonly<Record<string, ResourceRow>> = {
  "oci:Functions/application:Application": {
    ...functions,
    collection: "/20181201/applications",
    properties: {
      compartmentId: "string",
      config: "map",
      displayName: "string",
      imagePolicyConfig: "object",
      logging: "object",
      networkSecurityGroupIds: "list",
      securityAttributes: "map",
      shape: "string",
      subnetIds: "list",
      syslogUrl: "string",
      traceConfig: "object",
      ...tags,
    },
    required: ["compartmentId", "displayName", "subnetIds"],
    rules: applicationRules,
    createOnly: ["displayName", "subnetIds", "shape"],
    unordered: ["networkSecurityGroupIds"],
  },
  "oci:Functions/function:Function": {
    ...functions,
    collection: "/20181201/functions",
    properties: {
      applicationId: "string",
      config: "map",
      detachedModeTimeoutInSeconds: "number",
      displayName: "string",
      failureDestination: "object",
      image: "string",
      imageDigest: "string",
      memoryInMbs: "string",
      provisionedConcurrencyConfig: "object",
      sourceDetails: "object",
      successDestination: "object",
      timeoutInSeconds: "number",
      traceConfig: "object",
      ...tags,
    },
    required: ["applicationId", "displayName", "memoryInMbs"],
    requiredUnless: { image: "sourceDetails" },
    rules: functionRules,
    createOnly: ["applicationId", "displayName", "sourceDetails"],
    renamed: { memoryInMbs: "memoryInMBs" },
    toBody: ({ memoryInMBs, ...body }) =>
      memoryInMBs === undefined ? body : { ...body, memoryInMBs: Number(memoryInMBs) },
    fromBody: ({ memoryInMBs, ...body }) =>
      memoryInMBs === undefined ? body : { ...body, memoryInMBs: String(memoryInMBs) },
    isMovable: false,
  },
};
