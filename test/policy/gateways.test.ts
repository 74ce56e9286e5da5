import { describeRules, gateway, unknown } from "./table.ts";

const group =
  'gateway "gateway": networkSecurityGroupIds isn\'t set; give it a group that admits 443 from its callers: networkSecurityGroupIds: [group.id], or declare it: gateways: ["gateway"]';
const domain =
  'gateway "gateway": certificateId isn\'t set; give it a certificate of your domain: certificateId: certificate.id, or declare it: gateways: ["gateway"]';
const production = { productionStacks: ["dev"] };

describeRules({
  "gateway-network-security-group": [
    { title: "one group", resources: [gateway({ networkSecurityGroupIds: ["ocid1.nsg"] })], says: [] },
    {
      title: "a group that isn't known yet",
      resources: [gateway({ networkSecurityGroupIds: [unknown] })],
      says: [],
    },
    { title: "an exception", resources: [gateway()], config: { gateways: ["gateway"] }, says: [] },
    { title: "no groups", resources: [gateway()], says: [group] },
    { title: "an empty list", resources: [gateway({ networkSecurityGroupIds: [] })], says: [group] },
    {
      title: "an unknown list",
      resources: [gateway({ networkSecurityGroupIds: unknown })],
      says: ['gateway "gateway" can\'t be judged yet: networkSecurityGroupIds is known only after pulumi up'],
    },
  ],
  "gateway-custom-domain": [
    { title: "not in production", resources: [gateway()], says: [] },
    {
      title: "a certificate",
      resources: [gateway({ certificateId: "ocid1.certificate" })],
      config: production,
      says: [],
    },
    {
      title: "one that isn't known yet",
      resources: [gateway({ certificateId: unknown })],
      config: production,
      says: [],
    },
    { title: "an exception", resources: [gateway()], config: { ...production, gateways: ["*"] }, says: [] },
    { title: "no certificate", resources: [gateway()], config: production, says: [domain] },
    {
      title: "one taken away",
      resources: [gateway({ certificateId: "" })],
      config: production,
      says: [domain],
    },
  ],
});
