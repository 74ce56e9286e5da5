import * as pulumi from "@pulumi/pulumi";
import { expect, it } from "vitest";
import { ServerlessApi, type ServerlessApiArgs } from "../../components/index.ts";
import { compartmentId, functionsSubnetId, gatewaySubnetId, minimal, types } from "./fixture.ts";
import { lateErrors, run } from "./recorder.ts";

const group = "ocid1.loggroup.oc1.fra.theirs";
const shared = "ocid1.fnapp.oc1.fra.shared";
const users = { functionId: "ocid1.fnfunc.oc1.fra.users" };

/** Names of the logs and of the log group that are made. */
async function made(changes: Partial<ServerlessApiArgs>): Promise<string[]> {
  const args: ServerlessApiArgs = { ...minimal, ...changes };
  const { resources } = await run(() => new ServerlessApi("api", args));
  return resources
    .filter(({ type }) => type === types.log || type === types.logGroup)
    .map(({ name }) => name)
    .toSorted();
}

const own = { network: { gatewaySubnetId, functionsSubnetIds: [functionsSubnetId] } };

it.each<[name: string, changes: Partial<ServerlessApiArgs>, logs: string[]]>([
  ["none when switched off", { logging: false }, []],
  ["none when each is switched off", { logging: { access: false, execution: false, invoke: false } }, []],
  [
    "what isn't switched off",
    { logging: { execution: false } },
    ["api-logs", "api-logs-access", "api-logs-invoke"],
  ],
  [
    "no invoke log of an existing application",
    { application: { applicationId: shared } },
    ["api-logs", "api-logs-access", "api-logs-execution"],
  ],
  [
    "an existing application's invoke log when asked for",
    { application: { applicationId: shared }, logging: { invoke: true, access: false, execution: false } },
    ["api-logs", "api-logs-invoke"],
  ],
  [
    "no invoke log of functions whose application isn't known",
    { functions: { hello: users } },
    ["api-logs", "api-logs-access", "api-logs-execution"],
  ],
  [
    "logs in an existing group",
    { logging: { logGroupId: group, invoke: false } },
    ["api-logs-access", "api-logs-execution"],
  ],
])("makes %s", async (_, changes, logs) => {
  expect(await made({ ...own, ...changes })).toEqual(logs);
});

it("passes on group, retention, tags and the application's compartment", async () => {
  const theirs = "ocid1.compartment.oc1..theirs";
  const { one, outputs } = await run(
    () =>
      new ServerlessApi("api", {
        ...minimal,
        application: { applicationId: shared, compartmentId: theirs },
        logging: { logGroupId: pulumi.output(group), invoke: true, retentionInDays: 180 },
        freeformTags: { team: "web" },
      }),
  );
  expect(one(types.log, "api-logs-invoke").inputs).toEqual({
    logGroupId: group,
    displayName: "shop-dev-api-invoke",
    logType: "SERVICE",
    isEnabled: true,
    retentionDuration: 180,
    configuration: {
      compartmentId: theirs,
      source: { sourceType: "OCISERVICE", service: "functions", category: "invoke", resource: shared },
    },
    freeformTags: { team: "web" },
  });
  expect(outputs["api-logs"]).toEqual({
    logGroupId: group,
    logIds: {
      access: "ocid1.log.oc1..api-logs-access",
      execution: "ocid1.log.oc1..api-logs-execution",
      invoke: "ocid1.log.oc1..api-logs-invoke",
    },
  });
});

it("registers no logs and gives none out when they are switched off", async () => {
  const { outputs } = await run(() => new ServerlessApi("api", { ...minimal, logging: false }));
  expect(outputs.api.logging.logGroupId ?? undefined).toBeUndefined();
  expect(outputs.api.logging.logIds).toEqual({});
});

it("[log-group-ocid] refuses an Output that isn't the OCID of a log group", async () => {
  const errors = await lateErrors(
    () => new ServerlessApi("api", { ...minimal, logging: { logGroupId: pulumi.output(compartmentId) } }),
  );
  expect(errors).toEqual([
    `api-logs "api-logs": 1 problem\n  ✖ logging.logGroupId: "${compartmentId}" is not the OCID of a log group, which begins with "ocid1.loggroup." [log-group-ocid]`,
  ]);
});

it("[log-invoke] refuses an invoke log without an application", async () => {
  const args = { ...minimal, functions: { hello: users }, logging: { invoke: true } };
  await expect(run(() => new ServerlessApi("api", args))).rejects.toThrow(
    'serverless-api "api": 1 problem\n  ✖ logging.invoke: needs an application',
  );
});

const taken =
  "  ✖ logging.invoke: asks for a log that another API of this program has: OCI keeps one invoke log for each application; leave it out here [log-invoke-taken]";
const declare = (name: string, changes: Partial<ServerlessApiArgs>) =>
  new ServerlessApi(name, { ...minimal, pathPrefix: `/${name}`, ...changes });
const onShared = { application: { applicationId: shared }, logging: { invoke: true } };

// "Service Logs": one log for each category of a resource
it("[log-invoke-taken] refuses a second API that wants the invoke log of an application", async () => {
  const twice = run(() => [declare("a", onShared), declare("b", onShared)]);
  await expect(twice).rejects.toThrow(`serverless-api "b": 1 problem\n${taken}`);
  const ofFirst = run(() => {
    const applicationId = declare("a", {}).applicationId as pulumi.Output<string>;
    return declare("b", { application: { applicationId }, logging: { invoke: true } });
  });
  await expect(ofFirst).rejects.toThrow(`serverless-api "b": 1 problem\n${taken}`);
});

it("[log-invoke-taken] takes one API that wants it, other applications, and another run", async () => {
  const other = { applicationId: `${shared}2` };
  const program = () => [
    declare("a", onShared),
    declare("b", { application: { applicationId: shared } }),
    declare("c", { ...onShared, application: other }),
    declare("d", {}),
    declare("e", {}),
  ];
  for (const one of [1, 2]) {
    const { resources } = await run(program);
    const names = resources.filter(({ name }) => name.endsWith("-invoke")).map(({ name }) => name);
    expect([one, names.toSorted()]).toEqual([one, ["a", "c", "d", "e"].map((name) => `${name}-logs-invoke`)]);
  }
});
