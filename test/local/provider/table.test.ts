import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createLocalProvider, type LocalProvider, modelledTypes } from "../../../local/provider/provider.ts";
import type { Properties } from "../../../local/values.ts";
import { type FakeOci, startFakeOci } from "./fake-oci.ts";

interface Case {
  type: string;
  collection: string;
  inputs: Properties;
  /** Body of POST, as the official provider 4.20.0 sends it for these inputs. */
  post: Properties;
  changed: Properties;
  /** Body of PUT after the change. */
  put: Properties;
  createOnly: string[];
}

const compartmentId = "ocid1.compartment.oc1..a";
const tenancyId = "ocid1.tenancy.oc1..a";
const statement = "Allow dynamic-group gw to use functions-family in compartment api";
const imageDigest = `sha256:${"c".repeat(64)}`;
const vcnId = "ocid1.vcn.oc1.iad.a";
const network = { compartmentId, vcnId, displayName: "one" };
const specification = {
  routes: [{ path: "/hello", methods: ["GET"], backend: { type: "STOCK_RESPONSE_BACKEND", status: 200 } }],
};

const logSource = {
  sourceType: "OCISERVICE",
  service: "apigateway",
  category: "access",
  resource: "ocid1.apideployment.oc1.iad.a",
};

const cases: Case[] = [
  {
    type: "oci:Identity/dynamicGroup:DynamicGroup",
    collection: "/20160918/dynamicGroups",
    inputs: {
      compartmentId: tenancyId,
      name: "gw",
      description: "d",
      matchingRule: "ALL {resource.type = 'ApiGateway'}",
    },
    post: {
      compartmentId: tenancyId,
      name: "gw",
      description: "d",
      matchingRule: "ALL {resource.type = 'ApiGateway'}",
    },
    changed: { matchingRule: "ANY {resource.type = 'ApiGateway'}" },
    put: { description: "d", matchingRule: "ANY {resource.type = 'ApiGateway'}" },
    createOnly: ["compartmentId", "name"],
  },
  {
    type: "oci:Identity/policy:Policy",
    collection: "/20160918/policies",
    inputs: {
      compartmentId,
      name: "p",
      description: "d",
      statements: [statement],
      definedTags: { "ops.cost": "1" },
    },
    post: {
      compartmentId,
      name: "p",
      description: "d",
      statements: [statement],
      definedTags: { ops: { cost: "1" } },
    },
    changed: { statements: [`${statement}s`] },
    put: { description: "d", statements: [`${statement}s`], definedTags: { ops: { cost: "1" } } },
    createOnly: ["compartmentId", "name"],
  },
  {
    type: "oci:Identity/compartment:Compartment",
    collection: "/20160918/compartments",
    inputs: { compartmentId, name: "c", description: "d", enableDelete: true },
    post: { compartmentId, name: "c", description: "d" },
    changed: { name: "e" },
    put: { name: "e", description: "d" },
    createOnly: [],
  },
  {
    type: "oci:Core/vcn:Vcn",
    collection: "/20160918/vcns",
    inputs: {
      compartmentId,
      cidrBlocks: ["10.0.0.0/16"],
      displayName: "vcn-1",
      dnsLabel: "api",
      isIpv6enabled: false,
    },
    post: {
      compartmentId,
      cidrBlocks: ["10.0.0.0/16"],
      displayName: "vcn-1",
      dnsLabel: "api",
      isIpv6Enabled: false,
    },
    changed: { displayName: "vcn-2" },
    put: { displayName: "vcn-2" },
    createOnly: ["cidrBlock", "dnsLabel"],
  },
  {
    type: "oci:Core/subnet:Subnet",
    collection: "/20160918/subnets",
    inputs: {
      ...network,
      cidrBlock: "10.0.1.0/24",
      prohibitPublicIpOnVnic: false,
      securityListIds: ["b", "a"],
    },
    post: {
      ...network,
      cidrBlock: "10.0.1.0/24",
      prohibitPublicIpOnVnic: false,
      securityListIds: ["b", "a"],
    },
    changed: { displayName: "two" },
    put: { displayName: "two", cidrBlock: "10.0.1.0/24", securityListIds: ["b", "a"] },
    createOnly: [
      "vcnId",
      "dnsLabel",
      "availabilityDomain",
      "prohibitInternetIngress",
      "prohibitPublicIpOnVnic",
    ],
  },
  {
    type: "oci:Core/internetGateway:InternetGateway",
    collection: "/20160918/internetGateways",
    inputs: network,
    post: { ...network, isEnabled: true },
    changed: { enabled: false },
    put: { displayName: "one", isEnabled: false },
    createOnly: ["vcnId"],
  },
  {
    type: "oci:Core/natGateway:NatGateway",
    collection: "/20160918/natGateways",
    inputs: { ...network, blockTraffic: false },
    post: { ...network, blockTraffic: false },
    changed: { blockTraffic: true },
    put: { displayName: "one", blockTraffic: true },
    createOnly: ["vcnId", "publicIpId"],
  },
  {
    type: "oci:Core/serviceGateway:ServiceGateway",
    collection: "/20160918/serviceGateways",
    inputs: { ...network, services: [{ serviceId: "s" }] },
    post: { ...network, services: [{ serviceId: "s" }] },
    changed: { displayName: "two" },
    put: { displayName: "two", services: [{ serviceId: "s" }] },
    createOnly: ["vcnId"],
  },
  {
    type: "oci:Core/routeTable:RouteTable",
    collection: "/20160918/routeTables",
    inputs: { ...network, routeRules: [{ destination: "0.0.0.0/0", networkEntityId: "n" }] },
    post: { ...network, routeRules: [{ destination: "0.0.0.0/0", networkEntityId: "n" }] },
    changed: { routeRules: [] },
    put: { displayName: "one", routeRules: [] },
    createOnly: ["vcnId"],
  },
  {
    type: "oci:Core/securityList:SecurityList",
    collection: "/20160918/securityLists",
    inputs: {
      ...network,
      ingressSecurityRules: [
        { protocol: "6", source: "0.0.0.0/0", stateless: false, tcpOptions: { min: 443, max: 443 } },
        {
          protocol: "17",
          source: "10.0.0.0/16",
          stateless: true,
          udpOptions: { min: 53, max: 53, sourcePortRange: { min: 1024, max: 65_535 } },
        },
      ],
    },
    // The official provider sends both lists, whatever the program gives.
    post: {
      ...network,
      egressSecurityRules: [],
      ingressSecurityRules: [
        {
          protocol: "6",
          source: "0.0.0.0/0",
          isStateless: false,
          tcpOptions: { destinationPortRange: { min: 443, max: 443 } },
        },
        {
          protocol: "17",
          source: "10.0.0.0/16",
          isStateless: true,
          udpOptions: {
            destinationPortRange: { min: 53, max: 53 },
            sourcePortRange: { min: 1024, max: 65_535 },
          },
        },
      ],
    },
    changed: { ingressSecurityRules: [] },
    put: { displayName: "one", egressSecurityRules: [], ingressSecurityRules: [] },
    createOnly: ["vcnId"],
  },
  {
    type: "oci:Core/networkSecurityGroup:NetworkSecurityGroup",
    collection: "/20160918/networkSecurityGroups",
    inputs: network,
    post: network,
    changed: { displayName: "two" },
    put: { displayName: "two" },
    createOnly: ["vcnId"],
  },
  {
    type: "oci:Functions/application:Application",
    collection: "/20181201/applications",
    inputs: {
      compartmentId,
      displayName: "api-a",
      subnetIds: ["s"],
      config: { stateless: "one" },
      shape: "GENERIC_X86",
    },
    post: {
      compartmentId,
      displayName: "api-a",
      subnetIds: ["s"],
      config: { stateless: "one" },
      shape: "GENERIC_X86",
    },
    changed: { config: { stateless: "two" } },
    put: { config: { stateless: "two" } },
    createOnly: ["displayName", "subnetIds", "shape"],
  },
  {
    type: "oci:Functions/function:Function",
    collection: "/20181201/functions",
    inputs: {
      applicationId: "app",
      displayName: "f",
      image: "fra.ocir.io/ns/hello:1",
      imageDigest,
      memoryInMbs: "512",
    },
    post: {
      applicationId: "app",
      displayName: "f",
      image: "fra.ocir.io/ns/hello:1",
      imageDigest,
      memoryInMBs: 512,
    },
    changed: { memoryInMbs: "1024" },
    put: { image: "fra.ocir.io/ns/hello:1", imageDigest, memoryInMBs: 1024 },
    createOnly: ["applicationId", "displayName", "sourceDetails"],
  },
  {
    type: "oci:ApiGateway/gateway:Gateway",
    collection: "/20190501/gateways",
    inputs: {
      compartmentId,
      displayName: "gw-1",
      endpointType: "PUBLIC",
      subnetId: "s",
      networkSecurityGroupIds: ["b", "a"],
    },
    post: {
      compartmentId,
      displayName: "gw-1",
      endpointType: "PUBLIC",
      subnetId: "s",
      networkSecurityGroupIds: ["b", "a"],
    },
    changed: { displayName: "gw-2" },
    put: { displayName: "gw-2", networkSecurityGroupIds: ["b", "a"] },
    createOnly: [
      "endpointType",
      "subnetId",
      "ipMode",
      "ipv4addressConfiguration",
      "ipv6addressConfiguration",
    ],
  },
  {
    type: "oci:ApiGateway/deployment:Deployment",
    collection: "/20190501/deployments",
    inputs: { compartmentId, gatewayId: "g", displayName: "d", pathPrefix: "/v1", specification },
    post: { compartmentId, gatewayId: "g", displayName: "d", pathPrefix: "/v1", specification },
    changed: { displayName: "e" },
    put: { displayName: "e", specification },
    createOnly: ["gatewayId", "pathPrefix"],
  },
  {
    type: "oci:Artifacts/containerRepository:ContainerRepository",
    collection: "/20160918/container/repositories",
    inputs: { compartmentId, displayName: "api/hello", isPublic: false },
    post: { compartmentId, displayName: "api/hello", isPublic: false },
    changed: { isPublic: true },
    put: { isPublic: true },
    createOnly: ["displayName"],
  },
  {
    type: "oci:Logging/logGroup:LogGroup",
    collection: "/20200531/logGroups",
    inputs: { compartmentId, displayName: "api-logs", description: "first" },
    post: { compartmentId, displayName: "api-logs", description: "first" },
    changed: { description: "changed" },
    put: { displayName: "api-logs", description: "changed" },
    createOnly: [],
  },
  {
    type: "oci:Logging/log:Log",
    collection: "/20200531/logGroups/ocid1.loggroup.oc1.iad.a/logs",
    inputs: {
      logGroupId: "ocid1.loggroup.oc1.iad.a",
      displayName: "access",
      logType: "SERVICE",
      isEnabled: true,
      retentionDuration: 30,
      configuration: { source: logSource },
    },
    post: {
      displayName: "access",
      logType: "SERVICE",
      isEnabled: true,
      retentionDuration: 30,
      configuration: { source: logSource },
    },
    changed: { retentionDuration: 60 },
    put: { displayName: "access", isEnabled: true, retentionDuration: 60 },
    createOnly: ["configuration", "logType"],
  },
];

const context = { region: undefined, timeoutInMs: 5000 };
let oci: FakeOci;
let provider: LocalProvider;
beforeAll(async () => {
  oci = await startFakeOci();
  provider = createLocalProvider({ url: oci.url, projectDirectory: process.cwd() });
});
beforeEach(() => {
  oci.exchanges.length = 0;
});
afterAll(async () => {
  provider.close();
  await oci.close();
});

test("every modelled type has a case", () => {
  const special = modelledTypes.filter(
    (type) => type.startsWith("pulumi:") || type.startsWith("docker-build:"),
  );
  const rule = "oci:Core/networkSecurityGroupSecurityRule:NetworkSecurityGroupSecurityRule";
  expect(cases.map(({ type }) => type).sort()).toEqual(
    modelledTypes.filter((type) => !special.includes(type) && type !== rule),
  );
});

describe.each(cases)("$type", ({ type, collection, inputs, post, changed, put, createOnly }) => {
  const isAsynchronous = /^oci:(ApiGateway|Logging)\//.test(type);
  const calls = () => oci.exchanges.map(({ method, path }) => `${method} ${path}`);
  const workRequest = isAsynchronous ? [`GET /${collection.split("/")[1]}/workRequests/wr-1`] : [];

  test("is created, updated and deleted as the official provider does it", async () => {
    expect(provider.check(type, inputs)).toEqual([]);
    const created = await provider.create(type, inputs, context);
    expect(created.id).toBe("id-1");
    expect(created.outputs).toMatchObject({ ...inputs, timeCreated: "2026-01-01 00:00:00.12 +0000 UTC" });
    expect(created.outputs.state).toMatch(/^(ACTIVE|AVAILABLE)$/);
    expect(calls()).toEqual([`POST ${collection}`, ...workRequest, `GET ${collection}/id-1`]);
    expect(oci.exchanges[0]?.body).toEqual(post);
    expect(oci.exchanges[0]?.headers["opc-retry-token"]).toMatch(/^[0-9a-f-]{36}$/);

    oci.exchanges.length = 0;
    const next = { ...inputs, ...changed };
    expect(provider.diff(type, inputs, next).changed).toEqual(Object.keys(changed));
    const updated = await provider.update(type, "id-1", inputs, next, context);
    expect(updated).toMatchObject(next);
    expect(calls()).toEqual([`PUT ${collection}/id-1`, ...workRequest, `GET ${collection}/id-1`]);
    expect(oci.exchanges[0]?.body).toEqual(put);

    oci.exchanges.length = 0;
    await provider.delete(type, "id-1", updated, context);
    expect(calls()).toEqual([`DELETE ${collection}/id-1`, ...workRequest, `GET ${collection}/id-1`]);
    await provider.delete(type, "id-1", updated, context);
    expect(await provider.read(type, "id-1", inputs, context)).toBeUndefined();
  });

  test("is replaced for its create-only properties and no others", () => {
    const names = [...new Set([...Object.keys(inputs), ...createOnly])];
    const replacing = names.filter(
      (name) => provider.diff(type, inputs, { ...inputs, [name]: "other" }).replaces.length > 0,
    );
    expect(replacing.sort()).toEqual([...createOnly].sort());
  });

  test("refuses unknown properties and wrong types by name", () => {
    const [name = ""] = Object.keys(inputs);
    const failures = provider.check(type, { ...inputs, bogus: 1, [name]: 5 });
    expect(failures).toEqual([
      { property: name, reason: "must be a string, is a number" },
      { property: "bogus", reason: expect.stringMatching(/^isn't modelled; known are /) },
    ]);
  });
});
