import { QUOTED, type Scanner, WORD } from "./scanner.ts";

/** What follows `where` in a statement, and a whole matching rule. */
export type Condition =
  | { kind: "any" | "all"; conditions: readonly Condition[] }
  | { kind: "equals"; variable: string; isNegated: boolean; value: Value }
  | { kind: "in"; variable: string; isNegated: boolean; values: readonly Value[] };

export type Value =
  | { kind: "text"; text: string }
  /** Written between slashes: `*` stands for any characters ("Conditions"). */
  | { kind: "pattern"; text: string };

/** What differs between a statement's conditions and a matching rule. */
export interface ConditionDialect {
  /** Says why a variable can't be used, or nothing. */
  refuseVariable(variable: string): string | undefined;
  /** Whether patterns and `in (…)` are part of it. */
  hasPatternsAndLists: boolean;
  example: string;
}

const PATTERN = /\/([^/\r\n]*)\//y;
const TIME_OPERATORS = ["before", "after", "between"];
const MAX_DEPTH = 100;

/** Syntax as in "Conditions" and "Writing Matching Rules to Define Dynamic Groups". */
export function parseCondition(scanner: Scanner, dialect: ConditionDialect, depth = 0): Condition {
  const offset = scanner.offset;
  if (depth > MAX_DEPTH) {
    scanner.refuse(
      offset,
      `conditions nested deeper than ${MAX_DEPTH} levels are not supported by the emulator`,
    );
  }
  const word = scanner.take(WORD);
  if (word === undefined) return scanner.fail(`expected a condition, for example ${dialect.example}`);
  const kind = word.toLowerCase();
  if ((kind === "any" || kind === "all") && scanner.takeSymbol("{")) {
    const conditions = [parseCondition(scanner, dialect, depth + 1)];
    while (!scanner.takeSymbol("}")) {
      if (!scanner.takeSymbol(",")) scanner.fail('expected "," or "}"');
      conditions.push(parseCondition(scanner, dialect, depth + 1));
    }
    return { kind, conditions };
  }
  const refusal = dialect.refuseVariable(kind);
  if (refusal !== undefined) scanner.refuse(offset, refusal);
  return parseComparison(scanner, kind, dialect);
}

function parseComparison(scanner: Scanner, variable: string, dialect: ConditionDialect): Condition {
  if (scanner.takeSymbol("!=")) {
    return { kind: "equals", variable, isNegated: true, value: parseValue(scanner, dialect) };
  }
  if (scanner.takeSymbol("=")) {
    return { kind: "equals", variable, isNegated: false, value: parseValue(scanner, dialect) };
  }
  const { offset } = scanner;
  const time = scanner.takeKeyword(...TIME_OPERATORS);
  if (time !== undefined)
    scanner.refuse(offset, `conditions on time ("${time}") are not supported by the emulator`);
  if (!dialect.hasPatternsAndLists) return scanner.fail('expected "=" or "!="');
  // unverified: in (…) and not in (…) work with every variable; Oracle shows them with tags
  const isNegated = scanner.takeKeyword("not") !== undefined;
  if (scanner.takeKeyword("in") === undefined) scanner.fail('expected "=", "!=" or "in (…)"');
  scanner.expectSymbol("(");
  const values = [parseValue(scanner, dialect)];
  while (!scanner.takeSymbol(")")) {
    if (!scanner.takeSymbol(",")) scanner.fail('expected "," or ")"');
    values.push(parseValue(scanner, dialect));
  }
  return { kind: "in", variable, isNegated, values };
}

function parseValue(scanner: Scanner, dialect: ConditionDialect): Value {
  const text = scanner.take(QUOTED);
  if (text !== undefined) return { kind: "text", text };
  const pattern = dialect.hasPatternsAndLists ? scanner.take(PATTERN) : undefined;
  if (pattern !== undefined) return { kind: "pattern", text: pattern };
  const orPattern = dialect.hasPatternsAndLists ? " or a pattern between slashes" : "";
  return scanner.fail(`expected a value in single quotes${orPattern}`);
}

export function printCondition(condition: Condition): string {
  switch (condition.kind) {
    case "any":
    case "all":
      return `${condition.kind.toUpperCase()} {${condition.conditions.map(printCondition).join(", ")}}`;
    case "equals":
      return `${condition.variable} ${condition.isNegated ? "!=" : "="} ${printValue(condition.value)}`;
    case "in": {
      const values = condition.values.map(printValue).join(", ");
      return `${condition.variable} ${condition.isNegated ? "not in" : "in"} (${values})`;
    }
  }
}

function printValue(value: Value): string {
  return value.kind === "text" ? `'${value.text}'` : `/${value.text}/`;
}

/** Variables of a request by their names in lower case. */
export type Variables = ReadonlyMap<string, string>;

/**
 * Whether a condition holds. Case doesn't matter, and a variable that the request hasn't makes its clause false,
 * also with `!=` ("Conditions", "Variables Not Applicable to a Request Result in a Declined Request").
 */
export function holds(condition: Condition, variables: Variables): boolean {
  switch (condition.kind) {
    case "all":
      return condition.conditions.every((part) => holds(part, variables));
    case "any":
      return condition.conditions.some((part) => holds(part, variables));
    case "equals": {
      const actual = variables.get(condition.variable);
      return actual !== undefined && matches(condition.value, actual) !== condition.isNegated;
    }
    case "in": {
      const actual = variables.get(condition.variable);
      return actual !== undefined && condition.values.some((v) => matches(v, actual)) !== condition.isNegated;
    }
  }
}

/** The clauses that make a condition false, each with what the request has instead. */
export function explain(condition: Condition, variables: Variables): string[] {
  if (holds(condition, variables)) return [];
  if ("conditions" in condition) {
    return condition.conditions.flatMap((part) => explain(part, variables));
  }
  const actual = variables.get(condition.variable);
  const instead = actual === undefined ? "the request has no such variable" : `it is '${actual}'`;
  return [`clause ${printCondition(condition)} was false: ${instead}`];
}

function matches(value: Value, actual: string): boolean {
  const text = value.text.toLowerCase();
  const given = actual.toLowerCase();
  if (value.kind === "text") return text === given;
  const parts = text.split("*");
  const [first = "", last = ""] = [parts[0], parts.at(-1)];
  if (parts.length === 1) return text === given;
  if (!given.startsWith(first) || !given.endsWith(last) || given.length < first.length + last.length)
    return false;
  let from = first.length;
  for (const part of parts.slice(1, -1)) {
    const at = given.indexOf(part, from);
    if (at < 0 || at + part.length > given.length - last.length) return false;
    from = at + part.length;
  }
  return true;
}
