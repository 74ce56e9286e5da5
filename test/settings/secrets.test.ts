import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { check, problemsOf } from "./fixture.ts";

describe("a secret", () => {
  it("is never shown, whatever is wrong beside it", () => {
    const hello = { memoryInMBs: 100, config: { KEY: "hunter2", RATE: 1.5 } };
    const text = check({ "shop:functions": { hello }, "oci:region": undefined }, ["shop:functions"]);
    expect(text).toBe(
      [
        'The settings of stack "dev" have 3 problems:',
        "  ✖ oci:region is missing; allowed: the name of a region, like eu-frankfurt-1",
        '      pulumi config set oci:region "<region>" -s dev',
        "  ✖ shop:functions.hello.memoryInMBs is (secret); allowed: 128, 256, 512, 1024, 2048, 3072",
        "      pulumi config set --path shop:functions.hello.memoryInMBs 256 -s dev",
        "  ✖ shop:functions.hello.config.RATE is (secret); allowed: text (a number with a fraction in quotes)",
        "      pulumi config set --secret --path shop:functions.hello.config.RATE -s dev",
        "Each command changes Pulumi.dev.yaml; so does editing that file. Without a value it asks for one.",
      ].join("\n"),
    );
  });

  it("that is wrong as a whole isn't shown either", () => {
    expect(problemsOf({ "shop:compartmentId": "hunter2" }, ["shop:compartmentId"])).toBe(
      [
        "  ✖ shop:compartmentId is (secret); allowed: the OCID of a compartment (ocid1.compartment.… or ocid1.tenancy.…)",
        "      pulumi config set --secret shop:compartmentId -s dev",
      ].join("\n"),
    );
  });

  it("stays unseen in any object of any key", () => {
    const canary = "canary-7f3a";
    const holders = ["network", "gateway", "application", "functions", "access", "freeformTags"];
    const values = fc.letrec<{ node: unknown }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom(canary, `<${canary}>`, 7, true, null),
        fc.dictionary(fc.constantFrom("config", "hello", "image", "group", "mode", "cidrBlock"), tie("node")),
        fc.array(tie("node"), { maxLength: 2 }),
      ),
    })).node;
    fc.assert(
      fc.property(fc.constantFrom(...holders), values, (key, value) => {
        const config = { [`shop:${key}`]: JSON.stringify(value) };
        expect(String(check(config, [`shop:${key}`]))).not.toContain(canary);
      }),
      { numRuns: 300 },
    );
  });
});
