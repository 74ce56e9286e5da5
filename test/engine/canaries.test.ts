import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../../tools/engine/command.ts";
import { canary, findCanaries, formsOf } from "./canaries.ts";
import { availableEngine, type EngineStack, startEngine } from "./harness.ts";
import { filesUnder } from "./state.ts";

const engine = await availableEngine();
const limitInMs = 180_000;

const configured = [canary("authToken"), canary("clientSecret")];
const written = ["hmacKey", "apiKey", "body", "url", "sentHeader", "output"].map(canary);
const canaries = [...configured, ...written];

/** Secrets of the stack's configuration, and secrets of the program itself, which the engine knows by their marks only. */
const program = `
  import * as pulumi from "@pulumi/pulumi";
  import { ServerlessApi } from "./components/index.ts";

  const config = new pulumi.Config();
  const provider = new pulumi.Config("oci");
  const canaries = JSON.parse(process.env.CANARIES ?? "{}");
  const written = (name: string) => pulumi.secret(canaries[name] + "{suffix}");
  const configured = (name: string) => config.getSecret(name) ?? written(name);

  const api = new ServerlessApi("api", {
    compartmentId: config.require("compartmentId"),
    tenancyId: provider.require("tenancyOcid"),
    region: provider.require("region"),
    network: { cidrBlock: "10.0.0.0/16" },
    registry: { username: "ada@example.com", password: configured("authToken") },
    application: { config: { HMAC_KEY: written("hmacKey") } },
    functions: {
      hello: {
        source: "./functions/hello",
        config: { CLIENT_SECRET: configured("clientSecret"), API_KEY: written("apiKey"), LEVEL: "info" },
      },
    },
    routes: {
      "GET /hello": {
        kind: "function",
        function: "hello",
        requestPolicies: {
          headerTransformations: { setHeaders: { items: [{ name: "X-Key", values: [written("sentHeader")] }] } },
        },
      },
      "GET /stock": {
        kind: "stock",
        status: 200,
        body: written("body"),
      },
      // Never called: of a request the execution log names the URL, as OCI's does.
      "GET /http": { kind: "http", url: pulumi.interpolate\`https://shop.example.com/\${written("url").apply(encodeURIComponent)}\` },
    },
  });

  export const endpoint = api.endpoint;
  export const routes = api.routes;
  export const key = pulumi.interpolate\`key \${written("output")}\`;
`;

describe("the search for canaries", () => {
  it.each([
    ["as it is", (text: string) => text],
    ["in JSON within JSON", (text: string) => JSON.stringify(JSON.stringify({ text }))],
    ["in a URL", encodeURIComponent],
    ["in Base64", (text: string) => Buffer.from(text).toString("base64")],
    ["in Base64, one byte on", (text: string) => Buffer.from(`x${text}`).toString("base64")],
    ["in Base64 for URLs, two bytes on", (text: string) => Buffer.from(`xx${text}`).toString("base64url")],
    ["in hexadecimal", (text: string) => Buffer.from(text).toString("hex")],
  ])("finds one %s", (_, encode) => {
    const [one, other] = [canary("one"), canary("other")];
    expect(findCanaries([one, other], { here: `a ${encode(one.value)} b`, there: "a b" })).toEqual([
      { place: "here", secret: "one" },
    ]);
    expect(formsOf(one).every((form) => form.length > 20)).toBe(true);
  });
});

describe.skipIf(engine === undefined)("secrets under the real engine", { shuffle: false }, () => {
  let stack: EngineStack;
  /** Everything that was shown, by the command. */
  const shown: Record<string, string> = {};

  async function command(name: string, started: Promise<{ exitCode: number | undefined; output: string }>) {
    const { exitCode, output } = await started;
    shown[name] = output;
    expect(exitCode, `${name}: ${output}`).toBe(0);
  }

  const writeProgram = (suffix: string) =>
    writeFileSync(join(stack.directory, "index.ts"), program.replace("{suffix}", suffix));

  beforeAll(async () => {
    const values = Object.fromEntries(written.map(({ name, value }) => [name, value]));
    stack = await startEngine({
      // Makes --event-log known.
      environment: { CANARIES: JSON.stringify(values), PULUMI_DEBUG_COMMANDS: "true" },
    });
    for (const { name, value } of configured) await stack.setSecret(`oci-serverless-api:${name}`, value);
    writeProgram("");
  }, limitInMs);
  afterAll(() => stack?.close());

  it(
    "stand in no preview, event log or output of a command, and still reach who needs them",
    async () => {
      const events = join(stack.folder, "events.jsonl");
      await command("preview --json", stack.preview("--json"));
      await command("preview --diff", stack.preview("--diff", "--show-config"));
      await command("up --event-log", stack.up("--event-log", events, "--diff", "--show-full-output"));
      const lines = readFileSync(events, "utf8").trimEnd().split("\n");
      const isDebug = (line: string) => JSON.parse(line).diagnosticEvent?.severity === "debug";
      shown["event log"] = lines.filter((line) => !isDebug(line)).join("\n");
      expect(shown["event log"]).toContain("API_KEY");
      // Pulumi's SDK writes every answer of the engine into its debug lines, secrets of the program in plain; the engine
      // hides those of the configuration only. docs/secrets.md says so.
      const debug = lines.filter(
        (line) => isDebug(line) && !line.includes("RegisterResource RPC finished: "),
      );
      shown["event log, debug"] = debug.join("\n");
      expect(findCanaries(configured, { all: lines.join("\n") })).toEqual([]);

      const { endpoint, key } = await stack.outputs();
      const stock = await fetch(`${endpoint}/stock`);
      const values = Object.fromEntries(canaries.map(({ name, value }) => [name, value]));
      expect([stock.status, await stock.text(), key]).toEqual([200, values.body, `key ${values.output}`]);
      expect((await fetch(`${endpoint}/hello`)).status).toBe(200);

      writeProgram("-changed");
      await command("preview of a change --diff", stack.preview("--diff"));
      await command("preview of a change --json", stack.preview("--json"));
      await command("up of a change --diff", stack.up("--diff"));
      await command("refresh", stack.refresh("--diff"));
      await command("stack output", stack.pulumi("stack", "output", "--json"));
      await command("stack", stack.pulumi("stack", "--show-urns", "--show-ids"));
      shown["stack export"] = JSON.stringify(await stack.export());
      expect(shown["stack export"]).toContain("CLIENT_SECRET");
      expect(findCanaries(canaries, shown)).toEqual([]);
    },
    limitInMs,
  );

  it(
    "stand in plain in no file of the engine: state, its copies, stack file, plugins",
    () => {
      const files = filesUnder(join(stack.folder, "pulumi")).filter(
        ({ path }) => !path.includes("/plugins/"),
      );
      expect(files.some(({ path }) => path.endsWith("/stacks/oci-serverless-api/local.json"))).toBe(true);
      const texts = Object.fromEntries(files.map(({ path, text }) => [path, text]));
      expect(findCanaries(canaries, texts)).toEqual([]);
      const bundles = filesUnder(join(stack.directory, ".build"));
      expect(bundles.length).toBeGreaterThan(0);
      expect(
        findCanaries(canaries, Object.fromEntries(bundles.map(({ path, text }) => [path, text]))),
      ).toEqual([]);
    },
    limitInMs,
  );

  it(
    "stand in no event of the local OCI, in nothing of its own API, and in no log of functions and gateway",
    async () => {
      const paths = ["health", "writes", "switches", "keys", "faults", "images", "logs?limit=10000"];
      const places: Record<string, string> = { events: JSON.stringify(stack.events) };
      for (const path of paths) {
        const { status, body } = await stack.call("GET", `/_emulator/${path}`);
        expect([path, status]).toEqual([path, 200]);
        places[path] = JSON.stringify(body);
      }
      expect(places["logs?limit=10000"]).toContain("/v1/hello");
      expect(findCanaries(canaries, places)).toEqual([]);
    },
    limitInMs,
  );

  it(
    "are not printed by npm run spec and npm run ready",
    async () => {
      const environment = { ...process.env, ...stack.environment, OCI_SERVERLESS_API_LOCAL: stack.folder };
      const spec = await run(
        process.execPath,
        [resolve("local/commands/spec.ts"), "--cwd", stack.directory, "--stack", "local"],
        { environment },
      );
      expect(spec.stderr).toContain('is a secret: "[secret]" stands in its place.');
      expect(JSON.parse(spec.stdout)).toMatchObject({
        routes: [{ path: "/hello" }, { path: "/stock" }, { path: "/http" }],
      });
      const ready = await run(process.execPath, ["tools/ready.ts", "--local"], { environment });
      expect(ready.exitCode, ready.stderr).toBe(0);
      const places = { spec: spec.stdout + spec.stderr, ready: ready.stdout + ready.stderr };
      expect(findCanaries(canaries, places)).toEqual([]);
    },
    limitInMs,
  );

  it(
    "are not quoted when the control plane refuses them, nor by the engine",
    async () => {
      const raw = canary("raw");
      const file = join(stack.directory, "index.ts");
      const deployment = `
        import { Deployment } from "@pulumi/oci/apigateway/deployment.js";
        new Deployment("raw", {
          compartmentId: config.require("compartmentId"),
          gatewayId: api.gateway.id,
          pathPrefix: "/raw",
          specification: {
            routes: [
              {
                path: "/raw",
                methods: ["GET"],
                backend: { type: "HTTP_BACKEND", url: pulumi.secret(${JSON.stringify(`ftp://${raw.value}`)}) },
              },
            ],
          },
        });
      `;
      writeFileSync(file, readFileSync(file, "utf8") + deployment);
      const { exitCode, output } = await stack.up("--diff");
      expect(exitCode, output).not.toBe(0);
      expect(output).toContain('but is "[secret]');
      expect(findCanaries([raw, ...canaries], { output })).toEqual([]);
    },
    limitInMs,
  );
});
