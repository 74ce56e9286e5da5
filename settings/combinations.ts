import type { Cure, SettingPath, SettingProblem } from "./report.ts";

type Bag = Readonly<Record<string, unknown>>;

/** Checks of settings that are right one by one, but not together. Values of a wrong kind are left to the table. */
export function combinationProblems(own: Bag, keyOf: (name: string) => string): SettingProblem[] {
  const network = bagOf(own.network);
  const gateway = bagOf(own.gateway);
  const application = bagOf(own.application);
  const at = (name: string, ...rest: string[]): SettingPath => [keyOf(name), ...rest];
  return [
    ...networkProblems(network, {
      path: at("network"),
      hasGateway: "gatewayId" in gateway,
      hasApplication: "applicationId" in application,
    }),
    ...exclusive(gateway, "gatewayId", ["endpointType", "displayName", "networkSecurityGroupIds"], {
      path: at("gateway"),
      why: "an existing gateway keeps its own",
    }),
    ...needing(gateway, "compartmentId", "gatewayId", at("gateway"), "<OCID of a gateway>"),
    ...exclusive(application, "applicationId", ["config"], {
      path: at("application"),
      why: "an existing application keeps its own",
    }),
    ...needing(application, "compartmentId", "applicationId", at("application"), "<OCID of an application>"),
    ...Object.entries(bagOf(own.functions)).flatMap(([name, value]) =>
      functionProblems(bagOf(value), at("functions", name)),
    ),
    ...accessProblems(bagOf(own.access), at("access")),
    ...registryProblems(own, at),
  ];
}

function networkProblems(
  network: Bag,
  about: { path: SettingPath; hasGateway: boolean; hasApplication: boolean },
): SettingProblem[] {
  const { path } = about;
  if ("cidrBlock" in network) {
    return exclusive(network, "cidrBlock", ["gatewaySubnetId", "functionsSubnetIds"], {
      path,
      why: "give either a block for a new network or existing subnets",
    });
  }
  const problems = ["allowedCidrs", "internetEgress"]
    .filter((name) => name in network)
    .map((name) =>
      removal([...path, name], "is for a new network (cidrBlock); existing subnets keep their own rules"),
    );
  const hasSubnets = "gatewaySubnetId" in network || "functionsSubnetIds" in network;
  if (!hasSubnets && !(about.hasGateway && about.hasApplication)) {
    problems.push({
      path: [...path, "cidrBlock"],
      message:
        "is missing; give an IPv4 block from /16 to /25 for a new network, or gatewaySubnetId and functionsSubnetIds",
      cure: { kind: "set", path: [...path, "cidrBlock"], value: "10.0.0.0/16" },
    });
    return problems;
  }
  const subnets = network.functionsSubnetIds;
  if (!("gatewaySubnetId" in network) && !about.hasGateway) {
    problems.push(missing([...path, "gatewaySubnetId"], "the gateway's subnet", "<OCID of a subnet>"));
  }
  if (!about.hasApplication && (subnets === undefined || (Array.isArray(subnets) && subnets.length === 0))) {
    const first: SettingPath = [...path, "functionsSubnetIds", 0];
    problems.push(missing(first, "1 to 3 subnets of the functions", "<OCID of a subnet>"));
  }
  if (Array.isArray(subnets) && subnets.length > 3) {
    problems.push(removal([...path, "functionsSubnetIds", 3], "is one too many; allowed: 1 to 3 subnets"));
  }
  return problems;
}

function functionProblems(settings: Bag, path: SettingPath): SettingProblem[] {
  const codes = ["source", "image", "functionId"].filter((name) => name in settings);
  const [first, ...others] = codes;
  return [
    ...others.map((name) =>
      removal([...path, name], `can't stand beside ${first}; give one of source, image, functionId`),
    ),
    ...exclusive(settings, "functionId", ["memoryInMBs", "timeoutInSeconds", "config"], {
      path,
      why: "an existing function keeps its own",
    }),
    ...needing(settings, "compartmentId", "functionId", path, "<OCID of a function>"),
  ];
}

function accessProblems(access: Bag, path: SettingPath): SettingProblem[] {
  if (access.mode !== "existing") {
    return ["groupId", "group"]
      .filter((name) => name in access)
      .map((name) => ({
        path: [...path, name],
        message: "names an existing dynamic group, for which mode is existing",
        cure: { kind: "set", path: [...path, "mode"], value: "existing" } satisfies Cure,
      }));
  }
  if ("groupId" in access && "group" in access) {
    return [removal([...path, "group"], "can't stand beside groupId; give one of groupId, group")];
  }
  return "groupId" in access || "group" in access
    ? []
    : [missing([...path, "group"], "the name of the existing dynamic group (or groupId)", "<name>")];
}

function registryProblems(own: Bag, at: (name: string) => SettingPath): SettingProblem[] {
  const hasUser = own.registryUsername !== undefined;
  const hasToken = own.registryAuthToken !== undefined;
  if (hasUser && !hasToken) {
    const path = at("registryAuthToken");
    return [{ path, message: "is missing; registryUsername needs it", cure: { kind: "set-secret", path } }];
  }
  return hasToken && !hasUser
    ? [missing(at("registryUsername"), "the user that registryAuthToken belongs to", "<user>")]
    : [];
}

function exclusive(
  bag: Bag,
  leader: string,
  names: readonly string[],
  about: { path: SettingPath; why: string },
): SettingProblem[] {
  if (!(leader in bag)) return [];
  return names
    .filter((name) => name in bag)
    .map((name) => removal([...about.path, name], `can't stand beside ${leader}: ${about.why}`));
}

function needing(bag: Bag, name: string, leader: string, path: SettingPath, value: string): SettingProblem[] {
  if (!(name in bag) || leader in bag) return [];
  return [
    {
      path: [...path, name],
      message: `needs ${leader} beside it`,
      cure: { kind: "set", path: [...path, leader], value },
    },
  ];
}

function missing(path: SettingPath, what: string, value: string): SettingProblem {
  return { path, message: `is missing; give ${what}`, cure: { kind: "set", path, value } };
}

function removal(path: SettingPath, message: string): SettingProblem {
  return { path, message, cure: { kind: "remove", path } };
}

function bagOf(value: unknown): Bag {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Bag) : {};
}
