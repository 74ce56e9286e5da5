import type { HeaderTransformations } from "./policies.ts";
import type { SelectionKey, SelectionSource } from "./selection.ts";

export type Authentication = TokenAuthentication | JwtAuthentication | CustomAuthentication;

interface TokenLocation {
  tokenHeader?: string | undefined;
  tokenQueryParam?: string | undefined;
  tokenAuthScheme?: string | undefined;
}

interface Anonymous {
  /** @default false */
  isAnonymousAccessAllowed?: boolean | undefined;
}

export interface VerifyClaim {
  key: string;
  values?: string[] | undefined;
  isRequired?: boolean | undefined;
}

/** "Using Tokens to Add Authentication and Authorization to API Deployments". */
export interface TokenAuthentication extends TokenLocation, Anonymous {
  type: "TOKEN_AUTHENTICATION";
  maxClockSkewInSeconds?: number | undefined;
  validationPolicy: TokenValidationPolicy;
  validationFailurePolicy?: ValidationFailurePolicy | undefined;
}

export interface AdditionalValidationPolicy {
  issuers?: string[] | undefined;
  audiences?: string[] | undefined;
  verifyClaims?: VerifyClaim[] | undefined;
}

export type TokenValidationPolicy = {
  additionalValidationPolicy?: AdditionalValidationPolicy | undefined;
} & (StaticKeys | RemoteJwks | RemoteDiscovery);

export interface StaticKeys {
  type: "STATIC_KEYS";
  keys: StaticKey[];
}

export type StaticKey =
  | {
      format: "JSON_WEB_KEY";
      kid: string;
      kty: string;
      n: string;
      e: string;
      alg?: string | undefined;
      use?: string | undefined;
      /** As the REST API spells it; some documents and tools say `keyOps`. */
      key_ops?: string[] | undefined;
      keyOps?: string[] | undefined;
    }
  | { format: "PEM"; kid: string; key: string };

export interface RemoteJwks {
  type: "REMOTE_JWKS";
  uri: string;
  isSslVerifyDisabled?: boolean | undefined;
  /** 1 to 24. */
  maxCacheDurationInHours?: number | undefined;
}

/** Without an OAuth 2.0 flow: the discovery document names the key set. */
export interface RemoteDiscovery {
  type: "REMOTE_DISCOVERY";
  sourceUriDetails: { type: "DISCOVERY_URI"; uri: string };
  clientDetails?:
    | {
        type: "CUSTOM";
        clientId: string;
        clientSecretId: string;
        clientSecretVersionNumber: number;
      }
    | undefined;
  isSslVerifyDisabled?: boolean | undefined;
  maxCacheDurationInHours?: number | undefined;
}

/** "Using JSON Web Tokens (JWTs) to Add Authentication and Authorization to API Deployments"; the older form. */
export interface JwtAuthentication extends TokenLocation, Anonymous {
  type: "JWT_AUTHENTICATION";
  issuers: string[];
  audiences: string[];
  verifyClaims?: VerifyClaim[] | undefined;
  maxClockSkewInSeconds?: number | undefined;
  publicKeys: StaticKeys | RemoteJwks;
}

/** "Using Authorizer Functions to Add Authentication and Authorization to API Deployments". */
export interface CustomAuthentication extends TokenLocation, Anonymous {
  type: "CUSTOM_AUTHENTICATION";
  functionId: string;
  /** Multi-argument: each argument's context variable, without `${}`. */
  parameters?: Readonly<Record<string, string>> | undefined;
  cacheKey?: string[] | undefined;
  validationFailurePolicy?: ValidationFailurePolicy | undefined;
}

/** What the client gets when authentication fails. `OAUTH2` is refused by name. */
export interface ValidationFailurePolicy {
  type: "MODIFY_RESPONSE";
  /** A number or one bare context variable. */
  responseCode?: string | undefined;
  responseMessage?: string | undefined;
  responseHeaderTransformations?: HeaderTransformations | undefined;
}

/** "Adding Multiple Authentication Servers to the same API Deployment". */
export interface DynamicAuthentication {
  selectionSource: SelectionSource;
  authenticationServers: { key: SelectionKey; authenticationServerDetail: Authentication }[];
}
