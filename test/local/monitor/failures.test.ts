import * as pulumi from "@pulumi/pulumi";
import { beforeEach, expect, test } from "vitest";
import { createFakeCloud, type FakeCloud, run, Thing } from "./harness.ts";

let cloud: FakeCloud;
beforeEach(() => {
  cloud = createFakeCloud();
});

const thing = (name: string) => `urn:pulumi:local::proj::test:index:Thing::${name}`;

test("a failed resource doesn't stop unrelated ones, and the state holds what was made", async () => {
  cloud.failures.a = ["500-InternalServerError, no"];
  const result = await run(cloud, () => {
    const a = new Thing("a", { name: "a" });
    new Thing("b", { name: "b", size: a.address });
    new Thing("c", { name: "c" });
  });
  expect(result.problems).toEqual([{ urn: thing("a"), message: "500-InternalServerError, no" }]);
  expect(result.state.map(({ urn }) => urn.split("::").at(-1))).toEqual(["proj-local", "c"]);
});

test("what exists but never became ready stays in the state, and the next run updates it", async () => {
  cloud.halves.a = "a is FAILED instead of ACTIVE";
  const program = () => void new Thing("a", { name: "a" });
  const first = await run(cloud, program);
  expect(first.problems).toEqual([{ urn: thing("a"), message: "a is FAILED instead of ACTIVE" }]);
  expect(first.state.map(({ urn, id }) => [urn, id])).toContainEqual([thing("a"), "id-1"]);
  const second = await run(cloud, program, first);
  expect([second.problems, second.steps]).toEqual([[], ["update a"]]);
  const third = await run(cloud, program, second);
  expect(third.steps).toEqual(["same a"]);
});

test("what is refused is told of without the secrets that the control plane quotes", async () => {
  const size = "small-and-secret";
  cloud.failures.a = [`400-InvalidParameter, size is "${size}"`];
  cloud.halves.b = `b is FAILED with ${size}`;
  const program = () => {
    new Thing("a", { name: "a", size: pulumi.secret(size) });
    new Thing("b", { name: "b", size: pulumi.secret(size) });
  };
  const { problems } = await run(cloud, program);
  expect(problems.map(({ message }) => message).toSorted()).toEqual([
    '400-InvalidParameter, size is "[secret]"',
    "b is FAILED with [secret]",
  ]);
});

test("after a failure nothing is deleted", async () => {
  const first = await run(cloud, () => void new Thing("old", { name: "old" }));
  cloud.failures.a = ["400-InvalidParameter, no"];
  const second = await run(cloud, () => void new Thing("a", { name: "a" }), first);
  expect(cloud.calls.filter((call) => call.startsWith("delete"))).toEqual([]);
  expect(second.state.map(({ urn }) => urn)).toContain(thing("old"));
});

test("a RunError is told without a stack trace", async () => {
  const result = await run(cloud, () => {
    throw new pulumi.RunError("settings: 2 problems");
  });
  expect(result.problems).toEqual([{ message: "settings: 2 problems" }]);
});

test("a ResourceError is told at its resource, also from an apply that nobody awaits", async () => {
  const result = await run(cloud, () => {
    const a = new Thing("a", { name: "a" });
    a.address.apply(() => {
      throw new pulumi.ResourceError("wrong address", a);
    });
  });
  expect(result.problems).toEqual([{ urn: thing("a"), message: "wrong address" }]);
});

test("any other error is told with its stack", async () => {
  const result = await run(cloud, () => {
    throw new TypeError("oops");
  });
  expect(result.problems).toHaveLength(1);
  expect(result.problems[0]?.message).toMatch(/^TypeError: oops\n {4}at /);
});

test("two resources of one name are refused", async () => {
  const result = await run(cloud, () => {
    new Thing("a", { name: "a" });
    new Thing("a", { name: "b" });
  });
  const message = `Duplicate resource URN '${thing("a")}'; try giving it a unique name`;
  expect(result.problems).toEqual([{ urn: thing("a"), message }]);
});

test("inputs that the provider refuses are told in a preview", async () => {
  const result = await run(cloud, () => void new Thing("a", { name: "a", size: "bad" }), { isPreview: true });
  expect(result.problems).toEqual([{ urn: thing("a"), message: "size is bad" }]);
});

test("a type that isn't modelled is refused", async () => {
  class Other extends pulumi.CustomResource {}
  const result = await run(cloud, () => void new Other("aws:s3/bucket:Bucket", "b", {}));
  expect(result.problems).toEqual([
    { urn: "urn:pulumi:local::proj::aws:s3/bucket:Bucket::b", message: "no type aws:s3/bucket:Bucket" },
  ]);
});
