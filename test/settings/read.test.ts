import * as pulumi from "@pulumi/pulumi";
import { beforeEach, describe, expect, it } from "vitest";
import { readSettings } from "../../settings.ts";
import { id } from "./fixture.ts";

const sources = { hello: "./functions/hello", echo: "./functions/echo" };
const calls: string[] = [];

function setConfig(config: Record<string, string>, secretKeys: string[] = []) {
  const required = {
    "oci:region": "eu-frankfurt-1",
    "oci:tenancyOcid": id("tenancy", ""),
    "shop:compartmentId": id("compartment", ""),
    "shop:network": '{"cidrBlock":"10.0.0.0/16"}',
  };
  pulumi.runtime.setAllConfig({ ...required, ...config }, secretKeys);
}

beforeEach(async () => {
  calls.length = 0;
  await pulumi.runtime.setMocks(
    {
      newResource: ({ name, inputs }) => ({ id: name, state: inputs }),
      call: ({ token, inputs }) => {
        calls.push(token);
        const regions = [
          { isHomeRegion: false, regionKey: "FRA", regionName: "eu-frankfurt-1", status: "READY" },
          { isHomeRegion: true, regionKey: "IAD", regionName: "us-ashburn-1", status: "READY" },
        ];
        return { ...inputs, regionSubscriptions: regions };
      },
    },
    "shop",
    "dev",
  );
});

describe("readSettings", () => {
  it("gives the components what they take", async () => {
    setConfig({ "shop:homeRegion": "us-phoenix-1", "shop:pathPrefix": "/v1" });
    expect(await readSettings(sources)).toEqual({
      compartmentId: id("compartment", ""),
      tenancyId: id("tenancy", ""),
      region: "eu-frankfurt-1",
      homeRegion: "us-phoenix-1",
      network: { cidrBlock: "10.0.0.0/16" },
      gateway: {},
      pathPrefix: "/v1",
      application: {},
      functions: { hello: { source: "./functions/hello" }, echo: { source: "./functions/echo" } },
      access: { mode: "create" },
    });
    expect(calls).toEqual([]);
  });

  it("looks the home region up when it isn't set", async () => {
    setConfig({ "shop:homeRegion": "" });
    expect((await readSettings(sources)).homeRegion).toBe("us-ashburn-1");
    expect(calls).toEqual(["oci:Identity/getRegionSubscriptions:getRegionSubscriptions"]);
  });

  it("replaces a function's code as the stack says", async () => {
    const image = `fra.ocir.io/ns/hello:1.0@sha256:${"0".repeat(64)}`;
    setConfig({
      "shop:homeRegion": "us-phoenix-1",
      "shop:functions": JSON.stringify({
        hello: { image, memoryInMBs: 512 },
        echo: { functionId: id("fnfunc") },
      }),
    });
    expect((await readSettings(sources)).functions).toEqual({
      hello: { image, memoryInMBs: 512 },
      echo: { functionId: id("fnfunc") },
    });
  });

  it("keeps secrets secret: the registry's token and a function's variables", async () => {
    setConfig(
      {
        "shop:homeRegion": "us-phoenix-1",
        "shop:registryUsername": "jane",
        "shop:registryAuthToken": "hunter2",
        "shop:functions": JSON.stringify({ hello: { config: { KEY: "hunter3" } } }),
      },
      ["shop:registryAuthToken", "shop:functions"],
    );
    const settings = await readSettings(sources);
    const key = pulumi.output(
      (settings.functions?.hello as { config?: Record<string, unknown> } | undefined)?.config?.KEY,
    );
    const password = pulumi.output(settings.registry?.password);
    expect(await pulumi.isSecret(key)).toBe(true);
    expect(await pulumi.isSecret(password)).toBe(true);
    expect(settings.registry?.username).toBe("jane");
    expect(JSON.stringify(settings.network)).toBe('{"cidrBlock":"10.0.0.0/16"}');
  });

  it("throws one RunError, which Pulumi shows without a stack trace", async () => {
    setConfig({ "oci:region": "<region>", "shop:cors": "{}" });
    const error = await readSettings(sources).catch((thrown: unknown) => thrown);
    expect(pulumi.RunError.isInstance(error)).toBe(true);
    expect((error as Error).message).toBe(
      [
        'The settings of stack "dev" have 2 problems:',
        '  ✖ oci:region is still the placeholder "<region>"; allowed: the name of a region, like eu-frankfurt-1',
        "      pulumi config set oci:region -s dev",
        "  ✖ shop:cors isn't a setting here: CORS stands in the program, under requestPolicies of the API or of a route",
        "      pulumi config rm shop:cors -s dev",
        "Each command changes Pulumi.dev.yaml; so does editing that file. Without a value it asks for one.",
      ].join("\n"),
    );
    expect(calls).toEqual([]);
  });
});
