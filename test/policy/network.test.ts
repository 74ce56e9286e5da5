import { describeRules, unknown } from "./table.ts";

const internet = "0.0.0.0/0";
const ingress = (port: number | undefined, rest: object = {}) => ({
  protocol: "6",
  source: internet,
  ...(port === undefined ? {} : { tcpOptions: { min: port, max: port } }),
  ...rest,
});
const list = (...ingressSecurityRules: unknown[]) => ({
  type: "oci:Core/securityList:SecurityList",
  name: "rules",
  properties: { vcnId: unknown, ingressSecurityRules },
});
const defaultList = (...rules: unknown[]) => ({
  ...list(...rules),
  type: "oci:Core/defaultSecurityList:DefaultSecurityList",
});
const groupRule = (properties: object) => ({
  type: "oci:Core/networkSecurityGroupSecurityRule:NetworkSecurityGroupSecurityRule",
  name: "rule",
  properties: {
    networkSecurityGroupId: unknown,
    direction: "INGRESS",
    protocol: "6",
    source: internet,
    ...properties,
  },
});
const destination = (min: number, max = min) => ({ tcpOptions: { destinationPortRange: { min, max } } });
const inList = (key: string, value: string, cure: string) =>
  `security list "rules": ${key} is "${value}"; ${cure}`;
const inGroup = (value: string, cure: string) =>
  `network security group security rule "rule": source is "${value}"; ${cure}`;
const remote = (port: string, others: string) =>
  `close port ${port}: take the rule away, or come through the Bastion service, or leave it out of the setting: ports: [${others}]`;
const https = "let in TCP port 443 only, or name the callers' block";
const first = "ingressSecurityRules[0].source";
const icmp = { protocol: "1", source: internet, icmpOptions: { type: 3, code: 4 } };

const subnet = (properties: object = {}, rest: object = {}) => ({
  type: "oci:Core/subnet:Subnet",
  name: "functions",
  properties: { vcnId: unknown, cidrBlock: "10.0.0.0/24", securityListIds: [unknown], ...properties },
  uses: { vcnId: ["vcn"] },
  ...rest,
});
const vcn = { type: "oci:Core/vcn:Vcn", name: "vcn", properties: {} };
const application = (subnetIds: unknown = [unknown], names = ["functions"]) => ({
  type: "oci:Functions/application:Application",
  name: "shop",
  properties: { subnetIds },
  uses: { subnetIds: names },
});
const flowLog = (of: string, properties: object = {}) => ({
  type: "oci:Logging/log:Log",
  name: "flow",
  properties: {
    configuration: { source: { service: "flowlogs", category: "all", resource: unknown } },
    ...properties,
  },
  uses: { configuration: [of] },
});
const flowLogOf = (resource: string) =>
  flowLog("", { configuration: { source: { service: "flowlogs", category: "all", resource } } });
const production = { productionStacks: ["dev"] };
const flowCure =
  'add a Log whose configuration.source is {sourceType: "OCISERVICE", service: "flowlogs", category: "all", resource: functions.id}, or declare it: subnets: ["functions"]';

describeRules({
  "network-no-remote-access": [
    { title: "443", resources: [list(ingress(443)), groupRule(destination(443))], says: [] },
    {
      title: "22 from a block of one's own",
      resources: [list(ingress(22, { source: "10.0.0.0/8" }))],
      says: [],
    },
    {
      title: "outward",
      resources: [groupRule({ direction: "EGRESS", destination: internet, ...destination(22) })],
      says: [],
    },
    {
      title: "22 in a list",
      resources: [list(ingress(22))],
      says: [inList(first, "0.0.0.0/0, TCP 22", remote("22", "3389"))],
    },
    {
      title: "a range, of a group",
      resources: [groupRule(destination(3000, 4000))],
      says: [inGroup("0.0.0.0/0, TCP 3000 to 4000", remote("3389", "22"))],
    },
    {
      title: "everything, of IPv6 and by halves",
      resources: [list({ protocol: "all", source: "::/0" }, ingress(undefined, { source: "128.0.0.0/1" }))],
      says: [
        inList(first, "::/0, all protocols", remote("22 and 3389", "")),
        inList("ingressSecurityRules[1].source", "128.0.0.0/1, TCP every port", remote("22 and 3389", "")),
      ],
    },
    {
      title: "unknown source",
      resources: [list(ingress(22, { source: unknown }), ingress(22))],
      says: [
        `advisory: security list "rules" can't be judged yet: ${first} is known only after pulumi up`,
        inList("ingressSecurityRules[1].source", "0.0.0.0/0, TCP 22", remote("22", "3389")),
      ],
    },
  ],
  "network-ingress-https-only": [
    { title: "443 and ICMP", resources: [list(ingress(443), icmp)], says: [] },
    {
      title: "anything from a block of one's own",
      resources: [
        list(ingress(undefined, { source: "192.168.0.0/16" }), { protocol: "all", source: "10.0.0.0/8" }),
      ],
      says: [],
    },
    {
      title: "another port, declared",
      resources: [list(ingress(80))],
      config: { ports: [80, 443] },
      says: [],
    },
    {
      title: "80 in a list",
      resources: [list(ingress(80))],
      says: [inList(first, "0.0.0.0/0, TCP 80", `${https}, or declare it: ports: [443, 80]`)],
    },
    {
      title: "a range, a part of it declared",
      resources: [groupRule(destination(443, 444))],
      says: [inGroup("0.0.0.0/0, TCP 443 to 444", https)],
    },
    {
      title: "a range, all of it declared but what lies between",
      resources: [groupRule(destination(8080, 8082)), list(ingress(8080), ingress(8082))],
      config: { ports: [443, 8080, 8082] },
      says: [inGroup("0.0.0.0/0, TCP 8080 to 8082", https.replace("443", "443, 8080, 8082"))],
    },
    {
      title: "a range, all of it declared",
      resources: [groupRule(destination(8080, 8081))],
      config: { ports: [8080, 443, 8081, 443] },
      says: [],
    },
    {
      title: "what another rule speaks of, and what it may be told not to",
      resources: [
        groupRule(destination(443, 8443)),
        list(ingress(22), { protocol: "all", source: internet }),
      ],
      says: [
        inGroup("0.0.0.0/0, TCP 443 to 8443", https),
        inList("ingressSecurityRules[1].source", "0.0.0.0/0, all protocols", https),
      ],
    },
    {
      title: "UDP 443",
      resources: [
        groupRule({ protocol: "17", udpOptions: { destinationPortRange: { min: 443, max: 443 } } }),
      ],
      says: [inGroup("0.0.0.0/0, UDP 443", https)],
    },
    {
      title: "another protocol",
      resources: [list({ protocol: "47", source: internet })],
      says: [inList(first, "0.0.0.0/0, protocol 47", https)],
    },
  ],
  "network-default-list-closed": [
    { title: "empty", resources: [defaultList()], says: [] },
    { title: "ICMP", resources: [defaultList(icmp), list(ingress(80))], says: [] },
    {
      title: "443",
      resources: [defaultList(ingress(443))],
      says: [
        `default security list "rules": ${first} is "0.0.0.0/0, TCP 443"; put the rule into a list or a group of its own`,
      ],
    },
    {
      title: "everything from inside",
      resources: [defaultList(icmp, { protocol: "all", source: "10.0.0.0/16" })],
      says: [
        'default security list "rules": ingressSecurityRules[1].source is "10.0.0.0/16, all protocols"; put the rule into a list or a group of its own',
      ],
    },
  ],
  "network-subnet-own-list": [
    { title: "one", resources: [subnet()], says: [] },
    {
      title: "two",
      resources: [subnet({ securityListIds: ["ocid1.securitylist.oc1..a", unknown] })],
      says: [],
    },
    {
      title: "absent",
      resources: [subnet({ securityListIds: null })],
      says: [
        'subnet "functions": securityListIds isn\'t set; give the OCIDs of security lists; one without ingress rules lets nothing in',
      ],
    },
    {
      title: "empty",
      resources: [subnet({ securityListIds: [] })],
      says: [
        'subnet "functions": securityListIds isn\'t set; give the OCIDs of security lists; one without ingress rules lets nothing in',
      ],
    },
    {
      title: "unknown",
      resources: [subnet({ securityListIds: unknown })],
      says: [
        'advisory: subnet "functions" can\'t be judged yet: securityListIds is known only after pulumi up',
      ],
    },
  ],
  "network-functions-subnet-private": [
    { title: "private", resources: [subnet({ prohibitPublicIpOnVnic: true }), application()], says: [] },
    {
      title: "no internet in",
      resources: [subnet({ prohibitInternetIngress: true }), application()],
      says: [],
    },
    { title: "a public one, of no function", resources: [subnet(), application([unknown], [])], says: [] },
    {
      title: "public ones of nobody knows what yet",
      resources: [
        subnet({ id: "ocid1.subnet.oc1..a" }),
        subnet({ id: unknown }, { name: "other" }),
        application(unknown, []),
        application(["ocid1.subnet.oc1..b", unknown], []),
        { ...application(), type: "other:index:Other" },
      ],
      says: [],
    },
    {
      title: "public, declared",
      resources: [subnet(), application()],
      config: { publicSubnets: ["functions"] },
      says: [],
    },
    {
      title: "by what its ids are made of",
      resources: [subnet(), application()],
      says: [
        'subnet "functions": prohibitPublicIpOnVnic isn\'t set; make it true, or declare it: publicSubnets: ["functions"]',
      ],
    },
    {
      title: "by its OCID",
      resources: [
        subnet({ id: "ocid1.subnet.oc1..a", prohibitPublicIpOnVnic: false }),
        application([unknown, "ocid1.subnet.oc1..b", "ocid1.subnet.oc1..a"], []),
      ],
      says: [
        'subnet "functions": prohibitPublicIpOnVnic is false; make it true, or declare it: publicSubnets: ["functions"]',
      ],
    },
    {
      title: "unknown",
      resources: [subnet({ prohibitPublicIpOnVnic: unknown }), application()],
      says: ['subnet "functions" can\'t be judged yet: prohibitPublicIpOnVnic is known only after pulumi up'],
    },
  ],
  "network-flow-log": [
    { title: "not production", resources: [vcn, subnet()], says: [] },
    { title: "the subnet's", resources: [vcn, subnet(), flowLog("functions")], config: production, says: [] },
    { title: "the VCN's", resources: [vcn, subnet(), flowLog("vcn")], config: production, says: [] },
    {
      title: "declared",
      resources: [vcn, subnet()],
      config: { ...production, subnets: ["func*"] },
      says: [],
    },
    {
      title: "none",
      resources: [vcn, subnet()],
      config: production,
      says: [`subnet "functions": the flow log isn't set; ${flowCure}`],
    },
    {
      title: "by ids: the subnet's, the VCN's",
      resources: [
        { ...vcn, properties: { id: "ocid1.vcn.oc1..a" } },
        subnet({ id: "ocid1.subnet.oc1..a", vcnId: "ocid1.vcn.oc1..b" }, { uses: {} }),
        subnet({ id: "ocid1.subnet.oc1..b", vcnId: "ocid1.vcn.oc1..a" }, { name: "other", uses: {} }),
        flowLogOf("ocid1.subnet.oc1..a"),
        flowLogOf("ocid1.vcn.oc1..a"),
      ],
      config: production,
      says: [],
    },
    ...[
      { source: { service: "flowlogs", resource: unknown } },
      { source: { service: unknown, resource: unknown } },
      { source: unknown },
      unknown,
    ].map((configuration, index) => ({
      title: `a log of nobody knows what yet (${index})`,
      resources: [vcn, subnet(), { ...flowLog(""), properties: { configuration }, uses: {} }],
      config: production,
      says: ['subnet "functions" can\'t be judged yet: the flow log is known only after pulumi up'],
    })),
    {
      title: "another VCN's, another service's, and what is no log",
      resources: [
        vcn,
        { ...vcn, name: "second" },
        subnet(),
        flowLog("second"),
        flowLog("functions", { configuration: { source: { service: "apigateway", resource: unknown } } }),
        { ...flowLog("functions"), type: "other:index:Other" },
      ],
      config: production,
      says: [`subnet "functions": the flow log isn't set; ${flowCure}`],
    },
    {
      title: "another subnet's, and one that is switched off",
      resources: [
        vcn,
        subnet(),
        subnet({}, { name: "other" }),
        flowLog("other"),
        { ...flowLog("functions", { isEnabled: false }), name: "off" },
      ],
      config: production,
      says: [`subnet "functions": the flow log isn't set; ${flowCure}`],
    },
  ],
});
