import { type Callbacks, protocol } from "./sdk.ts";

type RegisterRequest = InstanceType<typeof protocol.RegisterResourceRequest>;

/** Transforms of the stack and of resources; a component's transforms reach its children. */
export interface Transforms {
  addToStack(token: string): void;
  addInvokeToStack(token: string): void;
  /** Changes the request as the resource's own, its ancestors' and the stack's transforms want it, in this order. */
  apply(request: RegisterRequest, urn: string): Promise<void>;
  applyToInvoke(request: InstanceType<typeof protocol.ResourceInvokeRequest>): Promise<void>;
}

export function createTransforms(callbacks: Callbacks): Transforms {
  const ofStack: string[] = [];
  const ofInvokes: string[] = [];
  const byUrn = new Map<string, { tokens: string[]; parent: string }>();

  function tokensFor(request: RegisterRequest, urn: string): string[] {
    const tokens = request.getTransformsList().map((callback) => callback.getToken());
    byUrn.set(urn, { tokens: [...tokens], parent: request.getParent() });
    for (let parent = byUrn.get(request.getParent()); parent; parent = byUrn.get(parent.parent)) {
      tokens.push(...parent.tokens);
    }
    return [...tokens, ...ofStack];
  }

  return {
    addToStack: (token) => ofStack.push(token),
    addInvokeToStack: (token) => ofInvokes.push(token),
    async apply(request, urn) {
      for (const token of tokensFor(request, urn)) {
        const question = new protocol.TransformRequest();
        question.setType(request.getType());
        question.setName(request.getName());
        question.setCustom(request.getCustom());
        question.setParent(request.getParent());
        question.setProperties(request.getObject());
        question.setOptions(optionsOf(request));
        const answer = await callbacks.call(token, question, protocol.TransformResponse);
        request.setObject(answer.getProperties());
        const options = answer.getOptions();
        if (options !== undefined) setOptions(request, options);
      }
    },
    async applyToInvoke(request) {
      for (const token of ofInvokes) {
        const question = new protocol.TransformInvokeRequest();
        question.setToken(request.getTok());
        question.setArgs(request.getArgs());
        const options = new protocol.TransformInvokeOptions();
        options.setProvider(request.getProvider());
        options.setVersion(request.getVersion());
        question.setOptions(options);
        const answer = await callbacks.call(token, question, protocol.TransformInvokeResponse);
        request.setArgs(answer.getArgs());
        const provider = answer.getOptions()?.getProvider();
        if (provider) request.setProvider(provider);
      }
    },
  };
}

type TransformOptions = InstanceType<typeof protocol.TransformResourceOptions>;

function optionsOf(request: RegisterRequest): TransformOptions {
  const options = new protocol.TransformResourceOptions();
  options.setDependsOnList(request.getDependenciesList());
  const isProtected = request.getProtect();
  if (isProtected !== undefined) options.setProtect(isProtected);
  options.setIgnoreChangesList(request.getIgnorechangesList());
  options.setReplaceOnChangesList(request.getReplaceonchangesList());
  options.setVersion(request.getVersion());
  options.setAliasesList(request.getAliasesList());
  options.setProvider(request.getProvider());
  options.setCustomTimeouts(request.getCustomtimeouts());
  options.setPluginDownloadUrl(request.getPlugindownloadurl());
  const isRetained = request.getRetainondelete();
  if (isRetained !== undefined) options.setRetainOnDelete(isRetained);
  options.setDeletedWith(request.getDeletedwith());
  if (request.getDeletebeforereplacedefined())
    options.setDeleteBeforeReplace(request.getDeletebeforereplace());
  options.setAdditionalSecretOutputsList(request.getAdditionalsecretoutputsList());
  options.setHooks(request.getHooks());
  options.setImport(request.getImportid());
  options.setReplaceWithList(request.getReplaceWithList());
  options.setReplacementTrigger(request.getReplacementTrigger());
  request.getProvidersMap().forEach((reference, name) => {
    options.getProvidersMap().set(name, reference);
  });
  return options;
}

function setOptions(request: RegisterRequest, options: TransformOptions): void {
  const dependencies = new Set([...request.getDependenciesList(), ...options.getDependsOnList()]);
  request.setDependenciesList([...dependencies]);
  const isProtected = options.getProtect();
  if (isProtected !== undefined) request.setProtect(isProtected);
  request.setIgnorechangesList(options.getIgnoreChangesList());
  request.setReplaceonchangesList(options.getReplaceOnChangesList());
  request.setAliasesList(options.getAliasesList());
  request.setProvider(options.getProvider());
  request.setCustomtimeouts(options.getCustomTimeouts());
  const isRetained = options.getRetainOnDelete();
  if (isRetained !== undefined) request.setRetainondelete(isRetained);
  request.setDeletedwith(options.getDeletedWith());
  const isDeletedFirst = options.getDeleteBeforeReplace();
  request.setDeletebeforereplacedefined(isDeletedFirst !== undefined);
  request.setDeletebeforereplace(isDeletedFirst === true);
  request.setAdditionalsecretoutputsList(options.getAdditionalSecretOutputsList());
  request.setHooks(options.getHooks());
  request.setImportid(options.getImport());
  request.setReplaceWithList(options.getReplaceWithList());
  request.setReplacementTrigger(options.getReplacementTrigger());
}
