import type { Problem } from "../problems.ts";
import { routeAt } from "../routes.ts";
import { type Fields, fieldsOf, isAnonymous, type PlainApi, type PlainRoute } from "./plain-api.ts";

/** A header that a route fills with what authentication found out. */
interface Identity {
  route: PlainRoute;
  name: string;
  value: string;
  /** Place among the items of `setHeaders`. */
  index: number;
  ifExists: unknown;
}

/**
 * Headers by which a function knows its caller, that a client can send itself: a route sets them, and another one of the
 * same function passes them on, or the route keeps those that are there.
 */
export function checkForgeableHeaders({ routes }: PlainApi): Problem[] {
  const identities = routes.flatMap(identitiesOf);
  return [...identities.flatMap(checkKept), ...routes.flatMap((route) => checkPassedOn(route, identities))];
}

function checkKept({ route, name, value, index, ifExists }: Identity): Problem[] {
  if (ifExists !== "SKIP" && ifExists !== "APPEND") return [];
  const key = `${headersAt(route)}.setHeaders.items[${index}].ifExists`;
  const message = `is "${ifExists}": with a header "${name}" of its own, a client can stand for another than ${value} says; leave it out`;
  return [{ rule: "header-forgeable", key, message }];
}

function checkPassedOn(one: PlainRoute, identities: readonly Identity[]): Problem[] {
  const told = new Set<string>();
  return identities.flatMap(({ route, name, value }): Problem[] => {
    const shared = route.functionKeys.find((key) => one.functionKeys.includes(key));
    const isOwn = route === one && !isAnonymous(one);
    if (shared === undefined || isOwn || told.has(name.toLowerCase()) || isStopped(one, name)) return [];
    told.add(name.toLowerCase());
    const block = `filterHeaders: { type: "BLOCK", items: [{ name: ${JSON.stringify(name)} }] }`;
    const why =
      route === one
        ? `nobody is authenticated here, so that ${value} is empty and the client's own "${name}" reaches function "${shared}"`
        : `a client's own "${name}" reaches function "${shared}", which has it from ${routeAt(route.route.key)} as ${value}`;
    return [{ rule: "header-forgeable", key: routeAt(one.route.key), message: `${why}; add ${block}` }];
  });
}

function identitiesOf(route: PlainRoute): Identity[] {
  return itemsOf(headersOf(route).setHeaders).flatMap(({ name, values, ifExists }, index) => {
    const value = (Array.isArray(values) ? values : []).find(
      (one): one is string => typeof one === "string" && one.includes("${request.auth["),
    );
    return typeof name === "string" && value !== undefined ? [{ route, name, value, index, ifExists }] : [];
  });
}

/** Whether the client's own header of this name never reaches the back end. */
function isStopped(route: PlainRoute, name: string): boolean {
  const { setHeaders, renameHeaders, filterHeaders } = headersOf(route);
  const isMeant = (other: unknown) => typeof other === "string" && other.toLowerCase() === name.toLowerCase();
  const { type } = fieldsOf(filterHeaders);
  const isListed = itemsOf(filterHeaders).some((item) => isMeant(item.name));
  if (type === "BLOCK" ? isListed : type === "ALLOW" && !isListed) return true;
  if (itemsOf(renameHeaders).some(({ from, to }) => isMeant(from) || isMeant(to))) return true;
  return itemsOf(setHeaders).some(
    (item) => isMeant(item.name) && !["SKIP", "APPEND"].includes(String(item.ifExists)) && isSet(item, route),
  );
}

/** A header whose value is missing is left as it was ("Header transformations do not work as expected"). */
function isSet({ values }: Fields, route: PlainRoute): boolean {
  if (!isAnonymous(route) || !Array.isArray(values)) return true;
  return values.some(
    (value) => typeof value !== "string" || !/^(\$\{request\.auth\[[^\]]*\]\})+$/.test(value),
  );
}

function headersOf({ requestPolicies }: PlainRoute): Fields {
  return fieldsOf(fieldsOf(requestPolicies).headerTransformations);
}

function itemsOf(part: unknown): Fields[] {
  const { items } = fieldsOf(part);
  return Array.isArray(items) ? items.map(fieldsOf) : [];
}

function headersAt({ route }: PlainRoute): string {
  return `${routeAt(route.key)}.requestPolicies.headerTransformations`;
}
