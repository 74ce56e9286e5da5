import * as pulumi from "@pulumi/pulumi";
import { expect, it } from "vitest";
import { id } from "./fixture.ts";

/** The value behind an output. */
const settled = (output: unknown) =>
  new Promise<unknown>((resolve) => {
    (pulumi.output(output) as pulumi.Output<unknown>).apply(resolve);
  });

/** Ids of the types whose form is checked. */
const ids: Readonly<Record<string, string>> = {
  "oci:Core/subnet:Subnet": id("subnet"),
  "oci:Core/networkSecurityGroup:NetworkSecurityGroup": id("networksecuritygroup"),
  "oci:Functions/application:Application": id("fnapp"),
  "oci:Functions/function:Function": id("fnfunc"),
  "oci:Logging/log:Log": id("log"),
  "oci:Logging/logGroup:LogGroup": id("loggroup"),
  "oci:ApiGateway/gateway:Gateway": id("apigateway"),
  "oci:Identity/dynamicGroup:DynamicGroup": id("dynamicgroup", ""),
  "oci:Identity/policy:Policy": id("policy", ""),
};

it("the program's outputs are those that docs/outputs.md promises", async () => {
  pulumi.runtime.setAllConfig({
    "oci:region": "eu-frankfurt-1",
    "oci:tenancyOcid": id("tenancy", ""),
    "oci-serverless-api:compartmentId": id("compartment", ""),
    "oci-serverless-api:homeRegion": "eu-frankfurt-1",
    "oci-serverless-api:network": '{"cidrBlock":"10.0.0.0/16"}',
  });
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        const computed: Record<string, Record<string, unknown>> = {
          "oci:ApiGateway/gateway:Gateway": { hostname: "gw.example.com" },
          "oci:ApiGateway/deployment:Deployment": { endpoint: "https://gw.example.com/v1" },
          "docker-build:index:Image": { digest: `sha256:${"0".repeat(64)}`, ref: "x" },
        };
        return { id: ids[type] ?? `${name}-id`, state: { ...inputs, ...computed[type] } };
      },
      call: ({ inputs }) => ({
        ...inputs,
        namespace: "ns",
        services: [{ id: id("service"), cidrBlock: "all-fra-services", name: "All FRA Services" }],
      }),
    },
    "oci-serverless-api",
    "dev",
  );
  const program = await import("../../index.ts");
  const url = "https://gw.example.com/v1";
  const routes = [
    { methods: ["GET", "POST"], path: "/hello", url: `${url}/hello`, backend: "function hello" },
    { methods: ["ANY"], path: "/echo/{path*}", url: `${url}/echo/{path*}`, backend: "function echo" },
    { methods: ["GET"], path: "/health", url: `${url}/health`, backend: "stock 200" },
  ].map((route) => ({ ...route, isAnonymous: true }));
  const digest = `sha256:${"0".repeat(64)}`;
  expect(await settled({ ...program })).toEqual({
    endpoint: url,
    gatewayId: id("apigateway"),
    gatewayHostname: "gw.example.com",
    routes,
    functionIds: { hello: id("fnfunc"), echo: id("fnfunc") },
    imageDigests: { hello: digest, echo: digest },
    applicationId: id("fnapp"),
    dynamicGroupId: id("dynamicgroup", ""),
    policyIds: [id("policy", "")],
    logGroupId: id("loggroup"),
    logIds: { access: id("log"), execution: id("log"), invoke: id("log") },
  });
});
