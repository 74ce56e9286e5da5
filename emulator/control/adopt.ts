import { checkedBody } from "../core/check.ts";
import { typesInCompartments } from "../core/compartments.ts";
import { OciError } from "../core/errors.ts";
import type { Answer, Call, Emulation } from "../core/operation.ts";
import { compartmentBody, seedTenancy } from "../core/seed.ts";
import type { Body } from "../core/store.ts";
import { madeUpKey } from "../core/tenancy.ts";
import { viewOf } from "../services/apigateway/gateway.ts";
import { openOnFreePort } from "../services/apigateway/ports.ts";
import type { TenancySeed } from "../types.ts";
import * as model from "./model.ts";

/** One resource that the emulator now holds although nobody created it here. */
interface Adopted {
  type: string;
  id: string;
  name: string;
}

const timeCreated = "2026-01-01T00:00:00.000Z";

/** Takes over resources by their OCIDs, so that a configuration made for a real tenancy works here. */
export async function adopt(call: Call): Promise<Answer> {
  const { tenancy, ...wanted } = checkedBody(model.adoption, call.rawBody);
  const { emulation } = call;
  const adopted: Adopted[] = tenancy === undefined ? [] : adoptTenancy(emulation, entryOf(tenancy));
  const compartments = entriesOf(wanted.compartments);
  const compartmentId = compartments[0]?.id ?? emulation.tenancy.compartments[0]?.id ?? emulation.tenancy.id;
  for (const { type, key, body } of kinds) {
    for (const entry of entriesOf(wanted[key])) {
      if (emulation.store.any(type, entry.id) !== undefined) continue;
      const name = String(entry.name ?? entry.displayName ?? `adopted-${String(entry.id).slice(-8)}`);
      const parent = type === "compartment" ? emulation.tenancy.id : compartmentId;
      const common = {
        compartmentId: entry.compartmentId ?? parent,
        lifecycleState: "ACTIVE",
        timeCreated,
        definedTags: {},
        freeformTags: {},
      };
      const made: Body = { ...common, ...body(entry, name, emulation), ...entry };
      const hidden: Body = { isAdopted: true };
      if (type === "gateway") {
        hidden.port = await openOnFreePort(emulation, viewOf(made));
        made.hostname = `127.0.0.1:${hidden.port}`;
      }
      emulation.store.put(type, String(entry.id), made, hidden);
      adopted.push({ type, id: String(entry.id), name });
    }
  }
  return { status: 200, body: { adopted } };
}

const network = (_entry: Body, displayName: string) => ({ displayName, lifecycleState: "AVAILABLE" });

/** What adopted resources are made of; the order is the order in which they are adopted. */
const kinds: { type: string; key: string; body(entry: Body, name: string, emulation: Emulation): Body }[] = [
  {
    type: "compartment",
    key: "compartments",
    body: (entry, name, emulation) => compartmentBody(String(entry.id), name, emulation.tenancy.id),
  },
  { type: "vcn", key: "vcns", body: (entry, name) => ({ ...network(entry, name), cidrBlocks: [] }) },
  {
    type: "subnet",
    key: "subnets",
    body: (entry, name) => ({ ...network(entry, name), securityListIds: [], prohibitPublicIpOnVnic: false }),
  },
  { type: "networkSecurityGroup", key: "networkSecurityGroups", body: network },
  {
    type: "application",
    key: "applications",
    body: (_entry, displayName) => ({
      displayName,
      config: {},
      subnetIds: [],
      networkSecurityGroupIds: [],
      shape: "GENERIC_X86",
      imagePolicyConfig: { isPolicyEnabled: false },
      traceConfig: { isEnabled: false },
      logging: { lineFormat: "COMBINED" },
      securityAttributes: {},
      timeUpdated: timeCreated,
    }),
  },
  {
    type: "function",
    key: "functions",
    body: (_entry, displayName, emulation) => ({
      displayName,
      applicationId: "",
      image: "",
      imageDigest: "",
      memoryInMBs: 256,
      timeoutInSeconds: 30,
      config: {},
      shape: "GENERIC_X86",
      invokeEndpoint: emulation.url(),
      provisionedConcurrencyConfig: { strategy: "NONE" },
      traceConfig: { isEnabled: false },
      failureDestination: { kind: "NONE" },
      successDestination: { kind: "NONE" },
      timeUpdated: timeCreated,
    }),
  },
  {
    type: "gateway",
    key: "gateways",
    body: (_entry, displayName) => ({
      displayName,
      endpointType: "PUBLIC",
      subnetId: "",
      networkSecurityGroupIds: [],
      ipAddresses: [{ ipAddress: "127.0.0.1" }],
      responseCacheDetails: { type: "NONE" },
      caBundles: [],
      locks: [],
      ipMode: "IPV4",
      systemTags: {},
      lifecycleDetails: "",
      timeUpdated: timeCreated,
    }),
  },
  {
    type: "logGroup",
    key: "logGroups",
    body: (_entry, displayName) => ({ displayName, systemTags: {}, timeLastModified: timeCreated }),
  },
  {
    type: "dynamicGroup",
    key: "dynamicGroups",
    // A rule that nobody told matches every gateway: an existing group is taken to do what it is there for.
    body: (_entry, name, emulation) => ({
      name,
      description: "adopted",
      compartmentId: emulation.tenancy.id,
      matchingRule: "resource.type = 'ApiGateway'",
    }),
  },
];

/** An OCID alone, or an object with it. */
function entryOf(value: unknown): Body {
  return typeof value === "string" ? { id: value } : (value as Body);
}

function entriesOf(value: unknown): Body[] {
  return ((value ?? []) as unknown[]).map(entryOf);
}

/** The emulator becomes the tenancy, as long as it holds nothing of another. */
function adoptTenancy(emulation: Emulation, given: Body): Adopted[] {
  const { store, tenancy: now } = emulation;
  const id = String(given.id);
  const homeRegion = String(given.homeRegion ?? (id === now.id ? now.homeRegion : emulation.region));
  const seed: TenancySeed = {
    id,
    name: String(given.name ?? (id === now.id ? now.name : "adopted")),
    homeRegion,
    regions: regionsOf(given, id === now.id ? now.regions : [], homeRegion),
    namespace: String(given.namespace ?? now.namespace),
    compartments: id === now.id ? now.compartments : [],
  };
  if (id !== now.id) {
    const used = ["dynamicGroup", ...typesInCompartments, "subnet"].flatMap((type) => store.list(type));
    if (used.length > 0) {
      throw new OciError(
        "IncorrectState",
        `The emulator holds ${used.length} resources of tenancy ${now.id}; reset it (POST /_emulator/reset) before it adopts ${id}.`,
      );
    }
    for (const { id: compartmentId } of store.list("compartment")) store.erase(compartmentId);
  }
  seedTenancy(store, seed);
  emulation.tenancy = seed;
  return id === now.id ? [] : [{ type: "tenancy", id, name: seed.name }];
}

function regionsOf(given: Body, known: TenancySeed["regions"], homeRegion: string): TenancySeed["regions"] {
  const named = ((given.regions ?? []) as (string | { name: string; key: string })[]).map((region) =>
    typeof region === "string" ? { name: region, key: madeUpKey(region) } : region,
  );
  const all = [...known, ...named, { name: homeRegion, key: madeUpKey(homeRegion) }];
  return all.filter(({ name }, index) => all.findIndex((other) => other.name === name) === index);
}
