import { unknown } from "../policy/value.ts";
import type { Given } from "../test/policy/given.ts";

/** Whether ids are known: they aren't at a first preview. */
type When = "preview" | "up";

const perApi = 25;

/** The stacks that are judged, by their names among the figures. */
export const stacks = {
  "500 resources, first preview": () => mixedStack(500, "preview"),
  "500 resources, after an update": () => mixedStack(500, "up"),
  "279 functions behind each of 100 deployments": () => crowdedStack(279, 100, "up"),
} as const;

/** A made-up stack: APIs with two deployments, five functions and all that belongs to them, 25 resources each. */
export function mixedStack(resources: number, when: When): Given[] {
  const apis = Array.from({ length: Math.ceil(resources / perApi) }, (_, index) => apiOf(index, when));
  return apis.flat().slice(0, resources);
}

/** Every function behind every deployment, as one gateway's deployments may share one application's. */
export function crowdedStack(functions: number, deployments: number, when: When): Given[] {
  const id = idsOf(when);
  const names = Array.from({ length: functions }, (_, index) => `function-${index}`);
  return [
    { type: "oci:Functions/application:Application", name: "application", properties: { compartmentId } },
    ...names.map((name) => functionOf(name, "application", id)),
    ...Array.from({ length: deployments }, (_, index) =>
      deploymentOf(`deployment-${index}`, `gateway-${Math.floor(index / 20)}`, names, id),
    ),
    ...names.map((name) => ({
      type: "oci:Identity/policy:Policy",
      name: `policy-of-${name}`,
      properties: { compartmentId, statements: [statementFor(id(name))] },
    })),
  ].map((given) => withId(given, id));
}

const compartmentId = "ocid1.compartment.oc1..example";

type Ids = (name: string) => string;

function idsOf(when: When): Ids {
  return (name) => (when === "preview" ? unknown : `ocid1.resource.oc1..${name}`);
}

/** What the provider answered has the resource's id. */
function withId(given: Given, id: Ids): Given {
  return { ...given, outputs: { ...given.properties, id: id(given.name ?? "") } };
}

function apiOf(index: number, when: When): Given[] {
  const id = idsOf(when);
  const name = (noun: string) => `api-${index}-${noun}`;
  const functions = Array.from({ length: 5 }, (_, one) => name(`function-${one}`));
  const deployments = [name("deployment-0"), name("deployment-1")];
  const made = (type: string, noun: string, properties: object, uses: Given["uses"] = {}): Given => ({
    type,
    name: name(noun),
    properties: { compartmentId, displayName: name(noun), ...properties },
    uses,
  });
  const vcn = { vcnId: id(name("vcn")) };
  const ofVcn = { vcnId: [name("vcn")] };
  const subnet = (noun: string, list: string) =>
    made(
      "oci:Core/subnet:Subnet",
      noun,
      {
        ...vcn,
        cidrBlock: "10.0.0.0/24",
        prohibitPublicIpOnVnic: true,
        securityListIds: [id(name(list))],
      },
      { ...ofVcn, securityListIds: [name(list)] },
    );
  const list = (noun: string) =>
    made("oci:Core/securityList:SecurityList", noun, { ...vcn, ingressSecurityRules }, ofVcn);
  const all: Given[] = [
    made("oci:Core/vcn:Vcn", "vcn", { cidrBlocks: ["10.0.0.0/16"] }),
    subnet("subnet-0", "list-0"),
    subnet("subnet-1", "list-1"),
    list("list-0"),
    list("list-1"),
    made("oci:Core/networkSecurityGroupSecurityRule:NetworkSecurityGroupSecurityRule", "rule", {
      direction: "INGRESS",
      ...ingressSecurityRules[0],
    }),
    made(
      "oci:ApiGateway/gateway:Gateway",
      "gateway",
      { endpointType: "PRIVATE", subnetId: id(name("subnet-0")) },
      { subnetId: [name("subnet-0")] },
    ),
    ...deployments.map((one) => deploymentOf(one, name("gateway"), functions, id)),
    made(
      "oci:Functions/application:Application",
      "application",
      { subnetIds: [id(name("subnet-1"))], shape: "GENERIC_X86", config: { LOG_LEVEL: "info" } },
      { subnetIds: [name("subnet-1")] },
    ),
    ...functions.map((one) => functionOf(one, name("application"), id)),
    made("oci:Identity/dynamicGroup:DynamicGroup", "group", {
      name: name("group"),
      matchingRule: `ALL {resource.type = 'ApiGateway', resource.compartment.id = '${compartmentId}'}`,
    }),
    made("oci:Identity/policy:Policy", "policy", {
      statements: [
        ...functions.map((one) => statementFor(id(one))),
        `Allow dynamic-group ${name("group")} to use fn-invocation in compartment id ${compartmentId}`,
      ],
    }),
    made("oci:Logging/logGroup:LogGroup", "log-group", {}),
    ...deployments.flatMap((one, number) =>
      ["access", "execution"].map((category) =>
        made(...logOf("apigateway", category, one, `${category}-log-${number}`, id)),
      ),
    ),
    made(...logOf("functions", "invoke", name("application"), "invoke-log", id)),
    made(...logOf("flowlogs", "all", name("vcn"), "flow-log", id)),
    made("oci:Artifacts/containerRepository:ContainerRepository", "repository", {}),
  ];
  return all.map((given) => withId(given, id));
}

const ingressSecurityRules = [
  { source: "0.0.0.0/0", protocol: "6", tcpOptions: { min: 443, max: 443 } },
  { source: "10.0.0.0/16", protocol: "all" },
];

function statementFor(functionId: string): string {
  const target = functionId === unknown ? "" : `, target.function.id = '${functionId}'`;
  return `Allow any-user to use functions-family in compartment id ${compartmentId} where ALL {request.principal.type = 'ApiGateway', request.resource.compartment.id = '${compartmentId}'${target}}`;
}

function functionOf(name: string, application: string, id: Ids): Given {
  return {
    type: "oci:Functions/function:Function",
    name,
    properties: {
      applicationId: id(application),
      displayName: name,
      image: `fra.ocir.io/namespace/shop/${name}:1.0`,
      imageDigest: `sha256:${"0".repeat(64)}`,
      memoryInMbs: "256",
      timeoutInSeconds: 30,
      config: { TABLE: "orders", REGION: "eu-frankfurt-1" },
    },
    uses: { applicationId: [application] },
  };
}

/** Twenty routes to functions or more, at most fifty, under a prefix of its own; it is made of all the functions. */
function deploymentOf(name: string, gateway: string, functions: readonly string[], id: Ids): Given {
  const routes = Array.from({ length: Math.min(50, Math.max(20, functions.length)) }, (_, index) => ({
    path: `/things-${index}/{id}`,
    methods: ["GET", "POST"],
    backend: {
      type: "ORACLE_FUNCTIONS_BACKEND",
      functionId: id(functions[index % functions.length] ?? ""),
    },
    requestPolicies: {
      bodyValidation: {
        required: true,
        contents: [{ mediaType: "application/json", validationType: "NONE" }],
      },
    },
  }));
  const requestPolicies = {
    authentication: {
      type: "TOKEN_AUTHENTICATION",
      tokenHeader: "Authorization",
      validationPolicy: { type: "REMOTE_JWKS", uri: "https://idp.example.com/jwks" },
    },
    rateLimiting: { rateInRequestsPerSecond: 50, rateKey: "CLIENT_IP" },
    cors: { allowedOrigins: ["https://shop.example.com"] },
  };
  return {
    type: "oci:ApiGateway/deployment:Deployment",
    name,
    properties: {
      compartmentId,
      gatewayId: id(gateway),
      pathPrefix: `/${name}`,
      specification: { requestPolicies, routes },
    },
    uses: { gatewayId: [gateway], specification: functions },
  };
}

function logOf(
  service: string,
  category: string,
  of: string,
  noun: string,
  id: Ids,
): [string, string, object, Given["uses"]] {
  const source = { sourceType: "OCISERVICE", service, category, resource: id(of) };
  return [
    "oci:Logging/log:Log",
    noun,
    { logType: "SERVICE", isEnabled: true, configuration: { source } },
    { configuration: [of] },
  ];
}
