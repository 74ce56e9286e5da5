import { type Clients, type Cloud, image, imageDigest, registerImage } from "./sdk.ts";

/** One kind of resource as the official SDK drives it. The SDK's names follow from Oracle's noun. */
export interface Row {
  /** As in `createVcn`, `vcnId`, `createVcnDetails`. */
  noun: string;
  plural: string;
  client: keyof Clients;
  /** Path of the collection, as in the coverage table: every operation below it must be called. */
  path: string;
  /** Details to create the n-th one, and what it needs first. `first` is the first one's body. */
  details(cloud: Cloud, n: number, first: Body | undefined): Promise<Body>;
  /** Query of the list that has them all, besides the filters. */
  scope?(cloud: Cloud, first: Body): Body;
  /** A change that update takes. */
  change: Body;
  /** A value that is refused, under the field's name. */
  bad: Body;
  /** Field by which the list is filtered. */
  filter: string;
  states: [active: string, deleted: string];
  /** Code of the 409 when the same is created twice; absent where names needn't be unique. */
  taken?: string;
  /** Where the SDK's words differ from the noun. */
  words?: { id?: string; details?: string; body?: string };
  /** Changes are answered with a work request. */
  isAsynchronous?: true;
  /** The resource comes with its VCN. */
  isDefault?: true;
  /** Operations below the resource. */
  more?(cloud: Cloud, id: string): Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: the SDK's models differ by the row
export type Body = Record<string, any>;

const active: [string, string] = ["ACTIVE", "DELETED"];
const available: [string, string] = ["AVAILABLE", "TERMINATED"];
const renamed = { displayName: "renamed" };
const nameless = { displayName: "" };

async function vcn({ clients, compartmentId }: Cloud) {
  const { vcn: made } = await clients.network.createVcn({
    createVcnDetails: { compartmentId, cidrBlocks: ["10.0.0.0/16"], dnsLabel: "api" },
  });
  return made;
}

async function subnet(cloud: Cloud) {
  const { id: vcnId } = await vcn(cloud);
  const { subnet: made } = await cloud.clients.network.createSubnet({
    createSubnetDetails: { compartmentId: cloud.compartmentId, vcnId, cidrBlock: "10.0.1.0/24" },
  });
  return made;
}

async function gateway(cloud: Cloud) {
  const { gateway: made } = await cloud.clients.gateway.createGateway({
    createGatewayDetails: {
      compartmentId: cloud.compartmentId,
      endpointType: "PUBLIC",
      subnetId: (await subnet(cloud)).id,
    },
  });
  return made;
}

async function application(cloud: Cloud) {
  await registerImage(cloud);
  const { application: made } = await cloud.clients.functions.createApplication({
    createApplicationDetails: {
      compartmentId: cloud.compartmentId,
      displayName: "app",
      subnetIds: [(await subnet(cloud)).id],
    },
  });
  return made;
}

/** A resource of a VCN of its own. */
const inVcn =
  (more: Body = {}) =>
  async (cloud: Cloud, n: number): Promise<Body> => ({
    compartmentId: cloud.compartmentId,
    vcnId: (await vcn(cloud)).id,
    displayName: `n${n}`,
    ...more,
  });

const network = {
  client: "network",
  change: renamed,
  bad: nameless,
  filter: "displayName",
  states: available,
} as const;

const identity = { client: "identity", filter: "name", states: active } as const;

export const rows: readonly Row[] = [
  {
    ...identity,
    noun: "Compartment",
    plural: "Compartments",
    path: "/20160918/compartments",
    details: async ({ tenancyId }, n) => ({ compartmentId: tenancyId, name: `c${n}`, description: "d" }),
    scope: ({ tenancyId }) => ({ compartmentId: tenancyId }),
    change: { description: "changed" },
    bad: { description: "" },
    taken: "CompartmentAlreadyExists",
  },
  {
    ...identity,
    noun: "DynamicGroup",
    plural: "DynamicGroups",
    path: "/20160918/dynamicGroups",
    details: async ({ tenancyId }, n) => ({
      compartmentId: tenancyId,
      name: `g${n}`,
      description: "d",
      matchingRule: "ALL {resource.type = 'ApiGateway'}",
    }),
    scope: ({ tenancyId }) => ({ compartmentId: tenancyId }),
    change: { matchingRule: "ANY {resource.type = 'fnfunc'}" },
    bad: { matchingRule: "ALL {" },
    taken: "DynamicGroupAlreadyExists",
  },
  {
    ...identity,
    noun: "Policy",
    plural: "Policies",
    path: "/20160918/policies",
    details: async ({ compartmentId }, n) => ({
      compartmentId,
      name: `p${n}`,
      description: "d",
      statements: ["Allow any-user to use functions-family in compartment api"],
    }),
    change: { statements: ["Allow any-user to read functions-family in compartment api"] },
    bad: { statements: [] },
    taken: "PolicyAlreadyExists",
  },
  {
    ...network,
    noun: "Vcn",
    plural: "Vcns",
    path: "/20160918/vcns",
    details: async ({ compartmentId }, n) => ({
      compartmentId,
      displayName: `n${n}`,
      cidrBlocks: ["10.0.0.0/16"],
    }),
  },
  {
    ...network,
    noun: "Subnet",
    plural: "Subnets",
    path: "/20160918/subnets",
    details: inVcn({ cidrBlock: "10.0.0.0/24", dnsLabel: "sub" }),
  },
  {
    ...network,
    noun: "InternetGateway",
    plural: "InternetGateways",
    path: "/20160918/internetGateways",
    details: inVcn({ isEnabled: true }),
    words: { id: "igId" },
  },
  {
    ...network,
    noun: "NatGateway",
    plural: "NatGateways",
    path: "/20160918/natGateways",
    details: inVcn({ blockTraffic: false }),
  },
  {
    ...network,
    noun: "ServiceGateway",
    plural: "ServiceGateways",
    path: "/20160918/serviceGateways",
    filter: "vcnId",
    async details(cloud, n) {
      const { items } = await cloud.clients.network.listServices({});
      const services = items.slice(0, 1).map(({ id: serviceId }) => ({ serviceId }));
      return inVcn({ services })(cloud, n);
    },
  },
  {
    ...network,
    noun: "RouteTable",
    plural: "RouteTables",
    path: "/20160918/routeTables",
    details: inVcn({ routeRules: [] }),
    words: { id: "rtId" },
  },
  {
    ...network,
    noun: "SecurityList",
    plural: "SecurityLists",
    path: "/20160918/securityLists",
    details: inVcn({
      ingressSecurityRules: [
        { source: "0.0.0.0/0", protocol: "6", tcpOptions: { destinationPortRange: { min: 443, max: 443 } } },
      ],
      egressSecurityRules: [],
    }),
  },
  {
    ...network,
    noun: "DhcpOptions",
    plural: "DhcpOptions",
    path: "/20160918/dhcps",
    details: vcn,
    words: { id: "dhcpId", details: "DhcpDetails" },
    isDefault: true,
  },
  {
    ...network,
    noun: "NetworkSecurityGroup",
    plural: "NetworkSecurityGroups",
    path: "/20160918/networkSecurityGroups",
    details: inVcn(),
    more: securityRules,
  },
  {
    noun: "ContainerRepository",
    plural: "ContainerRepositories",
    client: "artifacts",
    path: "/20160918/container/repositories",
    details: async ({ compartmentId }, n) => ({ compartmentId, displayName: `shop/n${n}` }),
    words: { id: "repositoryId" },
    change: { isPublic: true },
    bad: { isPublic: "yes" },
    filter: "displayName",
    states: ["AVAILABLE", "DELETED"],
    taken: "Conflict",
  },
  {
    noun: "Application",
    plural: "Applications",
    client: "functions",
    path: "/20181201/applications",
    details: async (cloud, n) => ({
      compartmentId: cloud.compartmentId,
      displayName: `n${n}`,
      subnetIds: [(await subnet(cloud)).id],
      config: { STAGE: "one" },
    }),
    change: { config: { STAGE: "two" } },
    bad: { config: { "1": "x" } },
    filter: "displayName",
    states: active,
    taken: "Conflict",
  },
  {
    noun: "Function",
    plural: "Functions",
    client: "functions",
    path: "/20181201/functions",
    details: async (cloud, n, first) => ({
      applicationId: first?.applicationId ?? (await application(cloud)).id,
      displayName: `n${n}`,
      image,
      imageDigest,
      memoryInMBs: 256,
    }),
    scope: (_, first) => ({ applicationId: first.applicationId }),
    words: { body: "function" },
    change: { timeoutInSeconds: 60 },
    bad: { memoryInMBs: 255 },
    filter: "displayName",
    states: active,
    taken: "Conflict",
    more: invokeFunction,
  },
  {
    noun: "Gateway",
    plural: "Gateways",
    client: "gateway",
    path: "/20190501/gateways",
    details: async (cloud, n) => ({
      compartmentId: cloud.compartmentId,
      displayName: `n${n}`,
      endpointType: "PUBLIC",
      subnetId: (await subnet(cloud)).id,
    }),
    change: renamed,
    bad: nameless,
    filter: "displayName",
    states: active,
    isAsynchronous: true,
  },
  {
    noun: "Deployment",
    plural: "Deployments",
    client: "deployment",
    path: "/20190501/deployments",
    details: async (cloud, n, first) => ({
      compartmentId: cloud.compartmentId,
      displayName: `n${n}`,
      gatewayId: first?.gatewayId ?? (await gateway(cloud)).id,
      pathPrefix: `/v${n}`,
      specification: {
        routes: [
          {
            path: "/",
            methods: ["GET"],
            backend: { type: "STOCK_RESPONSE_BACKEND", status: 200, body: "hi" },
          },
        ],
      },
    }),
    change: renamed,
    bad: {
      specification: { routes: [{ path: "x", backend: { type: "STOCK_RESPONSE_BACKEND", status: 200 } }] },
    },
    filter: "displayName",
    states: active,
    taken: "Conflict",
    isAsynchronous: true,
  },
];

async function securityRules({ clients: { network: client } }: Cloud, id: string): Promise<void> {
  const rule = { direction: "INGRESS", protocol: "6", source: "10.0.0.0/16" } as const;
  const group = { networkSecurityGroupId: id };
  const added = await client.addNetworkSecurityGroupSecurityRules({
    ...group,
    addNetworkSecurityGroupSecurityRulesDetails: { securityRules: [rule as never] },
  });
  const [{ id: ruleId = "" } = {}] = added.addedNetworkSecurityGroupSecurityRules.securityRules ?? [];
  await client.updateNetworkSecurityGroupSecurityRules({
    ...group,
    updateNetworkSecurityGroupSecurityRulesDetails: {
      securityRules: [{ ...rule, id: ruleId, description: "changed" } as never],
    },
  });
  const { items } = await client.listNetworkSecurityGroupSecurityRules(group);
  const shown = items.map(({ id: one, description, source }) => ({ one, description, source }));
  if (
    JSON.stringify(shown) !== JSON.stringify([{ one: ruleId, description: "changed", source: rule.source }])
  ) {
    throw new Error(`the rules are ${JSON.stringify(items)}`);
  }
  await client.removeNetworkSecurityGroupSecurityRules({
    ...group,
    removeNetworkSecurityGroupSecurityRulesDetails: { securityRuleIds: [ruleId] },
  });
}

async function invokeFunction({ clients }: Cloud, functionId: string): Promise<void> {
  const { value } = await clients.invoke.invokeFunction({
    functionId,
    invokeFunctionBody: "Ada",
    fnIntent: "httprequest" as never,
    fnInvokeType: "sync" as never,
  });
  const text = await new Response(value as ReadableStream).text();
  if (text === "") throw new Error("the function answered nothing");
}
