// Several back ends of one route, chosen for each request: a release for those who ask for it, a place by the path.
import * as pulumi from "@pulumi/pulumi";
import { ServerlessApi } from "../../components/index.ts";

const provider = new pulumi.Config("oci");

const api = new ServerlessApi("canary", {
  compartmentId: new pulumi.Config().require("compartmentId"),
  tenancyId: provider.require("tenancyOcid"),
  region: provider.require("region"),
  network: { cidrBlock: "10.0.0.0/16" },
  functions: {
    report: { source: "./functions/report", config: { RELEASE: "stable" } },
    // In the cloud another image; here the same code, so that answers differ by their release only.
    reportNext: { source: "./functions/report", config: { RELEASE: "next" } },
  },
  routes: {
    // By header: the new release for those who send `X-Release: next`, the old one for everybody else.
    "GET /report": {
      kind: "dynamic",
      selectionSource: { type: "SINGLE", selector: "request.headers[x-release]" },
      routingBackends: [
        { key: { type: "ANY_OF", name: "canary", values: ["next", "canary"] }, backend: "reportNext" },
        { key: { type: "ANY_OF", name: "everybody", isDefault: true }, backend: "report" },
      ],
    },
    // By path: some places by their name, others by how it begins, and an answer of the gateway's own for the rest.
    "GET /places/{place}/report": {
      kind: "dynamic",
      selectionSource: { type: "SINGLE", selector: "request.path[place]" },
      routingBackends: [
        { key: { type: "ANY_OF", name: "pilots", values: ["eu-zurich", "eu-milan"] }, backend: "reportNext" },
        { key: { type: "WILDCARD", name: "europe", expression: "eu-*" }, backend: "report" },
        {
          key: { type: "ANY_OF", name: "elsewhere", isDefault: true },
          backend: {
            kind: "stock",
            status: 404,
            headers: { "Content-Type": "application/json" },
            body: '{"message":"There are reports of European places only."}',
          },
        },
      ],
    },
  },
});

export const endpoint = api.endpoint;
export const routes = api.routes;
