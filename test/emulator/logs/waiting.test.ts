import { expect, it } from "vitest";
import { WaitingLines } from "../../../emulator/logs/waiting.ts";

it("gives the lines of all logs in their order, of each at most as many as it keeps", () => {
  const waiting = new WaitingLines<string>(3);
  waiting.put("quiet", "first");
  for (let n = 0; n < 10; n++) waiting.put("busy", `${n}`);
  waiting.put("quiet", "last");
  expect(waiting.size).toBe(5);
  expect(waiting.take(2)).toEqual(["first", "7"]);
  expect(waiting.take(10)).toEqual(["8", "9", "last"]);
  expect([waiting.size, waiting.take(1)]).toEqual([0, []]);
});

it("goes on after many lines, and forgets a log", () => {
  const waiting = new WaitingLines<number>(2);
  const taken = Array.from({ length: 20 }, (_, n) => {
    waiting.put("a", n);
    waiting.put("b", -n);
    return waiting.take(2);
  });
  expect(taken.flat()).toEqual(Array.from({ length: 20 }, (_, n) => [n, -n]).flat());
  waiting.put("a", 1);
  waiting.put("b", 2);
  waiting.forget("a");
  expect([waiting.size, waiting.take(5)]).toEqual([1, [2]]);
  waiting.put("b", 3);
  waiting.clear();
  expect([waiting.size, waiting.take(5)]).toEqual([0, []]);
});
