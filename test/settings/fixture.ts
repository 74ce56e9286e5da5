import { checkSettings } from "../../settings/check.ts";
import { formatSettingProblems } from "../../settings/report.ts";

export const id = (type: string, region = "eu-frankfurt-1") =>
  `ocid1.${type}.oc1.${region}.aaaaaaaaq4y2zk5lhzsjzfakvadtgd6z6rrqhmbcqh2ktqsn4nqpxhyrsrhq`;

/** Settings that read clean; a test changes what it is about. */
export const clean: Readonly<Record<string, unknown>> = {
  "oci:region": "eu-frankfurt-1",
  "oci:tenancyOcid": id("tenancy", ""),
  "shop:compartmentId": id("compartment", ""),
  "shop:network": { cidrBlock: "10.0.0.0/16" },
};

/** The settings, or the text of the error. `undefined` takes a key away. */
export function check(changes: Readonly<Record<string, unknown>>, secrets: readonly string[] = []) {
  const entries = Object.entries({ ...clean, ...changes }).filter(([, value]) => value !== undefined);
  const result = checkSettings({
    project: "shop",
    stack: "dev",
    config: Object.fromEntries(entries.map(([key, value]) => [key, configText(value)])),
    secrets: new Set(secrets),
    providerConfigKeys: ["fingerprint", "privateKey", "region", "tenancyOcid"],
    functionKeys: ["hello", "echo"],
  });
  return "problems" in result ? formatSettingProblems("dev", result.problems) : result.settings;
}

/** Only the lines between the error's heading and its last line. */
export function problemsOf(changes: Readonly<Record<string, unknown>>, secrets: readonly string[] = []) {
  const text = check(changes, secrets);
  return typeof text === "string" ? text.split("\n").slice(1, -1).join("\n") : "none";
}

function configText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** What a person fills in for each placeholder of the tracked files. */
export const filled: Readonly<Record<string, string>> = {
  "<region>": "eu-frankfurt-1",
  "<region key>": "fra",
  "<OCID of the tenancy>": id("tenancy", ""),
  "<OCID of a compartment>": id("compartment", ""),
  "<OCID of a subnet>": id("subnet"),
  "<OCID of a network security group>": id("networksecuritygroup"),
  "<namespace>": "axaxnpcrorw5",
  "<repository>": "shop/hello",
  "<tag>": "1.0.0",
  "<digest>": "0".repeat(64),
};
