/**
 * Text that IAM reads, written as OCI gives it back: `Allow` with a capital, the other keywords in lower case,
 * single blanks, quotes around values.
 */

/** Who a statement is for. */
export type Subject =
  | { kind: "group-id"; id: string }
  | { kind: "group-name"; domain?: string | undefined; name: string }
  | { kind: "any-user" };

/** What a grant is written from; OCIDs. */
export interface GrantFacts {
  subject: Subject;
  gatewayCompartmentId: string;
  functionsCompartmentId: string;
}

/** What a grant of single functions is written from besides. */
export interface FunctionsGrantFacts extends GrantFacts {
  gatewayId: string;
  /** Functions of that compartment, at least one. */
  functionIds: readonly string[];
}

/**
 * The dynamic group's rule: the gateways of a compartment. It names the compartment and not the gateway, so that it
 * stays as it is when a gateway is replaced; changes of rules take up to an hour ("Managing Dynamic Groups").
 */
export function matchingRule(gatewayCompartmentId: string): string {
  return `ALL {resource.type = 'ApiGateway', resource.compartment.id = '${gatewayCompartmentId}'}`;
}

/** A subject as a statement names it ("Policy Syntax"). */
export function subjectText(subject: Subject): string {
  switch (subject.kind) {
    case "group-id":
      return `dynamic-group id ${subject.id}`;
    case "group-name":
      return subject.domain === undefined
        ? `dynamic-group ${subject.name}`
        : `dynamic-group '${subject.domain}'/'${subject.name}'`;
    case "any-user":
      return "any-user";
    default:
      throw new TypeError(`no such subject: ${JSON.stringify(subject satisfies never)}`);
  }
}

/**
 * Scope `compartment`: gateways may call all functions of a compartment, the form of "Create Policies to Control
 * Access to Network and API Gateway-Related Resources".
 */
export function compartmentStatements(facts: GrantFacts): string[] {
  const { subject, gatewayCompartmentId, functionsCompartmentId } = facts;
  const grant = `Allow ${subjectText(subject)} to use functions-family ${location(functionsCompartmentId)}`;
  if (subject.kind !== "any-user") return [grant];
  const conditions = [
    "request.principal.type = 'ApiGateway'",
    `request.resource.compartment.id = '${gatewayCompartmentId}'`,
  ];
  return [`${grant} where ALL {${conditions.join(", ")}}`];
}

/**
 * Scope `functions`: this gateway may call the named functions, and read the functions of their compartment, without
 * which it can't resolve them ("Details for Functions").
 */
export function functionsStatements(facts: FunctionsGrantFacts): string[] {
  const { subject, functionsCompartmentId } = facts;
  // unverified: a gateway may be named by `request.principal.id` and a function by `target.function.id`
  const principal = [
    ...(subject.kind === "any-user" ? ["request.principal.type = 'ApiGateway'"] : []),
    `request.principal.id = '${facts.gatewayId}'`,
  ];
  const targets = facts.functionIds.map((id) => `target.function.id = '${id}'`);
  const target = targets.length === 1 ? targets : [`ANY {${targets.join(", ")}}`];
  const who = `Allow ${subjectText(subject)} to`;
  const where = `${location(functionsCompartmentId)} where`;
  return [
    `${who} use fn-invocation ${where} ${condition([...principal, ...target])}`,
    // unverified: beside `use fn-invocation` a gateway needs `read fn-function`
    `${who} read fn-function ${where} ${condition(principal)}`,
  ];
}

/**
 * Where a grant holds: the tenancy's root compartment is written as the tenancy ("Policy Syntax").
 */
function location(compartmentId: string): string {
  return compartmentId.startsWith("ocid1.tenancy.") ? "in tenancy" : `in compartment id ${compartmentId}`;
}

/** A further statement, with its `{group}` filled in. */
export function furtherStatement(statement: string, subject: Subject): string {
  if (subject.kind === "any-user") return statement;
  const group = subjectText(subject).replace(/^dynamic-group /, "");
  return statement.replaceAll("{group}", () => group);
}

/** `domain/name` or `name` as a subject; undefined when it is neither. */
export function parseGroupName(text: string): Subject | undefined {
  const parts = text.split("/");
  const name = parts.pop() ?? "";
  const domain = parts.pop();
  if (parts.length > 0 || !/^[A-Za-z0-9._-]{1,100}$/.test(name)) return undefined;
  if (domain === undefined) return { kind: "group-name", name };
  return /^[A-Za-z0-9._ -]{1,100}$/.test(domain) ? { kind: "group-name", domain, name } : undefined;
}

function condition(conditions: readonly string[]): string {
  return conditions.length === 1 ? conditions.join() : `ALL {${conditions.join(", ")}}`;
}
