import { isBag } from "../values.ts";

/** Names of OCI's REST API that the provider spells otherwise; the rest is the same. */
const names: Readonly<Record<string, string>> = {
  allowedScope: "allowedScopes",
  cacheKey: "cacheKeys",
  content: "contents",
  key_ops: "keyOps",
};

/** Values that the provider takes in another form. */
const forms: Readonly<Record<string, (value: unknown) => unknown>> = {
  /** By media type there, a list here. */
  content: (value) =>
    isBag(value)
      ? Object.entries(value).map(([mediaType, validation]) => ({ mediaType, ...Object(validation) }))
      : value,
  clientSecretVersionNumber: (value) => (typeof value === "number" ? String(value) : value),
};

/** Objects whose keys are the user's own. */
const maps: ReadonlySet<string> = new Set(["parameters"]);

/** A specification in the names of OCI's REST API as the input of `oci.ApiGateway.Deployment`. */
export function toProviderInput(specification: object): Record<string, unknown> {
  return renamed(specification) as Record<string, unknown>;
}

function renamed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(renamed);
  if (!isBag(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const formed = forms[name]?.(inner) ?? inner;
      return [names[name] ?? name, maps.has(name) ? formed : renamed(formed)];
    }),
  );
}
