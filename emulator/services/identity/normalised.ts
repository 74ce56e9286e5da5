import type { Body } from "../../core/store.ts";

/**
 * A policy with its statements as the service prints them (switch `policyTextNormalised`): one blank between words,
 * none at the ends, the first word capitalised, the other keywords before the conditions in lower case. Names,
 * OCIDs, resource types and conditions stay as they were written.
 */
// unverified: how the service prints statements; users of the official provider report changed blanks and case
export function normalisedPolicy(body: Body): Body {
  return { ...body, statements: (body.statements as string[]).map(normalisedStatement) };
}

export function normalisedStatement(text: string): string {
  const parts = text.trim().split(/('[^']*'|\bwhere\b.*)/is);
  const words = parts.map((part, index) => {
    if (/^where\b/i.test(part)) return `where${oneBlank(part.slice("where".length))}`;
    return index % 2 === 1 ? part : oneBlank(part).replaceAll(keyword, (word) => word.toLowerCase());
  });
  const [first = "", ...rest] = words.join("");
  return `${first.toUpperCase()}${rest.join("")}`;
}

const keyword =
  /(?<![\w./:'-])(allow|deny|endorse|admit|define|group|dynamic-group|any-user|any-group|service|resource|to|inspect|read|use|manage|in|tenancy|compartment|id|as|of)(?![\w./:'-])/gi;

/** Blanks inside of quotes stay. */
function oneBlank(text: string): string {
  return text.replaceAll(/('[^']*')|\s+/g, (_, quoted?: string) => quoted ?? " ");
}
