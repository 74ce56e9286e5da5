import { z } from "zod";
import { limits } from "../../limits.ts";
import { staticKeyFaults } from "../../tokens/public-key.ts";
import { parseBareVariable } from "../context-variables.ts";
import { always, atMost, fieldsOf, functionId, headerName, soundString, wholeNumber } from "./parts.ts";
import { argumentTables, soundArguments, soundTokenLocation } from "./token-location.ts";
import { validationFailurePolicy } from "./validation-failure.ts";

const text = soundString((value) => (value === "" ? "must not be empty" : undefined));
const later = "is not carried out by this emulator yet; remove it from the local stack";

const tokenLocation = {
  tokenHeader: headerName.optional(),
  tokenQueryParam: text.optional(),
};
const authScheme = {
  tokenAuthScheme: soundString((value) =>
    value === "Bearer"
      ? undefined
      : `must be Bearer, the only scheme that OCI reads, but is ${JSON.stringify(value)}`,
  ).optional(),
};
const isAnonymousAccessAllowed = z.boolean().optional();
const maxClockSkewInSeconds = z
  .number()
  .min(limits.maxClockSkewInSeconds.min)
  .max(limits.maxClockSkewInSeconds.max)
  .optional();

const verifyClaims = z
  .array(
    z.strictObject({ key: text, values: z.array(z.string()).optional(), isRequired: z.boolean().optional() }),
  )
  .superRefine(atMost(limits.verifyClaims), always)
  .optional();

const key = z
  .discriminatedUnion("format", [
    z.strictObject({
      format: z.literal("JSON_WEB_KEY"),
      kid: text,
      kty: z.string(),
      n: z.string(),
      e: z.string(),
      alg: z.string().optional(),
      use: z.string().optional(),
      key_ops: z.array(z.string()).optional(),
      keyOps: z.array(z.string()).optional(),
    }),
    z.strictObject({ format: z.literal("PEM"), kid: text, key: z.string() }),
  ])
  .superRefine((value: unknown, context) => {
    for (const { field, fault } of staticKeyFaults(fieldsOf(value))) {
      context.addIssue({ code: "custom", path: [field], message: fault });
    }
  }, always);

const staticKeys = {
  type: z.literal("STATIC_KEYS"),
  keys: z
    .array(key)
    .min(1)
    .superRefine(atMost(limits.jwtKeys), always)
    .superRefine((keys: unknown, context) => {
      if (!Array.isArray(keys)) return;
      const ids = keys.map((one) => (typeof one?.kid === "string" ? one.kid : undefined));
      for (const [index, kid] of ids.entries()) {
        const first = ids.indexOf(kid);
        if (kid === undefined || first === index) continue;
        const message = `is also the key id of keys[${first}]; give each key its own`;
        context.addIssue({ code: "custom", path: [index, "kid"], message });
      }
    }, always),
};

const uri = soundString((value) =>
  /^https?:\/\/[\x21-\x7e]+$/.test(value) && URL.canParse(value)
    ? undefined
    : `must be an http or https URL, but is ${JSON.stringify(value)}; for example "https://idp.example.com/keys"`,
);
const kept = {
  isSslVerifyDisabled: z.boolean().optional(),
  maxCacheDurationInHours: wholeNumber(limits.maxCacheDurationInHours).optional(),
};
const remoteJwks = { type: z.literal("REMOTE_JWKS"), uri, ...kept };

/** `VALIDATION_BLOCK` repeats what a login flow says, which is refused. */
function withoutBlock(schema: z.ZodType) {
  return z
    .unknown()
    .superRefine((value, context) => {
      if (typeof value !== "object" || value === null || !("type" in value)) return;
      if (value.type !== "VALIDATION_BLOCK") return;
      const message = `VALIDATION_BLOCK ${later}`;
      context.addIssue({ code: "custom", path: ["type"], message });
    })
    .pipe(schema);
}

const remoteDiscovery = {
  type: z.literal("REMOTE_DISCOVERY"),
  sourceUriDetails: withoutBlock(
    z.discriminatedUnion("type", [z.strictObject({ type: z.literal("DISCOVERY_URI"), uri })]),
  ),
  clientDetails: withoutBlock(
    z.discriminatedUnion("type", [
      z.strictObject({
        type: z.literal("CUSTOM"),
        clientId: text,
        clientSecretId: text,
        clientSecretVersionNumber: wholeNumber({ min: 1 }),
      }),
    ]),
  ),
  ...kept,
};

const additionalValidationPolicy = z
  .strictObject({
    issuers: z.array(text).superRefine(atMost(limits.issuers), always).optional(),
    audiences: z.array(text).superRefine(atMost(limits.audiences), always).optional(),
    verifyClaims,
  })
  .optional();

const tokenAuthentication = z
  .strictObject({
    type: z.literal("TOKEN_AUTHENTICATION"),
    ...tokenLocation,
    ...authScheme,
    isAnonymousAccessAllowed,
    maxClockSkewInSeconds,
    validationPolicy: z.discriminatedUnion("type", [
      z.strictObject({ ...staticKeys, additionalValidationPolicy }),
      z.strictObject({ ...remoteJwks, additionalValidationPolicy }),
      z.strictObject({ ...remoteDiscovery, additionalValidationPolicy }),
    ]),
    validationFailurePolicy: validationFailurePolicy.optional(),
  })
  .superRefine(soundTokenLocation, always);

const jwtAuthentication = z
  .strictObject({
    type: z.literal("JWT_AUTHENTICATION"),
    ...tokenLocation,
    ...authScheme,
    isAnonymousAccessAllowed,
    maxClockSkewInSeconds,
    issuers: z.array(text).min(1).superRefine(atMost(limits.issuers), always),
    audiences: z.array(text).min(1).superRefine(atMost(limits.audiences), always),
    verifyClaims,
    publicKeys: z.discriminatedUnion("type", [z.strictObject(staticKeys), z.strictObject(remoteJwks)]),
  })
  .superRefine(soundTokenLocation, always);

const argument = soundString((value) => {
  const variable = parseBareVariable(value, argumentTables);
  return "fault" in variable ? variable.fault : undefined;
});

const customAuthentication = z
  .strictObject({
    type: z.literal("CUSTOM_AUTHENTICATION"),
    ...tokenLocation,
    isAnonymousAccessAllowed,
    functionId,
    parameters: z.record(z.string(), argument).optional(),
    cacheKey: z.array(text).superRefine(atMost(limits.cacheKeys), always).optional(),
    validationFailurePolicy: validationFailurePolicy.optional(),
  })
  .superRefine(soundArguments, always);

/** `authentication` of a deployment, and of each server of a dynamic one. */
export const authentication = z.discriminatedUnion("type", [
  tokenAuthentication,
  jwtAuthentication,
  customAuthentication,
]);
