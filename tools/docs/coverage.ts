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

/** What checks operations beside unit tests. */
export interface WireChecks {
  /** Source of the tests that drive whole collections with the official SDK: they name each one's path. */
  sdk: string;
  /** `POST /20160918/vcns` of the official provider's recorded requests. */
  replayed: readonly string[];
}

const sdkTest = "test/wire/sdk.test.ts";
const replayTest = "test/wire/replay.test.ts";

/** The page of the emulator's operations, with what checks each: SDK, replay, the tests that name it. */
export function coveragePage(
  operations: readonly CoveredOperation[],
  tests: readonly SourceFile[],
  { sdk, replayed }: WireChecks = { sdk: "", replayed: [] },
): Page {
  const isDriven = ({ path, state }: CoveredOperation) =>
    state !== "refused" && [...sdk.matchAll(/"(\/[\w/]+)"/g)].some(([, one]) => isBelow(path, String(one)));
  const isReplayed = (operation: CoveredOperation) => {
    const pattern = requestPattern(operation);
    return replayed.some((request) => pattern.test(request));
  };
  const sorted = [...operations].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  const rows = sorted.map((covered) => [
    covered.service,
    covered.operation,
    `\`${covered.method} ${covered.path}\``,
    covered.note === "" ? covered.state : `${covered.state}: ${covered.note}`,
    [
      ...(isDriven(covered) ? [fileLink(sdkTest, "SDK")] : []),
      ...(isReplayed(covered) ? [fileLink(replayTest, "replay")] : []),
      ...tests
        .filter(({ text }) => isExercised(covered, text))
        .map((file) => fileLink(file.path, file.path.replace(/^test\//, ""))),
    ].join(", "),
  ]);
  const count = (state: string) => sorted.filter((covered) => covered.state === state).length;
  const text = pageText(
    "Coverage of the emulator",
    `${sorted.length} operations: ${["modelled", "approximated", "refused"].map((state) => `${count(state)} ${state}`).join(", ")}. Whatever isn't listed is refused with the method, the path and what is modelled.`,
    "Checked by: **SDK**, the official TypeScript SDK calls it and the answer is what it expects; **replay**, the official provider's recorded requests get answers of the recorded shape, or the stated refusal; and the tests that call or name it.",
    table(["Service", "Operation", "Request", "State", "Checked by"], rows),
  );
  return { file: "docs/coverage.md", text, problems: [] };
}

function isBelow(path: string, collection: string): boolean {
  return path === collection || path.startsWith(`${collection}/`);
}

/** Recorded requests that an operation, or a refused group of operations, answers. */
function requestPattern({ method, path, state }: CoveredOperation): RegExp {
  const template = path.replaceAll(/:\w+/g, "[^/]+");
  return state === "refused" ? new RegExp(`^\\w+ ${template}(/|$)`) : new RegExp(`^${method} ${template}$`);
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
