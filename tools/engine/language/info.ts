import type language from "@pulumi/pulumi/proto/language_pb.js";

type ProgramInfo = InstanceType<typeof language.ProgramInfo>;

/** `runtime.options` of the project file. */
export function optionsOf(info: ProgramInfo | undefined): Record<string, unknown> {
  return (info?.getOptions()?.toJavaScript() ?? {}) as Record<string, unknown>;
}
