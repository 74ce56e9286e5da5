import picocolors from "picocolors";
import type { KeptLine } from "../../emulator/logs/types.ts";

/** One readable line for a kept log line: time, category, what happened. */
export function formatLogLine({ entry: { data, time, type, subject } }: KeptLine): string {
  const category = type.endsWith("functioninvoke") ? "invoke" : (type.split(".").at(-1) ?? "");
  const begin = `${picocolors.dim(time)} ${category.padEnd(9)}`;
  if (category === "access") {
    const { message, status, requestDuration, bodyBytesSent, opcRequestId } = data;
    const sizes = `${status} ${bodyBytesSent} B ${requestDuration} s`;
    return `${begin} ${printable(message)} ${sizes} ${picocolors.dim(printable(opcRequestId))}`;
  }
  if (category === "execution") {
    return `${begin} ${data.level} ${data.code}: ${printable(data.message)}`;
  }
  return `${begin} ${subject} ${data.src}: ${printable(data.message)}`;
}

/** What requests and functions write must not reach the terminal as commands. */
function printable(value: string | number | undefined): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is replaced
  return String(value ?? "").replace(/[\x00-\x1f\x7f-\x9f]/g, "�");
}
