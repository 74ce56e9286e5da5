import { expect, it } from "vitest";
import { type Waiting, WaitingLines } from "../../../emulator/logs/waiting.ts";

const line = (text: string) => ({ text, order: 0 });
type Line = Waiting & { text: string };
const texts = (lines: readonly Line[]) => lines.map(({ text }) => text);

it("gives the lines of all logs in their order, of each at most as many as it keeps", () => {
  const waiting = new WaitingLines<Line>(3);
  waiting.put("quiet", line("first"));
  for (let n = 0; n < 10; n++) waiting.put("busy", line(`${n}`));
  waiting.put("quiet", line("last"));
  expect([waiting.size, waiting.count]).toEqual([5, 12]);
  expect(texts(waiting.take(2))).toEqual(["first", "7"]);
  expect(texts(waiting.take(10))).toEqual(["8", "9", "last"]);
  expect([waiting.size, waiting.take(1), waiting.count]).toEqual([0, [], 12]);
});

it("goes on after many lines, and forgets a log", () => {
  const waiting = new WaitingLines<Line>(2);
  const taken = Array.from({ length: 20 }, (_, n) => {
    waiting.put("a", line(`${n}`));
    waiting.put("b", line(`-${n}`));
    return texts(waiting.take(2));
  });
  expect(taken.flat()).toEqual(Array.from({ length: 20 }, (_, n) => [`${n}`, `-${n}`]).flat());
  waiting.put("a", line("1"));
  waiting.put("b", line("2"));
  waiting.forget("a");
  expect(waiting.size).toBe(1);
  expect(texts(waiting.take(5))).toEqual(["2"]);
  waiting.put("b", line("3"));
  waiting.clear();
  expect([waiting.size, waiting.take(5)]).toEqual([0, []]);
});
