import type { Call } from "./calls.ts";
import type { Report, Step } from "./steps.ts";

/** GitHub takes 1 MiB of summary for each step. */
const longestOutput = 100_000;
const longestBody = 300;

/** The report as the summary of a job, in GitHub's Markdown. */
export function formatSummary({ steps, calls, isOk }: Report): string {
  const rows = steps.map(
    ({ title, isOk: isStepOk, durationInSeconds }) =>
      `| ${title} | ${isStepOk ? "✅" : "❌"} | ${durationInSeconds.toFixed(1)} s |`,
  );
  return [
    `## ${isOk ? "✅ The program works on the local OCI" : "❌ The program fails on the local OCI"}`,
    ["| Step | | Time |", "| --- | --- | ---: |", ...rows].join("\n"),
    ...(calls.length === 0 ? [] : ["### Calls", fenced(calls.map(formatCall).join("\n"))]),
    ...steps.flatMap(formatOutput),
  ].join("\n\n");
}

function formatCall({ method, url, status, body, isOk }: Call): string {
  const shown = body.replace(/\s+/g, " ").slice(0, longestBody);
  return `${isOk ? " " : "✖"} ${method} ${url} → ${status === 0 ? "no answer" : status} ${shown}`;
}

/** The plan stands open, and so does what failed. */
function formatOutput({ title, isOk, output }: Step): string[] {
  const lines = output.split("\n").filter((line) => !isNoise(line));
  const text = lines.join("\n").trim();
  if (text === "") return [];
  const open = title === "plan" || !isOk ? " open" : "";
  const cut = text.length > longestOutput ? `…\n${text.slice(-longestOutput)}` : text;
  return [`<details${open}><summary>${title}</summary>\n\n${fenced(cut)}\n\n</details>`];
}

/** The engine's sign of life. */
function isNoise(line: string): boolean {
  return /^@ [a-z]+\.+$/.test(line);
}

/** A block that nothing in the text can end. */
function fenced(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((ticks) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}
