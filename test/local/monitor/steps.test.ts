import * as pulumi from "@pulumi/pulumi";
import { beforeEach, expect, test } from "vitest";
import { hasSecret } from "../../../local/values.ts";
import { createFakeCloud, type FakeCloud, Group, run, Thing } from "./harness.ts";

let cloud: FakeCloud;
beforeEach(() => {
  cloud = createFakeCloud();
});

const urn = (qualifiedType: string, name: string) => `urn:pulumi:local::proj::${qualifiedType}::${name}`;

test("creates, passes outputs on, and leaves what is the same alone", async () => {
  const program = () => {
    const a = new Thing("a", { name: "a" });
    const b = new Thing("b", { name: "b", size: a.address });
    return { address: b.address };
  };
  const first = await run(cloud, program);
  expect(first.problems).toEqual([]);
  expect(cloud.calls).toEqual(['create a {"name":"a"}', 'create b {"name":"b","size":"address of a"}']);
  expect(first.outputs).toEqual({ address: "address of b" });
  expect(first.steps).toEqual(["create a", "create b"]);

  const second = await run(cloud, program, { state: first.state });
  expect(second.steps).toEqual(["same a", "same b"]);
  expect(second.outputs).toEqual({ address: "address of b" });
  expect(cloud.calls).toHaveLength(2);
  expect(second.state).toEqual(first.state);
});

test("updates in place what isn't create-only, and tells what changed", async () => {
  const first = await run(cloud, () => void new Thing("a", { name: "a", size: "1" }));
  const second = await run(cloud, () => void new Thing("a", { name: "a", size: "2" }), first);
  expect(cloud.calls.slice(1)).toEqual(['update id-1 {"name":"a","size":"2"}']);
  expect(second.steps).toEqual(["update a"]);
  expect(second.events).toContainEqual(
    expect.objectContaining({ operation: "update", phase: "done", changed: ["size"] }),
  );
  expect(second.state.find(({ type }) => type === "test:index:Thing")).toMatchObject({
    id: "id-1",
    inputs: { size: "2" },
  });
});

test("replaces by creating before deleting", async () => {
  const first = await run(cloud, () => void new Thing("a", { name: "a" }));
  const second = await run(cloud, () => void new Thing("a", { name: "z" }), first);
  expect(cloud.calls.slice(1)).toEqual(['create z {"name":"z"}', "delete id-1 a"]);
  expect(second.steps).toEqual(["replace a", "delete a"]);
  expect(second.state.filter(({ type }) => type === "test:index:Thing").map(({ id }) => id)).toEqual([
    "id-2",
  ]);
});

test("replaces by deleting first when deleteBeforeReplace says so, dependents that need it too", async () => {
  const program = (name: string) => () => {
    const a = new Thing("a", { name }, { deleteBeforeReplace: true });
    new Thing("b", { name: a.name });
    new Thing("c", { name: "c", size: a.name });
  };
  const first = await run(cloud, program("a"));
  cloud.calls.length = 0;
  const second = await run(cloud, program("z"), first);
  expect(second.problems).toEqual([]);
  expect(cloud.calls).toEqual([
    "delete id-2 a",
    "delete id-1 a",
    'create z {"name":"z"}',
    'create z {"name":"z"}',
    'update id-3 {"name":"c","size":"z"}',
  ]);
});

test("deletes what the program no longer has, dependents first, after everything else", async () => {
  const first = await run(cloud, () => {
    const a = new Thing("a", { name: "a" });
    const b = new Thing("b", { name: "b", size: a.address });
    new Thing("c", { name: "c" }, { dependsOn: b });
  });
  cloud.calls.length = 0;
  const second = await run(cloud, () => void new Thing("d", { name: "d" }), first);
  expect(cloud.calls).toEqual(['create d {"name":"d"}', "delete id-3 c", "delete id-2 b", "delete id-1 a"]);
  expect(second.state.map((state) => state.urn.split("::").at(-1))).toEqual(["proj-local", "d"]);
});

test("a preview calls nothing; what can't be known stays unknown", async () => {
  const seen: string[] = [];
  const preview = await run(
    cloud,
    () => {
      const a = new Thing("a", { name: "a" });
      a.address.apply((address) => seen.push(address));
      a.name.apply((name) => seen.push(name));
      new Thing("b", { name: "b", size: a.address });
      return { address: a.address };
    },
    { isPreview: true },
  );
  expect(cloud.calls).toEqual([]);
  expect(seen).toEqual(["a"]);
  expect(preview.problems).toEqual([]);
  expect(preview.steps).toEqual(["create a", "create b"]);
});

test("components hold their children's URNs; outputs of components survive", async () => {
  const result = await run(cloud, () => {
    const group = new Group("g");
    new Thing("a", { name: "a" }, { parent: group });
  });
  expect(result.state.map((state) => state.urn)).toEqual([
    urn("pulumi:pulumi:Stack", "proj-local"),
    urn("test:index:Group", "g"),
    urn("test:index:Group$test:index:Thing", "a"),
  ]);
});

test("secrets stay marked in state and outputs, and reach the cloud as they are", async () => {
  const result = await run(cloud, () => {
    const token = new pulumi.Config().requireSecret("token");
    const a = new Thing("a", { name: "a", size: token });
    return { size: a.size, address: a.address };
  });
  expect(cloud.calls).toEqual(['create a {"name":"a","size":"s3cret"}']);
  expect(hasSecret(result.outputs.size)).toBe(true);
  expect(hasSecret(result.outputs.address)).toBe(false);
  const state = result.state.find(({ type }) => type === "test:index:Thing");
  expect(hasSecret(state?.inputs.size)).toBe(true);
  expect(hasSecret(state?.outputs.size)).toBe(true);
});

test("reads existing resources and leaves them alone afterwards", async () => {
  class Existing extends pulumi.CustomResource {
    declare readonly name: pulumi.Output<string>;
    constructor(name: string, id: string) {
      super("test:index:Thing", name, { name: undefined }, { id });
    }
  }
  const first = await run(cloud, () => ({ name: new Existing("e", "id-9").name }));
  expect(first.outputs).toEqual({ name: "name of id-9" });
  await run(cloud, () => {}, first);
  expect(cloud.calls).toEqual(["read id-9"]);
  const gone = await run(cloud, () => void new Existing("e", "gone"));
  expect(gone.problems).toEqual([
    { urn: urn("test:index:Thing", "e"), message: "resource 'gone' does not exist" },
  ]);
});

test("carries out functions", async () => {
  const result = await run(cloud, async () => {
    const { answer } = await pulumi.runtime.invoke("test:index:ask", { question: "why" });
    return { answer };
  });
  expect(result.outputs).toEqual({ answer: "why" });
});
