import { expect, test } from "vitest";
import { parseCommand } from "../../../local/commands/options.ts";

const defaults = { stack: "local", directory: ".", isAdopting: false, isWithoutCheckpoints: false };

test.each([
  [["up"], { verb: "up", rest: [] }],
  [["up", "--no-checkpoints", "--yes"], { verb: "up", isWithoutCheckpoints: true, rest: ["--yes"] }],
  [["destroy", "--adopt", "-s", "dev"], { verb: "destroy", isAdopting: true, stack: "dev", rest: [] }],
  [["preview", "--cwd=examples/consumer"], { verb: "preview", directory: "examples/consumer", rest: [] }],
])("%j is understood, and pulumi gets the rest", (typed, expected) => {
  expect(parseCommand(typed)).toEqual({ ...defaults, ...expected });
});
