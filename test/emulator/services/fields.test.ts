import { describe, expect, test } from "vitest";
import * as apigateway from "../../../emulator/services/apigateway/model.ts";
import * as functions from "../../../emulator/services/functions/model.ts";
import {
  type Bench,
  compartmentId,
  create,
  digest,
  image,
  routesTo,
  startBench,
  withFunction,
  withGateway,
  withSubnet,
} from "../core/harness.ts";

/**
 * Every field of gateway, deployment, function and application: minimum, maximum, one too much, wrong type, absent.
 * `good` values are accepted and given back verbatim; `bad` ones answer with the exact problem.
 */
interface Field {
  name: string;
  isRequired?: true;
  /** Whether update takes it. */
  isUpdatable?: true;
  /** What OCI computes when it is absent. */
  whenAbsent?: unknown;
  good: unknown[];
  /** Value and the problem's text after `name: `, or after `name` when it names a part of the field. */
  bad: [value: unknown, problem: string][];
}

interface Table {
  noun: string;
  /** Fields of the emulator's own table, all of which must have a row here. */
  created: readonly string[];
  path: string;
  isAsynchronous?: true;
  prepare(bench: Bench): Promise<{ minimal: Record<string, unknown>; fields: Field[] }>;
}

const long = "x".repeat(256);
const longShown = `"${"x".repeat(59)}… (258 characters)`;
const notModelled = (what: string, unused: string) =>
  `: isn't modelled here: ${what}; leave it out or give ${unused}`;

const displayName = {
  name: "displayName",
  good: ["x", "x".repeat(255)],
  bad: [
    ["", ': "" is below the minimum of 1 characters'],
    [long, `: ${longShown} is above the maximum of 255 characters`],
    ["a\0b", ': "a\\u0000b" holds a control character'],
    [5, ": 5 isn't a string"],
  ],
} as const;
const namedBad = displayName.bad.map((one): [unknown, string] => [one[0], one[1]]);

const tags: Field[] = [
  {
    name: "freeformTags",
    isUpdatable: true,
    whenAbsent: {},
    good: [{}, { a: "b" }, { ["k".repeat(100)]: "v".repeat(256) }],
    bad: [
      [
        { ["k".repeat(101)]: "v" },
        `.${"k".repeat(101)}: "${"k".repeat(101)}" is above the maximum of 100 characters`,
      ],
      [{ k: 1 }, ".k: 1 isn't a string"],
      [[], ": a list of 0 isn't an object"],
    ],
  },
  {
    name: "definedTags",
    isUpdatable: true,
    whenAbsent: {},
    good: [{}, { Operations: { CostCenter: "42" } }],
    bad: [
      [{ Operations: "x" }, '.Operations: "x" isn\'t an object'],
      ["x", ': "x" isn\'t an object'],
    ],
  },
];

const compartment: Field = {
  name: "compartmentId",
  isRequired: true,
  good: [compartmentId],
  bad: [
    ["x", ': "x" isn\'t an OCID of the form ocid1.compartment.<realm>.<region>.<unique>'],
    [7, ": 7 isn't a string"],
  ],
};

const config: Field = {
  name: "config",
  isUpdatable: true,
  whenAbsent: {},
  // "Passing Custom Configuration Parameters to Functions": 4 KB of keys and values
  good: [{}, { A: "" }, { a_1: "v".repeat(4093) }],
  bad: [
    [{ A: "v".repeat(4096) }, ": keys and values are 4097 bytes together, above the maximum of 4096"],
    [
      { "a-b": "secret" },
      '.a-b: key "a-b" must begin with a letter or an underscore and hold letters, digits and underscores only',
    ],
    [{ A: 1 }, ".A: 1 isn't a string"],
    [
      { PASSWORD: "hunter2\0" },
      ".PASSWORD: the value holds the unprintable character U+0000; encode it, for example as Base64",
    ],
    ["x", ': "x" isn\'t an object'],
  ],
};

const traceConfig: Field = {
  name: "traceConfig",
  isUpdatable: true,
  whenAbsent: { isEnabled: false },
  good: [{ isEnabled: false }, { isEnabled: true, domainId: "ocid1.apmdomain.oclocal..a" }],
  bad: [
    [{ isEnabled: "yes" }, '.isEnabled: "yes" isn\'t a boolean'],
    [{ colour: "red" }, ".colour: isn't a field of this operation"],
  ],
};

async function groups(bench: Bench, vcnId: string, count: number): Promise<string[]> {
  const made: string[] = [];
  while (made.length < count) {
    made.push((await create(bench, "/20160918/networkSecurityGroups", { compartmentId, vcnId })).id);
  }
  return made;
}

const groupIds = (ids: string[]): Field => ({
  name: "networkSecurityGroupIds",
  isUpdatable: true,
  whenAbsent: [],
  // "Creating an API Gateway": at most five
  good: [[], [...ids.slice(0, 5)].reverse()],
  bad: [
    [ids, ": a list of 6 is above the maximum of 5 items"],
    [["x"], '[0]: "x" isn\'t an OCID of the form ocid1.networksecuritygroup.<realm>.<region>.<unique>'],
    ["x", ': "x" isn\'t a list'],
  ],
});

const tables: Table[] = [
  {
    noun: "gateway",
    created: Object.keys(apigateway.createGateway.shape),
    path: "/20190501/gateways",
    isAsynchronous: true,
    async prepare(bench) {
      const { vcn, subnet } = await withSubnet(bench);
      return {
        minimal: { compartmentId, endpointType: "PUBLIC", subnetId: subnet.id },
        fields: [
          compartment,
          { ...displayName, good: [...displayName.good], bad: namedBad, isUpdatable: true },
          {
            name: "endpointType",
            isRequired: true,
            good: ["PUBLIC", "PRIVATE"],
            bad: [
              ["public", ': "public" isn\'t one of "PUBLIC", "PRIVATE"'],
              [1, ': 1 isn\'t one of "PUBLIC", "PRIVATE"'],
            ],
          },
          {
            name: "subnetId",
            isRequired: true,
            good: [subnet.id],
            bad: [["x", ': "x" isn\'t an OCID of the form ocid1.subnet.<realm>.<region>.<unique>']],
          },
          groupIds(await groups(bench, vcn.id, 6)),
          {
            name: "certificateId",
            isUpdatable: true,
            good: [""],
            bad: [["ocid1.certificate.oc1.iad.x", notModelled("custom domains", '""')]],
          },
          {
            name: "responseCacheDetails",
            isUpdatable: true,
            whenAbsent: { type: "NONE" },
            good: [{ type: "NONE" }],
            bad: [[{ type: "EXTERNAL_RESP_CACHE" }, notModelled("response caches", '{"type":"NONE"}')]],
          },
          {
            name: "caBundles",
            isUpdatable: true,
            whenAbsent: [],
            good: [[]],
            bad: [[[{ type: "CA_BUNDLE" }], notModelled("custom certificate authorities", "[]")]],
          },
          {
            name: "ipMode",
            whenAbsent: "IPV4",
            good: ["IPV4"],
            bad: [["DUAL_STACK", notModelled("IPv6", '"IPV4"')]],
          },
          {
            name: "ipv4AddressConfiguration",
            good: [{ reservedIpIds: [] }],
            bad: [
              [{ reservedIpIds: ["x"] }, notModelled("reserved IP addresses", '{} or {"reservedIpIds":[]}')],
            ],
          },
          {
            name: "ipv6AddressConfiguration",
            good: [{}],
            bad: [[{ addresses: ["x"] }, notModelled("IPv6", '{} or {"addresses":[],"subnetCidrs":[]}')]],
          },
          {
            name: "locks",
            whenAbsent: [],
            good: [[]],
            bad: [[[{ type: "FULL" }], notModelled("resource locks", "[]")]],
          },
          ...tags,
        ],
      };
    },
  },
  {
    noun: "deployment",
    created: Object.keys(apigateway.createDeployment.shape),
    path: "/20190501/deployments",
    isAsynchronous: true,
    async prepare(bench) {
      const { gateway, fn } = await withGateway(bench);
      const specification = routesTo(fn.id);
      return {
        minimal: { compartmentId, gatewayId: gateway.id, pathPrefix: "/v1", specification },
        fields: [
          compartment,
          { ...displayName, good: [...displayName.good], bad: namedBad, isUpdatable: true },
          {
            name: "gatewayId",
            isRequired: true,
            good: [gateway.id],
            bad: [["x", ': "x" isn\'t an OCID of the form ocid1.apigateway.<realm>.<region>.<unique>']],
          },
          {
            name: "pathPrefix",
            isRequired: true,
            // "Deploying an API on an API Gateway"
            good: ["/", "/a", "/v1/b.c-d_e", `/${"x".repeat(254)}`],
            bad: [
              ["v1", ': must begin with "/", but is "v1"; for example "/v1"'],
              ["/v1/", ': must not end with "/", but is "/v1/"; leave the last slash out'],
              ["//", ': must not have two slashes in a row, but is "//"; for example "/v1"'],
              [
                "/{a}",
                ': may hold letters, digits, slashes and $ - _ . + ! * \' ( ) , % ; : @ & = only, and no parameters, but is "/{a}"',
              ],
              [`/${"x".repeat(255)}`, ": must be at most 255 characters long, but has 256"],
              [1, ": 1 isn't a string"],
            ],
          },
          {
            name: "specification",
            isRequired: true,
            isUpdatable: true,
            good: [specification, { loggingPolicies: {}, ...specification }],
            bad: [
              ["x", ': "x" isn\'t an object'],
              [{ bad: true }, ".bad: is bad; specification.routes: is required"],
              [{ text: "x".repeat(2 * 1024 * 1024) }, ": 2097163 bytes are above the maximum of 2097152"],
            ],
          },
          {
            name: "locks",
            whenAbsent: [],
            good: [[]],
            bad: [[[{ type: "FULL" }], notModelled("resource locks", "[]")]],
          },
          ...tags,
        ],
      };
    },
  },
  {
    noun: "application",
    created: Object.keys(functions.createApplication.shape),
    path: "/20181201/applications",
    async prepare(bench) {
      const { vcn, subnet } = await withSubnet(bench);
      const others = await Promise.all(
        ["10.0.2.0/24", "10.0.3.0/24", "10.0.4.0/24"].map((cidrBlock) =>
          create(bench, "/20160918/subnets", { compartmentId, vcnId: vcn.id, cidrBlock }),
        ),
      );
      const ids = [subnet.id, ...others.map(({ id }) => id)];
      return {
        minimal: { compartmentId, displayName: "app", subnetIds: [subnet.id] },
        fields: [
          compartment,
          { ...displayName, good: [...displayName.good], bad: namedBad, isRequired: true },
          {
            name: "subnetIds",
            isRequired: true,
            good: [[ids[0]], [ids[2], ids[0], ids[1]]],
            bad: [
              [[], ": a list of 0 is below the minimum of 1 items"],
              [ids, ": a list of 4 is above the maximum of 3 items"],
              ["x", ': "x" isn\'t a list'],
            ],
          },
          {
            name: "shape",
            whenAbsent: "GENERIC_X86",
            good: ["GENERIC_X86", "GENERIC_ARM", "GENERIC_X86_ARM"],
            bad: [["X", ': "X" isn\'t one of "GENERIC_X86", "GENERIC_ARM", "GENERIC_X86_ARM"']],
          },
          config,
          groupIds(await groups(bench, vcn.id, 6)),
          traceConfig,
          {
            name: "imagePolicyConfig",
            isUpdatable: true,
            whenAbsent: { isPolicyEnabled: false },
            good: [{ isPolicyEnabled: false }],
            bad: [[{ isPolicyEnabled: true }, notModelled("signed images", '{"isPolicyEnabled":false}')]],
          },
          {
            name: "syslogUrl",
            isUpdatable: true,
            good: [""],
            bad: [["tcp://x", notModelled("sending logs to syslog", '""')]],
          },
          {
            name: "logging",
            isUpdatable: true,
            whenAbsent: { lineFormat: "COMBINED" },
            good: [{ lineFormat: "COMBINED" }],
            bad: [
              [
                { lineFormat: "RAW" },
                notModelled("another format of log lines", '{"lineFormat":"COMBINED"}'),
              ],
            ],
          },
          {
            name: "securityAttributes",
            isUpdatable: true,
            whenAbsent: {},
            good: [{}],
            bad: [[{ a: {} }, notModelled("Zero Trust Packet Routing takes no effect", "{}")]],
          },
          ...tags,
        ],
      };
    },
  },
  {
    noun: "function",
    created: Object.keys(functions.createFunction.shape),
    path: "/20181201/functions",
    async prepare(bench) {
      const { application, fn } = await withFunction(bench);
      await bench.call("DELETE", `/20181201/functions/${fn.id}`);
      const memories = [128, 256, 512, 1024, 2048, 3072];
      return {
        minimal: { applicationId: application.id, displayName: "f", image, memoryInMBs: 128 },
        fields: [
          {
            name: "applicationId",
            isRequired: true,
            good: [application.id],
            bad: [["x", ': "x" isn\'t an OCID of the form ocid1.fnapp.<realm>.<region>.<unique>']],
          },
          { ...displayName, good: [...displayName.good], bad: namedBad, isRequired: true },
          {
            name: "image",
            isRequired: true,
            isUpdatable: true,
            good: [image],
            bad: [
              ["x", ': "x" isn\'t of the form <region-key>.ocir.io/<namespace>/<repository>:<tag>'],
              [
                "lcl.ocir.io/localns/other:1",
                ": \"lcl.ocir.io/localns/other:1\" isn't in the emulator's registry; register it with PUT /_emulator/images",
              ],
              [1, ": 1 isn't a string"],
            ],
          },
          {
            name: "imageDigest",
            isUpdatable: true,
            whenAbsent: digest,
            good: [digest],
            bad: [
              ["sha256:a", ': "sha256:a" isn\'t "sha256:" and 64 hexadecimal digits'],
              [
                `sha256:${"b".repeat(64)}`,
                `: "${image}" has no digest sha256:${"b".repeat(64)} in the emulator's registry; its latest is ${digest}`,
              ],
            ],
          },
          {
            // "Changing Default Memory and Timeout Settings"
            name: "memoryInMBs",
            isRequired: true,
            isUpdatable: true,
            good: memories,
            bad: [127, 129, 3073, "256"].map((value) => [
              value,
              `: ${JSON.stringify(value)} isn't one of ${memories.join(", ")}`,
            ]),
          },
          {
            name: "timeoutInSeconds",
            isUpdatable: true,
            whenAbsent: 30,
            good: [5, 300],
            bad: [
              [4, ": 4 is below the minimum of 5"],
              [301, ": 301 is above the maximum of 300"],
              [5.5, ": 5.5 isn't a whole number"],
              ["30", ': "30" isn\'t a number'],
            ],
          },
          config,
          traceConfig,
          {
            name: "provisionedConcurrencyConfig",
            isUpdatable: true,
            whenAbsent: { strategy: "NONE" },
            // "Reducing Initial Latency Using Provisioned Concurrency": the memory is 128 MB here
            good: [{ strategy: "NONE" }, { strategy: "CONSTANT", count: 40 }],
            bad: [
              [{ strategy: "CONSTANT" }, ".count: is required"],
              [{ strategy: "CONSTANT", count: 0 }, ".count: 0 is below the minimum of 1"],
            ],
          },
          ...["successDestination", "failureDestination"].map(
            (name): Field => ({
              name,
              isUpdatable: true,
              whenAbsent: { kind: "NONE" },
              good: [{ kind: "NONE" }],
              bad: [[{ kind: "STREAM" }, notModelled("destinations of detached calls", '{"kind":"NONE"}')]],
            }),
          ),
          {
            name: "detachedModeTimeoutInSeconds",
            isUpdatable: true,
            good: [0],
            bad: [[60, notModelled("detached calls", "0")]],
          },
          { name: "isDryRun", isUpdatable: true, good: [], bad: [[true, notModelled("dry runs", "false")]] },
          {
            name: "sourceDetails",
            good: [],
            bad: [
              [{ sourceType: "X" }, ": isn't modelled here: pre-built functions and archives; leave it out"],
            ],
          },
          ...tags,
        ],
      };
    },
  },
];

describe.each(tables)("every field of a $noun", (table) => {
  test("has its row", async () => {
    const { fields } = await table.prepare(await startBench());
    expect(fields.map(({ name }) => name).sort()).toEqual([...table.created].sort());
  });

  test("is accepted at its minimum and maximum, and given back verbatim", async () => {
    const bench = await startBench();
    const { minimal, fields } = await table.prepare(bench);
    for (const { name, good } of fields) {
      for (const value of good) {
        const made = await create(bench, table.path, { ...minimal, [name]: value });
        expect([name, made[name]]).toEqual([name, value]);
        const read = await bench.call("GET", `${table.path}/${made.id}`);
        expect(read.body).toEqual(made);
        await bench.call("DELETE", `${table.path}/${made.id}`);
      }
    }
  });

  test("throws above the maximum, below the minimum and for another type", async () => {
    const bench = await startBench();
    const { minimal, fields } = await table.prepare(bench);
    for (const { name, bad } of fields) {
      for (const [value, problem] of bad) {
        const reply = await bench.call("POST", table.path, { ...minimal, [name]: value });
        expect([reply.status, reply.body]).toEqual([
          400,
          { code: "InvalidParameter", message: `${name}${problem}` },
        ]);
      }
    }
  });

  test("throws when a required one is absent, and computes the others", async () => {
    const bench = await startBench();
    const { minimal, fields } = await table.prepare(bench);
    const made = await create(bench, table.path, minimal);
    for (const { name, isRequired, whenAbsent } of fields) {
      if (isRequired !== true) {
        if (whenAbsent !== undefined) expect([name, made[name]]).toEqual([name, whenAbsent]);
        continue;
      }
      const { [name]: _, ...rest } = minimal;
      const reply = await bench.call("POST", table.path, rest);
      expect(reply.body).toEqual({ code: "InvalidParameter", message: `${name}: is required` });
    }
  });

  test("is taken by update, or refused there by name", async () => {
    const bench = await startBench();
    const { minimal, fields } = await table.prepare(bench);
    const made = await create(bench, table.path, minimal);
    const path = `${table.path}/${made.id}`;
    for (const { name, isUpdatable, good, bad } of fields) {
      for (const value of good) {
        const reply = await bench.call("PUT", path, { [name]: value });
        if (isUpdatable === true) {
          expect([name, reply.status]).toEqual([name, table.isAsynchronous ? 202 : 200]);
          expect((await bench.call("GET", path)).body[name]).toEqual(value);
        } else {
          expect(reply.body.message).toContain(`${name}: isn't a field of this operation`);
        }
      }
      for (const [value, problem] of isUpdatable === true ? bad : []) {
        expect((await bench.call("PUT", path, { [name]: value })).body).toEqual({
          code: "InvalidParameter",
          message: `${name}${problem}`,
        });
      }
    }
  });

  test("is accepted again as it was given out", async () => {
    const bench = await startBench();
    const { minimal, fields } = await table.prepare(bench);
    const made = await create(bench, table.path, minimal);
    const path = `${table.path}/${made.id}`;
    const names = fields.filter(({ isUpdatable }) => isUpdatable === true).map(({ name }) => name);
    const all = Object.fromEntries(names.filter((name) => name in made).map((name) => [name, made[name]]));
    expect((await bench.call("PUT", path, all)).status).toBe(table.isAsynchronous ? 202 : 200);
    const { timeUpdated: _, ...after } = (await bench.call("GET", path)).body;
    const { timeUpdated: __, ...before } = made;
    expect(after).toEqual(before);
  });

  test("throws once for all problems together", async () => {
    const bench = await startBench();
    const { fields } = await table.prepare(bench);
    const required = fields.filter(({ isRequired }) => isRequired === true).map(({ name }) => name);
    const reply = await bench.call("POST", table.path, { colour: "red", freeformTags: 5 });
    for (const name of required) expect(reply.body.message).toContain(`${name}: is required`);
    expect(reply.body.message).toContain("freeformTags: 5 isn't an object");
    expect(reply.body.message).toContain("colour: isn't a field of this operation");
  });
});
