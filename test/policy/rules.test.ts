import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { isStackRule, type Rule } from "../../policy/rule.ts";
import { rules } from "../../policy/rules.ts";
import { statefulTypes, taggedTypes, types } from "../../policy/types.ts";

/** What a rule is unless its settings say otherwise: its level, what it judges, its settings. */
const expected: readonly (readonly [
  name: string,
  severity: string,
  level: string,
  judges: string | readonly string[],
  settings: object,
])[] = [
  ["anonymous-routes-declared", "high", "mandatory", ["deployment"], { routes: [], tag: "anonymous-routes" }],
  ["cors-any-origin", "medium", "advisory", ["deployment"], { deployments: [] }],
  ["cors-any-with-credentials", "high", "mandatory", ["deployment"], {}],
  ["rate-limit", "medium", "advisory", ["deployment"], { deployments: [] }],
  ["backend-https", "high", "mandatory", ["deployment"], { plainHosts: [] }],
  ["identity-provider-https", "critical", "mandatory", ["deployment"], {}],
  ["tls-verification", "high", "mandatory", ["gateway", "deployment"], {}],
  [
    "validation-enforced",
    "medium",
    "mandatory",
    ["deployment"],
    { productionStacks: ["prod", "production"], deployments: [] },
  ],
  [
    "validation-present",
    "low",
    "advisory",
    ["deployment"],
    { methods: ["POST", "PUT", "PATCH"], routes: [] },
  ],
  ["cache-authorization", "high", "mandatory", ["deployment"], {}],
  ["mutual-tls", "high", "mandatory", ["deployment"], { deployments: [] }],
  ["gateway-private-endpoint", "medium", "advisory", ["gateway"], { publicGateways: [] }],
  ["gateway-network-security-group", "medium", "advisory", ["gateway"], { gateways: [] }],
  [
    "gateway-custom-domain",
    "low",
    "advisory",
    ["gateway"],
    { productionStacks: ["prod", "production"], gateways: [] },
  ],
  [
    "deployment-logs",
    "medium",
    "advisory",
    "stack",
    { deployments: [], categories: ["access", "execution"] },
  ],
  ["application-logs", "medium", "advisory", "stack", { applications: [] }],
  ["routes-shadowed", "medium", "advisory", "stack", { deployments: [] }],
  ["gateway-deployment", "low", "advisory", "stack", { gateways: [] }],
  ["iam-dynamic-group-in-root", "medium", "mandatory", ["dynamicGroup"], {}],
  [
    "iam-dynamic-group-scoped",
    "high",
    "mandatory",
    ["dynamicGroup", "domainDynamicGroup"],
    { wideGroups: [] },
  ],
  ["iam-no-fnfunction", "medium", "mandatory", ["dynamicGroup", "domainDynamicGroup", "policy"], {}],
  ["iam-any-user-conditions", "critical", "mandatory", ["policy"], { declared: [] }],
  ["iam-no-all-resources", "critical", "mandatory", ["policy"], { declared: [] }],
  ["iam-manage-declared", "high", "mandatory", ["policy"], { declared: [] }],
  [
    "iam-tenancy-wide-declared",
    "high",
    "mandatory",
    ["policy"],
    { declared: ["* to read objectstorage-namespaces in tenancy"] },
  ],
  ["iam-policy-readable", "medium", "mandatory", ["policy"], {}],
  ["function-config-no-secrets", "critical", "mandatory", ["function", "application"], { allowedKeys: [] }],
  ["function-image-pinned", "high", "mandatory", ["function"], { unpinned: [] }],
  ["function-image-region", "medium", "mandatory", ["function"], { region: "" }],
  ["function-runtime-supported", "medium", "advisory", ["function"], { allowed: [] }],
  ["function-limits-set", "low", "advisory", ["function"], { maxTimeoutInSeconds: 300, slowFunctions: [] }],
  ["function-failure-destination", "low", "advisory", ["function"], { unnoticed: [] }],
  [
    "function-tracing",
    "low",
    "advisory",
    ["function", "application"],
    { productionStacks: ["prod", "production"], untraced: [] },
  ],
  [
    "application-image-signature",
    "medium",
    "advisory",
    ["application"],
    { productionStacks: ["prod", "production"], unsigned: [] },
  ],
  ["application-shape-set", "low", "advisory", ["application"], {}],
  ["function-callable", "medium", "advisory", "stack", { grantedElsewhere: [] }],
  [
    "network-no-remote-access",
    "critical",
    "mandatory",
    ["securityList", "defaultSecurityList", "networkSecurityGroupRule"],
    { ports: [22, 3389] },
  ],
  [
    "network-ingress-https-only",
    "high",
    "mandatory",
    ["securityList", "defaultSecurityList", "networkSecurityGroupRule"],
    { ports: [443] },
  ],
  ["network-default-list-closed", "medium", "mandatory", ["defaultSecurityList"], {}],
  ["network-subnet-own-list", "medium", "mandatory", ["subnet"], {}],
  ["network-functions-subnet-private", "medium", "advisory", "stack", { publicSubnets: [] }],
  [
    "network-flow-log",
    "medium",
    "advisory",
    "stack",
    { productionStacks: ["prod", "production"], subnets: [] },
  ],
  ["compartment-not-root", "medium", "mandatory", ["oci:*"], { inRoot: [] }],
  ["required-tags", "low", "advisory", "taggedTypes", { freeformTags: [], definedTags: [], untagged: [] }],
  [
    "production-protected",
    "medium",
    "advisory",
    "statefulTypes",
    { productionStacks: ["prod", "production"], unprotected: [] },
  ],
];

const nameOf = (type: string) => Object.entries(types).find(([, one]) => one === type)?.[0] ?? type;

function judges(rule: Rule): string | readonly string[] {
  if (isStackRule(rule)) return "stack";
  if (rule.types === taggedTypes) return "taggedTypes";
  return rule.types === statefulTypes ? "statefulTypes" : rule.types.map(nameOf);
}

it("rules have these levels, judge these types, and have these settings by default", () => {
  const found = rules.map((rule) => [
    rule.name,
    rule.severity,
    rule.enforcement,
    judges(rule),
    rule.config.parse({}),
  ]);
  expect(found).toEqual(expected);
});

it.each(rules.map((rule) => [rule.name, rule] as const))("%s says what it checks, and why", (_, rule) => {
  expect(rule.checks).toMatch(/^Checks that .{10,}\.$/);
  expect(rule.why).toMatch(/^[A-Z].{10,}\.$/s);
  expect(rule.references.length).toBeGreaterThan(0);
  for (const reference of rule.references) expect(reference.length).toBeGreaterThan(10);
  for (const [name, setting] of Object.entries(rule.config.shape)) {
    expect(setting.description, name).toMatch(/^[A-Z].{10,}\.$/s);
  }
});

const sdk = dirname(createRequire(import.meta.url).resolve("@pulumi/oci/package.json"));

/** The provider's SDK of a type: `oci:ApiGateway/gateway:Gateway` stands in `apigateway/gateway`. */
function sdkOf(type: string): { code: string; declaration: string } {
  const [, module = "", file = ""] = /^oci:(\w+)\/(\w+):\w+$/.exec(type) ?? [];
  const path = join(sdk, module.toLowerCase(), file);
  if (!existsSync(`${path}.js`)) return { code: "", declaration: "" };
  return { code: readFileSync(`${path}.js`, "utf8"), declaration: readFileSync(`${path}.d.ts`, "utf8") };
}

describe("types", () => {
  const all = [...new Set([...Object.values(types), ...taggedTypes, ...statefulTypes])];
  it.each(all)("%s is the provider's", (type) => {
    const [, found] = /__pulumiType = ['"]([^'"]+)['"]/.exec(sdkOf(type).code) ?? [];
    expect(found).toBe(type);
  });

  it.each([...taggedTypes])("%s takes tags", (type) => {
    const { declaration } = sdkOf(type);
    for (const tags of ["freeformTags", "definedTags"]) {
      expect(declaration.includes(`${tags}?: pulumi.Input<`)).toBe(true);
    }
  });

  it("what holds data takes tags too, and each type is named once", () => {
    expect(taggedTypes.slice(-statefulTypes.length)).toEqual(statefulTypes);
    expect([taggedTypes.length, statefulTypes.length]).toEqual([new Set(taggedTypes).size, 7]);
  });
});
