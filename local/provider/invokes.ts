import { isRecord, type Properties } from "../values.ts";
import { regionHeaders } from "./crud.ts";
import type { OciClient } from "./http.ts";
import { resourceTable } from "./table.ts";
import type { OperationContext } from "./types.ts";
import { fromBody, outputsOf } from "./wire.ts";

type Get = (path: string, query?: Properties) => Promise<unknown>;
type Invoke = (get: Get, args: Properties) => Promise<Properties>;

/** Every modelled function by Pulumi's token. */
const invokes: Readonly<Record<string, Invoke>> = {
  "oci:Identity/getRegionSubscriptions:getRegionSubscriptions": async (get, args) => {
    const items = await get(`/20160918/tenancies/${segment(args.tenancyId)}/regionSubscriptions`);
    const subscriptions = list(items).map(({ status, ...item }) => ({ ...item, state: status }));
    return filtered(
      { ...args, id: args.tenancyId, regionSubscriptions: subscriptions },
      "regionSubscriptions",
    );
  },
  "oci:Identity/getTenancy:getTenancy": async (get, args) => ({
    ...args,
    ...withId(await get(`/20160918/tenancies/${segment(args.tenancyId)}`)),
  }),
  "oci:Identity/getCompartment:getCompartment": async (get, args) => ({
    ...args,
    ...withId(await get(`/20160918/compartments/${segment(args.id)}`)),
  }),
  "oci:Identity/getAvailabilityDomains:getAvailabilityDomains": async (get, args) => {
    const items = list(await get("/20160918/availabilityDomains", { compartmentId: args.compartmentId }));
    const availabilityDomains = items.sort((a, b) => String(a.name).localeCompare(String(b.name)));
    return filtered({ ...args, id: args.compartmentId, availabilityDomains }, "availabilityDomains");
  },
  "oci:Identity/getDynamicGroups:getDynamicGroups": async (get, args) => {
    const query = { compartmentId: args.compartmentId, name: args.name, lifecycleState: args.state };
    const dynamicGroups = list(await get("/20160918/dynamicGroups", query)).map(withId);
    return filtered({ ...args, id: args.compartmentId, dynamicGroups }, "dynamicGroups");
  },
  "oci:Core/getServices:getServices": async (get, args) =>
    filtered({ ...args, id: "services", services: list(await get("/20160918/services")) }, "services"),
  "oci:ObjectStorage/getNamespace:getNamespace": async (get, args) => {
    const namespace = await get("/n", { compartmentId: args.compartmentId });
    return { ...args, id: namespace, namespace };
  },
  "oci:ApiGateway/getGateway:getGateway": async (get, args) => ({
    ...args,
    ...one("oci:ApiGateway/gateway:Gateway", await get(`/20190501/gateways/${segment(args.gatewayId)}`)),
  }),
  "oci:ApiGateway/getGateways:getGateways": async (get, args) => {
    const { compartmentId, displayName, certificateId, state } = args;
    const query = { compartmentId, displayName, certificateId, lifecycleState: state };
    const gatewayCollections = items(await get("/20190501/gateways", query)).map((item) =>
      listed("oci:ApiGateway/gateway:Gateway", item),
    );
    return filtered({ ...args, id: compartmentId, gatewayCollections }, "gatewayCollections");
  },
  "oci:ApiGateway/getDeployments:getDeployments": async (get, args) => {
    const { compartmentId, gatewayId, displayName, state } = args;
    const query = { compartmentId, gatewayId, displayName, lifecycleState: state };
    const deploymentCollections = items(await get("/20190501/deployments", query)).map((item) =>
      listed("oci:ApiGateway/deployment:Deployment", item),
    );
    return filtered({ ...args, id: compartmentId, deploymentCollections }, "deploymentCollections");
  },
  "oci:Functions/getApplication:getApplication": async (get, args) => ({
    ...args,
    ...one(
      "oci:Functions/application:Application",
      await get(`/20181201/applications/${segment(args.applicationId)}`),
    ),
  }),
  "oci:Functions/getFunctions:getFunctions": async (get, args) => {
    const query = { applicationId: args.applicationId, displayName: args.displayName, id: args.id };
    const functions = list(await get("/20181201/functions", query)).map((item) =>
      one("oci:Functions/function:Function", item),
    );
    return filtered({ ...args, id: args.applicationId, functions }, "functions");
  },
};

export const invokeTokens: readonly string[] = Object.keys(invokes);

/** Carries out a function; answers `undefined` when its token isn't modelled. */
export async function invoke(
  client: OciClient,
  token: string,
  args: Properties,
  context: OperationContext,
): Promise<Properties | undefined> {
  return invokes[token]?.(async (path, query = {}) => {
    const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
    const search = new URLSearchParams(
      given.map(([key, value]): [string, string] => [key, String(value)]),
    ).toString();
    const { body } = await client.call("GET", search === "" ? path : `${path}?${search}`, {
      headers: regionHeaders(context),
    });
    return body;
  }, args);
}

/**
 * Carries out `filters`: an item stays when, for every filter, the value that `name` leads to is one of
 * `values` (with `regex: true`: matches one of them).
 */
function filtered(result: Properties, listName: string): Properties {
  const filters = list(result.filters);
  const items = list(result[listName]).filter((item) => filters.every((filter) => passes(item, filter)));
  return { ...result, [listName]: items };
}

function passes(item: Properties, { name, values, regex }: Properties): boolean {
  const value = String(name)
    .split(".")
    .reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), item);
  const wanted = Array.isArray(values) ? values.map(String) : [];
  return wanted.some((text) =>
    regex === true ? new RegExp(text).test(String(value)) : text === String(value),
  );
}

function one(type: string, body: unknown): Properties {
  const row = resourceTable[type];
  const record = isRecord(body) ? body : {};
  return row === undefined ? record : { ...fromBody(row, record), id: record.id };
}

/** API Gateway's lists are objects that hold items. */
function items(body: unknown): Properties[] {
  return isRecord(body) ? list(body.items) : [];
}

/** An item of a list, which knows no lifecycle but a state. */
function listed(type: string, item: Properties): Properties {
  return { ...one(type, item), state: item.lifecycleState };
}

function withId(body: unknown): Properties {
  return isRecord(body) ? outputsOf(body) : {};
}

function list(value: unknown): Properties[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function segment(value: unknown): string {
  return encodeURIComponent(String(value));
}
