/** Tables of "Adding Context Variables to Policies and HTTP Back End Definitions". */
export type ContextTable = "path" | "query" | "headers" | "auth" | "host" | "subdomain" | "body";

/** What a policy or a back end may refer to. */
export interface ContextScope {
  /** Names of the route's path parameters; undefined where they aren't known: then any name passes. */
  parameters?: readonly string[] | undefined;
  /** Whether the API has an authentication policy, which alone fills `request.auth`. */
  hasAuthentication: boolean;
}

/** Where values are put into a text: everything but the body, which is for authorizers' parameters only. */
export const templateTables: readonly ContextTable[] = [
  "path",
  "query",
  "headers",
  "auth",
  "host",
  "subdomain",
];

const variable = /^request\.(?:(path|query|headers|auth|subdomain|cert|usage_plan)\[([^\]]+)\]|(host|body))$/;
const later: ReadonlySet<string> = new Set(["cert", "usage_plan"]);
/** What a login flow leaves behind. */
const ofLogin = /^request\.auth\[(?:id_token_claims|access_token_claims)\]\[[^\]]+\]$/;

/** What stands in the `${…}` of a text, and the text with `stand` in the place of each. */
export function splitTemplate(text: string, stand = ""): { names: string[]; rest: string } {
  const names: string[] = [];
  let rest = "";
  let position = 0;
  for (;;) {
    const start = text.indexOf("${", position);
    const end = start === -1 ? -1 : text.indexOf("}", start);
    if (end === -1) return { names, rest: rest + text.slice(position) };
    names.push(text.slice(start + 2, end));
    rest += text.slice(position, start) + stand;
    position = end + 1;
  }
}

/** What is wrong with the `${…}` of a text. */
export function templateFaults(
  text: string,
  scope: ContextScope,
  tables: readonly ContextTable[] = templateTables,
): string[] {
  const { names, rest } = splitTemplate(text);
  const faults = names.flatMap((name) =>
    variableFault(name, JSON.stringify(`\${${name}}`), scope, tables, (one) => `\${${one}}`),
  );
  const isOpen = rest.includes("${");
  return isOpen ? [...faults, `has "\${" without "}"; for example "\${request.headers[X-Id]}"`] : faults;
}

/** What is wrong with a context variable that stands alone, without `${}`: selectors, authorizers' parameters. */
export function bareVariableFaults(
  text: string,
  scope: ContextScope,
  tables: readonly ContextTable[],
): string[] {
  const [, inner] = /^\$\{(.*)\}$/.exec(text) ?? [];
  if (inner !== undefined) {
    const faults = bareVariableFaults(inner, scope, tables);
    const cure = faults.length > 0 ? ` (${faults.join("; ")})` : `: ${JSON.stringify(inner)}`;
    return [`is ${JSON.stringify(text)}; a context variable stands here without "\${}"${cure}`];
  }
  return variableFault(text, JSON.stringify(text), scope, tables, (one) => one);
}

function variableFault(
  name: string,
  written: string,
  scope: ContextScope,
  tables: readonly ContextTable[],
  spelled: (name: string) => string,
): string[] {
  const [, keyed, key = "", bare] = variable.exec(name) ?? [];
  const table = keyed ?? bare;
  const allowed = tables.map((one) => spelled(example(one))).join(", ");
  if (ofLogin.test(name)) return [`${written} is not supported yet; allowed here are ${allowed}`];
  if (table === undefined) return [`${written} is not a context variable; allowed here are ${allowed}`];
  if (!tables.some((one) => one === table)) {
    const why = later.has(table) ? "is not supported yet" : "may not stand here";
    return [`${written} ${why}; allowed here are ${allowed}`];
  }
  if (table === "auth" && !scope.hasAuthentication) {
    return [`${written} needs an authentication policy: give requestPolicies.authentication to the API`];
  }
  const { parameters } = scope;
  if (table !== "path" || parameters === undefined || parameters.includes(key)) return [];
  const known = parameters.map((parameter) => spelled(`request.path[${parameter}]`)).join(", ");
  return [
    `${written} is not a parameter of the route's path; ${known === "" ? "it has none" : `it has ${known}`}`,
  ];
}

function example(table: ContextTable): string {
  return table === "host" || table === "body" ? `request.${table}` : `request.${table}[name]`;
}
