import { type ArgsDef, parseArgs, renderUsage } from "citty";

export interface LogOptions {
  url: string | undefined;
  /** Query of `GET /_emulator/logs`. */
  query: Record<string, string>;
  isFollowing: boolean;
  isJson: boolean;
}

const args = {
  url: {
    type: "string",
    valueHint: "URL",
    description: "Address of the local OCI. Default: the one that runs.",
  },
  "log-id": { type: "string", valueHint: "OCID", description: "Lines of this log only." },
  category: {
    type: "string",
    valueHint: "CATEGORY",
    description: "Lines of this category only: access, execution or invoke.",
  },
  level: {
    type: "string",
    valueHint: "LEVEL",
    description: "Execution lines from this level on only: INFO, WARN or ERROR.",
  },
  limit: { type: "string", valueHint: "N", description: "How many of the newest lines. Default: 100." },
  follow: { type: "boolean", alias: "f", description: "Go on with the lines that come." },
  json: { type: "boolean", description: "Each line as OCI Logging stores it, in JSON." },
  help: { type: "boolean", alias: "h", description: "Show this and exit." },
} as const satisfies ArgsDef;

const meta = {
  name: "npm run logs --",
  description: "Shows what the logs of the program that runs on this machine have kept.",
};

/** What was typed can't be used; the message says what can. */
export class LogOptionsError extends Error {
  override readonly name = "LogOptionsError";
}

const allowed = {
  category: ["access", "execution", "invoke"],
  level: ["INFO", "WARN", "ERROR"],
} as const;

/** Reads the command line. @throws {@link LogOptionsError} listing everything that isn't understood */
export function parseLogOptions(typed: readonly string[]): LogOptions | "help" {
  const parsed = parseArgs<typeof args>([...typed], args);
  if (parsed.help === true) return "help";
  const names = Object.keys(args);
  const problems = Object.keys(parsed)
    .filter((name) => name !== "_" && !["f", "h", "logId"].includes(name) && !names.includes(name))
    .map((name) => `unknown option --${name}; there are ${names.map((one) => `--${one}`).join(", ")}`);
  problems.push(...parsed._.map((word) => `unexpected "${word}"; options begin with --`));
  for (const name of ["category", "level"] as const) {
    const value = parsed[name];
    if (value === undefined || allowed[name].some((one) => one === value)) continue;
    problems.push(`--${name} is ${JSON.stringify(value)}, but must be one of ${allowed[name].join(", ")}`);
  }
  const { limit } = parsed;
  if (limit !== undefined && !(/^\d+$/.test(limit) && Number(limit) >= 1 && Number(limit) <= 10_000)) {
    problems.push(`--limit is ${JSON.stringify(limit)}, but must be 1 to 10000, for example --limit 20`);
  }
  if (problems.length > 0) throw new LogOptionsError([...problems, "Try: npm run logs -- --help"].join("\n"));
  const query = { logId: parsed["log-id"], category: parsed.category, level: parsed.level, limit };
  return {
    url: parsed.url,
    query: Object.fromEntries(
      Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : [])),
    ),
    isFollowing: parsed.follow === true,
    isJson: parsed.json === true,
  };
}

export function logUsage(): Promise<string> {
  return renderUsage({ meta, args });
}

/** What to do where several local OCIs run, each by the folder of its record under `.local`. */
export function severalRun(found: readonly { folder: string; url: string }[]): string {
  const width = Math.max(...found.map(({ url }) => url.length));
  const lines = found.map(
    ({ folder, url }) => `  npm run logs -- --url ${url.padEnd(width)}  # of ${starterOf(folder)}`,
  );
  return ["Several local OCIs run; choose one:", ...lines].join("\n");
}

function starterOf(folder: string): string {
  if (folder.startsWith("start-")) return `npm start, process ${folder.slice("start-".length)}`;
  return `npm run up:local${folder === "emulator" ? "" : " -- --adopt"}; npm run local:stop ends it`;
}
