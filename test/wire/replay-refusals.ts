import type { Exchange } from "./replay.ts";

/** Traps of OCI that the recorded control plane hadn't, switched off for a file. */
export const switchesOf: Readonly<Record<string, Record<string, unknown>>> = {
  // The recorded program replaces a subnet, the new one first and with the old one's block: OCI refuses that.
  network: { subnetOverlapCheck: false },
  // It replaces a log, the new one first and with the old one's name.
  logging: { logNameCheck: false },
  functions: { applicationDeleteAnswers404: true },
};

/** Requests that OCI's SDK knows to be answered otherwise than the recorded control plane did: without a body. */
export const acceptedWithoutBody: Readonly<Record<string, RegExp>> = {
  logging: /^PUT \/20200531\/logGroups\//,
};

/** A recorded request that the emulator refuses by name, and why. What depends on it isn't sent. */
export interface Refusal {
  file: string;
  name: string;
  isFor(exchange: Exchange): boolean;
  /** Words of the refusal: the operations' or the fields' names. */
  names: readonly string[];
  reason: string;
}

/** Every request to a collection that isn't modelled. */
const collection = (file: string, path: string, names: readonly string[], reason: string): Refusal => ({
  file,
  name: path,
  isFor: ({ request }) =>
    request.path === path || request.path.startsWith(`${path}/`) || request.path.startsWith(`${path}?`),
  names,
  reason,
});

/** A deployment whose specification holds a policy that the gateway doesn't carry out yet. */
const policy = (displayName: string, ...fields: string[]): Refusal => ({
  file: "apigateway",
  name: `deployment ${displayName}`,
  isFor: ({ request }) =>
    request.path === "/20190501/deployments" &&
    (request.body as { displayName?: string }).displayName === displayName,
  names: fields,
  reason: "the gateway's policies come with the data plane that carries them out",
});

const laterResources = "not modelled yet; nothing on the local gateway would use it";
const otherService = "another service; an API deploys without it";

export const refusals: readonly Refusal[] = [
  policy(
    "rich",
    "specification.requestPolicies.usagePlans",
    "specification.routes[1].requestPolicies.responseCacheLookup",
    "specification.routes[1].responsePolicies.responseCacheStore",
    "specification.routes[4].backend.type",
  ),
  collection("apigateway", "/20190501/apis", ["API resources"], laterResources),
  collection("apigateway", "/20190501/certificates", ["API Gateway certificates"], laterResources),
  collection("apigateway", "/20190501/usagePlans", ["Usage plans"], laterResources),
  collection("apigateway", "/20190501/subscribers", ["Subscribers"], laterResources),
  collection("monitoring", "/20180401/alarms", ["Alarms"], otherService),
  collection("monitoring", "/20181201/topics", ["Topics"], otherService),
  collection("monitoring", "/20181201/subscriptions", ["Subscriptions"], otherService),
  collection("dns", "/20180115/zones", ["DNS zones and records"], otherService),
  collection("nosql", "/20190828/tables", ["NoSQL tables and indexes"], otherService),
  collection(
    "certificates",
    "/20210224/certificates",
    ["Certificates of the Certificates service"],
    otherService,
  ),
];
