import { createHash, type KeyObject, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { onTestFinished } from "vitest";
import { composeEmulator } from "../../../emulator/compose.ts";
import { createDataPlane } from "../../../emulator/gateway/index.ts";
import { compileIam, parseMatchingRule, parseStatement } from "../../../emulator/iam/index.ts";
import { type Emulator, type EmulatorEvent, localTenancy } from "../../../emulator/index.ts";
import { checkFunctionCode, createFunctionRuntime } from "../../../emulator/runtime/index.ts";
import { folderOf } from "../runtime/definitions.ts";

export const tenancyId = localTenancy.id;
export const compartmentId = localTenancy.compartments[0]?.id ?? "";

// biome-ignore lint/suspicious/noExplicitAny: answers are asserted field by field
type Json = any;

/** The real rooms with a clock that can be moved, and an application. */
export interface Cloud {
  emulator: Emulator;
  events: EmulatorEvent[];
  clock: { aheadInMs: number };
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Creates a resource as whoever deploys. */
  made(path: string, body: object): Promise<Json>;
  /** A function that runs from a folder of the fixtures; its OCID. */
  functionOf(folder: string, displayName?: string): Promise<string>;
  /** A direct call, as whoever deploys. */
  invoke(functionId: string, input: object): Promise<Json>;
  /** Dynamic group of all functions of the compartment, and a policy with the statements. */
  allow(...statements: string[]): Promise<{ policyId: string }>;
}

export interface Answer {
  status: number;
  body: Json;
}

export async function startCloud(): Promise<Cloud> {
  const events: EmulatorEvent[] = [];
  const clock = { aheadInMs: 0 };
  const emulator = await composeEmulator(
    { onEvent: (event) => events.push(event) },
    {
      compileIam,
      parseMatchingRule,
      parseStatement,
      createFunctionRuntime,
      checkFunctionCode,
      createDataPlane,
      checkSpecification: () => [],
      now: () => new Date(Date.now() + clock.aheadInMs),
    },
  );
  onTestFinished(() => emulator.close());
  const send: Cloud["send"] = async (method, path, body, headers = {}) => {
    const response = await fetch(`${emulator.url}${path}`, {
      method,
      headers: body === undefined ? headers : { "content-type": "application/json", ...headers },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
  };
  const made: Cloud["made"] = async (path, body) => {
    const answer = await send("POST", path, body);
    if (answer.status >= 300) throw new Error(`POST ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const { id: vcnId } = await made("/20160918/vcns", { compartmentId, cidrBlock: "10.0.0.0/16" });
  const subnet = await made("/20160918/subnets", { compartmentId, vcnId, cidrBlock: "10.0.1.0/24" });
  const application = await made("/20181201/applications", {
    compartmentId,
    displayName: "app",
    subnetIds: [subnet.id],
  });
  return {
    emulator,
    events,
    clock,
    send,
    made,
    async functionOf(folder, displayName = folder) {
      const image = `lcl.ocir.io/localns/${folder}:1`;
      const digest = `sha256:${createHash("sha256").update(folder).digest("hex")}`;
      await send("PUT", "/_emulator/images", { image, digest, directory: folderOf(folder) });
      const fn = { applicationId: application.id, displayName, image, memoryInMBs: 512 };
      return (await made("/20181201/functions", fn)).id;
    },
    async invoke(functionId, input) {
      const answer = await send("POST", `/20181201/functions/${functionId}/actions/invoke`, input);
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
      return answer.body;
    },
    async allow(...statements) {
      await made("/20160918/dynamicGroups", {
        compartmentId: tenancyId,
        name: "functions",
        description: "d",
        matchingRule: `ALL {resource.type = 'fnfunc', resource.compartment.id = '${compartmentId}'}`,
      });
      const policy = { compartmentId: tenancyId, name: "functions-policy", description: "d", statements };
      return { policyId: (await made("/20160918/policies", policy)).id };
    },
  };
}

/** What a function signs with, as its process finds it. */
export async function credentialsOf(cloud: Cloud, functionId: string) {
  const { env } = await cloud.invoke(functionId, { do: "echo" });
  return {
    token: readFileSync(env.OCI_RESOURCE_PRINCIPAL_RPST, "utf8"),
    privateKey: readFileSync(env.OCI_RESOURCE_PRINCIPAL_PRIVATE_PEM, "utf8"),
  };
}

/** Headers of a signed request ("Request Signatures"). */
export function signed(
  url: string,
  method: string,
  path: string,
  { token, privateKey }: { token: string; privateKey: string | KeyObject },
  body?: string,
): Record<string, string> {
  const headers: Record<string, string> = { date: new Date().toUTCString(), host: new URL(url).host };
  if (body !== undefined) {
    headers["content-length"] = String(Buffer.byteLength(body));
    headers["content-type"] = "application/json";
    headers["x-content-sha256"] = createHash("sha256").update(body).digest("base64");
  }
  const lines = [
    `(request-target): ${method.toLowerCase()} ${path}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  const names = ["(request-target)", ...Object.keys(headers)].join(" ");
  const signature = sign("sha256", Buffer.from(lines.join("\n")), privateKey).toString("base64");
  const authorization = `Signature version="1",keyId="ST$${token}",algorithm="rsa-sha256",headers="${names}",signature="${signature}"`;
  const { host: _, "content-length": __, ...sent } = headers;
  return { ...sent, authorization };
}
