import { expect, test } from "vitest";
import { displayNameSorts, sorted } from "../../../emulator/core/sorting.ts";
import { compartmentId, create, startBench } from "./harness.ts";

const items = [
  { displayName: "b", timeCreated: "2026-01-01T00:00:00.000Z" },
  { displayName: "a", timeCreated: "2026-01-02T00:00:00.000Z" },
  { displayName: "c", timeCreated: "2026-01-02T00:00:00.000Z" },
];

test.each([
  [{}, "bac"],
  [{ sortBy: "displayName" }, "abc"],
  [{ sortBy: "DISPLAYNAME", sortOrder: "DESC" }, "cba"],
  [{ sortBy: "TIMECREATED" }, "cab"],
  [{ sortBy: "timeCreated", sortOrder: "ASC" }, "bac"],
  [{ sortOrder: "ASC" }, "bac"],
])("%j gives %s", (query, order) => {
  const names = sorted(items, query, displayNameSorts).map(({ displayName }) => displayName);
  expect(names.join("")).toBe(order);
});

test.each([
  ["sortBy=colour", 'sortBy: "colour" isn\'t one of timeCreated, TIMECREATED, displayName, DISPLAYNAME'],
  [
    "sortBy=constructor",
    'sortBy: "constructor" isn\'t one of timeCreated, TIMECREATED, displayName, DISPLAYNAME',
  ],
  ["sortOrder=up", 'sortOrder: "up" isn\'t one of ASC, DESC'],
])("throws for %s", async (query, message) => {
  const bench = await startBench();
  await create(bench, "/20160918/vcns", { compartmentId, cidrBlock: "10.0.0.0/16" });
  const reply = await bench.call("GET", `/20160918/vcns?compartmentId=${compartmentId}&${query}`);
  expect([reply.status, reply.body]).toEqual([400, { code: "InvalidParameter", message }]);
});
