import fc from "fast-check";
import { expect, test } from "vitest";
import { LineSplitter } from "../../../emulator/runtime/lines.ts";

function split(text: Buffer, cuts: readonly number[], maxLength = 1_000): string[] {
  const lines: string[] = [];
  const splitter = new LineSplitter(maxLength, (line) => lines.push(line));
  const places = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
  for (let i = 0; i + 1 < places.length; i++) splitter.write(text.subarray(places[i], places[i + 1]));
  splitter.end();
  return lines;
}

test("lines are the same wherever the stream was cut", () => {
  const line = fc.string({ unit: "grapheme", maxLength: 20 }).filter((text) => !/[\r\n]/.test(text));
  fc.assert(
    fc.property(fc.array(line), fc.array(fc.nat()), (lines, cuts) => {
      expect(split(Buffer.from(lines.map((text) => `${text}\n`).join("")), cuts)).toEqual(lines);
    }),
  );
});

test.each([
  { text: "a\r\nb", lines: ["a", "b"] },
  { text: "\n\n", lines: ["", ""] },
  { text: "123456", lines: ["12345… (cut after 5 characters)"] },
  { text: "123456\n7\n", lines: ["12345… (cut after 5 characters)", "7"] },
  { text: "12345\n", lines: ["12345"] },
  { text: "", lines: [] },
])("lines of $text", ({ text, lines }) => {
  expect(split(Buffer.from(text), [3], 5)).toEqual(lines);
});
