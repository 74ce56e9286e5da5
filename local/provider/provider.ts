import type { Properties } from "../values.ts";
import { assertChangeable, checkInputs, difference } from "./check.ts";
import { createResource, deleteResource, readResource, updateResource } from "./crud.ts";
import { createOciClient } from "./http.ts";
import { createImages } from "./image.ts";
import { invoke, invokeTokens } from "./invokes.ts";
import { listResources } from "./list.ts";
import { createProviderResource, providerTypes } from "./provider-resource.ts";
import type { ResourceRow } from "./rows.ts";
import { createSecurityRules } from "./security-rule.ts";
import type { SpecialResource } from "./special.ts";
import { resourceTable } from "./table.ts";
import { type Created, type OperationContext, type ResourceProvider, UnmodelledError } from "./types.ts";

const imageType = "docker-build:index:Image";
const securityRuleType = "oci:Core/networkSecurityGroupSecurityRule:NetworkSecurityGroupSecurityRule";

/** Every type that the local provider models. */
export const modelledTypes: readonly string[] = [
  ...Object.keys(resourceTable),
  securityRuleType,
  imageType,
].sort();

export interface LocalProvider extends ResourceProvider {
  /** The living resources of a type in the compartment, application or group that the inputs name. */
  list(type: string, inputs: Properties, context: OperationContext): Promise<Created[]>;
  /** The resource's own id in an id that an import gave. */
  idOf(type: string, importedId: string): string;
  /** Closes the connections. */
  close(): void;
}

/**
 * A provider for the types of the table that talks to an OCI control plane.
 *
 * @param options.url - Address of the control plane.
 * @param options.projectDirectory - Folder that image contexts are relative to.
 * @param options.region - Region of the default provider, for what a check says of it.
 */
export function createLocalProvider(options: {
  url: string;
  projectDirectory: string;
  region?: string | undefined;
}): LocalProvider {
  const client = createOciClient(options.url);
  const specials: Readonly<Record<string, SpecialResource>> = {
    [securityRuleType]: createSecurityRules(client),
    [imageType]: createImages(client, options.projectDirectory),
    ...Object.fromEntries(providerTypes.map((type) => [type, createProviderResource(type)])),
  };

  return {
    assertModelled(type) {
      if (specials[type] === undefined) rowOf(type);
    },
    check: (type, inputs, region = options.region) =>
      specials[type]?.check(inputs) ?? checkInputs(rowOf(type), inputs, region),
    diff: (type, oldInputs, newInputs) =>
      specials[type]?.diff(oldInputs, newInputs) ?? difference(rowOf(type), oldInputs, newInputs),
    assertChangeable(type, oldInputs, newInputs) {
      if (specials[type] === undefined) assertChangeable(rowOf(type), oldInputs, newInputs);
    },
    create: (type, inputs, context) =>
      specials[type]?.create(inputs, context) ?? createResource(client, rowOf(type), inputs, context),
    read: (type, id, inputs, context) =>
      specials[type]?.read(id, inputs, context) ?? readResource(client, rowOf(type), id, inputs, context),
    update: (type, id, oldInputs, newInputs, context) =>
      specials[type]?.update(id, newInputs, context) ??
      updateResource(client, rowOf(type), id, oldInputs, newInputs, context),
    delete: (type, id, outputs, context) =>
      specials[type]?.delete(id, outputs, context) ??
      deleteResource(client, rowOf(type), id, outputs, context),
    async list(type, inputs, context) {
      const special = specials[type];
      if (special !== undefined) return (await special.list?.(inputs, context)) ?? [];
      return listResources(client, rowOf(type), inputs, context);
    },
    idOf: (type, importedId) => resourceTable[type]?.importId?.exec(importedId)?.groups?.id ?? importedId,
    async invoke(token, args, context) {
      const result: Properties | undefined = await invoke(client, token, args, context);
      if (result !== undefined) return result;
      throw new UnmodelledError(
        `the function ${token} isn't modelled locally; modelled are:\n  ${invokeTokens.join("\n  ")}`,
      );
    },
    close: () => client.close(),
  };
}

function rowOf(type: string): ResourceRow {
  const row = resourceTable[type];
  if (row !== undefined) return row;
  if (type === "pulumi:pulumi:StackReference") {
    throw new UnmodelledError(
      "StackReference isn't supported by the local run yet; give this stack the value as configuration instead",
    );
  }
  throw new UnmodelledError(
    `the resource type ${type} isn't modelled locally; modelled are:\n  ${modelledTypes.join("\n  ")}`,
  );
}
