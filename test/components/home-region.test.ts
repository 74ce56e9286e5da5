import { describe, expect, it } from "vitest";
import { findHomeRegion, ServerlessApi } from "../../components/index.ts";
import { minimal, tenancyId, types } from "./fixture.ts";
import { run } from "./recorder.ts";

const program = () => new ServerlessApi("api", { ...minimal, homeRegion: "us-ashburn-1" });

describe("a home region other than the region", () => {
  it("gets a provider for group and policy, and for nothing else", async () => {
    const { one, options } = await run(program);
    expect(one(types.provider)).toEqual({
      type: types.provider,
      name: "api-access-home-region",
      inputs: { region: "us-ashburn-1" },
    });
    expect(options["api-access-home-region"]?.parent).toBe("api-access");
    const withProvider = Object.entries(options).filter(([, { provider }]) => provider !== "");
    expect(withProvider.map(([name, { provider }]) => [name, provider]).toSorted()).toEqual([
      ["api-access-group", "api-access-home-region"],
      ["api-access-policy", "api-access-home-region"],
    ]);
  });

  it("copies every key of the provider's configuration, as secrets", async () => {
    const { one } = await run(program, {
      config: {
        "oci:region": "eu-frankfurt-1",
        "oci:tenancyOcid": tenancyId,
        "oci:userOcid": "ocid1.user.oc1..u",
        "oci:fingerprint": "aa:bb",
        "oci:privateKey": "-----BEGIN",
        "oci:auth": "APIKey",
        "oci:disableAutoRetries": "true",
        "oci:retryDurationSeconds": "30",
        "oci:ignoreDefinedTags": '["Oracle-Tags.CreatedBy"]',
        "shop:other": "1",
      },
      secretKeys: ["oci:privateKey"],
    });
    expect(one(types.provider).inputs).toEqual({
      region: "us-ashburn-1",
      tenancyOcid: { secret: tenancyId },
      userOcid: { secret: "ocid1.user.oc1..u" },
      fingerprint: { secret: "aa:bb" },
      privateKey: { secret: "-----BEGIN" },
      auth: { secret: "APIKey" },
      disableAutoRetries: { secret: "true" },
      retryDurationSeconds: { secret: "30" },
      ignoreDefinedTags: { secret: '["Oracle-Tags.CreatedBy"]' },
    });
  });
});

it("knows every key of the provider's configuration", async () => {
  const { readFileSync } = await import("node:fs");
  const { createRequire } = await import("node:module");
  const types_ = createRequire(import.meta.url)
    .resolve("@pulumi/oci/config/vars.js")
    .replace(/js$/, "d.ts");
  const declared = [...readFileSync(types_, "utf8").matchAll(/export declare const (\w+):/g)].map(
    ([, key]) => key,
  );
  const json = [
    "disableAutoRetries",
    "dualStackEndpointEnabled",
    "realmSpecificServiceEndpointTemplateEnabled",
  ];
  const value = (key = "") =>
    key === "ignoreDefinedTags"
      ? "[]"
      : key === "retryDurationSeconds"
        ? "1"
        : json.includes(key)
          ? "true"
          : "x";
  const config = Object.fromEntries(declared.map((key) => [`oci:${key}`, value(key)]));
  const { one } = await run(program, { config });
  expect(Object.keys(one(types.provider).inputs).toSorted()).toEqual(declared.toSorted());
});

describe("looking up the home region", () => {
  it("asks for the tenancy's region subscriptions", async () => {
    const { result, calls } = await run(() => findHomeRegion(tenancyId));
    expect(result).toBe("us-ashburn-1");
    expect(calls.map(({ token, inputs }) => [token, inputs])).toEqual([
      ["oci:Identity/getRegionSubscriptions:getRegionSubscriptions", { tenancyId }],
    ]);
  });

  it("throws when none of them is the home region", async () => {
    const answer = { regionSubscriptions: [{ regionName: "eu-frankfurt-1", isHomeRegion: false }] };
    await expect(run(() => findHomeRegion(tenancyId), { answer })).rejects.toThrow(
      `the region subscriptions of tenancy ${tenancyId} name no home region; give the home region yourself, for example homeRegion: "us-ashburn-1"`,
    );
  });
});
