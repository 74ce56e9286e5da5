/** Keys of the provider's configuration that are texts. */
export const textKeys = [
  "auth",
  "configFileProfile",
  "fingerprint",
  "privateKey",
  "privateKeyPassword",
  "privateKeyPath",
  "retriesConfigFile",
  "tenancyOcid",
  "testTimeMaintenanceRebootDue",
  "tokenExchangeAuth",
  "tokenExchangeClientId",
  "tokenExchangeClientSecret",
  "tokenExchangeDomainUrl",
  "tokenExchangePublicKey",
  "tokenExchangeRequestedTokenType",
  "tokenExchangeResourceType",
  "tokenExchangeRpstExp",
  "tokenExchangeSubjectTokenType",
  "userOcid",
  "workloadIdentityTokenPath",
] as const;

/** Keys that are JSON: booleans, a number, a list. */
export const jsonKeys = [
  "disableAutoRetries",
  "dualStackEndpointEnabled",
  "ignoreDefinedTags",
  "realmSpecificServiceEndpointTemplateEnabled",
  "retryDurationSeconds",
] as const;

/** Every key of the provider's configuration, without its namespace. */
export const providerConfigKeys: readonly string[] = [
  "region",
  ...textKeys,
  ...jsonKeys,
  // Of every provider: where its plugin comes from.
  "pluginDownloadURL",
  "version",
].sort();
