import { z } from "zod";
import { checkReachable } from "../../components/model/lint/reachable.ts";
import { checkPrefixBeside, parsePath } from "../../components/model/paths.ts";
import { parseRouteKeys, RouteKey, routeAt } from "../../components/model/routes.ts";
import { except, isExcepted } from "../declared.ts";
import { routeOf, routesOf } from "../deployment.ts";
import { each, type Finding, type Resource, stackRule } from "../rule.ts";
import { refersTo } from "../stack.ts";
import { types } from "../types.ts";
import type { Value } from "../value.ts";

export const routesShadowed = stackRule({
  name: "routes-shadowed",
  checks: "Checks that every route can be reached, beside the others of its deployment and of its gateway.",
  why: "A request goes to another back end than its route says, perhaps past the policies that were meant for it.",
  references: [
    "OWASP API Security Top 10 2023, API9 Improper Inventory Management",
    "Oracle: Creating an API Deployment Specification",
    "Oracle: Deploying an API on an API Gateway by Creating an API Deployment",
  ],
  severity: "medium",
  enforcement: "advisory",
  config: z.object({ deployments: except("Deployments whose routes may shadow each other") }),
  judgeStack(resources, { deployments }) {
    const judged = resources.filter(({ type }) => type === types.deployment);
    const gateways = gatewaysOf(judged, resources);
    return judged.flatMap((deployment, index) => {
      if (isExcepted(deployments, deployment)) return [];
      const found = [
        ...each([deployment], shadowedWithin, deployment),
        ...each([deployment], (one) => prefixTaken(one, judged.slice(0, index), gateways), deployment),
        ...each(judged, (other) => shadowedBy(other, deployment, gateways), deployment),
      ];
      return found.map((finding) => ({ ...finding, resource: deployment }));
    });
  },
});

interface KnownRoute {
  at: Value;
  key: string;
}

function shadowedWithin(deployment: Resource): Finding[] {
  const routes: KnownRoute[] = [];
  const unknown = each(routesOf(deployment), (at) => {
    const { methods } = routeOf(deployment, at);
    routes.push({ at, key: `${methods.join(",")} ${at.at("path").text() ?? ""}` });
    return [];
  });
  // What isn't a route at all is refused by OCI; it shadows none.
  const readable = routes.filter(({ key }) => RouteKey.parse(key).route !== undefined);
  const { routes: parsed, problems } = parseRouteKeys(readable.map(({ key }) => key));
  const plain = parsed.map((route) => ({ route, requestPolicies: undefined, functionKeys: [] }));
  const clashes = [
    ...problems,
    ...checkReachable({ requestPolicies: undefined, functionKeys: [], routes: plain }),
  ];
  return [
    ...unknown,
    ...clashes.flatMap(({ key, message }) => {
      // That there are too many is said of no route.
      const route = readable.findLast((one) => routeAt(one.key) === key);
      const path = route?.at.at("path");
      return path === undefined ? [] : [{ key: path.key, value: path.text(), cure: `it ${message}` }];
    }),
  ];
}

/** The same prefix twice, or `/` beside others. */
function prefixTaken(deployment: Resource, earlier: readonly Resource[], gateways: Gateways): Finding[] {
  const prefix = deployment.properties.at("pathPrefix");
  const others = earlier
    .filter((other) => shareGateway(deployment, other, gateways))
    .flatMap((other) => other.properties.at("pathPrefix").text() ?? []);
  return checkPrefixBeside(prefix.text() ?? "", others).map(({ message }) => ({
    key: prefix.key,
    value: prefix.text(),
    cure: `it clashes: ${message}`,
  }));
}

/** Routes that lie below the longer prefix of another deployment. */
// unverified: of nested prefixes, the longest one answers
function shadowedBy(other: Resource, deployment: Resource, gateways: Gateways): Finding[] {
  if (other === deployment || !shareGateway(deployment, other, gateways)) return [];
  const outer = deployment.properties.at("pathPrefix").text() ?? "";
  const inner = other.properties.at("pathPrefix").text() ?? "";
  if (!inner.startsWith(`${outer}/`)) return [];
  const rest = parsePath(inner.slice(outer.length), "").segments;
  return each(routesOf(deployment), (at) => {
    const path = at.at("path");
    const { segments } = parsePath(path.text() ?? "", "");
    const isBelow = rest.every((segment, index) => {
      const own = segments[index];
      return own?.kind === "literal" && segment.kind === "literal" && own.text === segment.text;
    });
    if (!isBelow) return [];
    const cure = `deployment "${other.name}" answers all below "${inner}" on this gateway; move the route there, or give it another path`;
    return [{ key: path.key, value: path.text(), cure }];
  });
}

/** Of each deployment the program's gateway that it is on. */
type Gateways = ReadonlyMap<Resource, Resource | undefined>;

function gatewaysOf(deployments: readonly Resource[], resources: readonly Resource[]): Gateways {
  const gateways = resources.filter(({ type }) => type === types.gateway);
  return new Map(
    deployments.map((one) => [one, gateways.find((gateway) => refersTo(one, "gatewayId", [], gateway))]),
  );
}

/** @throws NotKnownYet when one of them may be on any gateway. */
function shareGateway(a: Resource, b: Resource, gateways: Gateways): boolean {
  const [ofA, ofB] = [gateways.get(a), gateways.get(b)];
  if (ofA !== undefined && ofB !== undefined) return ofA === ofB;
  const others = [a, b].filter((_, index) => [ofA, ofB][index] === undefined);
  const [id, otherId] = others.map((one) => one.properties.at("gatewayId").text());
  return id !== undefined && id === otherId;
}
