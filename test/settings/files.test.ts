import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { checkSettings } from "../../settings/check.ts";
import { formatSettingProblems } from "../../settings/report.ts";
import { ownKeys } from "../../settings/table.ts";
import { filled } from "./fixture.ts";

const root = new URL("../../", import.meta.url);
const read = (name: string) => readFileSync(new URL(name, root), "utf8");
const project = parse(read("Pulumi.yaml"));

/** The settings as the Pulumi CLI hands them over: the project's defaults under the stack's values, key by key. */
function checkStack(stack: string, text: string) {
  const { config } = parse(text) as { config: Record<string, unknown> };
  const defaults = Object.entries<{ default: unknown }>(project.config).map(([key, declared]) => [
    `${project.name}:${key}`,
    declared.default,
  ]);
  const values = Object.entries({ ...Object.fromEntries(defaults), ...config });
  const texts = values.map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const result = checkSettings({
    project: project.name,
    stack,
    config: Object.fromEntries(texts),
    secrets: new Set(),
    providerConfigKeys: ["region", "tenancyOcid", "privateKey"],
    functionKeys: ["hello", "echo"],
  });
  return "problems" in result ? formatSettingProblems(stack, result.problems) : "clean";
}

describe("the tracked settings", () => {
  it.each(["dev", "prod"])("of %s read clean with the placeholders filled in", (stack) => {
    const text = read(`Pulumi.${stack}.yaml`).replaceAll(/<[^<>]+>/g, (placeholder) =>
      placeholder === "<…>" ? placeholder : (filled[placeholder] ?? `no value for ${placeholder}`),
    );
    expect(checkStack(stack, text)).toBe("clean");
  });

  it("of local read clean as they stand", () => {
    expect(checkStack("local", read("Pulumi.local.yaml"))).toBe("clean");
  });

  it("of dev name each placeholder", () => {
    const text = checkStack("dev", read("Pulumi.dev.yaml"));
    expect(text.match(/✖ \S+ is still the placeholder/g)).toEqual([
      "✖ oci:region is still the placeholder",
      "✖ oci:tenancyOcid is still the placeholder",
      "✖ oci-serverless-api:compartmentId is still the placeholder",
    ]);
  });

  it("of prod name each placeholder", () => {
    const text = checkStack("prod", read("Pulumi.prod.yaml"));
    expect(text.match(/✖ \S+ is still the placeholder/g)).toEqual([
      "✖ oci:region is still the placeholder",
      "✖ oci:tenancyOcid is still the placeholder",
      "✖ oci-serverless-api:compartmentId is still the placeholder",
      "✖ oci-serverless-api:homeRegion is still the placeholder",
      "✖ oci-serverless-api:network.gatewaySubnetId is still the placeholder",
      "✖ oci-serverless-api:network.functionsSubnetIds[0] is still the placeholder",
      "✖ oci-serverless-api:gateway.networkSecurityGroupIds[0] is still the placeholder",
      "✖ oci-serverless-api:functions.hello.image is still the placeholder",
      "✖ oci-serverless-api:functions.echo.image is still the placeholder",
    ]);
  });
});

describe("Pulumi.yaml", () => {
  it("declares exactly the keys that the settings know", () => {
    expect(Object.keys(project.config)).toEqual(Object.keys(ownKeys.shape));
  });

  it("gives every key a description and a default, and none a type: the CLI would stop at the first", () => {
    for (const [key, declared] of Object.entries<Record<string, unknown>>(project.config)) {
      expect([key, typeof declared.description, declared.default !== undefined, "type" in declared]).toEqual([
        key,
        "string",
        true,
        false,
      ]);
    }
  });
});
