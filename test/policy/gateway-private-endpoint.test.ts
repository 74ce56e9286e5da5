import { describeRules, gateway, unknown } from "./table.ts";

const publicOne = gateway({ endpointType: "PUBLIC" });
const says = [
  'gateway "gateway": endpointType is "PUBLIC"; make it "PRIVATE", or declare it: publicGateways: ["gateway"]',
];

describeRules({
  "gateway-private-endpoint": [
    { title: "a private gateway", resources: [gateway()], says: [] },
    {
      title: "a public one that is declared",
      resources: [publicOne],
      config: { publicGateways: ["gate*"] },
      says: [],
    },
    { title: "a public one that nobody declared", resources: [publicOne], says },
    { title: "another one is declared", resources: [publicOne], config: { publicGateways: ["way"] }, says },
    {
      title: "the provider takes it in any case",
      resources: [gateway({ endpointType: "public" })],
      says: [says[0]?.replace("PUBLIC", "public") ?? ""],
    },
    {
      title: "an unknown endpoint, and the rule is mandatory",
      resources: [gateway({ endpointType: unknown })],
      config: { enforcementLevel: "mandatory" },
      says: ['gateway "gateway" can\'t be judged yet: endpointType is known only after pulumi up'],
    },
  ],
});
