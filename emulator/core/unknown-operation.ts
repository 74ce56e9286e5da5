import { OciError } from "./errors.ts";
import type { Operation, RefusedOperations } from "./operation.ts";

/** The refusal of an operation that isn't modelled: loud, and a 400, since official clients retry a 501 for minutes. */
export function unknownOperation(
  method: string,
  path: string,
  operations: readonly Operation[],
  refused: readonly RefusedOperations[],
): OciError {
  const named = refused.find((one) => path === one.path || path.startsWith(`${one.path}/`));
  if (named !== undefined) {
    const reason = named.note.replace(/^not modelled/, "");
    return new OciError(
      "InvalidParameter",
      `${method} ${path}: ${named.name} aren't modelled by this emulator${reason}.`,
    );
  }
  const collection = collectionOf(path);
  const near = operations.filter((operation) => collectionOf(operation.path) === collection);
  const modelled =
    near.length > 0
      ? near.map((operation) => `${operation.method} ${operation.path}`)
      : [...new Set(operations.map((operation) => collectionOf(operation.path)))];
  return new OciError(
    "InvalidParameter",
    `${method} ${path} isn't modelled by this emulator. Modelled are: ${modelled.join(", ")}.`,
  );
}

/** `/20160918/vcns/ocid1…` as `/20160918/vcns`; `/20160918/container/repositories` keeps its three parts. */
function collectionOf(path: string): string {
  const [, version = "", first = "", second] = path.split("/");
  return first === "container" ? `/${version}/${first}/${second}` : `/${version}/${first}`;
}
