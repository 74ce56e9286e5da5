import { z } from "zod";
import { parseCidr } from "../components/model/cidrs.ts";
import { parseGroupName } from "../components/model/iam.ts";
import { parseImage } from "../components/model/images.ts";
import { limits } from "../components/model/limits.ts";
import { checkCidrBlock } from "../components/model/network.ts";
import { checkPathPrefix } from "../components/model/paths.ts";
import { regionPattern } from "../components/model/regions.ts";
import { flag, list, number, ocid, text, textWhere, variable, word } from "./leaf.ts";

const {
  functionTimeoutInSeconds: timeout,
  readinessTimeoutInSeconds: readiness,
  logRetentionInDays: retention,
  displayNameLength,
  pathPrefixLength,
} = limits;
const memories: readonly number[] = limits.memoryInMBs;
const compartment = ocid("a compartment", "compartment", "tenancy");

const variables = z.record(z.string(), variable());
const shape = word(["GENERIC_X86", "GENERIC_ARM", "GENERIC_X86_ARM"], "GENERIC_X86");

/** The keys of other namespaces that the program needs: the provider's own. */
export const providerKeys = z.strictObject({
  region: text(regionPattern, "the name of a region, like eu-frankfurt-1", "<region>"),
  tenancyOcid: ocid("the tenancy", "tenancy"),
});

/** The code and the settings of one function. */
const functionSettings = z.strictObject({
  source: text(
    /^(?!\/)\S/,
    "a folder of the project, like ./functions/hello",
    "./functions/<name>",
  ).exactOptional(),
  image: textWhere(
    (value) => typeof parseImage(value) !== "string",
    "an image with tag and digest, like fra.ocir.io/<namespace>/hello:1.0@sha256:<64 hexadecimal digits>",
    "<registry>/<namespace>/<repository>:<tag>@sha256:<digest>",
  ).exactOptional(),
  functionId: ocid("a function", "fnfunc").exactOptional(),
  compartmentId: compartment.exactOptional(),
  memoryInMBs: number((n) => memories.includes(n), memories.join(", "), 256).exactOptional(),
  timeoutInSeconds: number(
    (n) => Number.isInteger(n) && n >= timeout.min && n <= timeout.max,
    `a whole number from ${timeout.min} to ${timeout.max}`,
    30,
  ).exactOptional(),
  config: variables.exactOptional(),
});

/** Every key of the program's own namespace. */
export const ownKeys = z.strictObject({
  compartmentId: compartment,
  homeRegion: text(regionPattern, "the name of a region, like eu-frankfurt-1", "<region>").exactOptional(),
  pathPrefix: textWhere(
    (value) => checkPathPrefix(value).length === 0,
    `/ or segments like /v1, without parameters and without a slash at the end, at most ${pathPrefixLength} characters`,
    "/v1",
  ).exactOptional(),
  network: z
    .strictObject({
      cidrBlock: textWhere(
        (value) => checkCidrBlock(value, "").length === 0,
        "an IPv4 block from /16 to /25 without host bits, outside Oracle's own ranges",
        "10.0.0.0/16",
      ).exactOptional(),
      allowedCidrs: list(
        textWhere(
          (value) => typeof parseCidr(value) !== "string",
          "an IPv4 block without host bits like 203.0.113.0/24",
          "<IPv4 block>",
        ),
        "<IPv4 block>",
      ).exactOptional(),
      internetEgress: flag(true).exactOptional(),
      gatewaySubnetId: ocid("a subnet", "subnet").exactOptional(),
      functionsSubnetIds: list(ocid("a subnet", "subnet"), "<OCID of a subnet>").exactOptional(),
    })
    .exactOptional(),
  gateway: z
    .strictObject({
      endpointType: word(["PUBLIC", "PRIVATE"], "PUBLIC").exactOptional(),
      displayName: textWhere(
        (value) => value.length >= displayNameLength.min && value.length <= displayNameLength.max,
        `${displayNameLength.min} to ${displayNameLength.max} characters`,
        "<name>",
      ).exactOptional(),
      networkSecurityGroupIds: list(
        ocid("a network security group", "networksecuritygroup"),
        "<OCID of a network security group>",
      ).exactOptional(),
      gatewayId: ocid("a gateway", "apigateway").exactOptional(),
      compartmentId: compartment.exactOptional(),
    })
    .exactOptional(),
  application: z
    .strictObject({
      shape: shape.exactOptional(),
      config: variables.exactOptional(),
      applicationId: ocid("an application", "fnapp").exactOptional(),
      compartmentId: compartment.exactOptional(),
    })
    .exactOptional(),
  functions: z.record(z.string(), functionSettings).exactOptional(),
  access: z
    .strictObject({
      mode: word(["create", "existing", "any-user"], "create").exactOptional(),
      scope: word(["compartment", "functions"], "compartment").exactOptional(),
      groupId: ocid("a dynamic group", "dynamicgroup").exactOptional(),
      group: textWhere(
        (value) => parseGroupName(value) !== undefined,
        "the name of a dynamic group, with its identity domain when that isn't the default one: domain/name",
        "<name>",
      ).exactOptional(),
      statements: list(
        text(/^allow\s/i, 'a policy statement, which begins with "Allow"', "<statement>"),
        "<statement>",
      ).exactOptional(),
    })
    .exactOptional(),
  logging: z
    .strictObject({
      enabled: flag(true).exactOptional(),
      logGroupId: ocid("a log group", "loggroup").exactOptional(),
      access: flag(true).exactOptional(),
      execution: flag(true).exactOptional(),
      invoke: flag(true).exactOptional(),
      retentionInDays: number(
        (n) => n >= retention.min && n <= retention.max && n % retention.step === 0,
        `a number of days from ${retention.min} to ${retention.max} in steps of ${retention.step}`,
        retention.min,
      ).exactOptional(),
    })
    .exactOptional(),
  readiness: z
    .strictObject({
      timeoutInSeconds: number(
        (n) => Number.isInteger(n) && n >= readiness.min && n <= readiness.max,
        `a whole number from ${readiness.min} to ${readiness.max}`,
        600,
      ).exactOptional(),
    })
    .exactOptional(),
  protect: flag(true).exactOptional(),
  registryUsername: text(
    /\S/,
    "the user that pushes images, without the namespace",
    "<user>",
  ).exactOptional(),
  registryAuthToken: text(/\S/, "an auth token of that user", "<auth token>").exactOptional(),
  freeformTags: variables.exactOptional(),
});

export type OwnSettings = z.output<typeof ownKeys>;
export type FunctionSettings = z.output<typeof functionSettings>;
export type OwnKey = keyof OwnSettings;

/** Keys whose values are text; the values of all others are objects, which Pulumi hands over as JSON. */
export const textKeys: ReadonlySet<string> = new Set<OwnKey>([
  "compartmentId",
  "homeRegion",
  "pathPrefix",
  "registryUsername",
  "registryAuthToken",
]);

/** Keys whose value is always a secret. */
export const secretKeys: ReadonlySet<string> = new Set<OwnKey>(["registryAuthToken"]);
