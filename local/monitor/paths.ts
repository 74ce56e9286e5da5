import { isRecord, type Properties } from "../values.ts";

/** `a.b[0]["c.d"]` → `["a", "b", 0, "c.d"]`; `*` stands for every key. */
export function parsePath(path: string): (string | number)[] {
  const parts: (string | number)[] = [];
  for (const match of path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+|\*)\]|([^.[\]]+)/g)) {
    const [, quoted, index, name] = match;
    if (quoted !== undefined) parts.push(quoted.replaceAll('\\"', '"'));
    else if (index !== undefined) parts.push(index === "*" ? "*" : Number(index));
    else if (name !== undefined) parts.push(name);
  }
  return parts;
}

/** `inputs` with the values at `paths` taken from `earlier`: what the option `ignoreChanges` means. */
export function keepEarlier(inputs: Properties, earlier: Properties, paths: readonly string[]): Properties {
  return paths.reduce<unknown>(
    (result, path) => keep(result, earlier, parsePath(path)),
    inputs,
  ) as Properties;
}

function keep(value: unknown, earlier: unknown, path: readonly (string | number)[]): unknown {
  const [head, ...rest] = path;
  if (head === undefined) return earlier;
  if (Array.isArray(value) && Array.isArray(earlier)) {
    return value.map((item, index) =>
      head === "*" || head === index ? keep(item, earlier[index], rest) : item,
    );
  }
  if (!isRecord(value) && !isRecord(earlier)) return value;
  const result: Properties = { ...(isRecord(value) ? value : {}) };
  const source: Properties = isRecord(earlier) ? earlier : {};
  const keys = head === "*" ? [...new Set([...Object.keys(result), ...Object.keys(source)])] : [String(head)];
  for (const key of keys) {
    const kept = keep(result[key], source[key], rest);
    if (kept === undefined) delete result[key];
    else result[key] = kept;
  }
  return result;
}

/** Which of the changed top-level properties the option `replaceOnChanges` names. */
export function namedChanges(
  changed: readonly string[],
  paths: readonly string[],
  isChangedAt: (path: (string | number)[]) => boolean,
): string[] {
  return changed.filter((property) =>
    paths.map(parsePath).some(([head, ...rest]) => {
      if (head !== "*" && head !== property) return false;
      return rest.length === 0 || isChangedAt([property, ...rest]);
    }),
  );
}

/** What stands at the path, which may lead to several places. */
export function valuesAt(value: unknown, path: readonly (string | number)[]): unknown[] {
  const [head, ...rest] = path;
  if (head === undefined) return [value];
  if (head === "*" && Array.isArray(value)) return value.flatMap((item) => valuesAt(item, rest));
  if (head === "*" && isRecord(value)) return Object.values(value).flatMap((item) => valuesAt(item, rest));
  if (Array.isArray(value)) return valuesAt(value[Number(head)], rest);
  return valuesAt(isRecord(value) ? value[head] : undefined, rest);
}
