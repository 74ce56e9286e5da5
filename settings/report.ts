/** Where a setting stands: the namespaced key, then names and indexes below it. */
export type SettingPath = readonly [key: string, ...rest: (string | number)[]];

/** One thing wrong with a stack's settings. */
export interface SettingProblem {
  path: SettingPath;
  /** What is wrong and what is allowed. */
  message: string;
  /** What cures it. */
  cure: Cure;
}

export type Cure =
  /** Without a value, which only the user can know, the CLI asks for it. */
  | { kind: "set"; path: SettingPath; value?: string | undefined }
  /** For a value of the wrong kind, which `config set --path` doesn't replace. */
  | { kind: "replace"; path: SettingPath; below: string | number; value?: string | undefined }
  /** The CLI asks for the value, so that it stays out of the shell's history. */
  | { kind: "set-secret"; path: SettingPath }
  | { kind: "remove"; path: SettingPath };

/** All problems of a stack's settings in one text, each with the commands that cure it. */
export function formatSettingProblems(stack: string, problems: readonly SettingProblem[]): string {
  const count = `${problems.length} ${problems.length === 1 ? "problem" : "problems"}`;
  const lines = problems.flatMap((problem) => [
    `  ✖ ${formatPath(problem.path)} ${problem.message}`,
    ...commandsOf(problem.cure, stack).map((command) => `      ${command}`),
  ]);
  const isAsking = problems.some(({ cure }) => cure.kind !== "remove" && !("value" in cure && cure.value));
  return [
    `The settings of stack "${stack}" have ${count}:`,
    ...lines,
    `Each command changes Pulumi.${stack}.yaml; so does editing that file.${isAsking ? " Without a value it asks for one." : ""}`,
  ].join("\n");
}

/** A path as `pulumi config set --path` reads it. */
export function formatPath([key, ...rest]: SettingPath): string {
  const segments = rest.map((segment) => {
    if (typeof segment === "number") return `[${segment}]`;
    return /^[A-Za-z0-9_-]+$/.test(segment) ? `.${segment}` : `["${segment.replaceAll('"', '\\"')}"]`;
  });
  return key + segments.join("");
}

/** The commands as they are typed in a shell. */
function commandsOf(cure: Cure, stack: string): string[] {
  const isPath = cure.path.length > 1 || cure.kind === "replace";
  const verb = (name: string) => `pulumi config ${name}${isPath ? " --path" : ""}`;
  const at = quoted(formatPath(cure.path));
  const stackFlag = `-s ${quoted(stack)}`;
  switch (cure.kind) {
    case "set":
      return [setCommand(verb("set"), cure.path, cure.value, stackFlag)];
    case "replace":
      return [
        `${verb("rm")} ${at} ${stackFlag}`,
        setCommand(verb("set"), [...cure.path, cure.below], cure.value, stackFlag),
      ];
    case "set-secret":
      return [`pulumi config set --secret${isPath ? " --path" : ""} ${at} ${stackFlag}`];
    case "remove":
      return [`${verb("rm")} ${at} ${stackFlag}`];
  }
}

function setCommand(verb: string, path: SettingPath, value: string | undefined, stackFlag: string): string {
  const words = [quoted(formatPath(path)), ...(value === undefined ? [] : [quoted(value)])];
  return [verb, ...words, stackFlag].join(" ");
}

/** A value as an error shows it. */
export function shown(value: unknown, isSecret: boolean): string {
  if (isSecret) return "(secret)";
  const json = JSON.stringify(value) ?? String(value);
  return json.length > 120 ? `${json.slice(0, 119)}…` : json;
}

/** Double quotes where a shell needs some: they work in POSIX shells, PowerShell and cmd. */
function quoted(word: string): string {
  return /^[A-Za-z0-9_./:@=,-]+$/.test(word) ? word : `"${word.replaceAll('"', '\\"')}"`;
}
