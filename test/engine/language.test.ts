import { describe, expect, it } from "vitest";
import { runtimeOptions } from "../../tools/engine/language/options.ts";

// "Pulumi project file reference": the options of the runtime nodejs.
describe("the runtime options of Pulumi.yaml", () => {
  it("typescript must be false; nodeargs are words", () => {
    expect(runtimeOptions({ typescript: false })).toEqual({ nodeargs: [] });
    const options = {
      typescript: false,
      nodeargs: "--import  ./guard.mjs --trace-warnings",
      packagemanager: "npm",
    };
    expect(runtimeOptions(options)).toEqual({ nodeargs: ["--import", "./guard.mjs", "--trace-warnings"] });
  });

  it("throws when something can't be carried out, with everything that is wrong", () => {
    expect(() => runtimeOptions({ nodeargs: 7, entrypoint: "x" })).toThrow(
      [
        "Pulumi.yaml, runtime.options:",
        "  ✖ entrypoint isn't carried out; known are typescript, nodeargs, packagemanager",
        "  ✖ typescript is true, the default: ts-node would compile it; Node strips types itself, so write typescript: false",
        '  ✖ nodeargs is 7, but must be a text, for example "--import ./guard.mjs"',
      ].join("\n"),
    );
    expect(() => runtimeOptions({ typescript: true })).toThrow(
      "  ✖ typescript is true: ts-node would compile it",
    );
    expect(() => runtimeOptions({}, "PulumiPolicy.yaml")).toThrow(
      "PulumiPolicy.yaml, runtime.options:\n  ✖ typescript",
    );
  });
});
