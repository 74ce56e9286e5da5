import { expect, test } from "vitest";
import { Turns } from "../../../../emulator/gateway/server/turns.ts";

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

test("each turn has its pieces, and the next one has them again", async () => {
  const turns = new Turns(3);
  expect([1, 2, 3, 4].map(() => turns.take())).toEqual([true, true, true, false]);
  await nextTurn();
  expect([1, 2, 3, 4].map(() => turns.take())).toEqual([true, true, true, false]);
});

test("what takes more than is left is the turn's last", async () => {
  const turns = new Turns(3);
  expect([2, 2, 2].map((pieces) => turns.take(pieces))).toEqual([true, true, false]);
  await nextTurn();
  expect(turns.take(2)).toBe(true);
});

test("what a turn has no room for is done in the next ones, in its order", async () => {
  const turns = new Turns(3);
  const done: number[] = [];
  for (let index = 0; index < 8; index++) turns.run(() => done.push(index));
  const byTurn = [[...done]];
  while (done.length < 8) {
    await nextTurn();
    byTurn.push([...done]);
  }
  expect(byTurn).toEqual([
    [0, 1, 2],
    [0, 1, 2, 3, 4, 5],
    [0, 1, 2, 3, 4, 5, 6, 7],
  ]);
});

test("what is asked for meanwhile is done after what waits already", async () => {
  const turns = new Turns(1);
  const done: string[] = [];
  turns.run(() => done.push("a"));
  turns.run(() => {
    done.push("b");
    turns.run(() => done.push("d"));
  });
  turns.run(() => done.push("c"));
  for (let turn = 0; turn < 4; turn++) await nextTurn();
  expect(done).toEqual(["a", "b", "c", "d"]);
});
