import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { FunctionApp, type FunctionAppArgs } from "../../components/function-app.ts";
import { resolved, run } from "./recorder.ts";

const compartmentId = "ocid1.compartment.oc1..shop";
const subnetId = "ocid1.subnet.oc1.eu-frankfurt-1.f";
const digest = `sha256:${"a".repeat(64)}`;

type Args = Partial<FunctionAppArgs> & Pick<FunctionAppArgs, "functions">;

function declare(args: Args, then?: (app: FunctionApp) => Promise<void>) {
  return run(async () => {
    const app = new FunctionApp("shop", {
      compartmentId,
      region: "eu-frankfurt-1",
      subnetIds: [subnetId],
      physicalName: (noun) => `acme-dev-shop-${noun}`,
      ...args,
    });
    await then?.(app);
    return app;
  });
}

describe("FunctionApp refuses", () => {
  it("throws all problems at once, those of the code too", async () => {
    const functions = {
      hello: { source: "./functions/nothing", memoryInMBs: 100 as 128 },
      other: { image: "fra.ocir.io/ns/other:1" },
    };
    await expect(declare({ functions, subnetIds: [], registry: { username: "jane" } })).rejects.toThrow(
      [
        'function-app "shop": 5 problems',
        "  ✖ functions.hello.memoryInMBs: 100 must be one of 128, 256, 512, 1024, 2048, 3072 [function-memory]",
        '  ✖ functions.other.image: "fra.ocir.io/ns/other:1" has no digest, without which the same tag could be other code tomorrow; give registry, tag and digest, for example "fra.ocir.io/ns/api/hello:1.2@sha256:<64 hexadecimal digits>" [image-reference]',
        '  ✖ registry.password: is missing; give username and password, or none of them to use "docker login" [registry-credentials]',
        "  ✖ subnetIds: 0 subnets given; an application takes a list of 1 to 3 OCIDs [network-subnets]",
        '  ✖ functions.hello.source: there is no folder "./functions/nothing" in the project; for example "./functions/hello" [function-source]',
      ].join("\n"),
    );
  });

  const name = 'function-app "shop": 1 problem\n  ✖ ';
  it.each([
    [
      "an image",
      { functions: { hello: { image: pulumi.output(`iad.ocir.io/ns/a:1@${digest}`) } } },
      `${name}functions.hello.image: "iad.ocir.io/ns/a:1@${digest}" is in the registry of us-ashburn-1; a function's image must lie in its own region's registry, "fra.ocir.io" [image-region]`,
      (app: FunctionApp) => app.nodes.functions.hello?.id,
    ],
    [
      "a function's id",
      { functions: { hello: { functionId: pulumi.output("x") } } },
      `${name}functions.hello.functionId: "x" is not the OCID of a function, which begins with "ocid1.fnfunc." [function-ocid]`,
      (app: FunctionApp) => app.functionIds.hello,
    ],
    [
      "an application's id",
      { functions: {}, application: { applicationId: pulumi.output("x") } },
      `${name}application.applicationId: "x" is not the OCID of an application, which begins with "ocid1.fnapp." [application-ocid]`,
      (app: FunctionApp) => app.applicationId,
    ],
  ])("throws when %s that is known later is wrong", async (_what, args, message, late) => {
    expect(await failureOf(args as Args, late)).toContain(message);
  });
});

/**
 * What an output fails with. The same error also ends the resources behind it, which nobody awaits here: for so long
 * Vitest doesn't listen, for it would print the whole program with each.
 */
async function failureOf(args: Args, late: (app: FunctionApp) => unknown): Promise<string> {
  const listeners = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", () => undefined);
  try {
    let message = "";
    await declare(args, async (app) => {
      await resolved(late(app) as pulumi.Output<unknown>).catch((error: Error) => {
        message = error.message;
      });
    }).catch(() => undefined);
    await new Promise((resolve) => setImmediate(resolve));
    return message;
  } finally {
    process.removeAllListeners("unhandledRejection");
    for (const listener of listeners) process.on("unhandledRejection", listener);
  }
}
