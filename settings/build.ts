import type { Input } from "@pulumi/pulumi";
import type {
  AccessArgs,
  ApplicationArgs,
  FunctionArgs,
  GatewayArgs,
  LoggingArgs,
  NetworkArgs,
  ServerlessApiArgs,
} from "../components/args.ts";
import type { MemoryInMBs } from "../components/model/limits.ts";
import type { CheckedSettings } from "./check.ts";
import type { FunctionSettings, OwnKey, OwnSettings } from "./table.ts";

/** Everything that a stack decides about an API; its routes are the program's own. */
export type Settings<F extends string> = Omit<ServerlessApiArgs<F>, "routes">;

/** Marks a value as secret when the setting of that name is one. */
export type Seal = (name: OwnKey | "tenancyOcid", value: string) => Input<string>;

/** The settings in the form that the components take; nothing is checked here. */
export function buildSettings<F extends string>(
  { own, region, tenancyId }: CheckedSettings,
  sources: Readonly<Record<F, string>>,
  homeRegion: string,
  seal: Seal,
): Settings<F> {
  const { registryUsername, registryAuthToken } = own;
  return {
    compartmentId: seal("compartmentId", own.compartmentId),
    tenancyId: seal("tenancyOcid", tenancyId),
    region,
    homeRegion,
    network: networkOf(own.network ?? {}, seal),
    gateway: gatewayOf(own.gateway ?? {}, seal),
    ...(own.pathPrefix === undefined ? {} : { pathPrefix: own.pathPrefix }),
    application: applicationOf(own.application ?? {}, seal),
    functions: functionsOf(own.functions ?? {}, sources, seal),
    access: accessOf(own.access ?? {}, seal),
    ...(own.logging === undefined ? {} : { logging: loggingOf(own.logging, seal) }),
    ...(own.readiness === undefined ? {} : { readiness: own.readiness }),
    ...(own.protect === undefined ? {} : { protect: own.protect }),
    ...(registryUsername === undefined || registryAuthToken === undefined
      ? {}
      : {
          registry: {
            username: seal("registryUsername", registryUsername),
            password: seal("registryAuthToken", registryAuthToken),
          },
        }),
    ...(own.freeformTags === undefined ? {} : { freeformTags: own.freeformTags }),
  };
}

function networkOf(network: NonNullable<OwnSettings["network"]>, seal: Seal): NetworkArgs {
  const { cidrBlock, allowedCidrs, internetEgress, gatewaySubnetId, functionsSubnetIds } = network;
  if (cidrBlock !== undefined) {
    return {
      cidrBlock,
      ...(allowedCidrs === undefined ? {} : { allowedCidrs }),
      ...(internetEgress === undefined ? {} : { internetEgress }),
    };
  }
  return {
    ...(gatewaySubnetId === undefined ? {} : { gatewaySubnetId: seal("network", gatewaySubnetId) }),
    ...(functionsSubnetIds === undefined
      ? {}
      : { functionsSubnetIds: functionsSubnetIds.map((id) => seal("network", id)) }),
  };
}

function gatewayOf(gateway: NonNullable<OwnSettings["gateway"]>, seal: Seal): GatewayArgs {
  const { gatewayId, compartmentId, networkSecurityGroupIds, ...rest } = gateway;
  if (gatewayId !== undefined) {
    return {
      gatewayId: seal("gateway", gatewayId),
      ...(compartmentId === undefined ? {} : { compartmentId: seal("gateway", compartmentId) }),
    };
  }
  return {
    ...rest,
    ...(networkSecurityGroupIds === undefined
      ? {}
      : { networkSecurityGroupIds: networkSecurityGroupIds.map((id) => seal("gateway", id)) }),
  };
}

function applicationOf(application: NonNullable<OwnSettings["application"]>, seal: Seal): ApplicationArgs {
  const { applicationId, compartmentId, config, shape } = application;
  const shapeArgs = shape === undefined ? {} : { shape };
  if (applicationId === undefined) {
    return { ...shapeArgs, ...(config === undefined ? {} : { config: sealed("application", config, seal) }) };
  }
  return { ...shapeArgs, applicationId, ...(compartmentId === undefined ? {} : { compartmentId }) };
}

function functionsOf<F extends string>(
  settings: Readonly<Record<string, FunctionSettings>>,
  sources: Readonly<Record<F, string>>,
  seal: Seal,
): Record<F, FunctionArgs> {
  const entries = Object.entries<string>(sources).map(([key, source]): [string, FunctionArgs] => [
    key,
    functionOf(settings[key] ?? {}, source, seal),
  ]);
  return Object.fromEntries(entries) as Record<F, FunctionArgs>;
}

function functionOf(settings: FunctionSettings, programSource: string, seal: Seal): FunctionArgs {
  const { source = programSource, image, functionId, compartmentId, ...rest } = settings;
  if (functionId !== undefined) {
    return { functionId, ...(compartmentId === undefined ? {} : { compartmentId }) };
  }
  const { memoryInMBs, timeoutInSeconds, config } = rest;
  return {
    ...(image === undefined ? { source } : { image }),
    ...(memoryInMBs === undefined ? {} : { memoryInMBs: memoryInMBs as MemoryInMBs }),
    ...(timeoutInSeconds === undefined ? {} : { timeoutInSeconds }),
    ...(config === undefined ? {} : { config: sealed("functions", config, seal) }),
  };
}

function accessOf(access: NonNullable<OwnSettings["access"]>, seal: Seal): AccessArgs {
  const { mode = "create", scope, statements, groupId, group } = access;
  const scopeArgs = {
    ...(scope === undefined ? {} : { scope }),
    ...(statements === undefined ? {} : { statements: statements.map((text) => seal("access", text)) }),
  };
  if (mode !== "existing") return { ...scopeArgs, mode };
  return {
    ...scopeArgs,
    mode,
    ...(groupId === undefined ? {} : { groupId: seal("access", groupId) }),
    ...(group === undefined ? {} : { group }),
  };
}

function loggingOf(logging: NonNullable<OwnSettings["logging"]>, seal: Seal): LoggingArgs | false {
  const { enabled = true, logGroupId, ...rest } = logging;
  if (!enabled) return false;
  return { ...rest, ...(logGroupId === undefined ? {} : { logGroupId: seal("logging", logGroupId) }) };
}

function sealed(name: OwnKey, values: Readonly<Record<string, string>>, seal: Seal) {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, seal(name, value)]));
}
