import { afterEach, beforeEach, expect, test } from "vitest";
import { startEmulator } from "../../../emulator/index.ts";
import type { Emulator } from "../../../emulator/types.ts";
import { createLocalProvider, type LocalProvider } from "../../../local/provider/provider.ts";
import type { Properties } from "../../../local/values.ts";

const group = "oci:Logging/logGroup:LogGroup";
const log = "oci:Logging/log:Log";
const context = { region: undefined, timeoutInMs: 5000 };

let emulator: Emulator;
let provider: LocalProvider;
let compartmentId: string;
beforeEach(async () => {
  emulator = await startEmulator();
  compartmentId = emulator.tenancy.compartments[0]?.id ?? "";
  provider = createLocalProvider({ url: emulator.url, projectDirectory: process.cwd() });
});
afterEach(async () => {
  provider.close();
  await emulator.close();
});

const inputsOf = (logGroupId: string): Properties => ({
  logGroupId,
  displayName: "access",
  logType: "SERVICE",
  configuration: {
    compartmentId,
    source: {
      sourceType: "OCISERVICE",
      service: "apigateway",
      category: "access",
      resource: "ocid1.apideployment.oclocal..a",
    },
  },
});

const makeGroup = (displayName: string) =>
  provider.create(group, { compartmentId, displayName }, context).then(({ id }) => id);

test("a log is created, read again without a change, found by its imported id, moved and deleted", async () => {
  const [first, second] = [await makeGroup("first"), await makeGroup("second")];
  const inputs = inputsOf(first);
  const { id, outputs } = await provider.create(log, inputs, context);
  expect(outputs).toMatchObject({ ...inputs, isEnabled: true, retentionDuration: 30, state: "ACTIVE" });
  const again = await provider.read(log, id, inputs, context);
  expect(again).toEqual(outputs);
  // The official provider's form of a log's id for imports.
  const importedId = `logGroupId/${first}/logId/${id}`;
  expect(provider.idOf(log, importedId)).toBe(id);
  expect(await provider.read(log, importedId, {}, context)).toEqual(outputs);
  expect((await provider.list(log, inputs, context)).map((one) => one.id)).toEqual([id]);

  const moved = { ...inputs, logGroupId: second, retentionDuration: 60 };
  expect(provider.diff(log, inputs, moved)).toEqual({
    changed: ["logGroupId", "retentionDuration"],
    replaces: [],
    isDeletedBeforeReplace: false,
  });
  const updated = await provider.update(log, id, inputs, moved, context);
  expect([updated.logGroupId, updated.retentionDuration]).toEqual([second, 60]);
  expect(updated.configuration).toEqual(inputs.configuration);
  expect(await provider.read(log, id, inputs, context)).toBeUndefined();
  await provider.delete(log, id, updated, context);
  expect(await provider.read(log, id, moved, context)).toBeUndefined();
});

test("a log group moves to another compartment, and is gone after its deletion", async () => {
  const inputs = { compartmentId, displayName: "first", description: "d" };
  const { id, outputs } = await provider.create(group, inputs, context);
  const next = { ...inputs, compartmentId: emulator.tenancy.id };
  const updated = await provider.update(group, id, inputs, next, context);
  expect(updated.compartmentId).toBe(emulator.tenancy.id);
  await provider.delete(group, id, outputs, context);
  expect(await provider.read(group, id, next, context)).toBeUndefined();
});

test("what OCI would refuse is said at preview", () => {
  expect(provider.check(log, { displayName: "a", logType: "OTHER", retentionDuration: 45 })).toEqual([
    {
      property: "logGroupId",
      reason: "is missing; give the OCID of the log's log group, for example logGroupId: logGroup.id",
    },
    {
      property: "logType",
      reason: 'is "OTHER"; must be "SERVICE" or "CUSTOM", for example logType: "SERVICE"',
      secretReason: 'must be "SERVICE" or "CUSTOM", for example logType: "SERVICE"',
    },
    {
      property: "retentionDuration",
      reason:
        "is 45; must be a number of days from 30 to 180 in steps of 30, for example retentionDuration: 30",
      secretReason:
        "must be a number of days from 30 to 180 in steps of 30, for example retentionDuration: 30",
    },
  ]);
});
