import { stripVTControlCharacters } from "node:util";
import { type BooleanArgDef, type ParsedArgs, parseArgs, renderUsage, type StringArgDef } from "citty";

/** What was typed can't be used; the message says what can. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Options by their names; what takes a value has an example of one. */
export type Options = Readonly<
  Record<string, BooleanArgDef | (StringArgDef & { valueHint: string; example: string })>
>;

/** A command that has options and nothing else. */
export interface Command<Args extends Options> {
  /** What is typed before the options: `npm start --`. */
  name: string;
  description: string;
  args: Args;
  /** What else its help says. */
  epilogue?: string;
}

const help = { help: { type: "boolean", alias: "h", description: "Show this and exit." } } as const;

/** The values of what was typed, and everything in it that isn't understood; `"help"` when that is asked for. */
export function readOptions<Args extends Options>(
  { args }: Command<Args>,
  typed: readonly string[],
): { values: ParsedArgs<Args>; problems: string[] } | "help" {
  if (typed.includes("--help") || typed.includes("-h")) return "help";
  const all: Options = { ...args, ...help };
  const values = parseArgs<Args>([...typed], { ...all });
  const names = Object.keys(all);
  const known = Object.entries(all).flatMap(([name, { alias = [] }]) => [name, ...[alias].flat()]);
  const unknown = Object.keys(values).filter(
    (name) => name !== "_" && !known.includes(name) && !known.includes(kebab(name)),
  );
  const problems = unknown.map(
    (name) =>
      `unknown option ${asTyped(typed, name)}; there are ${names.map((one) => `--${one}`).join(", ")}`,
  );
  // What follows an unknown option may be its value.
  if (problems.length === 0) {
    problems.push(...values._.map((word) => `unexpected "${word}"; options begin with --`));
  }
  for (const [name, option] of Object.entries(args)) {
    const value: unknown = values[name];
    if (!("example" in option) || !isMissing(value)) continue;
    problems.push(`--${name} needs a value, for example --${name} ${option.example}`);
  }
  return { values, problems };
}

/** The next option isn't the value of the one before it. */
const isMissing = (value: unknown) => value === "" || value === false || String(value).startsWith("--");

/** An error that lists the problems. */
export function usageError({ name }: { name: string }, problems: readonly string[]): UsageError {
  return new UsageError([...problems, `Try: ${name} --help`].join("\n"));
}

/** The text of `--help`; with colours on a terminal only. */
export async function usageOf({ name, description, args, epilogue = "" }: Command<Options>): Promise<string> {
  const rendered = await renderUsage({ meta: { name, description }, args: { ...args, ...help } });
  const text = (process.stdout.isTTY ? rendered : stripVTControlCharacters(rendered)).replace(/ +$/gm, "");
  return `${text.trimEnd()}\n${epilogue}`;
}

/**
 * Whether a command that has no options is to be carried out: not when only its help is asked for, which is then printed.
 *
 * @throws {@link UsageError} for anything else that was typed
 */
export async function isToRun(
  about: Omit<Command<Options>, "args">,
  typed: readonly string[],
): Promise<boolean> {
  const command = { ...about, args: {} };
  const read = readOptions(command, typed);
  if (read === "help") process.stdout.write(await usageOf(command));
  else if (read.problems.length > 0) throw usageError(command, read.problems);
  return read !== "help";
}

/**
 * For the end of a command: writes its error, exit code 1. Errors of the known kinds are meant for people, who get the message
 * alone; {@link UsageError} is always one.
 */
export function reporting(...known: readonly (new (...args: never[]) => Error)[]): (error: unknown) => void {
  return (error) => {
    const isKnown = [UsageError, ...known].some((type) => error instanceof type);
    const text = error instanceof Error ? (isKnown ? error.message : error.stack) : String(error);
    process.stderr.write(`${text}\n`);
    process.exitCode = 1;
  };
}

/** citty gives an option's name in camel case too. */
const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const asTyped = (typed: readonly string[], name: string) =>
  name.length === 1 && !typed.some((word) => word.startsWith(`--${name}`)) ? `-${name}` : `--${name}`;
