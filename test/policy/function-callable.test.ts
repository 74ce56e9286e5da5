import { deployment, describeRules, gateway, unknown } from "./table.ts";

const shop = "ocid1.compartment.oc1..shop";
const edge = "ocid1.compartment.oc1..edge";
const hello = {
  type: "oci:Functions/function:Function",
  name: "hello",
  properties: { applicationId: unknown, displayName: "hello" },
  uses: { applicationId: ["functions"] },
};
const application = {
  type: "oci:Functions/application:Application",
  name: "functions",
  properties: { compartmentId: shop, subnetIds: [] },
};
const api = { ...deployment(), uses: { gatewayId: ["gateway"], specification: ["hello"] } };
const base = [gateway({ compartmentId: edge }), application, hello, api];
const policy = (...statements: unknown[]) => ({
  type: "oci:Identity/policy:Policy",
  name: "access",
  properties: { statements },
});
const group = (matchingRule: unknown, name = "gateways") => ({
  type: "oci:Identity/dynamicGroup:DynamicGroup",
  name: "group",
  properties: { name, matchingRule },
});
const gateways = (compartmentId: string) =>
  `ALL {resource.type = 'ApiGateway', resource.compartment.id = '${compartmentId}'}`;
const anyUser = (where: string, location = `compartment id ${shop}`) =>
  `Allow any-user to use functions-family in ${location} where ${where}`;
const ofEdge = `ALL {request.principal.type = 'ApiGateway', request.resource.compartment.id = '${edge}'}`;
const ofGroup = `Allow dynamic-group 'Default'/'Gateways' to use fn-invocation in compartment id ${shop}`;
const key = "the statement that lets the gateway of deployment call it";
const missing = `function "hello": ${key} isn't set; write "Allow any-user to use functions-family in compartment id <the functions'> where ALL {request.principal.type = 'ApiGateway', request.resource.compartment.id = '<the gateway's>'}", or declare it: grantedElsewhere: ["hello"]`;
const later = `function "hello" can't be judged yet: ${key} is known only after pulumi up`;

const good = [
  ["the documented form", policy(anyUser(ofEdge))],
  ["in the tenancy", policy(anyUser(ofEdge, "tenancy"))],
  ["in a compartment by its name", policy(anyUser(ofEdge, "compartment shop"))],
  ["the second of two", policy("Allow group a to use buckets in tenancy", anyUser(ofEdge))],
  ["permissions by name", policy("Allow any-group to {FN_INVOCATION} in tenancy")],
  ["a group of the program", policy(ofGroup), group(gateways(edge))],
  ["a group made elsewhere", policy(ofGroup), group("resource.type = 'fnfunc'", "other")],
  ["a condition on something else", policy(anyUser("ALL {request.region = 'fra'}"))],
  ["not a function", policy(anyUser("request.principal.type != 'fnfunc'"))],
  [
    "neither a function nor an instance",
    policy(anyUser("request.principal.type not in ('fnfunc', 'instance')")),
  ],
] as const;
const bad = [
  ["no policy"],
  ["reading only", policy(`Allow dynamic-group gateways to read functions-family in compartment id ${shop}`)],
  ["another compartment", policy(anyUser(ofEdge, `compartment id ${edge}`))],
  ["gateways of another compartment", policy(anyUser(ofEdge.replace(edge, shop)))],
  ["functions", policy(anyUser("request.principal.type = 'fnfunc'"))],
  ["everybody but gateways", policy(anyUser("request.principal.type != 'ApiGateway'"))],
  ["not in a list", policy(anyUser("request.principal.type not in ('fnfunc', 'ApiGateway')"))],
  ["people", policy("Allow group developers to use functions-family in tenancy")],
  ["a group of others", policy(ofGroup), group(gateways(shop))],
  ["a group whose rule can't be read", policy(ofGroup), group("ALL {")],
  ["Deny and what can't be read", policy("Deny any-user to use functions-family in tenancy", "Allow all")],
] as const;
const unclear = [
  ["a statement", policy(unknown)],
  ["all statements", { ...policy(), properties: { statements: unknown } }],
  ["a group's rule", policy(ofGroup), group(unknown)],
  ["the gateway", policy(anyUser("request.principal.id = 'ocid1.apigateway.oc1..a'"))],
  ["the function", policy(anyUser("target.function.id = 'ocid1.fnfunc.oc1..a'"))],
] as const;

/** What has properties of them all, and is none of them. */
const decoy = {
  type: "other:index:Other",
  name: "decoy",
  properties: { name: "Gateways", matchingRule: gateways(edge), statements: [anyUser(ofEdge)] },
  uses: { specification: ["hello"] },
};
const made = { ...hello, properties: { ...hello.properties, id: "ocid1.fnfunc.oc1..b" } };

describeRules({
  "function-callable": [
    {
      title: "what is neither deployment nor group nor policy",
      resources: [hello, application, decoy],
      says: [],
    },
    { title: "no policy but what looks like one", resources: [decoy, ...base], says: [missing] },
    {
      title: "a group of others, and what looks like it",
      resources: [decoy, ...base, policy(ofGroup), group(gateways(shop))],
      says: [missing],
    },
    {
      title: "two deployments lead to it",
      resources: [...base, { ...api, name: "second" }],
      says: [missing],
    },
    {
      title: "nobody knows whether a deployment leads to it",
      resources: [
        made,
        application,
        { ...deployment(), properties: { specification: unknown }, uses: {} },
        { ...deployment({}, {}, "empty"), properties: {}, uses: {} },
      ],
      says: [],
    },
    {
      title: "its id isn't known, and the deployment is made of something else",
      resources: [{ ...hello, properties: { id: unknown } }, application, deployment()],
      says: [],
    },
    { title: "no deployment leads to it", resources: [hello, application, deployment()], says: [] },
    { title: "declared", resources: base, config: { grantedElsewhere: ["h*"] }, says: [] },
    ...good.map(([title, ...more]) => ({ title, resources: [...base, ...more], says: [] })),
    ...bad.map(([title, ...more]) => ({ title, resources: [...base, ...more], says: [missing] })),
    ...unclear.map(([title, ...more]) => ({
      title: `unknown: ${title}`,
      resources: [...base, ...more],
      says: [later],
    })),
    {
      title: "by OCIDs, its application and the gateway aren't the program's",
      resources: [
        {
          ...hello,
          properties: { id: "ocid1.fnfunc.oc1..b", applicationId: "ocid1.fnapp.oc1..a" },
          uses: {},
        },
        {
          ...deployment({ backends: ["ocid1.fnfunc.oc1..b"] }, { gatewayId: "ocid1.apigateway.oc1..a" }),
          uses: {},
        },
        policy(anyUser(ofEdge)),
      ],
      says: [],
    },
    {
      title: "by OCIDs, the provider tells the compartment",
      resources: [
        {
          ...hello,
          properties: { id: "ocid1.fnfunc.oc1..b", applicationId: "ocid1.fnapp.oc1..a", compartmentId: edge },
          uses: {},
        },
        {
          ...deployment({ backends: ["ocid1.fnfunc.oc1..b"] }, { gatewayId: "ocid1.apigateway.oc1..a" }),
          uses: {},
        },
        policy(anyUser(ofEdge)),
      ],
      says: [missing],
    },
    {
      title: "by OCIDs, as after an update",
      resources: [
        gateway({ compartmentId: edge, id: "ocid1.apigateway.oc1..a" }),
        application,
        { ...hello, properties: { ...hello.properties, id: "ocid1.fnfunc.oc1..b" } },
        deployment({
          routes: [
            {
              path: "/hello",
              methods: ["GET"],
              backend: { type: "ORACLE_FUNCTIONS_BACKEND", functionId: "ocid1.fnfunc.oc1..b" },
            },
          ],
        }),
        policy(
          anyUser(
            "ALL {request.principal.id = 'ocid1.apigateway.oc1..a', target.function.id = 'ocid1.fnfunc.oc1..c'}",
          ),
        ),
      ],
      says: [missing],
    },
  ],
});
