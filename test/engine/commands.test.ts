import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CommandResult, run } from "../../tools/engine/command.ts";
import { isAlive } from "../../tools/engine/lock.ts";
import { availableEngine } from "./harness.ts";

const engine = await availableEngine();
const limitInMs = 120_000;
const repository = resolve(import.meta.dirname, "../..");

/** A program without a component, and without a stack file. */
const program = `
  import { Gateway } from "@pulumi/oci/apigateway/gateway.js";
  import { Deployment } from "@pulumi/oci/apigateway/deployment.js";
  import { Subnet } from "@pulumi/oci/core/subnet.js";
  import { Vcn } from "@pulumi/oci/core/vcn.js";
  const compartmentId = "ocid1.compartment.oclocal..aaaaaaaalocalcompartmentapi000000000000000000000000000000000";
  const vcn = new Vcn("vcn", { compartmentId, cidrBlocks: ["10.0.0.0/16"] });
  const subnet = new Subnet("subnet", { compartmentId, vcnId: vcn.id, cidrBlock: "10.0.1.0/24" });
  const gateway = new Gateway("gateway", { compartmentId, subnetId: subnet.id, endpointType: "PUBLIC" });
  const backend = { type: "STOCK_RESPONSE_BACKEND", status: 200, body: "here" };
  const routes = [{ path: "/", methods: ["GET"], backend }];
  const deployment = new Deployment("deployment", {
    compartmentId, gatewayId: gateway.id, pathPrefix: "/v1", specification: { routes },
  });
  export const endpoint = deployment.endpoint;
`;

describe.skipIf(engine === undefined)("the commands", () => {
  let folder: string;
  let cwd: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "commands-test-"));
    cwd = join(folder, "program");
    mkdirSync(cwd);
    symlinkSync(join(repository, "node_modules"), join(cwd, "node_modules"));
    writeFileSync(join(cwd, "package.json"), '{"type":"module"}');
    writeFileSync(join(cwd, "index.js"), program);
    writeFileSync(
      join(cwd, "Pulumi.yaml"),
      "name: by-hand\nruntime:\n  name: nodejs\n  options:\n    typescript: false\nmain: index.js\n",
    );
  });
  afterAll(async () => {
    await command("stop.ts");
    rmSync(folder, { recursive: true, force: true });
  }, limitInMs);

  /** Runs one of our commands, with its own `.local`, and in a shell that holds logins of the real world. */
  function command(name: string, ...args: string[]): Promise<CommandResult> {
    return run(process.execPath, [join(repository, "local/commands", name), ...args], {
      directory: repository,
      environment: {
        ...process.env,
        NO_COLOR: "1",
        OCI_SERVERLESS_API_LOCAL: join(folder, "local"),
        PULUMI_ACCESS_TOKEN: "pul-of-the-user",
        PULUMI_BACKEND_URL: "https://api.example.com",
        OCI_TENANCY_OCID: "ocid1.tenancy.oc1..real",
      },
    });
  }

  const recordFile = () => join(folder, "local/emulator/process.json");
  const record = () => JSON.parse(readFileSync(recordFile(), "utf8")) as { url: string; pid: number };
  const endpointOf = (output: string) => /endpoint: "(http:[^"]+)"/.exec(output)?.[1] ?? "";
  const answer = async (endpoint: string) => (await fetch(`${endpoint}/`)).text();

  it(
    "bring another program up, serve on, start anew what died, and stop",
    async () => {
      await command("stop.ts");
      const up = await command("pulumi.ts", "up", "--cwd", cwd);
      expect(up.exitCode, `${up.stdout}${up.stderr}`).toBe(0);
      const endpoint = endpointOf(up.stdout);
      expect(await answer(endpoint)).toBe("here");
      const { pid, url } = record();
      expect(up.stderr).toContain(`Local OCI at ${url}, process ${pid}; npm run local:stop ends it.`);

      const preview = await command("pulumi.ts", "preview", `--cwd=${cwd}`, "--expect-no-changes");
      expect(preview.exitCode, `${preview.stdout}${preview.stderr}`).toBe(0);
      expect(record()).toEqual({ pid, url });

      process.kill(pid, "SIGKILL");
      const again = await command("pulumi.ts", "refresh", "--cwd", cwd, "--expect-no-changes");
      expect(again.exitCode, `${again.stdout}${again.stderr}`).toBe(0);
      expect(record().pid).not.toBe(pid);
      expect(await answer(endpoint)).toBe("here");

      const destroy = await command("pulumi.ts", "destroy", "--cwd", cwd);
      expect(destroy.exitCode, `${destroy.stdout}${destroy.stderr}`).toBe(0);
      await expect(answer(endpoint)).rejects.toThrow();

      const { pid: last } = record();
      expect((await command("stop.ts")).stdout).toBe(
        "The local OCI has ended with its gateways and functions; its state stays for the next npm run up:local.\n",
      );
      expect(isAlive(last)).toBe(false);
      expect((await command("stop.ts")).stdout).toBe("No local OCI runs.\n");
      // The program's folder is as it was.
      expect(existsSync(join(cwd, "Pulumi.local.yaml"))).toBe(false);
      expect(readFileSync(join(cwd, "index.js"), "utf8")).toBe(program);
    },
    limitInMs,
  );

  it(
    "print what other clients need, and a key that only its owner reads",
    async () => {
      const { stdout, exitCode } = await command("env.ts");
      expect(exitCode).toBe(0);
      const shown = execFileSync("/bin/sh", ["-c", `${stdout}\nenv`], { encoding: "utf8", env: {} });
      const values = Object.fromEntries(shown.split("\n").map((line) => line.split(/=(.*)/s).slice(0, 2)));
      const { url } = record();
      expect(values).toMatchObject({
        OCI_LOCAL_URL: url,
        OCI_TENANCY_OCID:
          "ocid1.tenancy.oclocal..aaaaaaaalocaltenancyoftheemulator000000000000000000000000000",
        OCI_REGION: "local-laptop-1",
        PULUMI_IGNORE_AMBIENT_PLUGINS: "false",
        PULUMI_HOME: join(folder, "local/pulumi/home"),
      });
      expect(values.CLIENT_HOST_OVERRIDES).toContain(`oci_apigateway.DeploymentClient=${url};`);
      expect(values.OCI_FINGERPRINT).toMatch(/^([0-9a-f]{2}:){15}[0-9a-f]{2}$/);
      expect(statSync(values.OCI_PRIVATE_KEY_PATH ?? "").mode & 0o777).toBe(0o600);
      expect(shown).not.toContain("TF_VAR_");
      expect((await command("env.ts")).stdout).toBe(stdout);
    },
    limitInMs,
  );

  it.each([
    [["preview", "--stack", "nowhere", "--cwd", "/no-such-folder"], "/no-such-folder/Pulumi.yaml is missing"],
    [["up", "--stack="], "--stack needs a value, for example --stack local"],
    [["up", "--config-file", "x"], "--config-file: the command sets this itself"],
    [["fly"], '"fly" isn\'t one of preview, up, refresh, destroy'],
  ])("throw for %j", async (args, text) => {
    const { stderr, exitCode } = await command("pulumi.ts", ...args);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(text);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it(
    "refuse a stack of another tenancy unless they are told to stand in for it",
    async () => {
      const tenancy = "ocid1.tenancy.oc1..aaaaaaaanottheemulatorstenancy";
      writeFileSync(
        join(cwd, "Pulumi.real.yaml"),
        `config:\n  oci:region: eu-frankfurt-1\n  oci:tenancyOcid: ${tenancy}\n`,
      );
      const refused = await command("pulumi.ts", "up", "--stack", "real", "--cwd", cwd);
      expect(refused.exitCode).toBe(1);
      expect(refused.stderr).toContain(
        `The stack real is of tenancy ${tenancy}, the local OCI is ocid1.tenancy.oclocal..`,
      );
      expect(refused.stderr).toContain("add --adopt");
      const adopted = await command("pulumi.ts", "preview", "--stack", "real", "--cwd", cwd, "--adopt");
      expect(adopted.exitCode, `${adopted.stdout}${adopted.stderr}`).toBe(0);
    },
    limitInMs,
  );
});
