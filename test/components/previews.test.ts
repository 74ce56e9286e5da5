import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { ServerlessApi } from "../../components/index.ts";
import {
  compartmentId,
  functionsSubnetId,
  gatewaySubnetId,
  image,
  minimal,
  tenancyId,
  types,
} from "./fixture.ts";
import { lateErrors, run, unknown } from "./recorder.ts";

const preview = { isPreview: true };

describe("a preview", () => {
  it("shows what is known before anything exists", async () => {
    const { one } = await run(() => new ServerlessApi("api", minimal), preview);
    expect(one(types.policy).inputs).toEqual({
      compartmentId,
      name: "shop-dev-api-policy",
      description: "Lets the API gateway of shop, stack dev call its functions",
      statements: ["<unknown>"],
    });
    expect(one(types.deployment).inputs).toEqual({
      compartmentId,
      gatewayId: "<unknown>",
      displayName: "shop-dev-api-deployment",
      pathPrefix: "/v1",
      specification: {
        routes: [
          {
            path: "/hello",
            methods: ["GET"],
            backend: { type: "ORACLE_FUNCTIONS_BACKEND", functionId: "<unknown>" },
          },
        ],
      },
    });
  });

  it("throws at no value that isn't known yet", async () => {
    const { one, resources } = await run(
      () =>
        new ServerlessApi("api", {
          compartmentId: unknown(),
          tenancyId: unknown(),
          region: "eu-frankfurt-1",
          homeRegion: "us-ashburn-1",
          network: { functionsSubnetIds: [unknown()] },
          gateway: { gatewayId: unknown(), compartmentId: unknown() },
          functions: {
            hello: { image: unknown(), config: { KEY: unknown() } },
            users: { functionId: unknown(), compartmentId: unknown() },
          },
          routes: {
            "GET /hello": "hello",
            "GET /users": "users",
            "GET /a": { kind: "http", url: unknown() },
            "GET /b": { kind: "stock", status: 200, body: unknown() },
          },
          access: { mode: "existing", groupId: unknown(), scope: "functions", statements: [unknown()] },
        }),
      preview,
    );
    expect(resources.filter(({ type }) => type === types.policy)).toHaveLength(2);
    expect(one(types.policy, "api-access-policy").inputs.statements).toEqual([
      "<unknown>",
      "<unknown>",
      "<unknown>",
    ]);
    const routes: { backend: object }[] = one(types.deployment).inputs.specification.routes;
    expect(routes.map(({ backend }) => backend)).toEqual([
      { type: "ORACLE_FUNCTIONS_BACKEND", functionId: "<unknown>" },
      { type: "ORACLE_FUNCTIONS_BACKEND", functionId: "<unknown>" },
      {
        type: "HTTP_BACKEND",
        url: "<unknown>",
        connectTimeoutInSeconds: 60,
        readTimeoutInSeconds: 10,
        sendTimeoutInSeconds: 10,
        isSslVerifyDisabled: false,
      },
      { type: "STOCK_RESPONSE_BACKEND", status: 200, body: "<unknown>" },
    ]);
  });
});

describe("values that are known later", () => {
  it("are taken when they are right", async () => {
    const { one } = await run(
      () =>
        new ServerlessApi("api", {
          ...minimal,
          compartmentId: pulumi.output(compartmentId),
          tenancyId: Promise.resolve(tenancyId),
          functions: { hello: { image: pulumi.output(image) } },
          routes: {
            "GET /hello": "hello",
            "GET /a/{id}": { kind: "http", url: pulumi.output("https://a.example/${request.path[id]}") },
          },
        }),
    );
    expect(one(types.dynamicGroup).inputs.compartmentId).toBe(tenancyId);
    expect(one(types.policy).inputs.statements).toEqual([
      `Allow dynamic-group id ocid1.dynamicgroup.oc1..api-access-group to use functions-family in compartment id ${compartmentId}`,
    ]);
  });

  it.each<[object, string]>([
    [
      { compartmentId: pulumi.output("shop") },
      'serverless-api "api": 1 problem\n  ✖ compartmentId: "shop" is not the OCID of a compartment, which begins with "ocid1.compartment." [compartment-ocid]',
    ],
    [
      { compartmentId: pulumi.secret('sh"op') },
      'serverless-api "api": 1 problem\n  ✖ compartmentId: (secret) is not the OCID of a compartment, which begins with "ocid1.compartment." [compartment-ocid]',
    ],
    [
      { access: { statements: [pulumi.secret("Grant hunter2")] } },
      'gateway-access "api-access": 1 problem\n  ✖ access.statements[0]: (secret) must begin with Allow, Define, Endorse, Admit or Deny, for example "Allow dynamic-group {group} to use virtual-network-family in compartment id ocid1.compartment.oc1..example" [statement-form]',
    ],
    [
      { tenancyId: Promise.resolve("acme") },
      'gateway-access "api-access": 1 problem\n  ✖ tenancyId: "acme" is not the OCID of the tenancy, which begins with "ocid1.tenancy." [tenancy-ocid]',
    ],
    [
      { gateway: { gatewayId: pulumi.output("g") } },
      'api-gateway "api-gateway": 1 problem\n  ✖ gateway.gatewayId: "g" is not the OCID of a gateway, which begins with "ocid1.apigateway." [gateway-ocid]',
    ],
    [
      { routes: { "GET /a": { kind: "http", url: pulumi.secret("ftp://hunter2") } } },
      'serverless-api "api": 1 problem\n  ✖ routes["GET /a"].url: must begin with "http://" or "https://", in lower case [http-url]',
    ],
    [
      { routes: { "GET /a": { kind: "stock", status: 200, body: pulumi.output("a".repeat(6000)) } } },
      'serverless-api "api": 1 problem\n  ✖ routes["GET /a"].body: has 6000 bytes; at most 5120 are allowed, better 4096 [stock-body]',
    ],
    [
      { access: { mode: "existing", groupId: pulumi.output("theirs") } },
      'gateway-access "api-access": 1 problem\n  ✖ access.groupId: "theirs" is not the OCID of a dynamic group, which begins with "ocid1.dynamicgroup." [group-ocid]',
    ],
    [
      { access: { statements: [pulumi.output("Grant x")] } },
      'gateway-access "api-access": 1 problem\n  ✖ access.statements[0]: "Grant x" must begin with Allow, Define, Endorse, Admit or Deny, for example "Allow dynamic-group {group} to use virtual-network-family in compartment id ocid1.compartment.oc1..example" [statement-form]',
    ],
    [
      { network: { ...minimal.network, gatewaySubnetId: pulumi.output("s") } },
      'serverless-api "api": 1 problem\n  ✖ network.gatewaySubnetId: "s" is not the OCID of a subnet, which begins with "ocid1.subnet." [subnet-ocid]',
    ],
    [
      { network: { ...minimal.network, functionsSubnetIds: [functionsSubnetId, pulumi.output("s")] } },
      'serverless-api "api": 1 problem\n  ✖ network.functionsSubnetIds[1]: "s" is not the OCID of a subnet, which begins with "ocid1.subnet." [subnet-ocid]',
    ],
    [
      { gateway: { networkSecurityGroupIds: [pulumi.secret("hunter2")] } },
      'serverless-api "api": 1 problem\n  ✖ gateway.networkSecurityGroupIds[0]: (secret) is not the OCID of a network security group, which begins with "ocid1.networksecuritygroup." [security-group-ocid]',
    ],
    [
      {
        gateway: { gatewayId: "ocid1.apigateway.oc1.fra.g", compartmentId: pulumi.output("c") },
        network: { functionsSubnetIds: [functionsSubnetId] },
      },
      'serverless-api "api": 1 problem\n  ✖ gateway.compartmentId: "c" is not the OCID of a compartment, which begins with "ocid1.compartment." [compartment-ocid]',
    ],
    [
      {
        application: { applicationId: "ocid1.fnapp.oc1.fra.a", compartmentId: pulumi.output("c") },
        network: { gatewaySubnetId },
      },
      'serverless-api "api": 1 problem\n  ✖ application.compartmentId: "c" is not the OCID of a compartment, which begins with "ocid1.compartment." [compartment-ocid]',
    ],
  ])(
    "[compartment-ocid] [gateway-ocid] [subnet-ocid] [security-group-ocid] [http-url] [stock-body] are refused when they resolve",
    async (changes, message) => {
      expect(await lateErrors(() => new ServerlessApi("api", { ...minimal, ...changes }))).toEqual([message]);
    },
  );
});
