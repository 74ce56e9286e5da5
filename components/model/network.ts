import { type Cidr, formatCidr, overlap, parseCidr } from "./cidrs.ts";
import { checkOcid } from "./ocids.ts";
import type { Problem } from "./problems.ts";
import { isLater, shown } from "./values.ts";

/** Which subnets must exist: a new gateway needs one, a new application 1 to 3. */
export interface SubnetNeed {
  gatewaySubnet: boolean;
  functionsSubnets: boolean;
}

/** Blocks of the two subnets. */
export interface SubnetBlocks {
  gateway: string;
  functions: string;
}

/**
 * Oracle keeps three addresses of every subnet ("Overview of VCNs and Subnets") and a gateway's subnet needs 32 free
 * ones, so that a /26 is its smallest block, and a /25 the smallest that two subnets can be cut from.
 */
const vcnPrefix = { min: 16, max: 25 };
/** Largest blocks that are taken, so that a big network has room for more: a subnet's block can be widened later. */
const largestSubnet = { gateway: 24, functions: 20 };

/** "Allowed VCN Size and Address Ranges" in "Overview of VCNs and Subnets". */
const reservedBlocks = ["127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4"];

const createdKeys = ["cidrBlock", "allowedCidrs", "internetEgress"];
const existingKeys = ["gatewaySubnetId", "functionsSubnetIds"];

/**
 * Cuts the subnets of gateway and functions out of a network's block: each begins a half of it.
 *
 * @param cidrBlock - A block that {@link checkCidrBlock} finds right.
 */
export function cutSubnets(cidrBlock: string): SubnetBlocks {
  const block = parseCidr(cidrBlock);
  if (typeof block === "string") throw new Error(`"${cidrBlock}" ${block}`);
  const half = block.prefix + 1;
  const gateway = { address: block.address, prefix: Math.max(half, largestSubnet.gateway) };
  const functions = {
    address: block.address + 2 ** (32 - half),
    prefix: Math.max(half, largestSubnet.functions),
  };
  return { gateway: formatCidr(gateway), functions: formatCidr(functions) };
}

/** DNS label of a VCN: a letter, then letters and digits, at most 15 in all ("DNS in Your Virtual Cloud Network"). */
export function dnsLabel(name: string): string {
  const label = name.toLowerCase().replace(/[^a-z0-9]/g, "");
  return (/^[a-z]/.test(label) ? label : `vcn${label}`).slice(0, 15);
}

/**
 * What is wrong with a network as the user typed it. Ids that aren't texts (Outputs) are not looked into.
 *
 * @param at - Where the arguments stand: `network.`, or nothing for a component of its own.
 */
export function checkNetwork(args: object, need: SubnetNeed, at = "network."): Problem[] {
  const network = args as Readonly<Record<string, unknown>>;
  const given = Object.keys(network).filter((key) => network[key] !== undefined);
  const created = given.filter((key) => createdKeys.includes(key));
  const existing = given.filter((key) => existingKeys.includes(key));
  const problems = given
    .filter((key) => !createdKeys.includes(key) && !existingKeys.includes(key))
    .map((key): Problem => {
      const message = `is not a setting of a network; allowed: ${[...createdKeys, ...existingKeys].join(", ")}`;
      return { rule: "unsupported-setting", key: at + key, message };
    });
  if (created.length > 0 && existing.length > 0) {
    const message = `makes a network, but ${existing.join(" and ")} ${existing.length === 1 ? "names an existing subnet" : "name existing subnets"}: give one or the other`;
    return [...problems, { rule: "network-form", key: at + created[0], message }];
  }
  if (created.length > 0) return [...problems, ...checkCreatedNetwork(network, at)];
  return [...problems, ...checkExistingNetwork(network, need, at)];
}

/** What is wrong with a network that is made from a block. */
export function checkCreatedNetwork(network: Readonly<Record<string, unknown>>, at = ""): Problem[] {
  const { cidrBlock, allowedCidrs, internetEgress } = network;
  return [
    ...checkCidrBlock(cidrBlock, `${at}cidrBlock`),
    ...(allowedCidrs === undefined ? [] : checkAllowedCidrs(allowedCidrs, `${at}allowedCidrs`)),
    ...(internetEgress === undefined || typeof internetEgress === "boolean"
      ? []
      : [egressProblem(internetEgress, `${at}internetEgress`)]),
  ];
}

function egressProblem(value: unknown, key: string): Problem {
  return { rule: "network-egress", key, message: `${shown(value)} must be true or false` };
}

/** What is wrong with the block that a network is made from. */
export function checkCidrBlock(value: unknown, key: string): Problem[] {
  const cure = `give a block of /${vcnPrefix.min} to /${vcnPrefix.max}, for example "10.0.0.0/16"`;
  const problem = (message: string): Problem[] => [{ rule: "network-cidr", key, message }];
  if (typeof value !== "string") {
    return problem(value === undefined ? `is missing: ${cure}` : `${shown(value)} is not a text: ${cure}`);
  }
  const block = parseCidr(value);
  if (typeof block === "string") return problem(`"${value}" ${block}; ${cure}`);
  if (block.prefix < vcnPrefix.min) return problem(`"${value}" is larger than a VCN may be; ${cure}`);
  if (block.prefix > vcnPrefix.max) {
    return problem(`"${value}" is too small: a gateway's subnet needs 32 free addresses; ${cure}`);
  }
  const reserved = reservedBlocks.find((other) => overlap(block, parseCidr(other) as Cidr));
  return reserved === undefined
    ? []
    : problem(`"${value}" overlaps ${reserved}, which Oracle keeps; ${cure}`);
}

/** What is wrong with the blocks that may reach a gateway. */
function checkAllowedCidrs(value: unknown, key: string): Problem[] {
  const example = 'for example ["0.0.0.0/0"] or ["203.0.113.0/24"]';
  if (!Array.isArray(value) || value.length === 0) {
    const message = `${shown(value)} must be a list of one block or more, ${example}`;
    return [{ rule: "network-allowed-cidrs", key, message }];
  }
  return value.flatMap((cidr: unknown, index): Problem[] => {
    const wrong = typeof cidr === "string" ? parseCidr(cidr) : "is not a text";
    const reason =
      typeof wrong === "string" ? wrong : value.indexOf(cidr) < index ? "stands there twice" : "";
    if (reason === "") return [];
    return [
      {
        rule: "network-allowed-cidrs",
        key: `${key}[${index}]`,
        message: `${shown(cidr)} ${reason}; ${example}`,
      },
    ];
  });
}

function checkExistingNetwork(
  network: Readonly<Record<string, unknown>>,
  need: SubnetNeed,
  at: string,
): Problem[] {
  const { gatewaySubnetId, functionsSubnetIds } = network;
  const problems: Problem[] = [];
  const missing = (key: string, what: string) =>
    problems.push({
      rule: "network-subnets",
      key: at + key,
      message: `is missing: ${what}; give it, or "cidrBlock" for a network of its own`,
    });
  if (gatewaySubnetId !== undefined && !isLater(gatewaySubnetId)) {
    problems.push(...checkOcid("subnet-ocid", gatewaySubnetId, `${at}gatewaySubnetId`));
  } else if (gatewaySubnetId === undefined && need.gatewaySubnet) {
    missing("gatewaySubnetId", "a new gateway needs the OCID of a regional subnet");
  }
  if (functionsSubnetIds === undefined) {
    if (need.functionsSubnets)
      missing("functionsSubnetIds", "a new application needs OCIDs of 1 to 3 subnets");
  } else {
    problems.push(...checkSubnetIds(functionsSubnetIds, `${at}functionsSubnetIds`));
  }
  return problems;
}

/** What is wrong with an application's subnets; ids that aren't texts (Outputs) are not looked into. */
export function checkSubnetIds(value: unknown, key: string): Problem[] {
  if (!Array.isArray(value) || value.length < 1 || value.length > 3) {
    const given = Array.isArray(value)
      ? `${value.length} subnets`
      : value === undefined
        ? "no subnets"
        : shown(value);
    return [
      {
        rule: "network-subnets",
        key,
        message: `${given} given; an application takes a list of 1 to 3 OCIDs`,
      },
    ];
  }
  return value.flatMap((id: unknown, index) =>
    isLater(id) ? [] : checkOcid("subnet-ocid", id, `${key}[${index}]`),
  );
}
