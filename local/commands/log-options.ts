import { type Command, type Options, readOptions, usageError, usageOf } from "../command-line.ts";

export interface LogOptions {
  url: string | undefined;
  /** Query of `GET /_emulator/logs`. */
  query: Record<string, string>;
  isFollowing: boolean;
  isJson: boolean;
}

const allowed = {
  category: ["access", "execution", "invoke"],
  level: ["INFO", "WARN", "ERROR"],
} as const;

const command = {
  name: "npm run logs --",
  description: "Shows what the logs of the program that runs on this machine have kept.",
  args: {
    url: {
      type: "string",
      valueHint: "URL",
      example: "http://127.0.0.1:4910",
      description: "Address of the local OCI. Default: the one that runs.",
    },
    "log-id": {
      type: "string",
      valueHint: "OCID",
      example: "ocid1.log.oc1..…",
      description: "Lines of this log only.",
    },
    category: {
      type: "string",
      valueHint: "CATEGORY",
      example: "access",
      description: "Lines of this category only: access, execution or invoke.",
    },
    level: {
      type: "string",
      valueHint: "LEVEL",
      example: "WARN",
      description: "Execution lines from this level on only: INFO, WARN or ERROR.",
    },
    limit: {
      type: "string",
      valueHint: "N",
      example: "20",
      description: "How many of the newest lines, 1 to 10000. Default: 100.",
    },
    follow: { type: "boolean", alias: "f", description: "Go on with the lines that come." },
    json: { type: "boolean", description: "Each line as OCI Logging stores it, in JSON." },
  },
} as const satisfies Command<Options>;

/** Reads the command line. @throws {@link UsageError} listing everything that isn't understood */
export function parseLogOptions(typed: readonly string[]): LogOptions | "help" {
  const read = readOptions(command, typed);
  if (read === "help") return "help";
  const { problems, values } = read;
  for (const name of ["category", "level"] as const) {
    const value = values[name];
    if (!value || allowed[name].some((one) => one === value)) continue;
    problems.push(`--${name} is ${JSON.stringify(value)}, but must be one of ${allowed[name].join(", ")}`);
  }
  const { url, category, level, limit, follow, json } = values;
  if (limit && !(/^\d+$/.test(limit) && Number(limit) >= 1 && Number(limit) <= 10_000)) {
    problems.push(`--limit is ${JSON.stringify(limit)}, but must be 1 to 10000, for example --limit 20`);
  }
  if (problems.length > 0) throw usageError(command, problems);
  const query = { logId: values["log-id"], category, level, limit };
  return {
    url,
    query: Object.fromEntries(
      Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
    isFollowing: follow === true,
    isJson: json === true,
  };
}

export const logUsage = () => usageOf(command);

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
