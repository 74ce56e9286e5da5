import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { FunctionApp, type FunctionAppArgs } from "../../components/function-app.ts";
import { resolved, run, unknown } from "./recorder.ts";

const compartmentId = "ocid1.compartment.oc1..shop";
const subnetId = "ocid1.subnet.oc1.eu-frankfurt-1.f";
const functionId = "ocid1.fnfunc.oc1.eu-frankfurt-1.old";
const digest = `sha256:${"a".repeat(64)}`;
const builtDigest = `sha256:${"d".repeat(64)}`;
const image = `fra.ocir.io/ns/hello:1@${digest}`;

type Args = Partial<FunctionAppArgs> & Pick<FunctionAppArgs, "functions">;

function declare(args: Args, isPreview = false) {
  return run(
    () =>
      new FunctionApp("shop", {
        compartmentId,
        region: "eu-frankfurt-1",
        subnetIds: [subnetId],
        physicalName: (noun) => `acme-dev-shop-${noun}`,
        ...args,
      }),
    { isPreview },
  );
}

async function registered(args: Args) {
  const { resources } = await declare(args);
  return Object.fromEntries(
    resources.map(({ type, name, inputs }) => [`${type.split(":").at(-1)} ${name}`, inputs]),
  );
}

/** First 8 digits of SHA-256 over `GENERIC_X86` and the subnet, a line each. */
const application = {
  compartmentId,
  displayName: "acme-dev-shop-functions-f311cf40",
  subnetIds: [subnetId],
  shape: "GENERIC_X86",
};

describe("FunctionApp", () => {
  it("registers an application and a function for an image", async () => {
    expect(await registered({ functions: { hello: { image } } })).toEqual({
      "FunctionApp shop": {},
      "Application shop": application,
      "Function shop-hello": {
        applicationId: "ocid1.fnapp.oc1..shop",
        displayName: "hello",
        image: "fra.ocir.io/ns/hello:1",
        imageDigest: digest,
        memoryInMbs: "256",
        timeoutInSeconds: 30,
      },
    });
  });

  it("registers a repository and an image for sources, and the image's digest with the function", async () => {
    const all = await registered({ functions: { hello: { source: "./functions/hello" } } });
    const tag = all["Image shop-hello-image"]?.tags[0];
    expect(tag).toMatch(/^fra\.ocir\.io\/ns\/acme-dev-shop-hello:[0-9a-f]{16}$/);
    expect(all).toEqual({
      "FunctionApp shop": {},
      "Application shop": application,
      "ContainerRepository shop-hello-repository": {
        compartmentId,
        displayName: "acme-dev-shop-hello",
        isPublic: false,
      },
      "Image shop-hello-image": {
        context: { location: ".build/functions/shop/hello" },
        platforms: ["linux/amd64"],
        tags: [tag],
        push: true,
        buildOnPreview: false,
        network: "default",
      },
      "Function shop-hello": {
        applicationId: "ocid1.fnapp.oc1..shop",
        displayName: "hello",
        image: tag,
        imageDigest: builtDigest,
        memoryInMbs: "256",
        timeoutInSeconds: 30,
      },
    });
  });

  it("registers with all arguments", async () => {
    const all = await registered({
      application: { shape: "GENERIC_ARM", config: { LOG_LEVEL: "info" } },
      functions: {
        hello: { source: "./functions/hello", memoryInMBs: 1024, timeoutInSeconds: 300, config: { A: "1" } },
      },
      registry: { username: "jane", password: "hush" },
      freeformTags: { team: "a" },
    });
    expect(all["Application shop"]).toEqual({
      ...application,
      displayName: "acme-dev-shop-functions-b927ccf4",
      shape: "GENERIC_ARM",
      config: { LOG_LEVEL: "info" },
      freeformTags: { team: "a" },
    });
    expect(all["ContainerRepository shop-hello-repository"]?.freeformTags).toEqual({ team: "a" });
    expect(all["Image shop-hello-image"]).toMatchObject({
      platforms: ["linux/arm64"],
      registries: [{ address: "fra.ocir.io", username: "ns/jane", password: { secret: "hush" } }],
    });
    expect(all["Function shop-hello"]).toMatchObject({
      memoryInMbs: "1024",
      timeoutInSeconds: 300,
      config: { A: "1" },
      freeformTags: { team: "a" },
    });
  });

  it.each([
    [true, ["protect", "retainOnDelete"]],
    [false, undefined],
    [undefined, undefined],
  ])("with protect %s sets %j on repositories, and on nothing else", async (protect, further) => {
    const functions = { hello: { source: "functions/hello" }, echo: { image } };
    const { options } = await declare({ functions, ...(protect === undefined ? {} : { protect }) });
    const set = Object.entries(options).flatMap(([name, one]) => (one.further ? [[name, one.further]] : []));
    expect(set).toEqual(further === undefined ? [] : [["shop-hello-repository", further]]);
  });

  it("builds for both architectures when the application runs on both", async () => {
    const all = await registered({
      application: { shape: "GENERIC_X86_ARM" },
      functions: { hello: { source: "functions/hello" } },
    });
    expect(all["Image shop-hello-image"]?.platforms).toEqual(["linux/amd64", "linux/arm64"]);
  });

  it("names another application when its subnets or its shape change", async () => {
    const names = new Set<string>();
    const other = "ocid1.subnet.oc1.eu-frankfurt-1.g";
    for (const [shape, subnetIds] of [
      ["GENERIC_X86", [subnetId]],
      ["GENERIC_X86", [subnetId, other]],
      ["GENERIC_X86", [other, subnetId]],
      ["GENERIC_ARM", [subnetId]],
    ] as const) {
      const all = await registered({
        application: { shape },
        subnetIds: [...subnetIds],
        functions: { a: { image } },
      });
      names.add(all["Application shop"]?.displayName);
    }
    expect(names.size).toBe(4);
  });

  it("registers nothing for existing functions", async () => {
    const { resources, result, calls } = await declare({
      functions: { hello: { functionId } },
      subnetIds: undefined,
    });
    expect(resources.map(({ name }) => name)).toEqual(["shop"]);
    expect(calls).toEqual([]);
    expect(result.applicationId).toBeUndefined();
    expect(await resolved(result.functionIds.hello as pulumi.Output<string>)).toBe(functionId);
    expect(await resolved(result.imageDigests.hello as pulumi.Output<string | undefined>)).toBeUndefined();
    expect(result.functionCompartmentIds).toEqual({ hello: compartmentId });
  });

  it("puts functions into an existing application, whose compartment is theirs", async () => {
    const applicationId = "ocid1.fnapp.oc1.eu-frankfurt-1.old";
    const { resources, result, one } = await declare({
      application: { applicationId, compartmentId: "ocid1.compartment.oc1..apps", shape: "GENERIC_ARM" },
      functions: {
        hello: { source: "./functions/hello" },
        old: { functionId },
        far: { functionId, compartmentId: "ocid1.compartment.oc1..far" },
      },
      subnetIds: undefined,
    });
    expect(resources.map(({ type }) => type.split(":").at(-1)).toSorted()).toEqual([
      "ContainerRepository",
      "Function",
      "FunctionApp",
      "Image",
    ]);
    expect(one("oci:Functions/function:Function").inputs.applicationId).toBe(applicationId);
    expect(one("docker-build:index:Image").inputs.platforms).toEqual(["linux/arm64"]);
    expect(await resolved(result.applicationId as pulumi.Output<string>)).toBe(applicationId);
    expect(result.functionCompartmentIds).toEqual({
      hello: "ocid1.compartment.oc1..apps",
      old: "ocid1.compartment.oc1..apps",
      far: "ocid1.compartment.oc1..far",
    });
  });

  it("parents every resource, pushes after the repository is there, and registers its outputs", async () => {
    const { options, outputs, result } = await declare({
      functions: { hello: { source: "./functions/hello" }, old: { functionId } },
    });
    const common = { parent: "shop", provider: "", deleteBeforeReplace: undefined };
    expect(options).toEqual({
      shop: { ...common, dependsOn: [] },
      "shop-hello-repository": { ...common, dependsOn: [] },
      "shop-hello-image": { ...common, dependsOn: ["shop-hello-repository"] },
      "shop-hello": { ...common, dependsOn: ["shop", "shop-hello-image"] },
    });
    expect(outputs.shop).toEqual({
      applicationId: "ocid1.fnapp.oc1..shop",
      functionIds: { hello: "ocid1.fnfunc.oc1..shop-hello", old: functionId },
      imageDigests: { hello: builtDigest },
      functionCompartmentIds: { hello: compartmentId, old: compartmentId },
    });
    expect(Object.keys(result.nodes.functions)).toEqual(["hello"]);
    expect(Object.keys(result.nodes.repositories)).toEqual(["hello"]);
    expect(Object.keys(result.nodes.images)).toEqual(["hello"]);
  });

  it("keeps secrets secret, and what is plain plain", async () => {
    const { secretPaths, one } = await declare({
      application: { config: { APP_TOKEN: pulumi.secret("hush") } },
      functions: {
        hello: { source: "./functions/hello", config: { LEVEL: "info", TOKEN: pulumi.secret("hush") } },
      },
      registry: { username: "jane", password: "hush" },
    });
    expect(secretPaths).toEqual([
      "shop-hello-image.registries.0.password",
      "shop-hello.config.TOKEN",
      "shop.config.APP_TOKEN",
    ]);
    expect(one("oci:Functions/function:Function").inputs.config).toEqual({
      LEVEL: "info",
      TOKEN: { secret: "hush" },
    });
  });

  it("takes ids, images and configuration that are known later", async () => {
    const all = await registered({
      subnetIds: [pulumi.output(subnetId)],
      functions: { hello: { image: pulumi.output(image), config: { A: pulumi.output("1") } } },
    });
    expect(all["Application shop"]).toEqual(application);
    expect(all["Function shop-hello"]).toMatchObject({
      image: "fra.ocir.io/ns/hello:1",
      imageDigest: digest,
      config: { A: "1" },
    });
  });

  it("does not throw when nothing is known yet", async () => {
    const { one } = await declare(
      {
        compartmentId: unknown(),
        subnetIds: [unknown()],
        functions: {
          hello: { source: "./functions/hello", config: { LEVEL: "info", LATER: unknown() } },
          other: { image: unknown() },
          old: { functionId: unknown(), compartmentId: unknown() },
        },
      },
      true,
    );
    expect(one("oci:Functions/function:Function", "shop-hello").inputs.config).toEqual({
      LEVEL: "info",
      LATER: "<unknown>",
    });
    expect(one("oci:Functions/application:Application").inputs.shape).toBe("GENERIC_X86");
  });
});
