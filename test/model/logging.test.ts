import { expect, it } from "vitest";
import { checkLogging, wantedLogs } from "../../components/model/logging.ts";
import { formatProblem } from "../../components/model/problems.ts";

const days = "must be a number of days from 30 to 180 in steps of 30 [log-retention]";

// Retention: "Managing Logs and Log Groups".
it.each<[given: unknown, problems: string[]]>([
  [undefined, []],
  [false, []],
  [{}, []],
  [{ access: false, execution: true, invoke: true, retentionInDays: 30 }, []],
  [{ retentionInDays: 180, logGroupId: "ocid1.loggroup.oc1.fra.a" }, []],
  [{ retentionInDays: undefined }, []],
])("takes %j", (given, problems) => {
  expect(checkLogging(given, "created")).toEqual(problems);
});

it.each<[given: unknown, problems: string[]]>([
  [
    true,
    [
      "logging: true must be an object, or false for no logs, for example { retentionInDays: 60 } [argument-kind]",
    ],
  ],
  [
    [],
    [
      "logging: [] must be an object, or false for no logs, for example { retentionInDays: 60 } [argument-kind]",
    ],
  ],
  [{ retentionInDays: 0 }, [`logging.retentionInDays: 0 ${days}`]],
  [{ retentionInDays: 29 }, [`logging.retentionInDays: 29 ${days}`]],
  [{ retentionInDays: 31 }, [`logging.retentionInDays: 31 ${days}`]],
  [{ retentionInDays: 210 }, [`logging.retentionInDays: 210 ${days}`]],
  [{ retentionInDays: "30" }, [`logging.retentionInDays: "30" ${days}`]],
  [{ access: "no" }, ['logging.access: "no" must be true or false [log-switch]']],
  [
    { logGroupId: "shop" },
    [
      'logging.logGroupId: "shop" is not the OCID of a log group, which begins with "ocid1.loggroup." [log-group-ocid]',
    ],
  ],
  [
    { retention: 30, execution: 1 },
    [
      "logging.retention: is not a setting; allowed are access, execution, invoke, logGroupId, retentionInDays [unsupported-setting]",
      "logging.execution: 1 must be true or false [log-switch]",
    ],
  ],
])("[log-retention] [log-switch] [log-group-ocid] refuses %j", (given, problems) => {
  expect(checkLogging(given, "created").map(formatProblem)).toEqual(problems);
});

it("[log-invoke] refuses an invoke log where no application is known", () => {
  expect(checkLogging({ invoke: true }, "none").map(formatProblem)).toEqual([
    'logging.invoke: needs an application, whose log it is: give functions a code of their own, or "application.applicationId"; or leave it out [log-invoke]',
  ]);
  expect(checkLogging({ invoke: true }, "existing")).toEqual([]);
  expect(checkLogging({ invoke: false }, "none")).toEqual([]);
});

it("wants every log of an API's own application, and of an existing one the invoke log only when asked", () => {
  expect(wantedLogs({}, "created")).toEqual(["access", "execution", "invoke"]);
  expect(wantedLogs({}, "existing")).toEqual(["access", "execution"]);
  expect(wantedLogs({ invoke: true }, "existing")).toEqual(["access", "execution", "invoke"]);
  expect(wantedLogs({}, "none")).toEqual(["access", "execution"]);
  expect(wantedLogs({ invoke: true }, "none")).toEqual(["access", "execution"]);
  expect(wantedLogs(false, "created")).toEqual([]);
});
