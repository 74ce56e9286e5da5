import * as pulumi from "@pulumi/pulumi";

/** What the program's `ServerlessApi` has for us; from whichever copy of the package it comes. */
interface ApiResource extends pulumi.Resource {
  specification(functions: "keys" | "ocids"): unknown;
}

/** A deployment specification as it is known before the API is up. */
export interface KnownSpecification {
  specification: unknown;
  /** Where it lacks a value that is known after `up` only. */
  unknown: string[];
  /** Where it has a stand-in for a secret. */
  secret: string[];
}

/** In the place of a secret, as Pulumi prints it. */
export const secretText = "[secret]";

/**
 * Runs a program and keeps its APIs, by their names.
 *
 * @param run - Evaluates the program that it is given.
 */
export async function collectApis(
  program: () => unknown,
  run: (program: () => unknown) => Promise<unknown>,
): Promise<Map<string, ApiResource>> {
  const apis = new Map<string, ApiResource>();
  await run(() => {
    pulumi.runtime.registerStackTransformation(({ resource, type, name }) => {
      if (type === "oci-serverless-api:index:ServerlessApi") apis.set(name, resource as ApiResource);
      return undefined;
    });
    return program();
  });
  return apis;
}

/** An API's specification with its functions' keys, or with the OCIDs of those that are known. */
export async function knownSpecification(
  api: ApiResource,
  functions: "keys" | "ocids",
): Promise<KnownSpecification> {
  const found: KnownSpecification = { specification: undefined, unknown: [], secret: [] };
  const visit = async (value: unknown, keyed: unknown, at: string): Promise<unknown> => {
    if (pulumi.Output.isInstance(value) || value instanceof Promise) {
      const output = pulumi.output(value);
      const { isKnown, isSecret, plain } = await stateOf(output);
      if (!isKnown && typeof keyed === "string") return keyed;
      if (!isKnown) found.unknown.push(at);
      if (isSecret) found.secret.push(at);
      return isSecret ? secretText : plain;
    }
    if (Array.isArray(value)) {
      const list: readonly unknown[] = Array.isArray(keyed) ? keyed : [];
      return Promise.all(value.map((item, index) => visit(item, list[index], `${at}[${index}]`)));
    }
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).map(async ([name, inner]) => {
      const place = at === "" ? name : `${at}.${name}`;
      return [name, await visit(inner, (Object(keyed) as Record<string, unknown>)[name], place)] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
  };
  found.specification = await visit(api.specification(functions), api.specification("keys"), "");
  return found;
}

async function stateOf(output: pulumi.Output<unknown>) {
  const inner = output as unknown as {
    isKnown: Promise<boolean>;
    isSecret: Promise<boolean>;
    promise(withUnknowns?: boolean): Promise<unknown>;
  };
  const [isKnown, isSecret] = await Promise.all([inner.isKnown, inner.isSecret]);
  return { isKnown, isSecret, plain: isKnown ? await inner.promise() : undefined };
}
