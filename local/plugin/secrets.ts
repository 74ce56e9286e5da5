import { isRecord, mapValues, markSecrets, type Properties, plain, secret } from "../values.ts";

/** Properties that hold a secret whether or not the program says so, by type; `[]` stands for each of a list. */
const secretPaths: Readonly<Record<string, readonly string[]>> = {
  "docker-build:index:Image": ["registries.[].password", "secrets"],
  "pulumi:providers:docker-build": ["registries"],
  "pulumi:providers:oci": [
    "privateKey",
    "privateKeyPassword",
    "tokenExchangeClientSecret",
    "workloadIdentityTokenPath",
  ],
};

/** Marks what is always secret in inputs or outputs of the type. */
export function withKnownSecrets(type: string, properties: Properties): Properties {
  return (secretPaths[type] ?? []).reduce<Properties>(
    (marked, path) => markAt(marked, path.split(".")) as Properties,
    properties,
  );
}

function markAt(value: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined) return value === undefined || value === null ? value : secret(value);
  if (step === "[]") return Array.isArray(value) ? value.map((item) => markAt(item, rest)) : value;
  if (!isRecord(value) || value[step] === undefined) return value;
  return mapValues(value, (inner, key) => (key === step ? markAt(inner, rest) : inner));
}

/** Outputs as they may stand in the state: secret wherever the inputs are. */
export function withSecretsOf(type: string, outputs: Properties, inputs: Properties): Properties {
  return withKnownSecrets(type, markSecrets(plain(outputs), inputs) as Properties);
}
