import { describe, expect, it } from "vitest";
import { checkConfig } from "../../components/model/config.ts";
import { checkFunctions, functionAt } from "../../components/model/functions.ts";
import type { RuleId } from "../../components/model/rules.ts";

const functionId = "ocid1.fnfunc.oc1.eu-frankfurt-1.aaaa";
const source = "./functions/hello";
const later = Promise.resolve("x");

/** Problems of one function, `hello`, with its sources and more. */
function check(more: object) {
  return checkFunctions({ hello: { source, ...more } }, undefined);
}

function problem(rule: RuleId, key: string, message: string) {
  return [{ rule, key, message }];
}

describe("checkFunctions", () => {
  it.each([
    [{ hello: { source } }, undefined],
    [{ hello: { source, memoryInMBs: 128, timeoutInSeconds: 5, config: { A: "ä €" } } }, {}],
    [
      { hello: { source, memoryInMBs: 3072, timeoutInSeconds: 300, config: { A: later } } },
      { shape: "GENERIC_ARM" },
    ],
    [
      { hello: { image: later }, "a-B_9": { functionId: later, compartmentId: later } },
      { applicationId: later },
    ],
    [
      { hello: { functionId } },
      { applicationId: "ocid1.fnapp.oc1.eu-frankfurt-1.aaaa", shape: "GENERIC_X86_ARM" },
    ],
    [{}, { config: { LOG_LEVEL: "info" } }],
    [
      { hello: { source, archive: undefined, functionId: undefined, config: { A: undefined } } },
      { shape: undefined, compartmentId: undefined },
    ],
    [{}, { applicationId: later, compartmentId: later }],
  ])("finds nothing wrong with %j %j", (functions, application) => {
    expect(checkFunctions(functions, application)).toEqual([]);
  });

  // "Changing Default Memory and Timeout Settings"
  it.each([
    [100, "100"],
    [0, "0"],
    [4096, "4096"],
    ["256", '"256"'],
  ])("[function-memory] refuses %j", (memoryInMBs, shown) => {
    expect(check({ memoryInMBs })).toEqual(
      problem(
        "function-memory",
        "functions.hello.memoryInMBs",
        `${shown} must be one of 128, 256, 512, 1024, 2048, 3072`,
      ),
    );
  });

  it.each([
    [4, "4"],
    [301, "301"],
    [7.5, "7.5"],
    ["30", '"30"'],
  ])("[function-timeout] refuses %j", (timeoutInSeconds, shown) => {
    expect(check({ timeoutInSeconds })).toEqual(
      problem(
        "function-timeout",
        "functions.hello.timeoutInSeconds",
        `${shown} must be a whole number from 5 to 300`,
      ),
    );
  });

  it.each(["a", "9", "a-", "A_b", "a".repeat(255)])("[function-key] takes %j", (key) => {
    expect(checkFunctions({ [key]: { source } }, undefined)).toEqual([]);
  });

  it.each(["", "a b", "a/b", "-a", "_a", "a!", "ä", "a".repeat(256)])("[function-key] refuses %j", (key) => {
    expect(checkFunctions({ [key]: { source } }, undefined)).toEqual(
      problem(
        "function-key",
        key.length > 255 || key === "_a" ? `functions.${key}` : `functions[${JSON.stringify(key)}]`,
        'a key is the function\'s display name: 1 to 255 letters, digits, "-" and "_", for example "hello"',
      ),
    );
  });

  it("[function-key] refuses keys that differ in case only", () => {
    expect(checkFunctions({ hello: { source }, Hello: { source } }, undefined)).toEqual(
      problem(
        "function-key",
        "functions.Hello",
        'differs from "hello" in case only; repositories are named in lower case: choose another key',
      ),
    );
  });

  it.each([
    [{}, "functions.hello", "must have exactly one of source, image and functionId; none is given"],
    [
      { source, image: later },
      "functions.hello",
      "must have exactly one of source, image and functionId; source and image are given",
    ],
    [
      { source, functionId },
      "functions.hello",
      "must have exactly one of source, image and functionId; source and functionId are given",
    ],
    [null, "functions.hello", 'null must be an object, for example { source: "./functions/hello" }'],
    [{ source: 7 }, "functions.hello.source", '7 must be a folder, for example "./functions/hello"'],
    [{ source: "" }, "functions.hello.source", '"" must be a folder, for example "./functions/hello"'],
    ["hello", "functions.hello", '"hello" must be an object, for example { source: "./functions/hello" }'],
  ])("[function-code] refuses %j", (hello, key, message) => {
    expect(checkFunctions({ hello: hello as unknown as object }, undefined)).toEqual(
      problem("function-code", key, message),
    );
  });

  it.each(["zip", "archive", "handler", "runtimeConfig"])("[function-archive] refuses %s by name", (name) => {
    const message =
      'functions from archives can\'t be deployed by the provider; build an image and give "image", or give "source"';
    expect(checkFunctions({ hello: { [name]: "x" } }, undefined)).toEqual(
      problem("function-archive", `functions.hello.${name}`, message),
    );
  });

  it("[image-reference] refuses an image that isn't a text", () => {
    expect(checkFunctions({ hello: { image: 1 } }, undefined)).toEqual(
      problem(
        "image-reference",
        "functions.hello.image",
        '1 must be an image, for example "fra.ocir.io/ns/api/hello:1.2@sha256:…"',
      ),
    );
  });

  it("[function-ocid] refuses what isn't a function's OCID", () => {
    expect(checkFunctions({ hello: { functionId: "ocid1.fnapp.oc1.fra.a" } }, undefined)).toEqual(
      problem(
        "function-ocid",
        "functions.hello.functionId",
        '"ocid1.fnapp.oc1.fra.a" is not the OCID of a function, which begins with "ocid1.fnfunc."',
      ),
    );
  });

  it("[compartment-ocid] refuses what isn't a compartment's OCID", () => {
    expect(checkFunctions({ hello: { functionId, compartmentId: "x" } }, undefined)).toEqual(
      problem(
        "compartment-ocid",
        "functions.hello.compartmentId",
        '"x" is not the OCID of a compartment, which begins with "ocid1.compartment."',
      ),
    );
  });

  it.each([
    [
      { source, detachedModeTimeoutInSeconds: 60 },
      "functions.hello.detachedModeTimeoutInSeconds",
      "is not a setting of a function here; allowed: source, image, functionId, memoryInMBs, timeoutInSeconds, config",
    ],
    [
      { functionId, memoryInMBs: 256 },
      "functions.hello.memoryInMBs",
      "is not a setting of an existing function here; allowed: functionId, compartmentId",
    ],
  ])("[unsupported-setting] refuses %j", (hello, key, message) => {
    expect(checkFunctions({ hello }, undefined)).toEqual(problem("unsupported-setting", key, message));
  });

  it("finds several problems at once", () => {
    const functions = { a: { source, memoryInMBs: 1 }, b: { source, timeoutInSeconds: 1 } };
    expect(checkFunctions(functions, { shape: "X86" }).map(({ key }) => key)).toEqual([
      "application.shape",
      "functions.a.memoryInMBs",
      "functions.b.timeoutInSeconds",
    ]);
  });
});

describe("checkFunctions: the application", () => {
  it("[application-shape] refuses another shape", () => {
    expect(checkFunctions({}, { shape: "generic_x86" })).toEqual(
      problem(
        "application-shape",
        "application.shape",
        '"generic_x86" must be one of GENERIC_X86, GENERIC_ARM, GENERIC_X86_ARM',
      ),
    );
  });

  it("[application-ocid] refuses what isn't an application's OCID", () => {
    expect(checkFunctions({}, { applicationId: functionId })).toEqual(
      problem(
        "application-ocid",
        "application.applicationId",
        `"${functionId}" is not the OCID of an application, which begins with "ocid1.fnapp."`,
      ),
    );
  });

  it("[application-config] refuses configuration of an existing application", () => {
    expect(checkFunctions({}, { applicationId: later, config: { A: "1" } })).toEqual(
      problem(
        "application-config",
        "application.config",
        "an existing application keeps its configuration; give the functions theirs instead",
      ),
    );
  });

  it("[compartment-ocid] refuses what isn't the compartment of an existing application", () => {
    expect(checkFunctions({}, { applicationId: later, compartmentId: "x" })).toEqual(
      problem(
        "compartment-ocid",
        "application.compartmentId",
        '"x" is not the OCID of a compartment, which begins with "ocid1.compartment."',
      ),
    );
  });

  it("[config-value] refuses configuration that isn't texts, of functions and of their application", () => {
    const message = "the value is a number; give a text: put it between quotes";
    expect(checkFunctions({ hello: { source, config: { A: 5 } } }, { config: { B: 6 } })).toEqual([
      ...problem("config-value", 'application.config["B"]', message),
      ...problem("config-value", 'functions.hello.config["A"]', message),
    ]);
  });

  it("[unsupported-setting] refuses a key that an application doesn't have", () => {
    expect(checkFunctions({}, { applicationId: later, displayName: "x" })).toEqual(
      problem(
        "unsupported-setting",
        "application.displayName",
        "is not a setting of an existing application here; allowed: applicationId, compartmentId, shape, config",
      ),
    );
    expect(checkFunctions({}, { compartmentId: "x" })).toEqual(
      problem(
        "unsupported-setting",
        "application.compartmentId",
        "is not a setting of a new application here; allowed: shape, config",
      ),
    );
    expect(checkFunctions({}, { networkSecurityGroupIds: [] })).toEqual(
      problem(
        "unsupported-setting",
        "application.networkSecurityGroupIds",
        "is not a setting of a new application here; allowed: shape, config",
      ),
    );
  });
});

// "Passing Custom Configuration Parameters to Functions"
describe("checkConfig", () => {
  it.each(["1A", "A-B", "", "Ä", "-A"])("[config-key] refuses %j", (name) => {
    expect(checkConfig({ [name]: "x" }, "c")).toEqual(
      problem(
        "config-key",
        `c[${JSON.stringify(name)}]`,
        'a key has letters, digits and "_" and doesn\'t begin with a digit, for example "LOG_LEVEL"',
      ),
    );
  });

  it.each<[unknown, string]>([
    ["two\nlines", "the value holds the unprintable character U+000A; encode it, for example as Base64"],
    ...["2029", "200B", "E000", "0378"].map((code): [string, string] => [
      `a${String.fromCodePoint(Number.parseInt(code, 16))}`,
      `the value holds the unprintable character U+${code}; encode it, for example as Base64`,
    ]),
    ["\u2028", "the value holds the unprintable character U+2028; encode it, for example as Base64"],
    [5, "the value is a number; give a text: put it between quotes"],
    [null, "the value is null; give a text: put it between quotes"],
  ])("[config-value] refuses %j", (value, message) => {
    expect(checkConfig({ A: value }, "c")).toEqual(problem("config-value", 'c["A"]', message));
  });

  it("[config-value] refuses what isn't keys and values", () => {
    const message = 'must be keys and values, for example { LOG_LEVEL: "info" }';
    expect(checkConfig("A=1", "c")).toEqual(problem("config-value", "c", message));
  });

  it("[config-size] takes 4096 bytes and refuses 4097, counted in UTF-8", () => {
    expect(checkConfig({ AB: "x".repeat(4094) }, "c")).toEqual([]);
    expect(checkConfig({ A: "x".repeat(2000), B: "ä".repeat(1047), C: "" }, "c")).toEqual(
      problem(
        "config-size",
        "c",
        "keys and values have 4097 bytes; at most 4096 are allowed: keep long values in a bucket or a vault and configure their OCIDs",
      ),
    );
  });
});

it.each([
  ["hello", "functions.hello"],
  ["a-b", 'functions["a-b"]'],
])("reports %s at %s", (key, at) => {
  expect(functionAt(key)).toBe(at);
});
