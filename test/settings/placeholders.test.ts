import { describe, expect, it } from "vitest";
import { check, problemsOf } from "./fixture.ts";

describe("a placeholder that nobody has filled in", () => {
  it.each([
    ["oci:region", "<region>", "; allowed: the name of a region, like eu-frankfurt-1", '"<region>"'],
    [
      "oci:tenancyOcid",
      "ocid1.tenancy.oc1..<unique id>",
      "; allowed: the OCID of the tenancy (ocid1.tenancy.…)",
      '"<OCID of the tenancy>"',
    ],
    ["shop:homeRegion", "<home>", "; allowed: the name of a region, like eu-frankfurt-1", '"<region>"'],
  ])("%s is named as such", (key, value, allowed, example) => {
    expect(problemsOf({ [key]: value })).toBe(
      `  ✖ ${key} is still the placeholder ${JSON.stringify(value)}${allowed}\n      pulumi config set ${key} ${example} -s dev`,
    );
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
