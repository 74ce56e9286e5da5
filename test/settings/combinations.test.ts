import { describe, expect, it } from "vitest";
import { id, problemsOf } from "./fixture.ts";

const subnet = id("subnet");
const group = id("dynamicgroup", "");

/** Key, settings that are right one by one, what is said of them together, and the cure. */
const cases: [key: string, value: unknown, path: string, message: string, command: string][] = [
  [
    "network",
    { cidrBlock: "10.0.0.0/16", gatewaySubnetId: subnet },
    "gatewaySubnetId",
    "can't stand beside cidrBlock: give either a block for a new network or existing subnets",
    "rm --path shop:network.gatewaySubnetId",
  ],
  [
    "network",
    {},
    "cidrBlock",
    "is missing; give an IPv4 block from /16 to /25 for a new network, or gatewaySubnetId and functionsSubnetIds",
    "set --path shop:network.cidrBlock 10.0.0.0/16",
  ],
  [
    "network",
    { gatewaySubnetId: subnet, functionsSubnetIds: [subnet], allowedCidrs: ["10.0.0.0/8"] },
    "allowedCidrs",
    "is for a new network (cidrBlock); existing subnets keep their own rules",
    "rm --path shop:network.allowedCidrs",
  ],
  [
    "network",
    { functionsSubnetIds: [subnet] },
    "gatewaySubnetId",
    "is missing; give the gateway's subnet",
    'set --path shop:network.gatewaySubnetId "<OCID of a subnet>"',
  ],
  [
    "network",
    { gatewaySubnetId: subnet },
    "functionsSubnetIds[0]",
    "is missing; give 1 to 3 subnets of the functions",
    'set --path "shop:network.functionsSubnetIds[0]" "<OCID of a subnet>"',
  ],
  [
    "network",
    { gatewaySubnetId: subnet, functionsSubnetIds: [] },
    "functionsSubnetIds[0]",
    "is missing; give 1 to 3 subnets of the functions",
    'set --path "shop:network.functionsSubnetIds[0]" "<OCID of a subnet>"',
  ],
  [
    "network",
    { gatewaySubnetId: subnet, functionsSubnetIds: [subnet, subnet, subnet, subnet] },
    "functionsSubnetIds[3]",
    "is one too many; allowed: 1 to 3 subnets",
    'rm --path "shop:network.functionsSubnetIds[3]"',
  ],
  [
    "gateway",
    { gatewayId: id("apigateway"), endpointType: "PUBLIC" },
    "endpointType",
    "can't stand beside gatewayId: an existing gateway keeps its own",
    "rm --path shop:gateway.endpointType",
  ],
  [
    "gateway",
    { compartmentId: id("compartment", "") },
    "compartmentId",
    "needs gatewayId beside it",
    'set --path shop:gateway.gatewayId "<OCID of a gateway>"',
  ],
  [
    "application",
    { applicationId: id("fnapp"), config: { A: "1" } },
    "config",
    "can't stand beside applicationId: an existing application keeps its own",
    "rm --path shop:application.config",
  ],
  [
    "application",
    { compartmentId: id("compartment", "") },
    "compartmentId",
    "needs applicationId beside it",
    'set --path shop:application.applicationId "<OCID of an application>"',
  ],
  [
    "functions",
    { hello: { source: "./x", functionId: id("fnfunc") } },
    "hello.functionId",
    "can't stand beside source; give one of source, image, functionId",
    "rm --path shop:functions.hello.functionId",
  ],
  [
    "functions",
    { hello: { functionId: id("fnfunc"), memoryInMBs: 256 } },
    "hello.memoryInMBs",
    "can't stand beside functionId: an existing function keeps its own",
    "rm --path shop:functions.hello.memoryInMBs",
  ],
  [
    "functions",
    { hello: { compartmentId: id("compartment", "") } },
    "hello.compartmentId",
    "needs functionId beside it",
    'set --path shop:functions.hello.functionId "<OCID of a function>"',
  ],
  [
    "access",
    { groupId: group },
    "groupId",
    "names an existing dynamic group, for which mode is existing",
    "set --path shop:access.mode existing",
  ],
  [
    "access",
    { mode: "any-user", group: "g" },
    "group",
    "names an existing dynamic group, for which mode is existing",
    "set --path shop:access.mode existing",
  ],
  [
    "access",
    { mode: "existing" },
    "group",
    "is missing; give the name of the existing dynamic group (or groupId)",
    'set --path shop:access.group "<name>"',
  ],
  [
    "access",
    { mode: "existing", group: "g", groupId: group },
    "group",
    "can't stand beside groupId; give one of groupId, group",
    "rm --path shop:access.group",
  ],
];

describe("settings that don't go together", () => {
  it.each(cases)("%s %j", (key, value, path, message, command) => {
    expect(problemsOf({ [`shop:${key}`]: value })).toBe(
      `  ✖ shop:${key}.${path} ${message}\n      pulumi config ${command} -s dev`,
    );
  });

  it("asks for the network when there is none at all", () => {
    expect(problemsOf({ "shop:network": undefined }).split("\n")[1]).toBe(
      "      pulumi config set --path shop:network.cidrBlock 10.0.0.0/16 -s dev",
    );
  });

  it("needs no network beside an existing gateway and an existing application", () => {
    expect(
      problemsOf({
        "shop:network": {},
        "shop:gateway": { gatewayId: id("apigateway") },
        "shop:application": { applicationId: id("fnapp") },
      }),
    ).toBe("none");
  });
});

describe("the registry's user and token", () => {
  it("go together: the token is asked for without showing it", () => {
    expect(problemsOf({ "shop:registryUsername": "jane" })).toBe(
      "  ✖ shop:registryAuthToken is missing; registryUsername needs it\n      pulumi config set --secret shop:registryAuthToken -s dev",
    );
  });

  it("go together: the user is asked for", () => {
    expect(problemsOf({ "shop:registryAuthToken": "hunter2" }, ["shop:registryAuthToken"])).toBe(
      '  ✖ shop:registryUsername is missing; give the user that registryAuthToken belongs to\n      pulumi config set shop:registryUsername "<user>" -s dev',
    );
  });

  it("a token in plain text is refused", () => {
    expect(problemsOf({ "shop:registryUsername": "jane", "shop:registryAuthToken": "hunter2" })).toBe(
      "  ✖ shop:registryAuthToken stands in the stack file in plain text; set it as a secret, and make a new one\n      pulumi config set --secret shop:registryAuthToken -s dev",
    );
  });
});
