import { z } from "zod";
import { limits } from "../limits.ts";
import { checkOcid } from "../ocids.ts";
import { shown } from "../values.ts";
import { fault, orLater, unlessOfType } from "./checking.ts";
import { bareVariableFaults } from "./context-variables.ts";
import { atMost, filledText, flag, headerName, ofKeys, settings, variants } from "./schemas.ts";
import { staticKeys } from "./static-keys.ts";
import { validationFailurePolicy } from "./validation-failure.ts";

const laterText = orLater(filledText);

/** Never shown: its path may hold a secret. */
const uri = orLater(
  z.string().superRefine((text, context) => {
    if (!/^https?:\/\/[\x21-\x7e]+$/.test(text) || !URL.canParse(text)) {
      const message = 'must be a URL that begins with "https://", for example "https://idp.example.com/keys"';
      fault(context, "authentication-uri", message);
      return;
    }
    if (!text.startsWith("http://")) return;
    const message =
      'begins with "http://": whoever sits in between can give the gateway keys of his own; write "https://"';
    fault(context, "authentication-uri-plain", message);
  }),
);

const maximum = limits.maxCacheDurationInHours;
const remote = {
  isSslVerifyDisabled: flag,
  maxCacheDurationInHours: z.int().min(maximum.min).max(maximum.max).optional(),
};

const ofStaticKeys = { type: z.literal("STATIC_KEYS"), keys: staticKeys };
const ofRemoteKeys = { type: z.literal("REMOTE_JWKS"), uri, ...remote };

const functionId = orLater(
  z.unknown().superRefine((value, context) => {
    for (const { rule, message } of checkOcid("function-ocid", value, "")) fault(context, rule, message);
  }),
);

/** A client's secret in Vault, by its OCID ("Resource Identifiers"). */
const secretId = orLater(
  z
    .string()
    .regex(/^ocid1\.vaultsecret\./, 'must be the OCID of a secret, which begins with "ocid1.vaultsecret."'),
);

/** Details that stand here, and not in the login flow that isn't supported yet. */
function withoutBlock(type: string, shape: z.ZodRawShape): z.ZodType {
  const ownType = z.unknown().superRefine((given, context) => {
    if (given === type) return;
    const now = given === undefined ? "is missing" : `is ${shown(given)}`;
    fault(context, "authentication", `${now}; must be ${JSON.stringify(type)}`);
  });
  const message = `is "VALIDATION_BLOCK", the details of a login flow, which is not supported yet; must be ${JSON.stringify(type)}`;
  return unlessOfType("VALIDATION_BLOCK", "authentication", message, settings({ type: ownType, ...shape }));
}

const ofDiscovery = {
  type: z.literal("REMOTE_DISCOVERY"),
  sourceUriDetails: withoutBlock("DISCOVERY_URI", { uri }),
  clientDetails: withoutBlock("CUSTOM", {
    clientId: laterText,
    clientSecretId: secretId,
    clientSecretVersionNumber: z.int().min(1),
  }),
  ...remote,
};

const verifyClaims = atMost(
  limits.verifyClaims,
  z.array(settings({ key: filledText, values: z.array(z.string()).optional(), isRequired: flag })),
).optional();

const additionalValidationPolicy = settings({
  issuers: atMost(limits.issuers, z.array(laterText)).optional(),
  audiences: atMost(limits.audiences, z.array(laterText)).optional(),
  verifyClaims,
}).optional();

const skew = limits.maxClockSkewInSeconds;
const maxClockSkewInSeconds = z.number().min(skew.min).max(skew.max).optional();
const location = { tokenHeader: headerName.optional(), tokenQueryParam: filledText.optional() };
const ofToken = { ...location, tokenAuthScheme: z.literal("Bearer").optional(), maxClockSkewInSeconds };

/** What an authorizer function can be given ("Creating an Authorizer Function"). */
const argument = z.string().superRefine((text, context) => {
  const faults = bareVariableFaults(text, { hasAuthentication: true }, ["query", "headers", "host", "body"]);
  for (const message of faults) fault(context, "context-variable", message);
});

/** The form of one authentication; what its settings are to each other is checked beside it. */
export const authentication = variants([
  z.strictObject({
    type: z.literal("TOKEN_AUTHENTICATION"),
    isAnonymousAccessAllowed: flag,
    ...ofToken,
    validationPolicy: variants([
      z.strictObject({ ...ofStaticKeys, additionalValidationPolicy }),
      z.strictObject({ ...ofRemoteKeys, additionalValidationPolicy }),
      z.strictObject({ ...ofDiscovery, additionalValidationPolicy }),
    ]),
    validationFailurePolicy,
  }),
  z.strictObject({
    type: z.literal("JWT_AUTHENTICATION"),
    isAnonymousAccessAllowed: flag,
    ...ofToken,
    issuers: atMost(limits.issuers, z.array(laterText).min(1)),
    audiences: atMost(limits.audiences, z.array(laterText).min(1)),
    verifyClaims,
    publicKeys: variants([z.strictObject(ofStaticKeys), z.strictObject(ofRemoteKeys)]),
  }),
  z.strictObject({
    type: z.literal("CUSTOM_AUTHENTICATION"),
    isAnonymousAccessAllowed: flag,
    ...location,
    function: filledText.optional(),
    functionId: functionId.optional(),
    parameters: ofKeys(filledText, argument).optional(),
    cacheKey: atMost(limits.cacheKeys, z.array(filledText)).optional(),
    validationFailurePolicy,
  }),
]);
