import type * as pulumi from "@pulumi/pulumi";
import type { RoutePoliciesArgs, ServerlessApiArgs } from "./args.ts";
import { checkedInput } from "./checked.ts";
import { keyBelow } from "./model/policies/checking.ts";
import type { Problem } from "./model/problems.ts";
import type { ApiPolicies, Policies, Route } from "./model/specification.ts";
import { isBag, isLater } from "./model/values.ts";

type Path = readonly (string | number)[];

/** Whose problems they are. */
export interface Owner {
  noun: string;
  name: string;
  resource: pulumi.Resource;
  /** The same problem, where the user typed what it is about. @default - where its key says */
  locate?: ((problem: Problem) => Problem | undefined) | undefined;
}

/**
 * The same value, in which each leaf that is known later is checked when it resolves: by the check of the whole, with
 * the problems at the leaf's own key. Unknown values of a preview pass; secrets stay secret and aren't shown.
 *
 * @param at - Where the value stands, as the user typed it.
 */
export function checkedLeaves<T>(
  owner: Owner,
  value: T,
  at: string,
  check: (value: T) => readonly Problem[],
): T {
  const visit = (inner: unknown, path: Path): unknown => {
    if (isLater(inner)) {
      const key = keyBelow(at, path);
      const ownProblems = (resolved: unknown) =>
        check(withLeaf(value, path, resolved) as T).filter((problem) => isAt(problem, key));
      return checkedOf(owner, inner as pulumi.Input<unknown>, ownProblems);
    }
    return mapped(inner, (child, step) => visit(child, [...path, step]));
  };
  return visit(value, []) as T;
}

/** An owner's input, checked when it resolves. */
export function checkedOf<T>(
  { noun, name, resource, locate = (problem) => problem }: Owner,
  input: pulumi.Input<T>,
  check: (value: T) => readonly Problem[],
): pulumi.Input<T> {
  const located = (value: T) => check(value).flatMap((problem) => locate(problem) ?? []);
  return checkedInput(noun, name, input, located, resource);
}

function isAt({ key }: Problem, leaf: string): boolean {
  return key === leaf || (key.startsWith(leaf) && /^[.[]/.test(key.slice(leaf.length)));
}

function withLeaf(value: unknown, path: Path, leaf: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return leaf;
  return mapped(value, (child, step) => (step === first ? withLeaf(child, rest, leaf) : child));
}

function mapped(value: unknown, change: (child: unknown, step: string | number) => unknown): unknown {
  if (Array.isArray(value)) return value.map(change);
  if (!isBag(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, change(child, name)]));
}

/** The same value without what is known later. */
export function plainLeaves<T>(value: T): T {
  const visit = (inner: unknown): unknown => (isLater(inner) ? undefined : mapped(inner, visit));
  return visit(value) as T;
}

/** What stands of policies beside a route's back end. */
export function routePolicies(given: RoutePoliciesArgs): Omit<Route<unknown>, "route" | "backend"> {
  const { requestPolicies, responsePolicies, loggingPolicies } = given;
  return {
    requestPolicies: bagOf(requestPolicies),
    responsePolicies: bagOf(responsePolicies),
    loggingPolicies: bagOf(loggingPolicies),
  };
}

/** The policies of all routes. */
export function apiPolicies(
  given: Pick<ServerlessApiArgs, "requestPolicies" | "loggingPolicies">,
): ApiPolicies {
  const { requestPolicies, loggingPolicies } = given;
  return { requestPolicies: bagOf(requestPolicies), loggingPolicies: bagOf(loggingPolicies) };
}

function bagOf(policies: object | undefined): Policies | undefined {
  return policies as Policies | undefined;
}
