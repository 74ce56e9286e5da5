import { readFileSync } from "node:fs";
import { dirname } from "node:path";

/** What is read of Stryker's JSON report ("Mutation testing report schema"). */
interface Report {
  files: Readonly<Record<string, { mutants: readonly { status: string }[] }>>;
}

const judged = ["Killed", "Timeout", "Survived", "NoCoverage"] as const;

/** The rows of docs/mutation.md: figures of every folder of a report, and of all together. */
export function figures(reportFile: string): string {
  const { files } = JSON.parse(readFileSync(reportFile, "utf8")) as Report;
  const folders = new Map<string, string[]>();
  for (const [file, { mutants }] of Object.entries(files)) {
    const statuses = folders.get(dirname(file)) ?? [];
    folders.set(dirname(file), [...statuses, ...mutants.map(({ status }) => status)]);
  }
  const rows = [...folders, ["together", [...folders.values()].flat()] as const]
    .map(([folder, statuses]) => row(folder, statuses))
    .filter((one) => one !== undefined);
  return ["| folder | judged | killed | timed out | survived | no coverage | score |", ...rows].join("\n");
}

function row(folder: string, statuses: readonly string[]): string | undefined {
  const counts = judged.map((status) => statuses.filter((one) => one === status).length);
  const [killed = 0, timedOut = 0] = counts;
  const all = counts.reduce((sum, count) => sum + count, 0);
  if (all === 0) return undefined;
  const score = `${(((killed + timedOut) / all) * 100).toFixed(1)} %`;
  return `| \`${folder}\` | ${[all, ...counts, score].join(" | ")} |`;
}
