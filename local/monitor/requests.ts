import { StepError } from "./errors.ts";
import type { HookBinding, Registration } from "./registration.ts";
import { type aliasProtocol, fromStruct, type protocol } from "./sdk.ts";
import { parseTimeouts } from "./steps.ts";
import type { Alias } from "./urn.ts";

type RegisterRequest = InstanceType<typeof protocol.RegisterResourceRequest>;
type Hooks = InstanceType<typeof protocol.RegisterResourceRequest.ResourceHooksBinding>;
type ProtocolAlias = InstanceType<typeof aliasProtocol.Alias>;

/** Resource options that the local run doesn't carry out, and whether a request uses them. */
const unsupported: Readonly<Record<string, (request: RegisterRequest) => boolean>> = {
  import: (request) => request.getImportid() !== "",
  replaceWith: (request) => request.getReplaceWithList().length > 0,
  replacementTrigger: (request) => request.getReplacementTrigger() !== undefined,
  stateMigrations: (request) => request.getStateMigrationsList().length > 0,
  envVarMappings: (request) => request.getEnvvarmappingsMap().getLength() > 0,
};

/** The SDK's request as a plain value. @throws {@link StepError} naming every option that isn't honoured */
export function readRegistration(request: RegisterRequest, urn: string): Registration {
  const names = Object.keys(unsupported).filter((name) => unsupported[name]?.(request));
  if (names.length > 0) {
    const options = names.length === 1 ? `option ${names[0]}` : `options ${names.join(", ")}`;
    throw new StepError(
      urn,
      `the local run doesn't carry out the resource ${options}; remove it for this stack`,
    );
  }
  if (request.getRemote()) {
    throw new StepError(
      urn,
      `the local run can't construct ${request.getType()}, a component of another package`,
    );
  }
  const propertyDependencies: Record<string, string[]> = {};
  request.getPropertydependenciesMap().forEach((value, name) => {
    propertyDependencies[name] = value.getUrnsList();
  });
  const timeouts = request.getCustomtimeouts();
  return {
    type: request.getType(),
    name: request.getName(),
    parent: request.getParent(),
    custom: request.getCustom(),
    inputs: fromStruct(request.getObject()),
    provider: request.getProvider(),
    dependencies: request.getDependenciesList(),
    propertyDependencies,
    aliases: [
      ...request.getAliasurnsList().map((aliasUrn) => ({ urn: aliasUrn })),
      ...request.getAliasesList().map(readAlias),
    ],
    isProtected: request.getProtect() === true,
    isRetainedOnDelete: request.getRetainondelete() === true,
    isDeletedBeforeReplace: request.getDeletebeforereplacedefined()
      ? request.getDeletebeforereplace()
      : undefined,
    deletedWith: request.getDeletedwith(),
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    hooks: readHooks(request.getHooks()),
    timeouts: parseTimeouts({
      create: timeouts?.getCreate() ?? "",
      update: timeouts?.getUpdate() ?? "",
      delete: timeouts?.getDelete() ?? "",
    }),
  };
}

function readAlias(alias: ProtocolAlias): Alias {
  const spec = alias.getSpec();
  if (spec === undefined) return { urn: alias.getUrn() };
  return {
    ...(spec.getName() !== "" && { name: spec.getName() }),
    ...(spec.getType() !== "" && { type: spec.getType() }),
    ...(spec.getStack() !== "" && { stack: spec.getStack() }),
    ...(spec.getProject() !== "" && { project: spec.getProject() }),
    ...(spec.getParenturn() !== "" && { parent: spec.getParenturn() }),
    ...(spec.getNoparent() && { parent: null }),
  };
}

function readHooks(hooks: Hooks | undefined): HookBinding {
  const lists: HookBinding = {
    beforeCreate: hooks?.getBeforeCreateList() ?? [],
    afterCreate: hooks?.getAfterCreateList() ?? [],
    beforeUpdate: hooks?.getBeforeUpdateList() ?? [],
    afterUpdate: hooks?.getAfterUpdateList() ?? [],
    beforeDelete: hooks?.getBeforeDeleteList() ?? [],
    afterDelete: hooks?.getAfterDeleteList() ?? [],
    onError: hooks?.getOnErrorList() ?? [],
  };
  return Object.fromEntries(Object.entries(lists).filter(([, names]) => names.length > 0));
}
