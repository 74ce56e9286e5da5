import analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { type Found, type Given, isNamed, nameOf, type PackConfig, resourceOf, urnOf } from "./given.ts";

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
    .setName(nameOf(given))
    .setUrn(urnOf(given, stack))
    .setProperties(structOf(given.properties))
    .setOptions(optionsOf(given));
}

export function stackRequestOf(resources: readonly Given[], stack: string) {
  const urnsOf = (used: string) =>
    resources.filter((given) => isNamed(given, used)).map((given) => urnOf(given, stack));
  const list = resources.map((given) => {
    const resource = new analyzer.AnalyzerResource()
      .setType(given.type)
      .setName(nameOf(given))
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
    resource: resourceOf(diagnostic.getUrn(), resource),
    level: levelNames[diagnostic.getEnforcementlevel()] === "mandatory" ? "mandatory" : "advisory",
    message: diagnostic.getMessage().replace(`${diagnostic.getDescription()}\n`, ""),
  }));
}

function optionsOf({ protect = false }: Given) {
  return own.cloneMessage().setProtect(protect);
}

function structOf(properties: Readonly<Record<string, unknown>>) {
  return struct.Struct.fromJavaScript(properties as Record<string, struct.JavaScriptValue>);
}
