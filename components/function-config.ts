import * as pulumi from "@pulumi/pulumi";
import { isPlain, refuse } from "./checked.ts";
import { checkConfig } from "./model/config.ts";

/** Whose configuration it is, for errors. */
export interface ConfigOwner {
  noun: string;
  name: string;
  /** `functions.hello.config` */
  at: string;
  parent: pulumi.Resource;
}

type Config = Readonly<Record<string, pulumi.Input<string>>>;

/**
 * The same configuration, checked as a whole when its last value resolves, for the limit is on all of it. Plain values
 * stay plain and so show at preview; what isn't plain is unknown as long as one of them is.
 */
export function checkedConfig({ noun, name, at, parent }: ConfigOwner, config: Config): Config {
  if (Object.values(config).every(isPlain)) return config;
  const checked = pulumi.output(config).apply((values) => {
    refuse(noun, name, checkConfig(values, at), parent);
    return values as Readonly<Record<string, string>>;
  });
  const entries = Object.entries(config).map(([key, value]) => {
    return [key, isPlain(value) ? value : checked.apply((values) => values[key] ?? "")] as const;
  });
  return Object.fromEntries(entries);
}
