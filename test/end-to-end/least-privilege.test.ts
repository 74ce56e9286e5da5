import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWorld, type World } from "./privilege-world.ts";
import { callers, modes, privileges, scopes, targets } from "./privileges.ts";

const limitInMs = 120_000;

it("the table has each scope, caller and target once", () => {
  const keys = privileges.map(({ scope, caller, target }) => `${scope} ${caller} ${target}`);
  const all = scopes.flatMap((scope) =>
    Object.keys(callers).flatMap((caller) =>
      Object.keys(targets).map((target) => `${scope} ${caller} ${target}`),
    ),
  );
  expect(keys.toSorted()).toEqual(all.toSorted());
});

const worlds = modes.flatMap((mode) => scopes.map((scope) => ({ mode, scope })));

describe.each(worlds)("access $mode, scope $scope", ({ mode, scope }) => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld(mode, scope);
  }, limitInMs);
  afterAll(() => world?.close());

  it(
    "lets in who the table lets in, and nobody else",
    async () => {
      const expected = privileges.filter((one) => one.scope === scope);
      const found = [];
      for (const one of expected) {
        found.push({ ...one, isAllowed: (await world.statusOf(one.caller, one.target)) === 200 });
      }
      expect(found).toEqual(expected);
    },
    limitInMs,
  );

  it(
    "a refused gateway answers 500, a refused function gets 404, as OCI answers",
    async () => {
      // "IAM missing" is 500 for the client, measured on a live tenancy; "API Errors" for direct calls.
      const [gateway, fn] = [await world.statusOf("stranger", "own"), await world.statusOf("fn", "own")];
      expect([gateway, fn]).toEqual([500, 404]);
    },
    limitInMs,
  );
});
