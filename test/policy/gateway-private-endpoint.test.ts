import { afterAll, beforeAll, expect, it } from "vitest";
import { unknown } from "../../policy/value.ts";
import { type Analyzer, startAnalyzer } from "./analyzer.ts";

let pack: Analyzer;
beforeAll(async () => {
  pack = await startAnalyzer();
});
afterAll(() => pack.close());

const gateway = (endpointType: string, name = "it") => ({
  type: "oci:ApiGateway/gateway:Gateway",
  name,
  properties: { endpointType },
});
const rule = "gateway-private-endpoint";

it("a private gateway, or one that is declared to be public, is right", async () => {
  expect(await pack.messages(rule, [gateway("PRIVATE")])).toEqual([]);
  expect(
    await pack.messages(rule, [gateway("PUBLIC", "shop-gateway")], { publicGateways: ["shop-*"] }),
  ).toEqual([]);
});

it("a public gateway that nobody declared is held against the program", async () => {
  const message =
    'gateway "it": endpointType is "PUBLIC"; make it "PRIVATE", or declare it: publicGateways: ["it"]';
  expect(await pack.messages(rule, [gateway("PUBLIC")])).toEqual([message]);
  expect(await pack.messages(rule, [gateway("PUBLIC")], { publicGateways: ["other"] })).toEqual([message]);
});

it("an unknown endpoint can't be judged yet", async () => {
  expect(await pack.messages(rule, [gateway(unknown)], { enforcementLevel: "mandatory" })).toEqual([
    'gateway "it" can\'t be judged yet: endpointType is known only after pulumi up',
  ]);
});
