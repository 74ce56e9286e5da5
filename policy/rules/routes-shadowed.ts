import { z } from "zod";
import { checkReachable } from "../../components/model/lint/reachable.ts";
import { checkPrefixBeside, parsePath } from "../../components/model/paths.ts";
import { parseRouteKeys, RouteKey, routeAt } from "../../components/model/routes.ts";
import { except, isExcepted, orDeclare } from "../declared.ts";
import { routeOf, routesOf } from "../deployment.ts";
import { groupedBy } from "../grouped.ts";
import { each, type Finding, notKnownYet, type Resource, stackRule } from "../rule.ts";
import { namedBy, type Targets, targetsOf } from "../stack.ts";
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
    const besideOf = neighbours(judged, targetsOf(resources, types.gateway));
    return judged.flatMap((deployment) => {
      if (isExcepted(deployments, deployment)) return [];
      const { beside, isUndecided } = besideOf(deployment);
      const earlier = beside.slice(0, beside.indexOf(deployment));
      const found = [
        ...each([deployment], shadowedWithin, deployment),
        ...(isUndecided ? [notKnownYet("gatewayId", deployment)] : []),
        ...each([deployment], (one) => prefixTaken(one, earlier), deployment),
        ...each(beside, (other) => shadowedBy(other, deployment), deployment),
      ];
      const otherwise = orDeclare("deployments", deployment.name);
      return found.map((finding) => ({
        ...finding,
        resource: deployment,
        ...(finding.isUnknown ? {} : { cure: `${finding.cure}, ${otherwise}` }),
      }));
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
function prefixTaken(deployment: Resource, earlier: readonly Resource[]): Finding[] {
  const prefix = deployment.properties.at("pathPrefix");
  const others = earlier.flatMap((other) => other.properties.at("pathPrefix").text() ?? []);
  return checkPrefixBeside(prefix.text() ?? "", others).map(({ message }) => ({
    key: prefix.key,
    value: prefix.text(),
    cure: `it clashes: ${message}`,
  }));
}

/** Routes that lie below the longer prefix of another deployment. */
// unverified: of nested prefixes, the longest one answers
function shadowedBy(other: Resource, deployment: Resource): Finding[] {
  if (other === deployment) return [];
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

interface Neighbours {
  /** Deployments of the same gateway, itself among them. */
  beside: readonly Resource[];
  /** It or others may be on any gateway. */
  isUndecided: boolean;
}

function neighbours(
  deployments: readonly Resource[],
  gateways: Targets,
): (deployment: Resource) => Neighbours {
  const places = new Map(deployments.map((one) => [one, placeOf(one, gateways)]));
  const byPlace = groupedBy(deployments, (one) => places.get(one));
  const undecided = byPlace.get(undefined)?.length ?? 0;
  return (deployment) => {
    const place = places.get(deployment);
    const beside = place === undefined ? [deployment] : (byPlace.get(place) ?? []);
    return { beside, isUndecided: undecided > 0 && deployments.length > 1 };
  };
}

/** The gateway: of the program, or its OCID; of none, the deployment itself; undefined when it isn't known yet. */
function placeOf(deployment: Resource, gateways: Targets): Resource | string | undefined {
  const named = namedBy(deployment, "gatewayId", [], gateways);
  if (named === undefined) return undefined;
  return named[0] ?? deployment.properties.at("gatewayId").text() ?? deployment;
}
