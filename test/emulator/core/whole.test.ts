import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { type Emulator, type EmulatorEvent, localTenancy, startEmulator } from "../../../emulator/index.ts";

// The real rooms together: IAM's language, the data plane's ports, the runtime's processes.

const started: Emulator[] = [];
const processes: ChildProcess[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((emulator) => emulator.close()));
  for (const child of processes.splice(0)) child.kill("SIGKILL");
});

const compartmentId = localTenancy.compartments[0]?.id ?? "";

async function start(onEvent?: (event: EmulatorEvent) => void) {
  const emulator = await startEmulator(onEvent === undefined ? {} : { onEvent });
  started.push(emulator);
  const post = async (path: string, body: object, method = "POST") => {
    const response = await fetch(`${emulator.url}${path}`, {
      method,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
  };
  return { emulator, post };
}

async function program(post: Awaited<ReturnType<typeof start>>["post"]) {
  const made = async (path: string, body: object) => {
    const { status, body: answer } = await post(path, body);
    if (status >= 300) throw new Error(JSON.stringify(answer));
    return answer;
  };
  const { id: vcnId } = await made("/20160918/vcns", { compartmentId, cidrBlock: "10.0.0.0/16" });
  const subnet = await made("/20160918/subnets", { compartmentId, vcnId, cidrBlock: "10.0.1.0/24" });
  const application = await made("/20181201/applications", {
    compartmentId,
    displayName: "app",
    subnetIds: [subnet.id],
  });
  const image = { image: "lcl.ocir.io/localns/hello:1", digest: `sha256:${"a".repeat(64)}` };
  await post("/_emulator/images", image, "PUT");
  const fn = await made("/20181201/functions", {
    applicationId: application.id,
    displayName: "hello",
    image: image.image,
    memoryInMBs: 128,
  });
  const gateway = await made("/20190501/gateways", {
    compartmentId,
    subnetId: subnet.id,
    endpointType: "PUBLIC",
  });
  await made("/20160918/dynamicGroups", {
    compartmentId: localTenancy.id,
    name: "gateways",
    description: "d",
    matchingRule: `ALL {resource.type = 'ApiGateway', resource.compartment.id = '${compartmentId}'}`,
  });
  const policy = {
    compartmentId,
    name: "policy",
    description: "d",
    statements: [`Allow dynamic-group gateways to use functions-family in compartment id ${compartmentId}`],
  };
  const deployment = {
    compartmentId,
    gatewayId: gateway.id,
    pathPrefix: "/v1",
    specification: {
      routes: [
        {
          path: "/stock",
          methods: ["GET"],
          backend: { type: "STOCK_RESPONSE_BACKEND", status: 200, body: "hi" },
        },
        {
          path: "/hello",
          methods: ["GET"],
          backend: { type: "ORACLE_FUNCTIONS_BACKEND", functionId: fn.id },
        },
      ],
    },
  };
  return { made, gateway, fn, policy, deployment };
}

describe("all rooms together", () => {
  test("serve a deployment as soon as a policy allows it, and refuse the function when it is gone", async () => {
    const events: EmulatorEvent[] = [];
    const { emulator, post } = await start((event) => events.push(event));
    const { made, policy, deployment } = await program(post);
    const refused = await post("/20190501/deployments", deployment);
    expect([refused.status, refused.body.code]).toEqual([404, "NotAuthorizedOrNotFound"]);
    expect(refused.body.message).toContain("a statement that allows it: Allow dynamic-group ");
    const { id: policyId } = await made("/20160918/policies", policy);
    const { endpoint } = await made("/20190501/deployments", deployment);
    const stock = await fetch(`${endpoint}/stock`);
    expect([stock.status, await stock.text()]).toEqual([200, "hi"]);
    // An image without code: "Troubleshooting OCI Functions", FunctionInvokeImageNotAvailable
    expect((await fetch(`${endpoint}/hello`)).status).toBe(502);
    await fetch(`${emulator.url}/20160918/policies/${policyId}`, { method: "DELETE" });
    expect((await fetch(`${endpoint}/hello`)).status).toBe(500);
    const decisions = events.filter((event) => event.type === "decision");
    expect(decisions.map(({ decision }) => decision.allowed)).toEqual([false, true, true, false]);
  });

  test("refuse text that IAM can't read", async () => {
    const { post } = await start();
    const { policy } = await program(post);
    const { status, body } = await post("/20160918/policies", { ...policy, statements: ["Allow nonsense"] });
    expect([status, body.code]).toEqual([400, "InvalidParameter"]);
    expect(body.message).toMatch(/^statements\[0\]: /);
  });

  test("refuse a specification with all its problems", async () => {
    const { post } = await start();
    const { deployment } = await program(post);
    const routes = [{ path: "no-slash", methods: ["FETCH"], backend: { type: "STOCK_RESPONSE_BACKEND" } }];
    const { status, body } = await post("/20190501/deployments", {
      ...deployment,
      specification: { routes },
    });
    expect([status, body.code]).toEqual([400, "InvalidParameter"]);
    for (const field of ["path", "methods[0]", "backend.status"]) {
      expect(body.message).toContain(`specification.routes[0].${field}: `);
    }
  });
});

describe("as a process", () => {
  const main = fileURLToPath(new URL("../../../emulator/main.ts", import.meta.url));

  function run(...args: string[]) {
    const child = spawn(process.execPath, [main, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    processes.push(child);
    const text = { stdout: "", stderr: "" };
    child.stdout.on("data", (part) => {
      text.stdout += part;
    });
    child.stderr.on("data", (part) => {
      text.stderr += part;
    });
    return { child, text };
  }

  test("says when it is ready and ends by a signal", async () => {
    const { child, text } = run("--port", "0");
    await once(child.stdout, "data");
    const { url, ...ready } = JSON.parse(text.stdout);
    expect(ready).toEqual({ type: "ready", pid: child.pid });
    expect((await fetch(`${url}/_emulator/health`)).status).toBe(200);
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
    expect(text.stderr).toBe("");
  });

  test.each([
    [["--port", "x"], /^--port: "x" isn't a port from 0 to 65535\nUsage: /],
    [["--colour"], /^Unknown option '--colour'/],
  ])("throws for %j", async (args, message) => {
    const { child, text } = run(...args);
    expect(await once(child, "exit")).toEqual([1, null]);
    expect(text.stderr).toMatch(message);
  });
});
