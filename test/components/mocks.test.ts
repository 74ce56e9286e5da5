// The way to test a program that uses these components, with nothing but Pulumi's own mocks.
import * as pulumi from "@pulumi/pulumi";
import { beforeAll, expect, it } from "vitest";

const registered = new Map<string, Record<string, unknown>>();

beforeAll(async () => {
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        registered.set(`${type} ${name}`, inputs);
        const endpoint = `https://gateway.example.com${inputs.pathPrefix}`;
        return { id: `${name}-id`, state: { ...inputs, endpoint } };
      },
      call: ({ token }) => {
        throw new Error(`unexpected call of ${token}`);
      },
    },
    "shop",
    "dev",
  );
});

it("serves /health under the endpoint", async () => {
  const { ServerlessApi } = await import("../../components/index.ts");
  const api = new ServerlessApi("api", {
    compartmentId: "ocid1.compartment.oc1..shop",
    tenancyId: "ocid1.tenancy.oc1..acme",
    region: "eu-frankfurt-1",
    network: { gatewaySubnetId: "ocid1.subnet.oc1.fra.gateway" },
    routes: { "GET /health": { kind: "stock", status: 200, body: "ok" } },
  });
  const [route] = api.routes;
  const url = await new Promise((resolve) => pulumi.output(route?.url).apply(resolve));
  expect(url).toBe("https://gateway.example.com/v1/health");
  expect(registered.get("oci:ApiGateway/deployment:Deployment api-deployment")).toMatchObject({
    pathPrefix: "/v1",
    specification: {
      routes: [{ path: "/health", backend: { type: "STOCK_RESPONSE_BACKEND", status: 200, body: "ok" } }],
    },
  });
});
