// Routes and policies stand in OCI's own deployment specification. Its functionIds are the keys of the functions here.
import * as pulumi from "@pulumi/pulumi";
import { ServerlessApi } from "../../components/index.ts";

const provider = new pulumi.Config("oci");

const api = new ServerlessApi("shop", {
  compartmentId: new pulumi.Config().require("compartmentId"),
  tenancyId: provider.require("tenancyOcid"),
  region: provider.require("region"),
  network: { cidrBlock: "10.0.0.0/16" },
  functions: { hello: { source: "../../functions/hello" } },
  specification: "./api.json",
});

export const endpoint = api.endpoint;
export const routes = api.routes;
