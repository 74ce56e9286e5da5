import type { Input } from "@pulumi/pulumi";
import type { HeaderTransformationsArgs } from "./policy-args.ts";
import type { SelectionKeyArgs, SelectionSourceArgs } from "./selection-args.ts";

/** One way to authenticate callers. */
export type AuthenticationArgs<F extends string = string> =
  | TokenAuthenticationArgs
  | JwtAuthenticationArgs
  | CustomAuthenticationArgs<F>;

interface AnonymousArgs {
  /** Whether routes whose authorization is `ANONYMOUS` let everybody in. @default false */
  isAnonymousAccessAllowed?: boolean;
}

/** Where the token is: exactly one of header and query parameter. */
interface TokenLocationArgs {
  /** Name of the header, for example `Authorization`; needs `tokenAuthScheme`. */
  tokenHeader?: string;
  /** Name of the query parameter. */
  tokenQueryParam?: string;
  /** What stands before the token in the header; OCI knows `Bearer` only. */
  tokenAuthScheme?: "Bearer";
}

export interface VerifyClaimArgs {
  key: string;
  /** One of these, compared exactly. @default - any value */
  values?: string[];
  /** @default false */
  isRequired?: boolean;
}

/** Tokens, also JWTs ("Using Tokens to Add Authentication and Authorization to API Deployments"). */
export interface TokenAuthenticationArgs extends TokenLocationArgs, AnonymousArgs {
  type: "TOKEN_AUTHENTICATION";
  /** 0 to 120. @default 0 */
  maxClockSkewInSeconds?: number;
  validationPolicy: TokenValidationPolicyArgs;
  validationFailurePolicy?: ValidationFailurePolicyArgs;
}

export interface AdditionalValidationPolicyArgs {
  /** At most 5. */
  issuers?: Input<string>[];
  /** At most 5. */
  audiences?: Input<string>[];
  /** At most 10. */
  verifyClaims?: VerifyClaimArgs[];
}

/** How tokens are checked. */
export type TokenValidationPolicyArgs = { additionalValidationPolicy?: AdditionalValidationPolicyArgs } & (
  | StaticKeysArgs
  | RemoteJwksArgs
  | RemoteDiscoveryArgs
);

export interface StaticKeysArgs {
  type: "STATIC_KEYS";
  /** RSA keys, 1 to 10. */
  keys: StaticKeyArgs[];
}

/** A public RSA key of 2048 to 4096 bits; `kid` is compared with the token's. */
export type StaticKeyArgs =
  | {
      format: "JSON_WEB_KEY";
      kid: string;
      kty: "RSA";
      n: Input<string>;
      e: Input<string>;
      alg: "RS256" | "RS384" | "RS512";
      /** Give this or `keyOps`. */
      use?: "sig";
      keyOps?: ["verify"];
    }
  | { format: "PEM"; kid: string; key: Input<string> };

export interface RemoteJwksArgs {
  type: "REMOTE_JWKS";
  uri: Input<string>;
  /** @default false */
  isSslVerifyDisabled?: boolean;
  /** 1 to 24. @default 1 */
  maxCacheDurationInHours?: number;
}

/** The issuer's discovery document names the key set. Login flows (`OAUTH2`) aren't supported yet. */
export interface RemoteDiscoveryArgs {
  type: "REMOTE_DISCOVERY";
  sourceUriDetails: { type: "DISCOVERY_URI"; uri: Input<string> };
  /** The gateway's own client; its secret is a Vault secret's OCID. */
  clientDetails: {
    type: "CUSTOM";
    clientId: Input<string>;
    clientSecretId: Input<string>;
    clientSecretVersionNumber: number;
  };
  /** @default false */
  isSslVerifyDisabled?: boolean;
  /** 1 to 24. @default 1 */
  maxCacheDurationInHours?: number;
}

/** The older form of token authentication, which OCI still takes ("Using JSON Web Tokens (JWTs) …"). */
export interface JwtAuthenticationArgs extends TokenLocationArgs, AnonymousArgs {
  type: "JWT_AUTHENTICATION";
  /** 1 to 5. */
  issuers: Input<string>[];
  /** 1 to 5. */
  audiences: Input<string>[];
  /** At most 10. */
  verifyClaims?: VerifyClaimArgs[];
  /** 0 to 120. @default 0 */
  maxClockSkewInSeconds?: number;
  publicKeys: StaticKeysArgs | RemoteJwksArgs;
}

/**
 * An authorizer function decides ("Using Authorizer Functions to Add Authentication and Authorization to API
 * Deployments"). It gets either `parameters` (multi-argument) or the token (single-argument).
 */
export interface CustomAuthenticationArgs<F extends string = string> extends AnonymousArgs {
  type: "CUSTOM_AUTHENTICATION";
  /** Key of the function in `functions`. Give either this or `functionId`. */
  function?: F;
  /**
   * OCID of a function that exists, or in a specification file a function's key. Access is granted to functions of
   * `functions` only: for one that the gateway may not call yet, declare it there and give `function`.
   */
  functionId?: Input<string>;
  /** Single-argument: name of the token's header. */
  tokenHeader?: string;
  /** Single-argument: name of the token's query parameter. */
  tokenQueryParam?: string;
  /** Multi-argument: context variables by argument's name, at most 10, for example `{ code: "request.query[code]" }`. */
  parameters?: Readonly<Record<string, string>>;
  /** Arguments that the result is kept by, at most 10. @default - all but `request.body` */
  cacheKey?: string[];
  validationFailurePolicy?: ValidationFailurePolicyArgs;
}

/** What callers get whose authentication fails, instead of 401. */
export interface ValidationFailurePolicyArgs {
  type: "MODIFY_RESPONSE";
  /** A status, or one context variable: `request.auth[code]`. @default - 401 */
  responseCode?: string;
  /** May hold `${request.…}` variables, not the body. */
  responseMessage?: Input<string>;
  responseHeaderTransformations?: HeaderTransformationsArgs;
}

/** "Adding Multiple Authentication Servers to the same API Deployment". */
export interface DynamicAuthenticationArgs<F extends string = string> {
  selectionSource: SelectionSourceArgs;
  /** 1 to 100. */
  authenticationServers: { key: SelectionKeyArgs; authenticationServerDetail: AuthenticationArgs<F> }[];
}
