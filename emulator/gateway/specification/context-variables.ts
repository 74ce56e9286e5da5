/** A value with context variables, parsed: texts and `${request.<table>[<key>]}` in turn. */
export type TemplatePart =
  | { kind: "text"; text: string }
  | { kind: "path" | "query"; key: string }
  /** `key` in lower case: header names know no case. */
  | { kind: "headers"; key: string }
  | { kind: "host" };

const variable = /^request\.(?:(path|query|headers|auth|subdomain|cert|usage_plan)\[([^\]]+)\]|(host|body))$/;
const notCarriedOut = new Set(["auth", "subdomain", "cert", "usage_plan"]);

/**
 * Parses `${…}` inside a text ("Adding Context Variables to Policies and HTTP Back End Definitions").
 *
 * @returns the parts, or what is wrong.
 */
export function parseTemplate(text: string): TemplatePart[] | { fault: string } {
  const parts: TemplatePart[] = [];
  let position = 0;
  while (position < text.length) {
    const start = text.indexOf("${", position);
    if (start === -1) break;
    const end = text.indexOf("}", start);
    if (end === -1) return { fault: `has "\${" without "}" in ${JSON.stringify(text)}` };
    if (start > position) parts.push({ kind: "text", text: text.slice(position, start) });
    const part = parseVariable(text.slice(start + 2, end));
    if ("fault" in part) return part;
    parts.push(part);
    position = end + 1;
  }
  if (position < text.length) parts.push({ kind: "text", text: text.slice(position) });
  return parts;
}

function parseVariable(text: string): TemplatePart | { fault: string } {
  const [, table, key = "", bare] = variable.exec(text) ?? [];
  if (bare === "host") return { kind: "host" };
  if (bare === "body")
    return { fault: "must not use ${request.body}: it is for authorizer functions' parameters only" };
  if (table === "path" || table === "query") return { kind: table, key };
  if (table === "headers") return { kind: "headers", key: key.toLowerCase() };
  if (table !== undefined && notCarriedOut.has(table)) {
    return {
      fault: `uses \${request.${table}}, which is not carried out by this emulator yet; remove it from the local stack`,
    };
  }
  return {
    fault: `has an unknown context variable \${${text}}; use \${request.path[name]}, \${request.query[name]}, \${request.headers[name]} or \${request.host}`,
  };
}
