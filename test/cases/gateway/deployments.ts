import { audience, issuer, publicKey } from "./tokens.ts";

const cors = { allowedOrigins: ["https://shop.example.com"], allowedMethods: ["GET", "PUT"] };
const validation = { additionalValidationPolicy: { issuers: [issuer], audiences: [audience] } };
const staticKeys = {
  ...validation,
  type: "STATIC_KEYS",
  keys: [{ format: "JSON_WEB_KEY", ...publicKey }],
};
const inHeader = { tokenHeader: "Authorization", tokenAuthScheme: "Bearer" };
const token = {
  type: "TOKEN_AUTHENTICATION",
  ...inHeader,
  isAnonymousAccessAllowed: true,
  validationPolicy: staticKeys,
};
const remote = (uri: string) => ({
  ...token,
  validationPolicy: { ...validation, type: "REMOTE_JWKS", uri },
});
const custom = { type: "CUSTOM_AUTHENTICATION", functionId: "function:authorize" };
const ofToken = { parameters: { token: "request.headers[x-token]" } };

/** Request policies of each deployment that cases stand in; its name is also its path prefix. */
export const deployments = {
  open: {},
  /** For one case alone: its route's path is `/`. */
  root: {},
  cors: { cors },
  "rate-total": { rateLimiting: { rateInRequestsPerSecond: 1, rateKey: "TOTAL" } },
  "rate-client": { rateLimiting: { rateInRequestsPerSecond: 1, rateKey: "CLIENT_IP" } },
  token: { authentication: token },
  "token-only": { authentication: { ...token, isAnonymousAccessAllowed: false }, cors },
  "token-query": {
    authentication: { type: "TOKEN_AUTHENTICATION", tokenQueryParam: "token", validationPolicy: staticKeys },
  },
  jwt: {
    authentication: {
      type: "JWT_AUTHENTICATION",
      ...inHeader,
      issuers: [issuer],
      audiences: [audience],
      verifyClaims: [{ key: "sub", values: ["ada", "bob"], isRequired: true }],
      publicKeys: { type: "STATIC_KEYS", keys: [{ format: "JSON_WEB_KEY", ...publicKey }] },
    },
  },
  jwks: { authentication: remote("backend:/jwks") },
  "jwks-broken": { authentication: remote("backend:/no-jwks") },
  custom: {
    authentication: {
      ...custom,
      parameters: {
        token: "request.headers[x-token]",
        several: "request.query[several]",
        absent: "request.headers[x-absent]",
        host: "request.host",
      },
      isAnonymousAccessAllowed: true,
    },
  },
  "custom-token": { authentication: { ...custom, tokenHeader: "Authorization" } },
  "custom-missing": {
    authentication: { ...custom, functionId: "function:missing", tokenHeader: "Authorization" },
  },
  "custom-failure": {
    authentication: {
      ...custom,
      ...ofToken,
      validationFailurePolicy: {
        type: "MODIFY_RESPONSE",
        responseCode: "403",
        responseMessage: "no way, ${request.headers[x-name]}",
        responseHeaderTransformations: { setHeaders: { items: [{ name: "X-Why", values: ["token"] }] } },
      },
    },
  },
  "dynamic-authentication": {
    dynamicAuthentication: {
      selectionSource: { type: "SINGLE", selector: "request.headers[x-tenant]" },
      authenticationServers: [
        { key: { type: "ANY_OF", name: "by-token", values: ["Blue"] }, authenticationServerDetail: token },
        {
          key: { type: "WILDCARD", name: "by-function", expression: "green-*" },
          authenticationServerDetail: { ...custom, ...ofToken },
        },
      ],
    },
  },
} as const satisfies Record<string, object>;

export type DeploymentName = keyof typeof deployments;

/** Deployments whose only case has its routes as they are. */
export const ofOneCase: ReadonlySet<DeploymentName> = new Set(["root"]);
