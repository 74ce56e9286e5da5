import { UsageError } from "../options.ts";

export interface SpecOptions {
  stack: string;
  /** Folder of the program. */
  directory: string;
  /** Name of the API; absent: the only one. */
  name: string | undefined;
  functions: "keys" | "ocids";
}

const flags: Readonly<Record<string, "stack" | "directory" | "name">> = {
  "--stack": "stack",
  "-s": "stack",
  "--cwd": "directory",
  "-C": "directory",
  "--name": "name",
};

/** Reads what was typed. @throws {@link UsageError} */
export function parseSpecOptions(typed: readonly string[]): SpecOptions | "help" {
  const options: SpecOptions = { stack: "local", directory: ".", name: undefined, functions: "keys" };
  for (let index = 0; index < typed.length; index += 1) {
    const [, flag = "", given] = /^(-[^=]*)(?:=(.*))?$/.exec(typed[index] ?? "") ?? [];
    if (flag === "--help" || flag === "-h") return "help";
    const field = flags[flag];
    if (flag === "--ids" && given === undefined) options.functions = "ocids";
    else if (field === undefined) {
      throw new UsageError(
        `"${typed[index]}" isn't an option; there are --stack, --cwd, --name, --ids, --help`,
      );
    } else {
      if (given === undefined) index += 1;
      const value = given ?? typed[index] ?? "";
      if (value === "") throw new UsageError(`${flag} needs a value, for example ${examples[field]}`);
      options[field] = value;
    }
  }
  return options;
}

const examples = { stack: "--stack dev", directory: "--cwd examples/specification-file", name: "--name api" };

export const usage = `Prints the deployment specification of an API as JSON: what the Console and the command line take, and what
\`specification\` takes. The program is evaluated as a preview on this machine; nothing is created and nothing is called.

  npm run -s spec -- [OPTIONS] > api.json

  --stack NAME   stack, with the settings of Pulumi.NAME.yaml. Default: local
  --cwd FOLDER   another Pulumi program than this one
  --name NAME    which API, when the program has several
  --ids          functions by their OCIDs, where these are known before the stack is up; else by their keys
`;
