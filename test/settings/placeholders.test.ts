import { describe, expect, it } from "vitest";
import { check, problemsOf } from "./fixture.ts";

describe("a placeholder that nobody has filled in", () => {
  it.each([
    ["oci:region", "<region>", "the name of a region, like eu-frankfurt-1"],
    ["oci:tenancyOcid", "ocid1.tenancy.oc1..<unique id>", "the OCID of the tenancy (ocid1.tenancy.…)"],
    ["shop:homeRegion", "<home>", "the name of a region, like eu-frankfurt-1"],
  ])(
    "%s is named as such, and its command asks for the value: another placeholder cures nothing",
    (key, value, allowed) => {
      expect(check({ [key]: value })).toBe(
        [
          'The settings of stack "dev" have 1 problem:',
          `  ✖ ${key} is still the placeholder ${JSON.stringify(value)}; allowed: ${allowed}`,
          `      pulumi config set ${key} -s dev`,
          "Each command changes Pulumi.dev.yaml; so does editing that file. Without a value it asks for one.",
        ].join("\n"),
      );
    },
  );

  it.each<[string, unknown, string, readonly string[]]>([
    ["pathPrefix", "<prefix>", "pathPrefix", ["set shop:pathPrefix /v1"]],
    ["gateway", { displayName: "<name>" }, "gateway.displayName", ["set --path shop:gateway.displayName"]],
    [
      "network",
      { cidrBlock: "10.0.0.0/16", allowedCidrs: "<blocks>" },
      "network.allowedCidrs",
      ["rm --path shop:network.allowedCidrs", 'set --path "shop:network.allowedCidrs[0]"'],
    ],
  ])("of %s %j has a value in its command where one is known", (key, value, place, commands) => {
    const [first, ...rest] = problemsOf({ [`shop:${key}`]: value }).split("\n");
    expect(first).toMatch(`  ✖ shop:${place} is still the placeholder`);
    expect(rest).toEqual(commands.map((command) => `      pulumi config ${command} -s dev`));
  });

  it("is found in ids, images, tags and variables, once each", () => {
    const text = check({
      "shop:network": { gatewaySubnetId: "<a>", functionsSubnetIds: ["<b>"] },
      "shop:functions": {
        hello: { image: "fra.ocir.io/<namespace>/hello:1@sha256:<digest>" },
        echo: { config: { KEY: "<key>", HTML: "<b>bold</b>" } },
      },
      "shop:freeformTags": { team: "<team>" },
    });
    expect(String(text).match(/✖ .* is still the placeholder "[^"]*"/g)).toEqual([
      '✖ shop:network.gatewaySubnetId is still the placeholder "<a>"',
      '✖ shop:network.functionsSubnetIds[0] is still the placeholder "<b>"',
      '✖ shop:functions.hello.image is still the placeholder "fra.ocir.io/<namespace>/hello:1@sha256:<digest>"',
      '✖ shop:functions.echo.config.KEY is still the placeholder "<key>"',
      '✖ shop:freeformTags.team is still the placeholder "<team>"',
    ]);
    expect(String(text).split("\n")[0]).toBe('The settings of stack "dev" have 5 problems:');
  });

  it("isn't shown when the setting is a secret", () => {
    const hello = { config: { KEY: "<key of mine>" } };
    expect(problemsOf({ "shop:functions": { hello } }, ["shop:functions"])).toBe(
      [
        "  ✖ shop:functions.hello.config.KEY is still the placeholder (secret); fill it in",
        "      pulumi config set --secret --path shop:functions.hello.config.KEY -s dev",
      ].join("\n"),
    );
  });
});
