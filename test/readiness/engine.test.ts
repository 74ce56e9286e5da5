import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { waitingText } from "../../components/model/readiness.ts";
import { run } from "../../tools/engine/command.ts";
import { availableEngine, type EngineStack, startEngine } from "../engine/harness.ts";

const engine = await availableEngine();

describe.skipIf(engine === undefined)(
  "under the real engine",
  () => {
    let stack: EngineStack;
    beforeEach(async () => {
      stack = await startEngine();
    });
    afterEach(() => stack.close());

    it("a deployment is tried again until group and policy have effect", async () => {
      await stack.call("PUT", "/_emulator/switches", { iamPropagationDelayInMs: 4000 });
      const up = await stack.up();
      expect(up, up.output).toMatchObject({ exitCode: 0 });
      expect(up.output).toContain(waitingText("api-deployment", 600));
      const { endpoint } = await stack.outputs();
      expect((await fetch(`${endpoint}/hello`)).status).toBe(200);
      const environment = { ...process.env, OCI_SERVERLESS_API_LOCAL: stack.folder };
      const ready = await run(process.execPath, ["tools/ready.ts", "--local"], { environment });
      expect(ready.stdout).toContain(`ready: GET ${endpoint}/hello answers 200 after `);
      expect(ready.exitCode, ready.stderr).toBe(0);
      const unknown = await run(process.execPath, ["tools/ready.ts", "--local", "-s", "nope"], {
        environment,
      });
      expect(unknown.stderr).toBe(
        "pulumi stack output --json --stack nope --non-interactive failed:\nerror: no stack named 'nope' found\n",
      );
      expect(unknown.exitCode).toBe(2);
    });

    it("a preview says that a gateway's replacement changes the host name, and that / must go first", async () => {
      const root = { "oci-serverless-api:pathPrefix": "/" };
      await stack.configure(root);
      const up = await stack.up();
      expect(up, up.output).toMatchObject({ exitCode: 0 });
      expect(up.output).not.toContain("host name");
      const { gatewayHostname } = await stack.outputs();

      await stack.configure({ ...root, "oci-serverless-api:gateway": { endpointType: "PRIVATE" } });
      const gateway = await stack.preview();
      expect(gateway, gateway.output).toMatchObject({ exitCode: 0 });
      expect(gateway.output).toContain(`its public host name ${gatewayHostname} ends with it`);

      await stack.configure({});
      const prefix = await stack.preview();
      expect(prefix.output).toContain(`deployment "api-deployment" can't be made under "/v1" while`);
      const [, urn = ""] =
        /pulumi destroy --target '([^']+)' --target-dependents -s local/.exec(prefix.output) ?? [];
      const removed = await stack.destroy("--target", urn, "--target-dependents");
      expect(removed, removed.output).toMatchObject({ exitCode: 0 });
      const again = await stack.up();
      expect(again, again.output).toMatchObject({ exitCode: 0 });
      const { endpoint } = await stack.outputs();
      expect(endpoint).toBe(`http://${gatewayHostname}/v1`);
      expect((await fetch(`${endpoint}/hello`)).status).toBe(200);
    });

    it("another prefix and another gateway take over, and the old ones go", async () => {
      const up = await stack.up();
      expect(up, up.output).toMatchObject({ exitCode: 0 });
      const first = await stack.outputs();
      await stack.configure({ "oci-serverless-api:pathPrefix": "/v2" });
      const written = (await stack.writes()).length;
      const prefix = await stack.up();
      expect(prefix, prefix.output).toMatchObject({ exitCode: 0 });
      const writes = (await stack.writes())
        .slice(written)
        .map((line) => line.replace(/ocid1[\w.-]+/g, "{id}"));
      // The deployment's two logs belong to one deployment, and follow it.
      const isOfLogs = (line: string) => line.includes("/logs");
      expect(writes.filter((line) => !isOfLogs(line))).toEqual([
        "POST /20190501/deployments",
        "DELETE /20190501/deployments/{id}",
      ]);
      expect(writes.filter(isOfLogs).sort()).toEqual([
        "DELETE /20200531/logGroups/{id}/logs/{id}",
        "DELETE /20200531/logGroups/{id}/logs/{id}",
        "POST /20200531/logGroups/{id}/logs",
        "POST /20200531/logGroups/{id}/logs",
      ]);
      const second = await stack.outputs();
      expect(second.gatewayId).toBe(first.gatewayId);
      expect((await fetch(`${first.endpoint}/hello`)).status).toBe(404);
      expect((await fetch(`${second.endpoint}/hello`)).status).toBe(200);

      await stack.configure({ "oci-serverless-api:gateway": { endpointType: "PRIVATE" } });
      const gateway = await stack.up();
      expect(gateway, gateway.output).toMatchObject({ exitCode: 0 });
      const third = await stack.outputs();
      expect(third.gatewayHostname).not.toBe(first.gatewayHostname);
      expect((await fetch(`${third.endpoint}/hello`)).status).toBe(200);
      const { body } = await stack.call("GET", `/20190501/gateways/${first.gatewayId}`);
      expect(body).toMatchObject({ lifecycleState: "DELETED" });
      const preview = await stack.preview("--expect-no-changes");
      expect(preview, preview.output).toMatchObject({ exitCode: 0 });
    });

    it("another shape replaces the application while requests come, and none is lost", async () => {
      const up = await stack.up();
      expect(up, up.output).toMatchObject({ exitCode: 0 });
      const { endpoint, applicationId } = await stack.outputs();
      const statuses = new Set<number>();
      let isOver = false;
      const load = Array.from({ length: 3 }, async () => {
        while (!isOver) statuses.add((await fetch(`${endpoint}/hello`)).status);
      });
      await stack.configure({ "oci-serverless-api:application": { shape: "GENERIC_ARM" } });
      const second = await stack.up();
      isOver = true;
      await Promise.all(load);
      expect(second, second.output).toMatchObject({ exitCode: 0 });
      expect([...statuses]).toEqual([200]);
      expect((await stack.outputs()).applicationId).not.toBe(applicationId);
      const destroyed = await stack.destroy();
      expect(destroyed, destroyed.output).toMatchObject({ exitCode: 0 });
    });
  },
  120_000,
);
