import { describeRules, unknown } from "./table.ts";

const tenancy = "ocid1.tenancy.oc1..aaaa";
const compartment = "ocid1.compartment.oc1..bbbb";
const group = (matchingRule: unknown, compartmentId: unknown = tenancy) => ({
  type: "oci:Identity/dynamicGroup:DynamicGroup",
  name: "gateways",
  properties: { name: "gateways", description: "Gateways", compartmentId, matchingRule },
});
const policy = (...statements: unknown[]) => ({
  type: "oci:Identity/policy:Policy",
  name: "access",
  properties: { compartmentId: compartment, statements },
});
const domainGroup = (matchingRule: unknown) => ({
  type: "oci:Identity/domainsDynamicResourceGroup:DomainsDynamicResourceGroup",
  name: "gateways",
  properties: { displayName: "gateways", matchingRule, schemas: [] },
});
const scoped = `ALL {resource.type = 'ApiGateway', resource.compartment.id = '${compartment}'}`;
const example = `"ALL {resource.type = 'ApiGateway', resource.compartment.id = 'ocid1.compartment.oc1..example'}"`;
const wide = (rule: string) =>
  `dynamic group "gateways": matchingRule is ${JSON.stringify(rule)}; name a compartment or a resource, for example ${example}, or declare it: wideGroups: ["gateways"]`;
const later = (what: string, key: string) =>
  `advisory: ${what} can't be judged yet: ${key} is known only after pulumi up`;

describeRules({
  "iam-dynamic-group-in-root": [
    { title: "in the tenancy", resources: [group(scoped)], says: [] },
    { title: "the provider takes the tenancy", resources: [group(scoped, null)], says: [] },
    {
      title: "in a compartment",
      resources: [group(scoped, compartment)],
      says: [
        `dynamic group "gateways": compartmentId is "${compartment}"; give the tenancy's OCID, which begins with "ocid1.tenancy."`,
      ],
    },
    {
      title: "with a name for an OCID",
      resources: [group(scoped, "shop")],
      says: [
        'dynamic group "gateways": compartmentId is "shop"; give the tenancy\'s OCID, which begins with "ocid1.tenancy."',
      ],
    },
    {
      title: "of an unknown compartment",
      resources: [group(scoped, unknown)],
      says: [later('dynamic group "gateways"', "compartmentId")],
    },
  ],
  "iam-dynamic-group-scoped": [
    { title: "a compartment's", resources: [group(scoped)], says: [] },
    ...["instance.id = 'ocid1.instance.oc1..a'", "instance.compartment.id = 'ocid1.compartment.oc1..a'"].map(
      (rule) => ({ title: rule, resources: [group(rule)], says: [] }),
    ),
    { title: "one function", resources: [group("resource.id = 'ocid1.fnfunc.oc1.iad.aaaa'")], says: [] },
    {
      title: "by a tag",
      resources: [
        group("ALL {resource.type='fnfunc', tag.shop.role.value='api'}"),
        group("ALL {resource.type='fnfunc', tag.shop.role.value}"),
        group(null),
      ],
      says: [],
    },
    {
      title: "everything without a tag",
      resources: [group("ALL {resource.type = 'fnfunc', tag.shop.role.value != 'api'}")],
      says: [wide("ALL {resource.type = 'fnfunc', tag.shop.role.value != 'api'}")],
    },
    {
      title: "each of several compartments",
      resources: [group(`ANY {${scoped}, resource.id = 'ocid1.apigateway.oc1.iad.aaaa'}`)],
      says: [],
    },
    {
      title: "wide, declared",
      resources: [group("resource.type = 'ApiGateway'")],
      config: { wideGroups: ["gate*"] },
      says: [],
    },
    {
      title: "a type alone",
      resources: [group("resource.type = 'ApiGateway'")],
      says: [wide("resource.type = 'ApiGateway'")],
    },
    {
      title: "a compartment's, in an identity domain",
      resources: [domainGroup(scoped)],
      says: [],
    },
    {
      title: "a type alone, in an identity domain",
      resources: [domainGroup("resource.type = 'ApiGateway'")],
      says: [
        wide("resource.type = 'ApiGateway'").replace(
          'dynamic group "gateways"',
          'domains dynamic resource group "gateways"',
        ),
      ],
    },
    {
      title: "a compartment or any other",
      resources: [group(`ANY {resource.type = 'ApiGateway', resource.compartment.id = '${compartment}'}`)],
      says: [wide(`ANY {resource.type = 'ApiGateway', resource.compartment.id = '${compartment}'}`)],
    },
    {
      title: "every compartment but one",
      resources: [group(`ALL {resource.type = 'fnfunc', resource.compartment.id != '${compartment}'}`)],
      says: [wide(`ALL {resource.type = 'fnfunc', resource.compartment.id != '${compartment}'}`)],
    },
    {
      title: "a pattern for every compartment",
      resources: [group("resource.compartment.id = /ocid1.compartment.*/")],
      says: [wide("resource.compartment.id = /ocid1.compartment.*/")],
    },
    {
      title: "a rule that can't be read",
      resources: [group("ALL {resource.type = 'ApiGateway'")],
      says: [
        `dynamic group "gateways": matchingRule is "ALL {resource.type = 'ApiGateway'"; the rule ends where } should stand; write for example ${example}, or declare it: wideGroups: ["gateways"]`,
      ],
    },
    {
      title: "an unknown rule",
      resources: [group(unknown)],
      says: [later('dynamic group "gateways"', "matchingRule")],
    },
  ],
  "iam-no-fnfunction": [
    { title: "fnfunc", resources: [group("ALL {resource.type = 'fnfunc'}")], says: [] },
    {
      title: "no type at all, and a group of that name",
      resources: [policy("Allow dynamic-group 'fnfunction' to use metrics in compartment shop")],
      says: [],
    },
    {
      title: "neither rule nor condition",
      resources: [group(null), policy("Allow group a to use fnfunction in tenancy", null)],
      says: [],
    },
    ...[
      "ALL {resource.type = 'fnfunction', resource.id = 'ocid1.fnfunc.oc1..a'}",
      "resource.type in ('fnfunc', 'fnfunction')",
      "resource.type = /fnfunction/",
      "ALL {resource.type = 'fnfunction'",
    ].map((rule) => ({
      title: `a group's: ${rule}`,
      resources: [group(rule)],
      says: [
        `dynamic group "gateways": matchingRule is "${rule}"; a function's type is 'fnfunc': write 'fnfunc'`,
      ],
    })),
    {
      title: "a group's",
      resources: [group("ALL {resource.type = 'fnFunction'}")],
      says: [
        `dynamic group "gateways": matchingRule is "ALL {resource.type = 'fnFunction'}"; a function's type is 'fnfunc': write 'fnfunc'`,
      ],
    },
    {
      title: "a group's, in an identity domain",
      resources: [domainGroup("resource.type = 'fnfunction'")],
      says: [
        "domains dynamic resource group \"gateways\": matchingRule is \"resource.type = 'fnfunction'\"; a function's type is 'fnfunc': write 'fnfunc'",
      ],
    },
    {
      title: "a statement's, the other isn't known yet",
      resources: [
        policy(
          unknown,
          "Allow any-user to use nosql-rows in compartment shop where request.principal.type='fnfunction'",
        ),
      ],
      says: [
        later('policy "access"', "statements[0]"),
        `policy "access": statements[1] is "Allow any-user to use nosql-rows in compartment shop where request.principal.type='fnfunction'"; a function's type is 'fnfunc': write 'fnfunc'`,
      ],
    },
  ],
});
