import { afterAll, beforeAll, expect, it } from "vitest";
import { type Analyzer, startAnalyzer } from "./analyzer.ts";
import type { Given, PackConfig } from "./given.ts";
import { type Analyzer as InProcess, startAnalyzer as startInProcess } from "./in-process.ts";
import { deployment, gateway, http, route, unknown } from "./table.ts";

const bucket = "oci:ObjectStorage/bucket:Bucket";
const routes = [route("/a"), route("/a", "GET,POST", http("http://plain.example.com/a"))];
const programs: readonly (readonly [title: string, resources: readonly Given[], config: PackConfig])[] = [
  ["nothing", [], {}],
  ["a gateway with a deployment", [gateway(), deployment({ routes })], {}],
  [
    "settings",
    [gateway(), deployment({ routes })],
    { "backend-https": { plainHosts: ["plain.example.com"] } },
  ],
  [
    "levels",
    [gateway({ endpointType: "PUBLIC" }), deployment({ routes })],
    {
      "routes-shadowed": { enforcementLevel: "mandatory" },
      "rate-limit": { enforcementLevel: "disabled" },
      "backend-https": { enforcementLevel: "advisory" },
      "gateway-private-endpoint": { enforcementLevel: "mandatory" },
    },
  ],
  ["what isn't known yet", [gateway({ endpointType: unknown }), deployment({ routes: unknown })], {}],
  [
    "what the provider answered",
    [
      { ...gateway({}, "a"), outputs: { id: "ocid1.apigateway.oc1..a", endpointType: "PUBLIC" } },
      {
        ...deployment({}, { gatewayId: "ocid1.apigateway.oc1..a" }),
        outputs: { gatewayId: "ocid1.apigateway.oc1..a", pathPrefix: "/v1" },
        uses: {},
      },
      gateway({}, "b"),
    ],
    {},
  ],
  [
    "protected resources, empty values, and names that several types share",
    [
      { type: bucket, properties: { compartmentId: null }, protect: true },
      { type: bucket, name: "gateway", properties: { compartmentId: "ocid1.tenancy.oc1..t" } },
      gateway(),
      { ...deployment(), uses: { gatewayId: ["oci:ApiGateway/gateway:Gateway::gateway"] } },
    ],
    {},
  ],
];

let pack: Analyzer;
let inProcess: InProcess;
beforeAll(async () => {
  pack = await startAnalyzer({ stack: "prod" });
  inProcess = await startInProcess({ stack: "prod" });
}, 60_000);
afterAll(() => pack?.close());

it.each(programs)("says the same as the pack in a process of its own: %s", async (_, resources, config) => {
  const found = await pack.analyze(resources, config);
  expect(await inProcess.analyze(resources, config)).toEqual(found);
});

it("says the same of one rule", async () => {
  const resources = [gateway(), deployment({ routes: unknown })];
  const config = { enforcementLevel: "mandatory" };
  const said = await pack.messages("routes-shadowed", resources, config);
  expect(said).not.toEqual([]);
  expect(await inProcess.messages("routes-shadowed", resources, config)).toEqual(said);
  const unheard = "the pack has no rule no-rule";
  await expect(pack.messages("no-rule", resources)).rejects.toThrow(unheard);
  await expect(inProcess.messages("no-rule", resources)).rejects.toThrow(unheard);
});
