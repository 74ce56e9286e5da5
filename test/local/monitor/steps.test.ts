import { expect, test } from "vitest";
import { createFakeCloud, Group, run, Thing } from "./harness.ts";

test("creates, passes outputs on, and leaves what is the same alone", async () => {
  const cloud = createFakeCloud();
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
