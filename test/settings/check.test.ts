import { describe, expect, it } from "vitest";
import { check, clean, id, problemsOf } from "./fixture.ts";

const long = `/${"a".repeat(255)}`;
const image = `fra.ocir.io/ns/hello:1.0@sha256:${"0".repeat(64)}`;

/** Key, wrong value, what the error says of it, the value in the cure. */
const wrong: [key: string, value: unknown, allowed: string, example: string][] = [
  ["oci:region", "Frankfurt", "the name of a region, like eu-frankfurt-1", '"<region>"'],
  [
    "oci:tenancyOcid",
    id("compartment"),
    "the OCID of the tenancy (ocid1.tenancy.…)",
    '"<OCID of the tenancy>"',
  ],
  [
    "shop:compartmentId",
    "api",
    "the OCID of a compartment (ocid1.compartment.… or ocid1.tenancy.…)",
    '"<OCID of a compartment>"',
  ],
  ["shop:homeRegion", "FRA", "the name of a region, like eu-frankfurt-1", '"<region>"'],
  ...["v1", "/v1/", "//", "/{id}", ""]
    .slice(0, 4)
    .map((value): (typeof wrong)[number] => [
      "shop:pathPrefix",
      value,
      "/ or segments like /v1, without parameters and without a slash at the end, at most 255 characters",
      "/v1",
    ]),
];

const block = "an IPv4 block from /16 to /25 without host bits, outside Oracle's own ranges";

/** Path below an object's key, wrong value, allowed, example. */
const wrongInside: [key: string, path: string[], value: unknown, allowed: string, example: string][] = [
  ["network", ["cidrBlock"], "10.0.0.0/15", block, "10.0.0.0/16"],
  ["network", ["cidrBlock"], "10.0.0.0/27", block, "10.0.0.0/16"],
  ["network", ["cidrBlock"], "10.0.0.256/16", block, "10.0.0.0/16"],
  ["network", ["cidrBlock"], "10.0.0.0/26", block, "10.0.0.0/16"],
  ["network", ["cidrBlock"], "10.0.0.1/16", block, "10.0.0.0/16"],
  ["network", ["cidrBlock"], "169.254.0.0/16", block, "10.0.0.0/16"],
  ["gateway", ["endpointType"], "public", "PUBLIC, PRIVATE", "PUBLIC"],
  ["gateway", ["displayName"], "a".repeat(256), "1 to 255 characters", '"<name>"'],
  ["gateway", ["gatewayId"], "gw", "the OCID of a gateway (ocid1.apigateway.…)", '"<OCID of a gateway>"'],
  ["application", ["shape"], "ARM", "GENERIC_X86, GENERIC_ARM, GENERIC_X86_ARM", "GENERIC_X86"],
  [
    "application",
    ["applicationId"],
    id("fnfunc"),
    "the OCID of an application (ocid1.fnapp.…)",
    '"<OCID of an application>"',
  ],
  ["access", ["mode"], "none", "create, existing, any-user", "create"],
  ["access", ["scope"], "tenancy", "compartment, functions", "compartment"],
  ["functions", ["hello", "memoryInMBs"], 100, "128, 256, 512, 1024, 2048, 3072", "256"],
  ["functions", ["hello", "memoryInMBs"], 3073, "128, 256, 512, 1024, 2048, 3072", "256"],
  ["functions", ["hello", "timeoutInSeconds"], 4, "a whole number from 5 to 300", "30"],
  ["functions", ["hello", "timeoutInSeconds"], 301, "a whole number from 5 to 300", "30"],
  ["functions", ["hello", "timeoutInSeconds"], 5.5, "a whole number from 5 to 300", "30"],
  ["functions", ["hello", "timeoutInSeconds"], "long", "a whole number from 5 to 300", "30"],
  [
    "functions",
    ["hello", "image"],
    "fra.ocir.io/ns/hello:1.0",
    "an image with tag and digest, like fra.ocir.io/<namespace>/hello:1.0@sha256:<64 hexadecimal digits>",
    '"<registry>/<namespace>/<repository>:<tag>@sha256:<digest>"',
  ],
  [
    "functions",
    ["hello", "functionId"],
    "f",
    "the OCID of a function (ocid1.fnfunc.…)",
    '"<OCID of a function>"',
  ],
  [
    "functions",
    ["hello", "source"],
    "/srv/hello",
    "a folder of the project, like ./functions/hello",
    '"./functions/<name>"',
  ],
  ["functions", ["hello", "config", "RATE"], 1.5, "text (a number with a fraction in quotes)", '"<text>"'],
];

describe("a setting of a wrong value", () => {
  it.each(wrong)("%s %j", (key, value, allowed, example) => {
    expect(problemsOf({ [key]: value })).toBe(
      `  ✖ ${key} is ${JSON.stringify(value)}; allowed: ${allowed}\n      pulumi config set ${key} ${example} -s dev`,
    );
  });

  it.each(wrongInside)("%s %j %j", (key, path, value, allowed, example) => {
    const full = [`shop:${key}`, ...path].join(".");
    const nested = path.reduceRight<unknown>((inner, name) => ({ [name]: inner }), value);
    const text = JSON.stringify(value);
    const shown = text.length > 120 ? `${text.slice(0, 119)}…` : text;
    expect(problemsOf({ [`shop:${key}`]: nested })).toBe(
      `  ✖ ${full} is ${shown}; allowed: ${allowed}\n      pulumi config set --path ${full} ${example} -s dev`,
    );
  });

  it("says how a path prefix that is too long is shown: cut", () => {
    expect(problemsOf({ "shop:pathPrefix": long }).split("\n")[0]).toBe(
      `  ✖ shop:pathPrefix is "/${"a".repeat(117)}…; allowed: / or segments like /v1, without parameters and without a slash at the end, at most 255 characters`,
    );
  });

  it("names the element of a list", () => {
    const network = { cidrBlock: "10.0.0.0/16", allowedCidrs: ["10.0.0.0/8", "10.0.0.0/33"] };
    expect(problemsOf({ "shop:network": network })).toBe(
      [
        '  ✖ shop:network.allowedCidrs[1] is "10.0.0.0/33"; allowed: an IPv4 block without host bits like 203.0.113.0/24',
        '      pulumi config set --path "shop:network.allowedCidrs[1]" "<IPv4 block>" -s dev',
      ].join("\n"),
    );
  });

  it("replaces what should be a list, since the CLI adds no element to anything else", () => {
    expect(problemsOf({ "shop:network": { cidrBlock: "10.0.0.0/16", allowedCidrs: "10.0.0.0/8" } })).toBe(
      [
        '  ✖ shop:network.allowedCidrs is "10.0.0.0/8"; allowed: a list',
        "      pulumi config rm --path shop:network.allowedCidrs -s dev",
        '      pulumi config set --path "shop:network.allowedCidrs[0]" "<IPv4 block>" -s dev',
      ].join("\n"),
    );
  });

  it.each([["gateway"], ["application"], ["functions"], ["access"], ["freeformTags"]])(
    "removes what should be an object: %s",
    (key) => {
      expect(problemsOf({ [`shop:${key}`]: "[]" })).toBe(
        `  ✖ shop:${key} is []; allowed: an object of settings\n      pulumi config rm shop:${key} -s dev`,
      );
    },
  );

  it("takes text that isn't JSON for what it is", () => {
    expect(problemsOf({ "shop:gateway": "PUBLIC" }).split("\n")[0]).toBe(
      '  ✖ shop:gateway is "PUBLIC"; allowed: an object of settings',
    );
  });
});

describe("an absent setting", () => {
  it.each([
    ["oci:region", "the name of a region, like eu-frankfurt-1", "<region>"],
    ["oci:tenancyOcid", "the OCID of the tenancy (ocid1.tenancy.…)", "<OCID of the tenancy>"],
    [
      "shop:compartmentId",
      "the OCID of a compartment (ocid1.compartment.… or ocid1.tenancy.…)",
      "<OCID of a compartment>",
    ],
  ])("%s is asked for", (key, allowed, example) => {
    const text = `  ✖ ${key} is missing; allowed: ${allowed}\n      pulumi config set ${key} "${example}" -s dev`;
    expect(problemsOf({ [key]: undefined })).toBe(text);
    expect(problemsOf({ [key]: "" })).toBe(text);
  });

  it.each([["homeRegion"], ["pathPrefix"], ["protect"], ["registryUsername"], ["registryAuthToken"]])(
    "%s may be absent or empty",
    (key) => {
      expect(problemsOf({ [`shop:${key}`]: "" })).toBe("none");
    },
  );
});

describe("an object with nothing below it", () => {
  it.each([["gateway"], ["application"], ["functions"], ["access"], ["freeformTags"]])(
    "%s is absent",
    (key) => {
      expect(problemsOf({ [`shop:${key}`]: "" })).toBe("none");
      expect(problemsOf({ [`shop:${key}`]: "null" })).toBe("none");
    },
  );
});

describe("a setting that is right", () => {
  it("comes out as it was given", () => {
    const own = {
      compartmentId: clean["shop:compartmentId"],
      homeRegion: "us-ashburn-1",
      pathPrefix: "/",
      network: { gatewaySubnetId: id("subnet"), functionsSubnetIds: [id("subnet"), id("subnet")] },
      gateway: {
        endpointType: "PRIVATE",
        displayName: "x",
        networkSecurityGroupIds: [id("networksecuritygroup")],
      },
      application: { shape: "GENERIC_ARM", config: { A: "1" } },
      functions: {
        hello: { image, memoryInMBs: 128, timeoutInSeconds: 300 },
        echo: { functionId: id("fnfunc") },
      },
      access: {
        mode: "existing",
        group: "Domain/callers",
        statements: ["Allow group a to read b in tenancy"],
      },
      protect: true,
      freeformTags: { team: "shop" },
    };
    const changes = Object.entries(own).map(([key, value]) => [`shop:${key}`, value]);
    expect(check(Object.fromEntries(changes))).toEqual({
      own,
      region: "eu-frankfurt-1",
      tenancyId: clean["oci:tenancyOcid"],
    });
  });

  it("is read from text where the stack file has quotes, and variables become text", () => {
    const hello = { memoryInMBs: "512", timeoutInSeconds: "30", config: { PORT: 8080, DEBUG: true } };
    const network = { cidrBlock: "10.0.0.0/25", internetEgress: "false" };
    expect(check({ "shop:functions": { hello }, "shop:network": network })).toMatchObject({
      own: {
        functions: {
          hello: { memoryInMBs: 512, timeoutInSeconds: 30, config: { PORT: "8080", DEBUG: "true" } },
        },
        network: { internetEgress: false },
      },
    });
  });

  it("takes the tenancy as compartment, and realms and regions that OCI doesn't have", () => {
    expect(
      problemsOf({
        "oci:region": "local-laptop-1",
        "shop:compartmentId": "ocid1.tenancy.oclocal..aaaaaaaalocal",
      }),
    ).toBe("none");
  });

  it("leaves other namespaces and the provider's other keys alone", () => {
    expect(problemsOf({ "oci:fingerprint": "00:11", "aws:region": "x" })).toBe("none");
  });
});

describe("several problems", () => {
  it("come out together", () => {
    expect(
      check({
        "oci:region": undefined,
        "shop:compartmentId": "<OCID of a compartment>",
        "shop:functions": { hello: { memoryInMBs: 100 } },
        "shop:netwrok": {},
      }),
    ).toBe(
      [
        'The settings of stack "dev" have 4 problems:',
        "  ✖ oci:region is missing; allowed: the name of a region, like eu-frankfurt-1",
        '      pulumi config set oci:region "<region>" -s dev',
        '  ✖ shop:compartmentId is still the placeholder "<OCID of a compartment>"; allowed: the OCID of a compartment (ocid1.compartment.… or ocid1.tenancy.…)',
        "      pulumi config set shop:compartmentId -s dev",
        "  ✖ shop:functions.hello.memoryInMBs is 100; allowed: 128, 256, 512, 1024, 2048, 3072",
        "      pulumi config set --path shop:functions.hello.memoryInMBs 256 -s dev",
        "  ✖ shop:netwrok is unknown; did you mean network?",
        "      pulumi config rm shop:netwrok -s dev",
        "Each command changes Pulumi.dev.yaml; so does editing that file. Without a value it asks for one.",
      ].join("\n"),
    );
  });
});
