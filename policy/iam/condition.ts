/** A comparison of a condition or of a dynamic group's rule: `resource.type = 'ApiGateway'`. */
export interface Comparison {
  kind: "comparison";
  /** In lower case. */
  variable: string;
  /** `exists`: a tag is named without a value. */
  operator: "=" | "!=" | "in" | "not in" | "before" | "after" | "between" | "exists";
  values: readonly string[];
}

/** What `where` of a statement or a dynamic group's rule asks for ("Conditions", "Managing Dynamic Groups"). */
export type Condition = Comparison | { kind: "all" | "any"; conditions: readonly Condition[] };

const tokenPattern = /\s*('[^']*'|\/[^/]*\/|[{}(),]|!=|=|[^\s{}(),=!']+)/y;

/** Reads a condition; the reason when it isn't one. */
export function parseCondition(text: string): Condition | string {
  const tokens = tokensOf(text);
  if (typeof tokens === "string") return tokens;
  try {
    const condition = readCondition(tokens);
    const [more] = tokens;
    return more === undefined ? condition : `goes on with ${more} after its end`;
  } catch (error) {
    if (error instanceof Unreadable) return error.message;
    throw error;
  }
}

/**
 * Whether nothing meets the condition without meeting a comparison that passes the test: of `ALL` one of its parts must
 * see to it, of `ANY` every one.
 */
export function demands(condition: Condition, test: (comparison: Comparison) => boolean): boolean {
  switch (condition.kind) {
    case "comparison":
      return test(condition);
    case "all":
      return condition.conditions.some((part) => demands(part, test));
    case "any":
      return condition.conditions.every((part) => demands(part, test));
  }
}

export function comparisons(condition: Condition): Comparison[] {
  return condition.kind === "comparison" ? [condition] : condition.conditions.flatMap(comparisons);
}

class Unreadable extends Error {}

function tokensOf(text: string): string[] | string {
  const tokens: string[] = [];
  tokenPattern.lastIndex = 0;
  const whole = text.trim();
  while (tokenPattern.lastIndex < whole.length) {
    const at = tokenPattern.lastIndex;
    const [, token] = tokenPattern.exec(whole) ?? [];
    if (token === undefined)
      return `can't be read from ${JSON.stringify(whole.slice(at).trim().slice(0, 20))} on`;
    tokens.push(token);
  }
  return tokens.length === 0 ? "is empty" : tokens;
}

function readCondition(tokens: string[]): Condition {
  const first = take(tokens, "a condition");
  const kind = /^(all|any)$/i.test(first) && tokens[0] === "{" ? first.toLowerCase() : undefined;
  if (kind !== undefined)
    return { kind: kind as "all" | "any", conditions: readList(tokens, "{", "}", readCondition) };
  if (!/^[a-z]/i.test(first)) throw new Unreadable(`has ${first} where a variable should stand`);
  return readComparison(first.toLowerCase(), tokens);
}

function readComparison(variable: string, tokens: string[]): Comparison {
  const operator = tokens[0]?.toLowerCase();
  if (operator === "in" || operator === "not") {
    tokens.shift();
    if (operator === "not") expectWord(tokens, "in");
    const values = readList(tokens, "(", ")", readValue);
    return { kind: "comparison", variable, operator: operator === "in" ? "in" : "not in", values };
  }
  if (operator === "between") {
    tokens.shift();
    const from = readValue(tokens);
    expectWord(tokens, "and");
    return { kind: "comparison", variable, operator, values: [from, readValue(tokens)] };
  }
  if (operator === "=" || operator === "!=" || operator === "before" || operator === "after") {
    tokens.shift();
    return { kind: "comparison", variable, operator, values: [readValue(tokens)] };
  }
  if (variable.startsWith("tag.")) return { kind: "comparison", variable, operator: "exists", values: [] };
  throw new Unreadable(`has no comparison after ${variable}`);
}

function readList<T>(tokens: string[], open: string, close: string, read: (tokens: string[]) => T): T[] {
  if (take(tokens, open) !== open) throw new Unreadable(`lacks ${open}`);
  const parts: T[] = [];
  for (;;) {
    parts.push(read(tokens));
    const next = take(tokens, close);
    if (next === close) return parts;
    if (next !== ",") throw new Unreadable(`has ${next} where , or ${close} should stand`);
  }
}

function readValue(tokens: string[]): string {
  const token = take(tokens, "a value");
  const [, quoted, pattern] = /^'(.*)'$|^\/(.*)\/$/s.exec(token) ?? [];
  const value = quoted ?? pattern;
  if (value === undefined) throw new Unreadable(`has ${token} where a value between quotes should stand`);
  return value;
}

function expectWord(tokens: string[], word: string): void {
  const token = take(tokens, word);
  if (token.toLowerCase() !== word) throw new Unreadable(`has ${token} where ${word} should stand`);
}

function take(tokens: string[], wanted: string): string {
  const token = tokens.shift();
  if (token === undefined) throw new Unreadable(`ends where ${wanted} should stand`);
  return token;
}
