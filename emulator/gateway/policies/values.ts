import { contextValue } from "../server/context-value.ts";
import type { Exchange } from "../server/exchange.ts";
import { type ContextVariable, parseTemplate } from "../specification/context-variables.ts";

/** A value of a policy, parsed: a constant, or texts and context variables in turn. */
export type PolicyValue = string | readonly (string | ContextVariable)[];

/** Makes text fit for where the value goes. `source` is undefined for text of the specification. */
export type Encode = (text: string, source: ContextVariable["kind"] | undefined) => string;

const asIs: Encode = (text) => text;

/** Parses a value that the schema has let through. */
export function compileValue(text: string, encode: Encode = asIs): PolicyValue {
  const parts = parseTemplate(text);
  if ("faults" in parts) throw new Error(`a value ${parts.faults.join("; ")}`);
  const compiled = parts.map((part) => (part.kind === "text" ? encode(part.text, undefined) : part));
  return compiled.every((part) => typeof part === "string") ? compiled.join("") : compiled;
}

/**
 * A value for one request; a variable that the request hasn't leaves nothing ("Adding Context Variables to Policies and
 * HTTP Back End Definitions").
 */
export function renderValue(value: PolicyValue, exchange: Exchange, encode: Encode = asIs): string {
  if (typeof value === "string") return value;
  let text = "";
  for (const part of value) {
    text += typeof part === "string" ? part : encode(contextValue(part, exchange) ?? "", part.kind);
  }
  return text;
}
