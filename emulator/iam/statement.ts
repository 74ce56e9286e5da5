import { type Condition, type ConditionDialect, parseCondition, printCondition } from "./condition.ts";
import { QUOTED, Scanner, WORD } from "./scanner.ts";

export const VERBS = ["inspect", "read", "use", "manage"] as const;
export type Verb = (typeof VERBS)[number];

/** A policy statement ("Policy Syntax"). */
export interface Statement {
  subject: Subject;
  access: Access;
  location: Location;
  condition?: Condition;
}

export type Subject =
  | { kind: "any-user" | "any-group" }
  | { kind: "group" | "dynamic-group"; references: readonly PrincipalReference[] }
  | { kind: "service"; names: readonly string[] };

export type PrincipalReference =
  | { id: string }
  /** Without a domain: the Default one. */
  | { domain?: string; name: string };

export type Access =
  | { kind: "verb"; verb: Verb; resourceType: string }
  | { kind: "permissions"; permissions: readonly string[] };

export type Location =
  | { kind: "tenancy" }
  | { kind: "compartment-id"; id: string }
  /** Names from below the policy's own compartment down. */
  | { kind: "compartment"; path: readonly string[] };

const SUBJECTS = ["any-user", "any-group", "dynamic-group", "group", "service"];

/** Variables that hold in OCI for every request and that the emulator doesn't know. */
const UNKNOWN_VARIABLES = /^request\.(utc-timestamp|networksource|region|ad$|user\.mfatotpverified|gateway)/;

const DIALECT: ConditionDialect = {
  refuseVariable(variable) {
    if (/(^|\.)tag\./.test(variable))
      return `conditions on tags ("${variable}") are not supported by the emulator`;
    if (UNKNOWN_VARIABLES.test(variable))
      return `the variable "${variable}" is not supported by the emulator`;
    if (/^(request|target)\../.test(variable)) return undefined;
    return `expected a variable that begins with request. or target., but found ${JSON.stringify(variable)}`;
  },
  hasPatternsAndLists: true,
  example: "request.principal.type = 'ApiGateway'",
};

/**
 * Reads a policy statement: `Allow <subject> to <verb> <resource-type> in <location> [where <conditions>]`.
 *
 * @throws IamSyntaxError with the position and what would be right there, or the name of what isn't supported
 */
export function parseStatement(text: string): Statement {
  const scanner = new Scanner(text);
  const other = scanner.peekWord()?.toLowerCase() ?? "";
  if (["deny", "define", "endorse", "admit"].includes(other)) {
    scanner.refuse(
      scanner.offset,
      `"${other}" statements are not supported by the emulator: write "Allow …"`,
    );
  }
  if (scanner.takeKeyword("allow") === undefined) scanner.fail('expected "Allow"');
  const subject = parseSubject(scanner);
  scanner.expectKeyword("to");
  const access = parseAccess(scanner);
  scanner.expectKeyword("in");
  const location = parseLocation(scanner);
  if (scanner.isAtEnd) return { subject, access, location };
  if (scanner.takeKeyword("where") === undefined) scanner.fail('expected "where" or the end');
  const condition = parseCondition(scanner, DIALECT);
  scanner.expectEnd();
  return { subject, access, location, condition };
}

function parseSubject(scanner: Scanner): Subject {
  const kind = scanner.takeKeyword(...SUBJECTS);
  if (kind === undefined) return scanner.fail(`expected a subject (${SUBJECTS.join(", ")})`);
  if (kind === "any-user" || kind === "any-group") return { kind };
  if (kind === "service")
    return { kind, names: parseList(scanner, kind, () => parseName(scanner, "a service")) };
  if (kind !== "group" && kind !== "dynamic-group") return scanner.fail("expected a subject");
  return { kind, references: parseList(scanner, kind, () => parseReference(scanner, kind)) };
}

/** `a, b`, also with the keyword repeated: `group a, group b`. */
function parseList<T>(scanner: Scanner, keyword: string, parseOne: () => T): T[] {
  const items = [parseOne()];
  while (scanner.takeSymbol(",")) {
    scanner.takeKeyword(keyword);
    items.push(parseOne());
  }
  return items;
}

function parseReference(scanner: Scanner, kind: string): PrincipalReference {
  if (scanner.takeKeyword("id") !== undefined) {
    return { id: scanner.take(WORD) ?? scanner.fail(`expected the OCID of a ${kind}`) };
  }
  const first = parseName(scanner, `the name of a ${kind}`);
  return scanner.takeSymbol("/")
    ? { domain: first, name: parseName(scanner, `the name of a ${kind}`) }
    : { name: first };
}

function parseName(scanner: Scanner, what: string): string {
  return scanner.take(QUOTED) ?? scanner.take(WORD) ?? scanner.fail(`expected ${what}`);
}

function parseAccess(scanner: Scanner): Access {
  if (scanner.takeSymbol("{")) {
    const permission = () => (scanner.take(WORD) ?? scanner.fail("expected a permission")).toUpperCase();
    const permissions = [permission()];
    while (!scanner.takeSymbol("}")) {
      if (!scanner.takeSymbol(",")) scanner.fail('expected "," or "}"');
      permissions.push(permission());
    }
    return { kind: "permissions", permissions };
  }
  const word = scanner.takeKeyword(...VERBS);
  const verb = VERBS.find((candidate) => candidate === word);
  if (verb === undefined) return scanner.fail(`expected a verb (${VERBS.join(", ")})`);
  const resourceType = scanner.sees("in") ? undefined : scanner.take(WORD);
  if (resourceType === undefined)
    return scanner.fail("expected a resource type, for example functions-family");
  return { kind: "verb", verb, resourceType: resourceType.toLowerCase() };
}

function parseLocation(scanner: Scanner): Location {
  const keyword = scanner.takeKeyword("tenancy", "compartment");
  if (keyword === undefined) return scanner.fail("expected a location (tenancy, compartment)");
  if (keyword === "tenancy") return { kind: "tenancy" };
  if (scanner.takeKeyword("id") !== undefined) {
    return {
      kind: "compartment-id",
      id: scanner.take(WORD) ?? scanner.fail("expected the OCID of a compartment"),
    };
  }
  const path = [parseName(scanner, "the name of a compartment")];
  while (scanner.takeSymbol(":")) path.push(parseName(scanner, "the name of a compartment"));
  return { kind: "compartment", path };
}

/** A statement's text in the form that Oracle's documents use. */
export function printStatement({ subject, access, location, condition }: Statement): string {
  const where = condition === undefined ? "" : ` where ${printCondition(condition)}`;
  return `Allow ${printSubject(subject)} to ${printAccess(access)} in ${printLocation(location)}${where}`;
}

function printSubject(subject: Subject): string {
  switch (subject.kind) {
    case "any-user":
    case "any-group":
      return subject.kind;
    case "service":
      return `service ${subject.names.map(printName).join(", ")}`;
    case "group":
    case "dynamic-group":
      return `${subject.kind} ${subject.references.map(printReference).join(", ")}`;
  }
}

export function printReference(reference: PrincipalReference): string {
  if ("id" in reference) return `id ${reference.id}`;
  const name = printName(reference.name);
  return reference.domain === undefined ? name : `${printName(reference.domain)}/${name}`;
}

export function printAccess(access: Access): string {
  return access.kind === "verb"
    ? `${access.verb} ${access.resourceType}`
    : `{${access.permissions.join(", ")}}`;
}

export function printLocation(location: Location): string {
  switch (location.kind) {
    case "tenancy":
      return "tenancy";
    case "compartment-id":
      return `compartment id ${location.id}`;
    case "compartment":
      return `compartment ${location.path.map(printName).join(":")}`;
  }
}

function printName(name: string): string {
  const isKeyword = [...SUBJECTS, "id"].includes(name.toLowerCase());
  return !isKeyword && new RegExp(`^${WORD.source}$`, "u").test(name) ? name : `'${name}'`;
}
