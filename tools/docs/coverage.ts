import { fileLink, type Page, pageText, table } from "./page.ts";
import type { SourceFile } from "./tree.ts";

/** One operation of the emulator, as emulator/coverage.ts lists it. */
export interface CoveredOperation {
  service: string;
  operation: string;
  method: string;
  path: string;
  state: string;
  note: string;
}

/** The page of the emulator's operations, with the tests that name each. */
export function coveragePage(operations: readonly CoveredOperation[], tests: readonly SourceFile[]): Page {
  const sorted = [...operations].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  const rows = sorted.map(({ service, operation, method, path, state, note }) => [
    service,
    operation,
    `\`${method} ${path}\``,
    note === "" ? state : `${state}: ${note}`,
    tests
      .filter(({ text }) => new RegExp(`\\b${operation}\\b`, "i").test(text))
      .map((file) => fileLink(file.path, file.path.replace(/^test\//, "")))
      .join(", "),
  ]);
  const count = (state: string) => sorted.filter((covered) => covered.state === state).length;
  const text = pageText(
    "Coverage of the emulator",
    `${sorted.length} operations: ${["modelled", "approximated", "refused"].map((state) => `${count(state)} ${state}`).join(", ")}. Whatever isn't listed is refused with the method, the path and what is modelled.`,
    table(["Service", "Operation", "Request", "State", "Named in tests"], rows),
  );
  return { file: "docs/coverage.md", text, problems: [] };
}

function sortKey({ service, path, method, operation }: CoveredOperation): string {
  return [service, path, method, operation].join(" ");
}
