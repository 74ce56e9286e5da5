import { type Command, type Options, readOptions, usageError, usageOf } from "../command-line.ts";

export interface SpecOptions {
  stack: string;
  /** Folder of the program. */
  directory: string;
  /** Name of the API; absent: the only one. */
  name: string | undefined;
  functions: "keys" | "ocids";
}

const command = {
  name: "npm run -s spec --",
  description:
    "Prints the deployment specification of an API as JSON, as the Console and `specification` take it.",
  args: {
    stack: {
      type: "string",
      alias: "s",
      default: "local",
      valueHint: "NAME",
      example: "dev",
      description: "Stack, with the settings of Pulumi.NAME.yaml.",
    },
    cwd: {
      type: "string",
      alias: "C",
      default: ".",
      valueHint: "FOLDER",
      example: "examples/specification-file",
      description: "Folder of the program, the one of its Pulumi.yaml.",
    },
    name: {
      type: "string",
      valueHint: "NAME",
      example: "api",
      description: "Which API, when the program has several.",
    },
    ids: {
      type: "boolean",
      description:
        "Functions by their OCIDs, where these are known before the stack is up; else by their keys.",
    },
  },
  epilogue: `
The program is evaluated as a preview on this machine; nothing is created and nothing is called.

EXAMPLES

  npm run -s spec > api.json
  npm run -s spec -- --cwd examples/specification-file --ids
`,
} as const satisfies Command<Options>;

/** Reads what was typed. @throws {@link UsageError} listing everything that isn't understood */
export function parseSpecOptions(typed: readonly string[]): SpecOptions | "help" {
  const read = readOptions(command, typed);
  if (read === "help") return "help";
  if (read.problems.length > 0) throw usageError(command, read.problems);
  const { stack, cwd: directory, name, ids } = read.values;
  return { stack, directory, name, functions: ids === true ? "ocids" : "keys" };
}

export const usage = () => usageOf(command);
