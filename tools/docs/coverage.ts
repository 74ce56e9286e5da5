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
      .filter(({ text }) => isExercised({ operation, method, path }, text))
      .map((file) => fileLink(file.path, file.path.replace(/^test\//, "")))
      .join(", "),
  ]);
  const count = (state: string) => sorted.filter((covered) => covered.state === state).length;
  const text = pageText(
    "Coverage of the emulator",
    `${sorted.length} operations: ${["modelled", "approximated", "refused"].map((state) => `${count(state)} ${state}`).join(", ")}. Whatever isn't listed is refused with the method, the path and what is modelled.`,
    table(["Service", "Operation", "Request", "State", "Tests that call or name it"], rows),
  );
  return { file: "docs/coverage.md", text, problems: [] };
}

/** Whether a test names an operation, or calls its method and path: `call("GET", `/20160918/vcns/${vcn.id}`)`. */
function isExercised(
  { operation, method, path }: Pick<CoveredOperation, "operation" | "method" | "path">,
  text: string,
): boolean {
  const escaped = path.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll(/:\w+/g, "[^/\"'`]+");
  const caller = method === "POST" ? `(?:"POST"|create\\(\\w+)` : `"${method}"`;
  const call = new RegExp(`${caller},\\s*["'\`]${escaped}["'\`?]`);
  return call.test(text) || new RegExp(`\\b${operation}\\b`).test(text);
}

function sortKey({ service, path, method, operation }: CoveredOperation): string {
  return [service, path, method, operation].join(" ");
}
