import * as z from "zod";
import * as fields from "../../core/fields.ts";
import { functionsLimits as limits } from "./limits.ts";

const configKey = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, {
  error: (issue) =>
    `key ${JSON.stringify(issue.input)} must begin with a letter or an underscore and hold letters, digits and underscores only`,
});

/** "Values should be limited to printable unicode characters" ("Functions API"). */
const unprintable = /[\p{C}\p{Zl}\p{Zp}]/u;
const configValue = z.string().check((context) => {
  const found = unprintable.exec(context.value)?.[0]?.codePointAt(0);
  if (found === undefined) return;
  const code = `U+${found.toString(16).toUpperCase().padStart(4, "0")}`;
  context.issues.push({
    code: "custom",
    input: context.value,
    message: `the value holds the unprintable character ${code}; encode it, for example as Base64`,
  });
});

/** "Passing Custom Configuration Parameters to Functions". Values are never shown. */
export const config = z.record(configKey, configValue).check((context) => {
  const bytes = Object.entries(context.value).reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value),
    0,
  );
  if (bytes > limits.configBytes) {
    context.issues.push({
      code: "custom",
      input: context.value,
      message: `keys and values are ${bytes} bytes together, above the maximum of ${limits.configBytes}`,
    });
  }
});

/** Kept and given back; no trace is sent. */
const traceConfig = z
  .strictObject({ isEnabled: z.boolean().optional(), domainId: z.string().optional() })
  .optional();
/** Kept and given back; instances start on demand. The count's step depends on the memory. */
const provisionedConcurrencyConfig = z
  .discriminatedUnion("strategy", [
    z.strictObject({ strategy: z.literal("NONE") }),
    z.strictObject({ strategy: z.literal("CONSTANT"), count: z.int().min(1) }),
  ])
  .optional();
const networkSecurityGroupIds = z
  .array(fields.ocid("networksecuritygroup"))
  .max(limits.networkSecurityGroupsPerApplication)
  .optional();

const applicationSettings = {
  config: config.optional(),
  networkSecurityGroupIds,
  imagePolicyConfig: fields.onlyUnused([{ isPolicyEnabled: false }], "signed images"),
  traceConfig,
  syslogUrl: fields.onlyUnused([""], "sending logs to syslog"),
  logging: fields.onlyUnused([{ lineFormat: "COMBINED" }], "another format of log lines"),
  securityAttributes: fields.securityAttributes,
  ...fields.tags,
};

export const createApplication = z.strictObject({
  compartmentId: fields.compartmentId,
  displayName: fields.displayName,
  subnetIds: z.array(fields.ocid("subnet")).min(1).max(limits.subnetsPerApplication),
  shape: z.enum(["GENERIC_X86", "GENERIC_ARM", "GENERIC_X86_ARM"]).optional(),
  ...applicationSettings,
});
export const updateApplication = z.strictObject(applicationSettings);

const memoryInMBs = z.literal([...limits.memoryInMBs]);
const image = z.string().regex(/^[^/\s@]+\/[^\s@]+:[^\s:@/]+$/, {
  error: (issue) =>
    `${JSON.stringify(issue.input)} isn't of the form <region-key>.ocir.io/<namespace>/<repository>:<tag>`,
});
const imageDigest = z.string().regex(/^(sha256:[0-9a-f]{64})?$/, {
  error: (issue) => `${JSON.stringify(issue.input)} isn't "sha256:" and 64 hexadecimal digits`,
});

const functionSettings = {
  imageDigest: imageDigest.optional(),
  timeoutInSeconds: z.int().min(limits.timeoutInSeconds.min).max(limits.timeoutInSeconds.max).optional(),
  config: config.optional(),
  detachedModeTimeoutInSeconds: fields.onlyUnused([0], "detached calls"),
  successDestination: fields.onlyUnused([{ kind: "NONE" }], "destinations of detached calls"),
  failureDestination: fields.onlyUnused([{ kind: "NONE" }], "destinations of detached calls"),
  provisionedConcurrencyConfig,
  traceConfig,
  sourceDetails: fields.onlyUnused([], "pre-built functions and archives"),
  isDryRun: fields.onlyUnused([false], "dry runs"),
  ...fields.tags,
};

export const createFunction = z.strictObject({
  applicationId: fields.ocid("fnapp"),
  displayName: fields.displayName,
  image,
  memoryInMBs,
  ...functionSettings,
});
export const updateFunction = z.strictObject({
  image: image.optional(),
  memoryInMBs: memoryInMBs.optional(),
  ...functionSettings,
});
