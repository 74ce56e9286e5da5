import { describeRules, unknown } from "./table.ts";

const id = "ocid1.compartment.oc1..bbbb";
const policy = (...statements: unknown[]) => ({
  type: "oci:Identity/policy:Policy",
  name: "access",
  properties: { compartmentId: id, statements },
});
const says = (statement: string, cure: string, index = 0) =>
  `policy "access": statements[${index}] is ${JSON.stringify(statement)}; ${cure}`;
const later = (key: string) =>
  `advisory: policy "access" can't be judged yet: ${key} is known only after pulumi up`;

// "Create Policies to Control Access to Network and API Gateway-Related Resources": the documented form.
const documented = `ALLOW any-user to use functions-family in compartment shop where ALL {request.principal.type= 'ApiGateway', request.resource.compartment.id = '${id}'}`;
const ofGroup = `Allow dynamic-group id ocid1.dynamicgroup.oc1..aaaa to use functions-family in compartment id ${id}`;
const open = "Allow any-user to use functions-family in compartment shop";
const typeOnly = `${open} where request.principal.type = 'ApiGateway'`;
const patterns = `${open} where ALL {request.principal.type = /*/, request.principal.id = /ocid1.apigateway.*/}`;
const anyOf = `${open} where ANY {request.principal.type = 'ApiGateway', request.resource.compartment.id = '${id}'}`;
const type = "request.principal.type = 'ApiGateway'";
const whose = "request.resource.compartment.id = '<OCID of the gateway's compartment>'";
const demand = (statement: string, ...conditions: string[]) =>
  `every caller must meet ${conditions.join(" and ")}: write it in "where ALL {…}", or declare it: declared: ["${statement}"]`;
const typesOf = (statement: string) =>
  `name the resource types, for example functions-family, or declare it: declared: ["${statement}"]`;
const everything = "Allow group admins to manage all-resources in compartment shop";
const manage = "Allow dynamic-group gateways to manage functions-family in compartment shop";
const wide = "Allow dynamic-group gateways to use functions-family in tenancy";

describeRules({
  "iam-any-user-conditions": [
    { title: "the documented form", resources: [policy(documented)], says: [] },
    { title: "a group's", resources: [policy(ofGroup)], says: [] },
    {
      title: "one gateway, by any-group",
      resources: [
        policy(
          "allow any-group to use fn-invocation in compartment shop where all {request.principal.type='ApiGateway', request.principal.id='ocid1.apigateway.oc1.iad.aaaa'}",
        ),
      ],
      says: [],
    },
    {
      title: "declared",
      resources: [policy(open)],
      config: { declared: [`${open.toUpperCase()}*`] },
      says: [],
    },
    {
      title: "declared, between spaces",
      resources: [policy(`  ${open} `)],
      config: { declared: [open] },
      says: [],
    },
    ...["request.principal.compartment.id", "request.resource.compartment.id"].map((variable) => ({
      title: `by ${variable}`,
      resources: [policy(`${open} where ALL {request.principal.type = 'ApiGateway', ${variable} = '${id}'}`)],
      says: [],
    })),
    {
      title: "by lists",
      resources: [
        policy(
          `${open} where ALL {request.principal.type in ('ApiGateway'), request.principal.id in ('ocid1.apigateway.oc1..a', 'ocid1.apigateway.oc1..b')}`,
        ),
      ],
      says: [],
    },
    ...[
      "target.function.id = 'ocid1.fnfunc.oc1..a'",
      "request.principal.id != 'ocid1.apigateway.oc1..a'",
      "request.principal.id in ('ocid1.apigateway.oc1..a', 'all')",
      "request.principal.id = 'all'",
    ].map((condition) => {
      const statement = `${open} where ALL {request.principal.type = 'ApiGateway', ${condition}}`;
      return {
        title: condition,
        resources: [policy(statement)],
        says: [says(statement, demand(statement, whose))],
      };
    }),
    { title: "Deny gives nothing", resources: [policy("Deny any-user to use buckets in tenancy")], says: [] },
    { title: "no condition", resources: [policy(open)], says: [says(open, demand(open, type, whose))] },
    {
      title: "the type alone",
      resources: [policy(ofGroup, typeOnly)],
      says: [says(typeOnly, demand(typeOnly, whose), 1)],
    },
    {
      title: "one or the other",
      resources: [policy(anyOf)],
      says: [says(anyOf, demand(anyOf, type, whose))],
    },
    {
      title: "everything but a type",
      resources: [policy(`${open} where ALL {request.principal.type != 'user', request.principal.id = '*'}`)],
      says: [
        says(
          `${open} where ALL {request.principal.type != 'user', request.principal.id = '*'}`,
          demand(
            `${open} where ALL {request.principal.type != 'user', request.principal.id = '*'}`,
            type,
            whose,
          ),
        ),
      ],
    },
    {
      title: "a pattern that every caller meets",
      resources: [policy(patterns)],
      says: [says(patterns, demand(patterns, type, whose))],
    },
    {
      title: "unknown",
      resources: [policy(unknown, open)],
      says: [later("statements[0]"), says(open, demand(open, type, whose), 1)],
    },
    {
      title: "all unknown",
      resources: [{ ...policy(), properties: { statements: unknown } }],
      says: [later("statements")],
    },
  ],
  "iam-no-all-resources": [
    { title: "types are named", resources: [policy(ofGroup, manage)], says: [] },
    {
      title: "looking only",
      resources: [policy("Allow group auditors to read all-resources in tenancy")],
      says: [],
    },
    { title: "declared", resources: [policy(everything)], config: { declared: [everything] }, says: [] },
    {
      title: "what gives nothing, can't be read, or isn't a text",
      resources: [policy("Deny group a to manage all-resources in tenancy", "manage all-resources", null, 1)],
      says: [],
    },
    {
      title: "manage",
      resources: [policy(everything)],
      says: [says(everything, typesOf(everything))],
    },
    {
      title: "use, with a condition",
      resources: [policy("Allow group a to USE all-resources in tenancy where request.region = 'fra'")],
      says: [
        says(
          "Allow group a to USE all-resources in tenancy where request.region = 'fra'",
          typesOf("Allow group a to USE all-resources in tenancy where request.region = 'fra'"),
        ),
      ],
    },
  ],
  "iam-manage-declared": [
    { title: "use", resources: [policy(documented, ofGroup)], says: [] },
    {
      title: "declared",
      resources: [policy(manage)],
      config: { declared: ["*manage functions-family*"] },
      says: [],
    },
    { title: "of all resources, which is another rule's", resources: [policy(everything)], says: [] },
    {
      title: "manage of several types",
      resources: [policy("Allow group a to manage fn-app,fn-function in tenancy")],
      says: [
        says(
          "Allow group a to manage fn-app,fn-function in tenancy",
          'write use fn-app, fn-function or less, or declare it: declared: ["Allow group a to manage fn-app,fn-function in tenancy"]',
        ),
      ],
    },
    {
      title: "manage",
      resources: [policy(manage)],
      says: [says(manage, `write use functions-family or less, or declare it: declared: ["${manage}"]`)],
    },
    {
      title: "manage under a condition",
      resources: [policy(`${manage} where request.principal.id = 'ocid1.a.b..c'`)],
      says: [
        says(
          `${manage} where request.principal.id = 'ocid1.a.b..c'`,
          `write use functions-family or less, or declare it: declared: ["${manage} where request.principal.id = 'ocid1.a.b..c'"]`,
        ),
      ],
    },
  ],
  "iam-tenancy-wide-declared": [
    { title: "a compartment", resources: [policy(ofGroup, documented)], says: [] },
    {
      title: "namespaces, which lie in the tenancy",
      resources: [policy("Allow dynamic-group d to read objectstorage-namespaces in tenancy")],
      says: [],
    },
    { title: "declared", resources: [policy(wide)], config: { declared: [wide] }, says: [] },
    {
      title: "in tenancy",
      resources: [policy(wide)],
      says: [
        says(wide, `write "in compartment id ocid1.compartment…", or declare it: declared: ["${wide}"]`),
      ],
    },
    {
      title: "the tenancy as a compartment",
      resources: [policy("Allow group a to use buckets in compartment id ocid1.tenancy.oc1..aaaa")],
      says: [
        says(
          "Allow group a to use buckets in compartment id ocid1.tenancy.oc1..aaaa",
          'write "in compartment id ocid1.compartment…", or declare it: declared: ["Allow group a to use buckets in compartment id ocid1.tenancy.oc1..aaaa"]',
        ),
      ],
    },
  ],
  "iam-policy-readable": [
    { title: "readable", resources: [policy(documented, ofGroup, manage)], says: [] },
    { title: "one, and what isn't a text", resources: [policy(ofGroup), policy(null)], says: [] },
    // "Service Limits": 50 statements in a policy.
    { title: "fifty", resources: [policy(...Array<string>(50).fill(ofGroup))], says: [] },
    {
      title: "fifty-one",
      resources: [policy(...Array<string>(51).fill(ofGroup))],
      says: ['policy "access": statements.length is 51; give 1 to 50, in a second policy what is more'],
    },
    {
      title: "none",
      resources: [policy()],
      says: ['policy "access": statements.length is 0; give 1 to 50, in a second policy what is more'],
    },
    {
      title: "no verb",
      resources: [policy("Allow group a to call functions in tenancy", unknown)],
      says: [
        says(
          "Allow group a to call functions in tenancy",
          'it isn\'t of the form Allow <subject> to <verb> <resource type> in <location>; write for example "Allow dynamic-group shop-gateways to use functions-family in compartment id ocid1.compartment.oc1..example"',
        ),
        later("statements[1]"),
      ],
    },
  ],
});
