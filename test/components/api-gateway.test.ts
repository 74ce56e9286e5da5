import { expect, it } from "vitest";
import { ApiGateway, ServerlessApi } from "../../components/index.ts";
import { compartmentId, gatewaySubnetId, minimal, types } from "./fixture.ts";
import { run } from "./recorder.ts";

const specification = { routes: [] };

it("deploys several APIs, each under its own name and prefix", async () => {
  const { one, result } = await run(() => {
    const gateway = new ApiGateway("shop", { compartmentId, subnetId: gatewaySubnetId });
    gateway.deploy("shop-v1", { pathPrefix: "/v1", specification });
    gateway.deploy("shop-v2", { pathPrefix: "/v2", specification });
    return gateway;
  });
  expect(one(types.gateway, "shop").inputs.displayName).toBe("shop-dev-shop-gateway");
  expect(one(types.deployment, "shop-v2").inputs).toMatchObject({
    pathPrefix: "/v2",
    gatewayId: "ocid1.apigateway.oc1..shop",
  });
  expect(Object.keys(result.nodes.deployments)).toEqual(["shop-v1", "shop-v2"]);
});

it("[network-subnets] refuses a new gateway without a subnet", async () => {
  await expect(run(() => new ApiGateway("shop", { compartmentId }))).rejects.toThrow(
    'api-gateway "shop": 1 problem\n  ✖ subnetId: is missing: a new gateway needs the OCID of a regional subnet [network-subnets]',
  );
});

it("[path-prefix] refuses to deploy under a wrong prefix", async () => {
  await expect(
    run(() =>
      new ApiGateway("shop", { compartmentId, subnetId: gatewaySubnetId }).deploy("shop-v1", {
        pathPrefix: "v1",
        specification,
      }),
    ),
  ).rejects.toThrow('✖ pathPrefix: "v1" must begin with "/", for example "/v1" [path-prefix]');
});

// "Deploying an API on an API Gateway by Creating an API Deployment"; "API Gateway Internal Limits"
it.each([
  [["/v1"], "/v1", '"/v1" is another deployment\'s on this gateway; give each its own, for example "/v2"'],
  [["/v1"], "/", '"/" can\'t stand beside "/v1": a deployment under "/" must be the only one'],
  [["/"], "/v1", '"/v1" can\'t stand beside "/": a deployment under "/" must be the only one'],
  [
    Array.from({ length: 20 }, (_, index) => `/v${index}`),
    "/v20",
    "would be deployment 21; a gateway holds at most 20",
  ],
])("[path-prefix-taken] refuses beside %j %j", async (others, pathPrefix, message) => {
  const program = () => {
    const gateway = new ApiGateway("shop", { compartmentId, subnetId: gatewaySubnetId });
    for (const prefix of others) gateway.deploy(`shop-${prefix}`, { pathPrefix: prefix, specification });
    gateway.deploy("shop-last", { pathPrefix, specification });
  };
  await expect(run(program)).rejects.toThrow(
    `api-gateway "shop": 1 problem\n  ✖ pathPrefix: ${message} [path-prefix-taken]`,
  );
});

it("[route-function] compiles no route that names an unknown function, and runs none", async () => {
  await expect(
    // @ts-expect-error "helo" is no function's key
    run(() => new ServerlessApi("api", { ...minimal, routes: { "GET /hello": "helo" } })),
  ).rejects.toThrow(
    'names function "helo", which is not among "functions"; there are hello [route-function]',
  );
});
