import { type Command, type Options, UsageError, usageOf } from "../command-line.ts";

export const verbs = ["preview", "up", "refresh", "destroy"] as const;
export type Verb = (typeof verbs)[number];

export interface CommandOptions {
  verb: Verb;
  stack: string;
  /** Folder of the program; absent: this one. */
  directory: string;
  /** Whether the local OCI stands in for the tenancy that the stack names. */
  isAdopting: boolean;
  /** Whether the state is written at the end only: nothing puts it right when the engine is killed. */
  isWithoutCheckpoints: boolean;
  /** Everything else, for pulumi. */
  rest: readonly string[];
}

const own: Readonly<Record<string, "stack" | "cwd">> = {
  "--stack": "stack",
  "-s": "stack",
  "--cwd": "cwd",
  "-C": "cwd",
};

/** Takes our options out of what was typed; pulumi gets the rest. @throws {@link UsageError} */
export function parseCommand(typed: readonly string[]): CommandOptions | "help" {
  const [verb, ...args] = typed;
  if (verb === undefined || !isVerb(verb)) {
    throw new UsageError(`"${verb ?? ""}" isn't one of ${verbs.join(", ")}`);
  }
  const options = { verb, stack: "local", directory: ".", isAdopting: false, isWithoutCheckpoints: false };
  const rest: string[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const [flag = "", given] = split(args[index] ?? "");
    const name = own[flag];
    if (flag === "--help" || flag === "-h") return "help";
    if (flag === "--adopt") options.isAdopting = true;
    else if (flag === "--no-checkpoints") options.isWithoutCheckpoints = true;
    else if (name === undefined) rest.push(args[index] ?? "");
    else {
      if (given === undefined) index += 1;
      const value = given ?? args[index] ?? "";
      if (value === "")
        throw new UsageError(`${flag} needs a value, for example --${name} ${help.args[name].example}`);
      options[name === "cwd" ? "directory" : name] = value;
    }
  }
  const refused = rest.filter((word) => /^--(config-file|secrets-provider)\b/.test(word));
  if (refused.length > 0) {
    throw new UsageError(
      `${refused.join(" ")}: the command sets this itself; see npm run up:local -- --help`,
    );
  }
  return { ...options, rest };
}

function isVerb(word: string): word is Verb {
  return (verbs as readonly string[]).includes(word);
}

function split(word: string): [string, string | undefined] {
  const index = word.startsWith("--") ? word.indexOf("=") : -1;
  return index < 0 ? [word, undefined] : [word.slice(0, index), word.slice(index + 1)];
}

const help = {
  name: "npm run up:local --",
  description: "Runs the real Pulumi engine against the local OCI, with nothing of the cloud.",
  args: {
    stack: {
      type: "string",
      alias: "s",
      default: "local",
      valueHint: "NAME",
      example: "local",
      description: "Stack, with the settings of Pulumi.NAME.yaml.",
    },
    cwd: {
      type: "string",
      alias: "C",
      default: ".",
      valueHint: "FOLDER",
      example: "examples/raw-resources",
      description: "Folder of the program, the one of its Pulumi.yaml.",
    },
    adopt: {
      type: "boolean",
      description:
        "The local OCI stands in for the tenancy that the stack names, and for what it names in it.",
    },
    "no-checkpoints": {
      type: "boolean",
      description:
        "The stack's state is written at the end only: faster with many APIs, for stacks to throw away.",
    },
  },
  epilogue: `
Also: npm run preview:local, refresh:local and destroy:local, with the same options. Everything else goes to pulumi: --yes,
--expect-no-changes, --diff, -c key=value, …

The local OCI is started when none runs, and goes on serving; npm run local:stop ends it. Its state, the stack's state and
Pulumi's own files lie under .local/; your login, credentials and stack files stay untouched. A run without checkpoints that
is killed leaves resources that no state knows; delete .local then.

EXAMPLES

  npm run up:local                                      the stack local
  npm run preview:local -- --diff                       what it would change
  npm run up:local -- --cwd examples/raw-resources      another program
  npm run up:local -- --stack dev --adopt               the settings of Pulumi.dev.yaml, still on this machine
`,
} as const satisfies Command<Options>;

export const usage = () => usageOf(help);
