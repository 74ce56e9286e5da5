import type { RoutedApiArgs } from "./args.ts";
import type { Problem } from "./model/problems.ts";
import { checkShape, type Shape } from "./model/shapes.ts";

const text = (example: string): Shape => ({ kind: "text", example: JSON.stringify(example) });
const input = (example: string): Shape => ({ kind: "input", example: JSON.stringify(example) });
const bag = (example: string, fields: Readonly<Record<string, Shape>> = {}): Shape => {
  return { kind: "object", example, fields };
};

/** The arguments' kinds, as far as the checks of the single settings build on them. */
const shape = bag("{ compartmentId, tenancyId, region, network, routes }", {
  region: text("eu-frankfurt-1"),
  homeRegion: text("us-ashburn-1"),
  network: bag('{ cidrBlock: "10.0.0.0/16" }'),
  gateway: bag('{ endpointType: "PUBLIC" }', {
    displayName: text("Shop"),
    networkSecurityGroupIds: { kind: "list", example: "[groupId]" },
  }),
  application: bag('{ shape: "GENERIC_X86" }'),
  functions: bag('{ hello: { source: "./functions/hello" } }'),
  routes: bag('{ "GET /hello": "hello" }'),
  requestPolicies: bag('{ cors: { allowedOrigins: ["https://shop.example.com"] } }'),
  access: bag('{ mode: "create" }', {
    statements: { kind: "list", example: '["Allow dynamic-group {group} to …"]' },
  }),
  registry: bag("{ username, password }", { username: input("jane"), password: input("<auth token>") }),
  protect: { kind: "flag", example: "true" },
  freeformTags: {
    kind: "object",
    example: '{ team: "web" }',
    each: text("web"),
  },
});

/**
 * Problems of arguments that have another kind than their type says, as programs in JavaScript may give them, and of
 * the rest, which is checked without them.
 */
export function withShape(given: unknown, check: (args: RoutedApiArgs) => readonly Problem[]): Problem[] {
  const { problems, usable } = checkShape(given, shape, "");
  const isBehind = ({ key }: Problem) =>
    problems.some(
      ({ key: wrong }) => wrong === "" || (key.startsWith(wrong) && !/^\w/.test(key.slice(wrong.length))),
    );
  const rest = problems.some(({ key }) => key === "") ? [] : check(usable as RoutedApiArgs);
  return [...problems.map(named), ...rest.filter((problem) => !isBehind(problem))];
}

function named(problem: Problem): Problem {
  return problem.key === "" ? { ...problem, key: "args" } : problem;
}
