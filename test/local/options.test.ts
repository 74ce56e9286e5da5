import { expect, test } from "vitest";
import { UsageError } from "../../local/command-line.ts";
import { parseOptions } from "../../local/options.ts";

const problemsOf = (typed: string[], environment = {}) => {
  try {
    parseOptions(typed, environment);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return "";
};
const hint = "\nTry: npm start -- --help";

test("reads stack, folder and port", () => {
  expect(parseOptions([], {})).toEqual({ stack: "local", cwd: ".", port: undefined });
  expect(parseOptions(["--stack", "dev", "--port=0"], {})).toEqual({ stack: "dev", cwd: ".", port: 0 });
  expect(parseOptions(["--port", "65535", "--cwd", "examples/canary"], {})).toEqual({
    stack: "local",
    cwd: "examples/canary",
    port: 65_535,
  });
  expect(parseOptions(["--prot", "-h"], {})).toBe("help");
});

test.each([
  [["--prot", "1"], "unknown option --prot; there are --stack, --cwd, --port, --help"],
  [["-p", "1"], "unknown option -p; there are --stack, --cwd, --port, --help"],
  [["dev"], 'unexpected "dev"; options begin with --'],
  [["--stack"], "--stack needs a value, for example --stack dev"],
  [["--cwd"], "--cwd needs a value, for example --cwd examples/canary"],
  [["--port", "65536"], '--port is "65536", but must be 0 to 65535, for example --port 9000'],
  [["--port", "1e3"], '--port is "1e3", but must be 0 to 65535, for example --port 9000'],
])("throws for %j", (typed, problem) => {
  expect(problemsOf(typed)).toBe(`${problem}${hint}`);
});

test.each([
  [
    { npm_config_cwd: "examples/canary" },
    [],
    "npm took --cwd for itself; write: npm start -- --cwd examples/canary",
  ],
  [{ npm_config_stack: "dev" }, [], "npm took --stack for itself; write: npm start -- --stack dev"],
  [{ npm_config_stack: "true" }, ["dev"], "npm took --stack for itself; write: npm start -- --stack dev"],
  [{ npm_config_port: "true" }, ["9000"], "npm took --port for itself; write: npm start -- --port 9000"],
  [
    { npm_config_port: "true", npm_config_stack: "true" },
    [],
    "npm took --stack, --port for itself; write: npm start -- --stack NAME --port N",
  ],
])("throws when npm swallowed options: %j %j", (swallowed, typed, problem) => {
  expect(problemsOf(typed, { npm_lifecycle_event: "start", ...swallowed })).toBe(problem);
});

test("what npm's settings hold doesn't matter without npm start", () => {
  expect(problemsOf([], { npm_lifecycle_event: "test", npm_config_port: "1" })).toBe("");
});
