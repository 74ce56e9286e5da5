import type { z } from "zod";
import { groupedBy } from "./grouped.ts";
import { NotKnownYet, type Value } from "./value.ts";

/** A resource as a rule sees it: at preview with what is known, in stack rules also with what the provider answered. */
export interface Resource {
  /** Pulumi's type, `oci:ApiGateway/gateway:Gateway`. */
  type: string;
  name: string;
  urn: string;
  properties: Value;
  isProtected: boolean;
  /** Only in stack rules: for each property the resources whose outputs it is made of; known at preview, when ids aren't. */
  uses: Readonly<Record<string, readonly Resource[]>>;
}

export interface Context {
  stack: string;
  project: string;
  /** Of the stack's configuration, `oci:region`; undefined when it has none. */
  region?: string | undefined;
}

/** What a rule holds against a resource. */
export interface Finding {
  /** Of stack rules: the resource that it is about. */
  resource?: Resource;
  /** The property, from the resource: `specification.routes[0].path`. */
  key: string;
  /** What stands there; never a secret. Absent when nothing does. */
  value?: unknown;
  /** What to do, with an example that works. */
  cure: string;
  /** `key` isn't known yet: reported as advisory, whatever the rule's level is. */
  isUnknown?: boolean;
  /** What else of the resource isn't known yet: a rule says it once of each. */
  otherKeys?: readonly string[];
}

export type Severity = "low" | "medium" | "high" | "critical";
export type Enforcement = "mandatory" | "advisory";

interface About<S extends z.ZodObject> {
  /** Kebab-case; what the configuration calls it. */
  name: string;
  /** One sentence, "Checks that …". */
  checks: string;
  /** What goes wrong without it. */
  why: string;
  /** Items of CIS or OWASP, titles of Oracle's documents. */
  references: readonly string[];
  severity: Severity;
  /** `mandatory` for a hole, `advisory` for hygiene; the pack's configuration changes it. */
  enforcement: Enforcement;
  /** The settings of the rule: each with a description and a default. */
  config: S;
}

interface OfResource<C> {
  /** Pulumi's types that it judges; `*` stands for any text. */
  types: readonly string[];
  judge(resource: Resource, config: C, context: Context): Finding[];
}

interface OfStack<C> {
  judgeStack(resources: readonly Resource[], config: C, context: Context): Finding[];
}

/** A rule whose settings are checked by its own schema. */
export type Rule = About<z.ZodObject> & (OfResource<unknown> | OfStack<unknown>);
export type ResourceRule = About<z.ZodObject> & OfResource<unknown>;
export type StackRule = About<z.ZodObject> & OfStack<unknown>;

/** A rule on one resource. Its `judge` takes the settings as the user wrote them, and adds the defaults. */
export function resourceRule<S extends z.ZodObject>(rule: About<S> & OfResource<z.output<S>>): ResourceRule {
  const read = settingsReader(rule);
  return {
    ...rule,
    judge: (resource, config, context) =>
      once(each([resource], (one) => rule.judge(one, read(config), context))),
  };
}

/** A rule for which one resource can't tell. */
export function stackRule<S extends z.ZodObject>(rule: About<S> & OfStack<z.output<S>>): StackRule {
  const read = settingsReader(rule);
  return {
    ...rule,
    judgeStack: (resources, config, context) =>
      once(each([resources], (all) => rule.judgeStack(all, read(config), context))),
  };
}

/** Reads settings as given and adds the defaults. It throws when one isn't known, which the engine doesn't look for. */
function settingsReader<S extends z.ZodObject>({ name, config }: About<S>): (given: unknown) => z.output<S> {
  const schema = config.strict();
  return (given) => {
    const read = schema.safeParse(given);
    if (read.success) return read.data as z.output<S>;
    const problems = read.error.issues.map(({ path, message }) =>
      path.length === 0 ? message : `${path.join(".")}: ${message}`,
    );
    const known = Object.keys(config.shape).join(", ") || "none but enforcementLevel";
    throw new Error(`settings of the policy "${name}": ${problems.join("; ")}; its settings are ${known}`);
  };
}

/**
 * Judges one thing after the other. What can't be read before `pulumi up` is a finding of its own, and the next thing is
 * judged all the same.
 */
export function each<T>(things: Iterable<T>, judge: (thing: T) => Finding[], resource?: Resource): Finding[] {
  return [...things].flatMap((thing) => {
    try {
      return judge(thing);
    } catch (error) {
      if (!(error instanceof NotKnownYet)) throw error;
      return [notKnownYet(error.key, resource)];
    }
  });
}

/** What isn't known of a resource is one finding, of however many properties, in the place of its first. */
function once(findings: readonly Finding[]): Finding[] {
  const unknown = groupedBy(
    findings.filter(({ isUnknown }) => isUnknown),
    ({ resource }) => resource,
  );
  return findings.flatMap((finding) => {
    if (!finding.isUnknown) return [finding];
    const same = unknown.get(finding.resource) ?? [];
    if (finding !== same[0]) return [];
    const [, ...otherKeys] = new Set(same.map(({ key }) => key));
    return [otherKeys.length === 0 ? finding : { ...finding, otherKeys }];
  });
}

export function notKnownYet(key: string, resource?: Resource): Finding {
  return { key, cure: "", isUnknown: true, ...(resource === undefined ? {} : { resource }) };
}

export function isStackRule(rule: Rule): rule is StackRule {
  return "judgeStack" in rule;
}
