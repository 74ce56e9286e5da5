import * as pulumi from "@pulumi/pulumi";
import { expect, it } from "vitest";
import { ServerlessApi } from "../../components/index.ts";
import {
  compartmentId,
  digest,
  functionsSubnetId,
  gatewaySubnetId,
  image,
  minimal,
  tenancyId,
  types,
} from "./fixture.ts";
import { resolved, run } from "./recorder.ts";

const host = "g.apigateway.eu-frankfurt-1.oci.customer-oci.com";
const dynamicGroupId = "ocid1.dynamicgroup.oc1..api-access-group";
const grant = `Allow dynamic-group id ${dynamicGroupId} to use functions-family in compartment id`;

/** A log of the minimal arguments ("Details for API Gateway", "Details for Functions"). */
const logOf = (category: string, service: string, resource: string) => ({
  type: types.log,
  name: `api-logs-${category}`,
  inputs: {
    logGroupId: "ocid1.loggroup.oc1..api-logs",
    displayName: `shop-dev-api-${category}`,
    logType: "SERVICE",
    isEnabled: true,
    retentionDuration: 30,
    configuration: { compartmentId, source: { sourceType: "OCISERVICE", service, category, resource } },
  },
});

it("declares exactly these resources with minimal arguments", async () => {
  const { resources, options } = await run(() => new ServerlessApi("api", minimal));
  const byName = (one: { name: string; type: string }) => `${one.name} ${one.type}`;
  expect(resources.toSorted((a, b) => byName(a).localeCompare(byName(b)))).toEqual([
    { type: "oci-serverless-api:index:ServerlessApi", name: "api", inputs: {} },
    { type: "oci-serverless-api:index:GatewayAccess", name: "api-access", inputs: {} },
    {
      type: types.dynamicGroup,
      name: "api-access-group",
      inputs: {
        compartmentId: tenancyId,
        name: "shop-dev-api-gateways",
        description: "API gateways that call the functions of shop, stack dev",
        matchingRule: `ALL {resource.type = 'ApiGateway', resource.compartment.id = '${compartmentId}'}`,
      },
    },
    {
      type: types.policy,
      name: "api-access-policy",
      inputs: {
        compartmentId,
        name: "shop-dev-api-policy",
        description: "Lets the API gateway of shop, stack dev call its functions",
        statements: [`${grant} ${compartmentId}`],
      },
    },
    {
      type: types.deployment,
      name: "api-deployment",
      inputs: {
        compartmentId,
        gatewayId: "ocid1.apigateway.oc1..api-gateway",
        displayName: "shop-dev-api-deployment",
        pathPrefix: "/v1",
        specification: {
          routes: [
            {
              path: "/hello",
              methods: ["GET"],
              backend: {
                type: "ORACLE_FUNCTIONS_BACKEND",
                functionId: "ocid1.fnfunc.oc1..api-functions-hello",
              },
            },
          ],
        },
      },
    },
    { type: "oci-serverless-api:index:FunctionApp", name: "api-functions", inputs: {} },
    {
      type: types.application,
      name: "api-functions",
      inputs: {
        compartmentId,
        displayName: expect.stringMatching(/^shop-dev-api-functions-[0-9a-f]{8}$/),
        shape: "GENERIC_X86",
        subnetIds: [functionsSubnetId],
      },
    },
    {
      type: types.function,
      name: "api-functions-hello",
      inputs: {
        applicationId: "ocid1.fnapp.oc1..api-functions",
        displayName: "hello",
        image: "fra.ocir.io/ns/hello:1",
        imageDigest: digest,
        memoryInMbs: "256",
        timeoutInSeconds: 30,
      },
    },
    { type: "oci-serverless-api:index:ApiGateway", name: "api-gateway", inputs: {} },
    {
      type: types.gateway,
      name: "api-gateway",
      inputs: {
        compartmentId,
        displayName: "shop-dev-api-gateway",
        endpointType: "PUBLIC",
        subnetId: gatewaySubnetId,
      },
    },
    { type: "oci-serverless-api:index:ApiLogs", name: "api-logs", inputs: {} },
    {
      type: types.logGroup,
      name: "api-logs",
      inputs: { compartmentId, displayName: "shop-dev-api-logs" },
    },
    logOf("access", "apigateway", "ocid1.apideployment.oc1..api-deployment"),
    logOf("execution", "apigateway", "ocid1.apideployment.oc1..api-deployment"),
    logOf("invoke", "functions", "ocid1.fnapp.oc1..api-functions"),
  ]);
  const log = { parent: "api-logs", provider: "", deleteBeforeReplace: true };
  expect(options).toEqual({
    "api-logs": { parent: "api-logs", provider: "", dependsOn: [], deleteBeforeReplace: undefined },
    "api-logs-access": { ...log, dependsOn: ["api-deployment", "api-logs"] },
    "api-logs-execution": { ...log, dependsOn: ["api-deployment", "api-logs"] },
    "api-logs-invoke": { ...log, dependsOn: ["api-functions", "api-logs"] },
    "api-access-group": { parent: "api-access", provider: "", dependsOn: [], deleteBeforeReplace: undefined },
    "api-access-policy": {
      parent: "api-access",
      provider: "",
      dependsOn: ["api-access-group"],
      // Names of policies are unique in the tenancy ("Managing Policies").
      deleteBeforeReplace: true,
    },
    "api-deployment": {
      parent: "api-gateway",
      provider: "",
      dependsOn: ["api-access-group", "api-access-policy", "api-functions-hello", "api-gateway"],
      deleteBeforeReplace: undefined,
    },
    "api-functions": { parent: "api-functions", provider: "", dependsOn: [], deleteBeforeReplace: undefined },
    "api-functions-hello": {
      parent: "api-functions",
      provider: "",
      dependsOn: ["api-functions"],
      deleteBeforeReplace: undefined,
    },
    "api-gateway": { parent: "api-gateway", provider: "", dependsOn: [], deleteBeforeReplace: undefined },
  });
});

it("registers what it gives out", async () => {
  const { outputs, result } = await run(() => new ServerlessApi("api", minimal));
  const expected = {
    endpoint: `https://${host}/v1`,
    gateway: { id: "ocid1.apigateway.oc1..api-gateway", hostname: host },
    routes: [
      {
        methods: ["GET"],
        path: "/hello",
        url: `https://${host}/v1/hello`,
        backend: "function hello",
        isAnonymous: true,
      },
    ],
    functions: { hello: { id: "ocid1.fnfunc.oc1..api-functions-hello", imageDigest: digest } },
    applicationId: "ocid1.fnapp.oc1..api-functions",
    access: { dynamicGroupId, policyIds: ["ocid1.policy.oc1..api-access-policy"] },
    logging: {
      logGroupId: "ocid1.loggroup.oc1..api-logs",
      logIds: {
        access: "ocid1.log.oc1..api-logs-access",
        execution: "ocid1.log.oc1..api-logs-execution",
        invoke: "ocid1.log.oc1..api-logs-invoke",
      },
    },
  };
  expect(outputs.api).toEqual(expected);
  const { endpoint, gateway, routes, functions, applicationId, access, logging } = result;
  const given = pulumi.output({
    endpoint,
    gateway,
    routes: [...routes],
    functions,
    applicationId,
    access,
    logging,
  });
  expect(await resolved(given)).toEqual(expected);
});

it("passes on all arguments", async () => {
  const { one, options, outputs } = await run(
    () =>
      new ServerlessApi("api", {
        ...minimal,
        homeRegion: "eu-frankfurt-1",
        gateway: {
          endpointType: "PRIVATE",
          displayName: "Shop",
          networkSecurityGroupIds: ["ocid1.networksecuritygroup.oc1.fra.n"],
        },
        pathPrefix: "/",
        routes: {
          "GET,POST /hello": { kind: "function", function: "hello" },
          "ANY /shop/{rest*}": {
            kind: "http",
            url: "https://shop.example.com/${request.path[rest]}",
            connectTimeoutInSeconds: 1,
            readTimeoutInSeconds: 2,
            sendTimeoutInSeconds: 3,
            isSslVerifyDisabled: true,
          },
          "GET /": { kind: "stock", status: 200, body: "up", headers: { "X-A": "1" } },
        },
        access: {
          mode: "create",
          scope: "compartment",
          statements: [
            "Allow dynamic-group id {group} to use virtual-network-family in tenancy".replace(
              "id {group}",
              "{group}",
            ),
          ],
        },
        freeformTags: { team: "web" },
      }),
  );
  expect(one(types.gateway).inputs).toEqual({
    compartmentId,
    displayName: "Shop",
    endpointType: "PRIVATE",
    subnetId: gatewaySubnetId,
    networkSecurityGroupIds: ["ocid1.networksecuritygroup.oc1.fra.n"],
    freeformTags: { team: "web" },
  });
  expect(one(types.deployment).inputs).toEqual({
    compartmentId,
    gatewayId: "ocid1.apigateway.oc1..api-gateway",
    displayName: "shop-dev-api-deployment",
    pathPrefix: "/",
    freeformTags: { team: "web" },
    specification: {
      routes: [
        {
          path: "/hello",
          methods: ["GET", "POST"],
          backend: { type: "ORACLE_FUNCTIONS_BACKEND", functionId: "ocid1.fnfunc.oc1..api-functions-hello" },
        },
        {
          path: "/shop/{rest*}",
          methods: ["ANY"],
          backend: {
            type: "HTTP_BACKEND",
            url: "https://shop.example.com/${request.path[rest]}",
            connectTimeoutInSeconds: 1,
            readTimeoutInSeconds: 2,
            sendTimeoutInSeconds: 3,
            isSslVerifyDisabled: true,
          },
        },
        {
          path: "/",
          methods: ["GET"],
          backend: {
            type: "STOCK_RESPONSE_BACKEND",
            status: 200,
            body: "up",
            headers: [{ name: "X-A", value: "1" }],
          },
        },
      ],
    },
  });
  expect(one(types.policy).inputs).toEqual({
    compartmentId,
    name: "shop-dev-api-policy",
    description: "Lets the API gateway of shop, stack dev call its functions",
    statements: [
      `${grant} ${compartmentId}`,
      `Allow dynamic-group id ${dynamicGroupId} to use virtual-network-family in tenancy`,
    ],
    freeformTags: { team: "web" },
  });
  expect(one(types.dynamicGroup).inputs.freeformTags).toEqual({ team: "web" });
  expect(one(types.application).inputs.freeformTags).toEqual({ team: "web" });
  expect(one(types.function).inputs.freeformTags).toEqual({ team: "web" });
  // Under "/" a deployment must be the gateway's only one ("Deploying an API on an API Gateway by Creating an API …").
  expect(options["api-deployment"]?.deleteBeforeReplace).toBe(true);
  expect(
    outputs.api.routes.map((route: { url: string; backend: string }) => [route.url, route.backend]),
  ).toEqual([
    [`https://${host}/hello`, "function hello"],
    [`https://${host}/shop/{rest*}`, "http https://shop.example.com/${request.path[rest]}"],
    [`https://${host}/`, "stock 200"],
  ]);
});

it("adds its deployment to an existing gateway of another compartment", async () => {
  const gatewayId = "ocid1.apigateway.oc1.fra.shared";
  const gateway = { gatewayId, compartmentId: "ocid1.compartment.oc1..gateways" };
  const network = { functionsSubnetIds: [functionsSubnetId] };
  const { resources, one, outputs, calls } = await run(
    () => new ServerlessApi("api", { ...minimal, gateway, network }),
  );
  expect(resources.filter(({ type }) => type === types.gateway)).toEqual([]);
  expect(one(types.deployment).inputs).toMatchObject({ compartmentId, gatewayId });
  expect(one(types.dynamicGroup).inputs.matchingRule).toBe(
    "ALL {resource.type = 'ApiGateway', resource.compartment.id = 'ocid1.compartment.oc1..gateways'}",
  );
  expect(outputs.api.gateway).toEqual({ id: gatewayId, hostname: host });
  expect(calls).toEqual([]);
});

it("makes a network, and gives gateway and functions their places in it", async () => {
  const network = { cidrBlock: "10.0.0.0/16" };
  const { one, result } = await run(() => new ServerlessApi("api", { ...minimal, network }));
  expect(one("oci-serverless-api:index:ApiNetwork").name).toBe("api-network");
  expect(one("oci:Core/vcn:Vcn").inputs).toMatchObject({
    compartmentId,
    displayName: "shop-dev-api-network",
  });
  const { network: node } = result.nodes;
  const subnetId = await resolved(pulumi.output(node?.gatewaySubnetId));
  const groupId = await resolved(pulumi.output(node?.gatewaySecurityGroupId));
  expect(one(types.gateway).inputs).toMatchObject({ subnetId, networkSecurityGroupIds: [groupId] });
  expect(one(types.application).inputs.subnetIds).toEqual(
    await resolved(pulumi.output(node?.functionsSubnetIds)),
  );
});

it("makes a network for a private endpoint without an internet gateway", async () => {
  const network = { cidrBlock: "10.0.0.0/16" };
  const { one, resources } = await run(
    () => new ServerlessApi("api", { ...minimal, network, gateway: { endpointType: "PRIVATE" } }),
  );
  expect(one(types.gateway).inputs.endpointType).toBe("PRIVATE");
  expect(resources.filter(({ type }) => type.endsWith(":InternetGateway"))).toEqual([]);
});

it("needs no functions, and then neither application nor access", async () => {
  const { functions: _, ...rest } = minimal;
  const { resources, outputs } = await run(
    () =>
      new ServerlessApi("api", {
        ...rest,
        network: { gatewaySubnetId },
        routes: { "GET /health": { kind: "stock", status: 204 } },
      }),
  );
  expect(resources.map(({ name, type }) => `${name} ${type}`).toSorted()).toEqual([
    "api oci-serverless-api:index:ServerlessApi",
    `api-deployment ${types.deployment}`,
    "api-gateway oci-serverless-api:index:ApiGateway",
    `api-gateway ${types.gateway}`,
    "api-logs oci-serverless-api:index:ApiLogs",
    `api-logs ${types.logGroup}`,
    `api-logs-access ${types.log}`,
    `api-logs-execution ${types.log}`,
  ]);
  expect(outputs.api).toMatchObject({ functions: {}, access: { policyIds: [] } });
  expect(outputs.api.applicationId ?? undefined).toBeUndefined();
});

it("takes existing functions in their own compartments, each with a policy", async () => {
  const { resources, one, outputs } = await run(
    () =>
      new ServerlessApi("api", {
        ...minimal,
        functions: {
          hello: { image },
          users: { functionId: "ocid1.fnfunc.oc1.fra.users", compartmentId: "ocid1.compartment.oc1..users" },
          roles: { functionId: "ocid1.fnfunc.oc1.fra.roles", compartmentId: "ocid1.compartment.oc1..users" },
        },
        routes: { "GET /hello": "hello", "GET /users": "users", "GET /roles": "roles" },
      }),
  );
  expect(resources.filter(({ type }) => type === types.function)).toHaveLength(1);
  expect(one(types.policy, "api-access-policy").inputs).toMatchObject({
    compartmentId,
    name: "shop-dev-api-policy",
    statements: [`${grant} ${compartmentId}`],
  });
  expect(one(types.policy, "api-access-policy-users").inputs).toMatchObject({
    compartmentId: "ocid1.compartment.oc1..users",
    name: expect.stringMatching(/^shop-dev-api-policy-users-[0-9a-f]{8}$/),
    statements: [`${grant} ocid1.compartment.oc1..users`],
  });
  expect(resources.filter(({ type }) => type === types.policy)).toHaveLength(2);
  expect(outputs.api.functions.users.id).toBe("ocid1.fnfunc.oc1.fra.users");
});

it("gives no two stacks of one tenancy the same names", async () => {
  const names = async (stack: string) => {
    const { resources } = await run(() => new ServerlessApi("api", minimal), { stack });
    return resources.flatMap(({ type, inputs }) => {
      const name = inputs.name ?? (type === types.function ? undefined : inputs.displayName);
      return name === undefined ? [] : [`${type} ${name}`];
    });
  };
  const [dev, prod] = [await names("dev"), await names("prod")];
  expect(dev).toHaveLength(9);
  expect(dev.filter((name) => prod.includes(name))).toEqual([]);
});

it("begins every logical name with its own, so that two of them live in one program", async () => {
  const { resources } = await run(() => {
    new ServerlessApi("shop", { ...minimal, network: { cidrBlock: "10.0.0.0/16" } });
    new ServerlessApi("office", { ...minimal, homeRegion: "us-ashburn-1" });
  });
  const names = resources.map(({ type, name }) => `${type} ${name}`);
  expect(new Set(names).size).toBe(names.length);
  for (const { name } of resources) expect(name).toMatch(/^(shop|office)(-|$)/);
});

it("keeps secrets secret", async () => {
  const { one, outputs } = await run(
    () =>
      new ServerlessApi("api", {
        ...minimal,
        functions: { hello: { image, config: { TOKEN: pulumi.secret("t0ken") } } },
        routes: {
          "GET /hello": "hello",
          "GET /a": { kind: "http", url: pulumi.secret("https://example.com/k3y") },
          "GET /b": { kind: "stock", status: 200, body: pulumi.secret("b0dy") },
        },
      }),
  );
  expect(one(types.function).inputs.config).toEqual({ TOKEN: { secret: "t0ken" } });
  const [, http, stock] = one(types.deployment).inputs.specification.routes;
  expect(http.backend.url).toEqual({ secret: "https://example.com/k3y" });
  expect(stock.backend.body).toEqual({ secret: "b0dy" });
  expect(outputs.api.routes[1].backend).toEqual({ secret: "http https://example.com/k3y" });
});
