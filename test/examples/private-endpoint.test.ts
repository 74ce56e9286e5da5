import { afterAll, beforeAll, expect, it } from "vitest";
import { type RunningExample, runExample } from "./running.ts";
import { runTranscript, transcriptOf, whyNoPages } from "./transcript.ts";

let example: RunningExample;
beforeAll(async () => {
  example = await runExample("private-endpoint");
}, 60_000);
afterAll(() => example.local.emulator.close());

const inputsOf = (type: string) =>
  example.run.state.filter((one) => one.type === type).map(({ inputs }) => inputs);

it("answers on loopback as its page shows", async ({ skip }) => {
  skip(whyNoPages !== undefined, whyNoPages);
  const shown = transcriptOf("examples/private-endpoint/README.md");
  expect(shown).toHaveLength(1);
  expect(await runTranscript(shown, example.endpoint)).toEqual(shown);
});

it("has no public address, and no way to or from the internet", () => {
  expect(inputsOf("oci:ApiGateway/gateway:Gateway")).toMatchObject([{ endpointType: "PRIVATE" }]);
  expect(inputsOf("oci:Core/subnet:Subnet")).toHaveLength(3);
  for (const subnet of inputsOf("oci:Core/subnet:Subnet")) {
    expect(subnet).toMatchObject({ prohibitPublicIpOnVnic: true });
  }
  expect(inputsOf("oci:Core/internetGateway:InternetGateway")).toEqual([]);
  expect(inputsOf("oci:Core/natGateway:NatGateway")).toEqual([]);
});

it("lets in port 443 from the network and the office only", () => {
  const rules = inputsOf("oci:Core/networkSecurityGroupSecurityRule:NetworkSecurityGroupSecurityRule");
  const https = { destinationPortRange: { min: 443, max: 443 } };
  expect(rules.filter(({ direction }) => direction === "INGRESS")).toMatchObject([
    { source: "10.20.0.0/16", protocol: "6", tcpOptions: https },
    { source: "192.168.0.0/16", protocol: "6", tcpOptions: https },
  ]);
});

it("gives out what its page's commands ask for", () => {
  expect(example.run.outputs).toMatchObject({
    vcnId: expect.stringMatching(/^ocid1\.vcn\./),
    callersSubnetId: expect.stringMatching(/^ocid1\.subnet\./),
    gatewayHostname: new URL(example.endpoint).host,
    gatewayAddress: "127.0.0.1",
  });
});
