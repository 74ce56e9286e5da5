import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { fileURLToPath } from "node:url";
import apigateway from "oci-apigateway";
import artifacts from "oci-artifacts";
import common from "oci-common";
import core from "oci-core";
import functions from "oci-functions";
import identity from "oci-identity";
import logging from "oci-logging";
import loggingsearch from "oci-loggingsearch";
import objectstorage from "oci-objectstorage";
import workrequests from "oci-workrequests";
import { afterEach, beforeEach, vi } from "vitest";
import { startEmulator } from "../../emulator/index.ts";
import type { Emulator, EmulatorEvent, EmulatorOptions } from "../../emulator/types.ts";

// Warnings of Oracle's SDK about its own circuit breakers and regions say nothing about the emulator.
common.CircuitBreaker.EnableGlobalCircuitBreaker = false;

const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });

/** A key with which the SDK signs. */
export const signingKey: { publicKey: KeyObject; privateKey: KeyObject } = pair;
export const userId = "ocid1.user.oclocal..tester";
export const fingerprint = "00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff";
export const keyIdOf = (tenancyId: string) => `${tenancyId}/${userId}/${fingerprint}`;

/** The official SDK's clients, all pointed at one emulator; they don't retry. */
export type Clients = ReturnType<typeof clientsFor>;

export function clientsFor({ url, tenancy }: Emulator, key: KeyObject = pair.privateKey) {
  const pem = key.export({ type: "pkcs8", format: "pem" }).toString();
  const authenticationDetailsProvider = new common.SimpleAuthenticationDetailsProvider(
    tenancy.id,
    userId,
    fingerprint,
    pem,
    null,
    common.Region.US_ASHBURN_1,
  );
  const parameters = { authenticationDetailsProvider };
  const settings = { retryConfiguration: common.NoRetryConfigurationDetails };
  const at = <T extends { endpoint: string }>(client: T): T => {
    client.endpoint = url;
    return client;
  };
  return {
    identity: at(new identity.IdentityClient(parameters, settings)),
    network: at(new core.VirtualNetworkClient(parameters, settings)),
    functions: at(new functions.FunctionsManagementClient(parameters, settings)),
    invoke: at(new functions.FunctionsInvokeClient(parameters, settings)),
    gateway: at(new apigateway.GatewayClient(parameters, settings)),
    deployment: at(new apigateway.DeploymentClient(parameters, settings)),
    gatewayWork: at(new apigateway.WorkRequestsClient(parameters, settings)),
    usagePlans: at(new apigateway.UsagePlansClient(parameters, settings)),
    artifacts: at(new artifacts.ArtifactsClient(parameters, settings)),
    objectStorage: at(new objectstorage.ObjectStorageClient(parameters, settings)),
    logging: at(new logging.LoggingManagementClient(parameters, settings)),
    logSearch: at(new loggingsearch.LogSearchClient(parameters, settings)),
    work: at(new workrequests.WorkRequestClient(parameters, settings)),
  };
}

/** An emulator with the SDK's clients, and every call that reached it: `POST /20160918/vcns`. */
export interface Cloud {
  emulator: Emulator;
  clients: Clients;
  calls: string[];
  tenancyId: string;
  compartmentId: string;
  otherCompartmentId: string;
  /** A call of the control API. */
  control(method: string, path: string, body: unknown): Promise<unknown>;
}

const started: Emulator[] = [];
beforeEach(() => {
  // The SDK warns on the console of every error that it doesn't retry.
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((emulator) => emulator.close()));
});

export async function startCloud(options: EmulatorOptions = {}): Promise<Cloud> {
  const calls: string[] = [];
  const onEvent = (event: EmulatorEvent) => {
    if (event.type === "api" && event.status < 300) calls.push(`${event.method} ${event.path}`);
  };
  const emulator = await startEmulator({ onEvent, ...options });
  started.push(emulator);
  const [first] = emulator.tenancy.compartments;
  const clients = clientsFor(emulator);
  const control = async (method: string, path: string, body: unknown) => {
    const init = { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    const response = await fetch(`${emulator.url}/_emulator/${path}`, init);
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  };
  const { compartment } = await clients.identity.createCompartment({
    createCompartmentDetails: { compartmentId: emulator.tenancy.id, name: "other", description: "another" },
  });
  return {
    emulator,
    clients,
    calls,
    tenancyId: emulator.tenancy.id,
    compartmentId: first?.id ?? "",
    otherCompartmentId: compartment.id,
    control,
  };
}

export const image = "lcl.ocir.io/localns/good:1";
export const imageDigest = `sha256:${"a".repeat(64)}`;
const directory = fileURLToPath(new URL("../fixtures/functions/good-fdk", import.meta.url));

/** Puts an image that runs into the registry. */
export async function registerImage({ control }: Cloud): Promise<void> {
  await control("PUT", "images", { image, digest: imageDigest, directory });
}

/** What the SDK throws, without its help texts. */
export async function errorOf(promise: Promise<unknown>) {
  try {
    await promise;
  } catch (error) {
    const { statusCode, serviceCode, message, opcRequestId } = error as InstanceType<typeof common.OciError>;
    return { statusCode, serviceCode, message, hasRequestId: opcRequestId !== null && opcRequestId !== "" };
  }
  throw new Error("no error was thrown");
}
