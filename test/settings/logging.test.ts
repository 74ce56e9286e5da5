import { expect, it } from "vitest";
import { buildSettings } from "../../settings/build.ts";
import { ownKeys } from "../../settings/table.ts";

const own = { compartmentId: "ocid1.compartment.oc1..a" };
const settingsOf = (logging: object) => {
  const checked = { own: ownKeys.parse({ ...own, logging }), region: "eu-frankfurt-1", tenancyId: "t" };
  return buildSettings(checked, {}, "eu-frankfurt-1", (_, value) => value).logging;
};

it("logs are passed on as they are, switches and numbers also in quotes", () => {
  const logGroupId = "ocid1.loggroup.oc1.fra.a";
  expect(settingsOf({})).toEqual({});
  expect(settingsOf({ logGroupId, access: "false", invoke: true, retentionInDays: "90" })).toEqual({
    logGroupId,
    access: false,
    invoke: true,
    retentionInDays: 90,
  });
});

it("no logs at all when they aren't enabled", () => {
  expect(settingsOf({ enabled: false, retentionInDays: 60 })).toBe(false);
  expect(settingsOf({ enabled: "true", execution: false })).toEqual({ execution: false });
});

// "Managing Logs and Log Groups"
it.each([0, 29, 45, 181, 210, "a"])("a retention of %j days is refused", (retentionInDays) => {
  const { error } = ownKeys.safeParse({ ...own, logging: { retentionInDays } });
  expect(error?.issues.map(({ path }) => path)).toEqual([["logging", "retentionInDays"]]);
});

it.each([30, 60, 180])("a retention of %j days is taken", (retentionInDays) => {
  expect(settingsOf({ retentionInDays })).toEqual({ retentionInDays });
});
