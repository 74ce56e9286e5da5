import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loopbackAddress } from "../../local/plugin/address.ts";
import { comparable, inputsNow } from "../../local/plugin/inputs.ts";
import { withSecretsOf } from "../../local/plugin/secrets.ts";
import { secret } from "../../local/values.ts";
import { type PluginClient, startPlugin } from "./plugin-client.ts";

const gateway = "oci:ApiGateway/gateway:Gateway";
const tenancyId = "ocid1.tenancy.oclocal..aaaaaaaatenancy";

interface Heard {
  method: string;
  path: string;
  region: string | undefined;
  body: unknown;
}

/** A control plane that answers by a test's own rules. */
async function startControlPlane(
  answer: (heard: Heard) => { status: number; body?: unknown; headers?: Record<string, string> } | undefined,
): Promise<{ url: string; heard: Heard[]; server: Server }> {
  const heard: Heard[] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const region = request.headers["x-emulator-region"];
    const one: Heard = {
      method: request.method ?? "",
      path: request.url ?? "",
      region: typeof region === "string" ? region : undefined,
      body: text === "" ? undefined : JSON.parse(text),
    };
    if (one.path === "/_emulator/health") {
      response.end(JSON.stringify({ tenancyId, region: "local-laptop-1", pid: process.pid }));
      return;
    }
    heard.push(one);
    const said = answer(one);
    // A call without an answer hangs.
    if (said === undefined) return;
    response
      .writeHead(said.status, said.headers)
      .end(said.body === undefined ? "" : JSON.stringify(said.body));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, heard, server };
}

describe("the plugin, as the engine calls it", () => {
  let plane: Awaited<ReturnType<typeof startControlPlane>>;
  let plugin: PluginClient;
  let answer: Parameters<typeof startControlPlane>[0];
  beforeEach(async () => {
    answer = () => ({ status: 404, body: { code: "NotAuthorizedOrNotFound", message: "gone" } });
    plane = await startControlPlane((heard) => answer(heard));
    plugin = await startPlugin("oci", plane.url);
  });
  afterEach(async () => {
    await plugin.close();
    plane.server.closeAllConnections();
    plane.server.close();
  });

  it("takes part in secrets, and refuses another tenancy", async () => {
    expect(await plugin.configure({ tenancyOcid: tenancyId })).toEqual({ acceptsSecrets: true });
    expect(await plugin.configure({})).toEqual({ acceptsSecrets: true });
    expect(await plugin.configure({ tenancyOcid: "ocid1.tenancy.oc1..other" })).toEqual({
      error:
        `tenancyOcid is ocid1.tenancy.oc1..other, but the local OCI at ${plane.url} is tenancy ${tenancyId}. Use the stack ` +
        "local; or let it stand in for that tenancy, with nothing of the real one touched: npm run up:local -- --stack NAME --adopt",
    });
    expect(plane.heard).toEqual([]);
  });

  it("checks properties, and keeps what is secret or unknown as it is", async () => {
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    const news = {
      subnetId: unknown,
      displayName: secret("shop"),
      endpointTyp: "PUBLIC",
      networkSecurityGroupIds: "x",
    };
    const { inputs, failures } = await plugin.check(gateway, news);
    expect(inputs).toEqual(news);
    expect(failures).toEqual([
      expect.stringMatching(/^endpointTyp isn't modelled; known are /),
      "networkSecurityGroupIds must be a list, is a string",
      'compartmentId is missing; give the OCID of a compartment, for example compartmentId: config.require("compartmentId")',
      'endpointType is missing; must be "PUBLIC" (called from the internet) or "PRIVATE" (called from inside its VCN only), for example endpointType: "PUBLIC"',
    ]);
  });

  it("tells what is wrong with a secret without telling the secret", async () => {
    const { failures } = await plugin.check(gateway, {
      compartmentId: "ocid1.compartment.oc1..a",
      subnetId: "ocid1.subnet.oc1.iad.a",
      endpointType: secret("INTERNAL"),
    });
    expect(failures).toEqual([
      'endpointType must be "PUBLIC" (called from the internet) or "PRIVATE" (called from inside its VCN only), for example endpointType: "PUBLIC"',
    ]);
  });

  it("tells an update from a replacement", async () => {
    const olds = { displayName: "a", endpointType: "PUBLIC" };
    expect(await plugin.diff(gateway, olds, { ...olds })).toEqual({ changes: 1, diffs: [], replaces: [] });
    expect(await plugin.diff(gateway, olds, { ...olds, displayName: "b" })).toEqual({
      changes: 2,
      diffs: ["displayName"],
      replaces: [],
    });
    expect(await plugin.diff(gateway, olds, { ...olds, endpointType: "PRIVATE" })).toEqual({
      changes: 2,
      diffs: ["endpointType"],
      replaces: ["endpointType"],
    });
  });

  it("sends an explicit provider's region with every call, and marks outputs as secret where inputs are", async () => {
    const type = "oci:Functions/application:Application";
    const id = "ocid1.fnapp.oclocal..a";
    answer = ({ method }) =>
      method === "DELETE"
        ? { status: 204 }
        : { status: 200, body: { id, lifecycleState: "ACTIVE", displayName: "a", config: { TOKEN: "t0p" } } };
    await plugin.configure({ region: "eu-frankfurt-1" });
    const created = await plugin.create(type, { displayName: "a", config: { TOKEN: secret("t0p") } });
    expect(created).toEqual({
      id,
      outputs: { displayName: "a", config: { TOKEN: secret("t0p") }, state: "ACTIVE" },
    });
    expect(plane.heard.map(({ method, region }) => `${method} ${region}`)).toEqual([
      "POST eu-frankfurt-1",
      "GET eu-frankfurt-1",
    ]);
  });

  it("a resource that came to be but isn't ready stays in the state, with the reason", async () => {
    answer = ({ method }) =>
      method === "POST"
        ? { status: 200, body: { id: "ocid1.apigateway.oclocal..half", lifecycleState: "CREATING" } }
        : { status: 200, body: { id: "ocid1.apigateway.oclocal..half", lifecycleState: "FAILED" } };
    const inputs = { displayName: "a" };
    const message = "ocid1.apigateway.oclocal..half is FAILED instead of ACTIVE";
    expect(await plugin.create(gateway, inputs)).toEqual({
      id: "ocid1.apigateway.oclocal..half",
      outputs: inputs,
      error: message,
      reasons: [message],
    });
  });

  it("a refused create leaves nothing in the state, and the process lives on", async () => {
    answer = () => ({ status: 400, body: { code: "InvalidParameter", message: "subnetId: no" } });
    expect(await plugin.create(gateway, {})).toEqual({
      id: "",
      outputs: {},
      error: "400-InvalidParameter, subnetId: no",
    });
    expect(await plugin.create(gateway, {})).toMatchObject({ error: "400-InvalidParameter, subnetId: no" });
  });

  it("cancel ends what hangs; what was made by then is kept", async () => {
    let hangs: () => void = () => {};
    const hanging = new Promise<void>((done) => {
      hangs = done;
    });
    answer = ({ method }) => {
      if (method === "POST") return { status: 200, body: { id: "ocid1.apigateway.oclocal..made" } };
      hangs();
      return undefined;
    };
    const creating = plugin.create(gateway, {});
    await hanging;
    await plugin.cancel();
    expect(await creating).toMatchObject({ id: "ocid1.apigateway.oclocal..made", error: "socket hang up" });
  });

  it("reads what is gone as gone", async () => {
    expect(await plugin.read(gateway, "ocid1.apigateway.oclocal..x")).toEqual({
      id: "",
      inputs: {},
      outputs: {},
    });
  });
});

describe("the inputs of what is read", () => {
  it("follow what was changed behind the program's back, and leave out what OCI adds", () => {
    const inputs = {
      displayName: "a",
      freeformTags: { own: "1" },
      specification: { routes: [{ path: "/" }] },
      isLockOverride: true,
    };
    const outputs = {
      displayName: "b",
      freeformTags: { own: "1", foreign: "2" },
      specification: { routes: [{ path: "/", methods: ["ANY"] }], requestPolicies: {} },
      hostname: "h",
    };
    expect(inputsNow(inputs, outputs, [])).toEqual({
      displayName: "b",
      freeformTags: { own: "1", foreign: "2" },
      specification: { routes: [{ path: "/" }] },
      isLockOverride: true,
    });
  });

  it("of an import are all that OCI answers; what the program then leaves out stays as it is", () => {
    const outputs = {
      displayName: "b",
      endpointType: "PUBLIC",
      locks: [],
      definedTags: {},
      ipMode: "IPV4",
      hostname: "h",
    };
    const known = ["displayName", "endpointType", "locks", "definedTags", "ipMode", "subnetId"];
    const imported = inputsNow({}, outputs, known);
    expect(imported).toEqual({
      displayName: "b",
      endpointType: "PUBLIC",
      ipMode: "IPV4",
      __defaults: ["displayName", "endpointType", "ipMode"],
    });
    expect(comparable(imported, { displayName: "c", endpointType: "PUBLIC" })).toEqual({
      olds: { displayName: "b", endpointType: "PUBLIC", ipMode: "IPV4" },
      news: { displayName: "c", endpointType: "PUBLIC", ipMode: "IPV4" },
    });
  });
});

describe("what is always secret", () => {
  it("the registry's password of an image, whether or not the program says so", () => {
    const registries = [{ address: "fra.ocir.io", username: "u", password: "p" }];
    expect(withSecretsOf("docker-build:index:Image", { registries, digest: "d" }, { registries })).toEqual({
      registries: [{ address: "fra.ocir.io", username: "u", password: secret("p") }],
      digest: "d",
    });
  });
});

describe("the address of the control plane", () => {
  it.each(["http://127.0.0.1:4910", "http://localhost:1", "http://[::1]:8"])("%s is taken", (url) => {
    expect(loopbackAddress({ OCI_LOCAL_URL: `${url}/` })).toBe(url);
  });

  it.each([
    "https://127.0.0.1:1",
    "http://10.0.0.1:1",
    "http://127.0.0.1.example.com",
    "http://u@127.0.0.1",
    "nonsense",
  ])("throws for %s", (url) => {
    expect(() => loopbackAddress({ OCI_LOCAL_URL: url })).toThrow(
      `OCI_LOCAL_URL is ${JSON.stringify(url)}, but must be an http:// address of this machine's loopback; run the stack by npm run up:local`,
    );
  });

  it("throws when there is none", () => {
    expect(() => loopbackAddress({})).toThrow(
      "OCI_LOCAL_URL isn't set: this is the plugin for the local OCI, not the official OCI provider; run the stack by npm run up:local",
    );
  });
});
