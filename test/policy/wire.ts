import analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";

/** A resource of a program that is judged; unknown values are `unknown` of policy/value.ts. */
export interface Given {
  type: string;
  /** `"it"` when there is none. */
  name?: string;
  properties: Readonly<Record<string, unknown>>;
  /** What rules on the whole stack see in the place of `properties`: with what the provider answered. */
  outputs?: Readonly<Record<string, unknown>>;
  protect?: boolean;
  /** For each property the names, or `type::name`, of the resources whose outputs it is made of. */
  uses?: Readonly<Record<string, readonly string[]>>;
}

/** What the pack reported. */
export interface Found {
  rule: string;
  /** Name of the resource. */
  resource: string;
  level: "mandatory" | "advisory";
  /** Without the rule's description, which comes before it. */
  message: string;
}

/** For each rule its settings, and its level when it isn't the rule's own. */
export type PackConfig = Readonly<
  Record<
    string,
    Readonly<Record<string, unknown> & { enforcementLevel?: "mandatory" | "advisory" | "disabled" }>
  >
>;

export const levelNames = ["advisory", "mandatory", "disabled", "remediate"] as const;
export type Levels = ReadonlyMap<string, number>;

const own = new analyzer.AnalyzerResourceOptions();

export function configurationOf(config: PackConfig, levels: Levels) {
  const request = new analyzer.ConfigureAnalyzerRequest();
  for (const [name, level] of levels) {
    const { enforcementLevel, ...settings } = config[name] ?? {};
    const chosen = enforcementLevel === undefined ? level : levelNames.indexOf(enforcementLevel);
    const policy = new analyzer.PolicyConfig()
      .setEnforcementlevel(chosen as 0)
      .setProperties(structOf(settings));
    request.getPolicyconfigMap().set(name, policy);
  }
  return request;
}

export function requestOf(given: Given, stack: string) {
  return new analyzer.AnalyzeRequest()
    .setType(given.type)
    .setName(given.name ?? "it")
    .setUrn(urnOf(given, stack))
    .setProperties(structOf(given.properties))
    .setOptions(optionsOf(given));
}

export function stackRequestOf(resources: readonly Given[], stack: string) {
  const named = (used: string) => (given: Given) => [given.name ?? "it", idOf(given)].includes(used);
  const urnsOf = (used: string) => resources.filter(named(used)).map((given) => urnOf(given, stack));
  const list = resources.map((given) => {
    const resource = new analyzer.AnalyzerResource()
      .setType(given.type)
      .setName(given.name ?? "it")
      .setUrn(urnOf(given, stack))
      .setProperties(structOf(given.outputs ?? given.properties))
      .setOptions(optionsOf(given));
    for (const [property, names] of Object.entries(given.uses ?? {})) {
      const used = new analyzer.AnalyzerPropertyDependencies().setUrnsList(names.flatMap(urnsOf));
      resource.getPropertydependenciesMap().set(property, used);
    }
    return resource;
  });
  return new analyzer.AnalyzeStackRequest().setResourcesList(list);
}

/** What a response holds; of a whole stack, each names its resource. */
export function foundIn(response: InstanceType<typeof analyzer.AnalyzeResponse>, resource: string): Found[] {
  return response.getDiagnosticsList().map((diagnostic) => ({
    rule: diagnostic.getPolicyname(),
    resource: diagnostic.getUrn().split("::").at(-1) || resource,
    level: levelNames[diagnostic.getEnforcementlevel()] === "mandatory" ? "mandatory" : "advisory",
    message: diagnostic.getMessage().replace(`${diagnostic.getDescription()}\n`, ""),
  }));
}

function optionsOf({ protect = false }: Given) {
  return own.cloneMessage().setProtect(protect);
}

function urnOf(given: Given, stack: string): string {
  return `urn:pulumi:${stack}::shop::${idOf(given)}`;
}

function idOf({ type, name = "it" }: Given): string {
  return `${type}::${name}`;
}

function structOf(properties: Readonly<Record<string, unknown>>) {
  return struct.Struct.fromJavaScript(properties as Record<string, struct.JavaScriptValue>);
}
