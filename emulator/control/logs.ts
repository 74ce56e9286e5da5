import { OciError } from "../core/errors.ts";
import type { Call, Operation } from "../core/operation.ts";
import { sourceOf } from "../services/logging/log.ts";

const levels: Readonly<Record<string, readonly string[]>> = {
  INFO: ["INFO", "WARN", "ERROR"],
  WARN: ["WARN", "ERROR"],
  ERROR: ["ERROR"],
};
const categories = ["access", "execution", "invoke"];
const limit = { default: 100, max: 10_000 };

/** Lines of the logs that exist, oldest first: the newest ones, or those that follow a position. */
export const listLogLines: Operation = {
  service: "emulator",
  name: "ListLogLines",
  method: "GET",
  path: "/_emulator/logs",
  state: "modelled",
  queryParameters: ["logId", "category", "level", "limit", "after"],
  run(call) {
    const { category, level } = call.query;
    oneOf("category", category, categories);
    oneOf("level", level, Object.keys(levels));
    const wanted = level === undefined ? undefined : levels[level];
    const size = numberOf(call, "limit", 1, limit.max) ?? limit.default;
    const after = numberOf(call, "after", 0, Number.MAX_SAFE_INTEGER);
    const lines = call.emulation.logs.read({
      logIds: logsOf(call),
      ...(after === undefined ? {} : { after }),
      // Levels stand inside of the lines.
      ...(wanted === undefined ? { limit: size } : {}),
    });
    const kept = lines.filter(({ entry }) => wanted?.includes(String(entry.data.level)) ?? true);
    return { status: 200, body: after === undefined ? kept.slice(-size) : kept.slice(0, size) };
  },
};

function logsOf({ emulation: { store }, query: { logId, category } }: Call): string[] {
  if (logId !== undefined && store.live("log", logId) === undefined) {
    throw new OciError("NotAuthorizedOrNotFound", `logId: there is no log ${logId} here.`);
  }
  return store
    .list("log")
    .filter((log) => logId === undefined || log.id === logId)
    .filter((log) => category === undefined || sourceOf(log)?.category === category)
    .map(({ id }) => id);
}

function oneOf(name: string, value: string | undefined, allowed: readonly string[]): void {
  if (value === undefined || allowed.includes(value)) return;
  throw new OciError("InvalidParameter", `${name}: "${value}" isn't one of ${allowed.join(", ")}`);
}

function numberOf({ query }: Call, name: string, min: number, max: number): number | undefined {
  const text = query[name];
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw new OciError("InvalidParameter", `${name}: "${text}" isn't a whole number from ${min} to ${max}`);
}
