import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { availableEngine, type EngineStack, startEngine } from "./harness.ts";

const engine = await availableEngine();
const limitInMs = 240_000;

describe.skipIf(engine === undefined)("changes of a stack in an existing network", () => {
  let stack: EngineStack;
  let subnets: string[];
  let compartmentId: string;

  async function create(path: string, fields: object): Promise<string> {
    const { status, body } = await stack.call("POST", path, { compartmentId, ...fields });
    expect(status, JSON.stringify(body)).toBe(200);
    return (body as { id: string }).id;
  }

  const network = (functionsSubnetIds: string[]) => ({
    "oci-serverless-api:network": { gatewaySubnetId: subnets[0], functionsSubnetIds },
  });

  beforeAll(async () => {
    stack = await startEngine();
    compartmentId = stack.emulator.tenancy.compartments[0]?.id ?? "";
    const vcnId = await create("/20160918/vcns", { cidrBlocks: ["10.9.0.0/16"] });
    subnets = [];
    for (const block of ["10.9.1.0/24", "10.9.2.0/24", "10.9.3.0/24"]) {
      subnets.push(await create("/20160918/subnets", { vcnId, cidrBlock: block }));
    }
    await stack.configure(network(subnets.slice(1, 2)));
    const up = await stack.up();
    expect(up, up.output).toMatchObject({ exitCode: 0 });
  }, limitInMs);
  afterAll(() => stack.close());

  /** Writes of an update, without the ids in their paths; a second preview is empty. */
  async function writesOfUp(): Promise<string[]> {
    const before = (await stack.writes()).length;
    const up = await stack.up();
    expect(up, up.output).toMatchObject({ exitCode: 0 });
    const writes = (await stack.writes()).slice(before);
    const preview = await stack.preview("--expect-no-changes");
    expect(preview, preview.output).toMatchObject({ exitCode: 0 });
    return writes.map((line) => line.replace(/ocid1[\w.-]+/g, "{id}"));
  }

  async function functionOf(id: string | undefined) {
    const { body } = await stack.call("GET", `/20181201/functions/${id}`);
    return body as { image?: string; imageDigest?: string };
  }

  const hello = async () => (await fetch(`${(await stack.outputs()).endpoint}/hello?name=Ada`)).json();

  it(
    "a function's new source: a new tag and digest, the same function, another answer",
    async () => {
      const before = await stack.outputs();
      const { hello: id } = before.functionIds as Record<string, string>;
      const was = await functionOf(id);
      expect(await hello()).toEqual({ message: "Hello, Ada!" });
      const file = join(stack.directory, "functions/hello/handler.ts");
      writeFileSync(file, readFileSync(file, "utf8").replace("`Hello, $", "`Good day, $"));

      expect(await writesOfUp()).toEqual(["PUT /20181201/functions/{id}"]);
      const now = await stack.outputs();
      expect({ ...now, imageDigests: before.imageDigests }).toEqual(before);
      const is = await functionOf(id);
      expect(is.imageDigest).toBe((now.imageDigests as Record<string, string>).hello);
      expect(is.imageDigest).not.toBe(was.imageDigest);
      expect(is.image).not.toBe(was.image);
      expect(is.image?.split(":")[0]).toBe(was.image?.split(":")[0]);
      expect(await hello()).toEqual({ message: "Good day, Ada!" });
    },
    limitInMs,
  );

  it(
    "other functions' subnets: a new application beside the old one, whose functions take over",
    async () => {
      const before = await stack.outputs();
      await stack.configure(network(subnets.slice(1)));
      const writes = await writesOfUp();
      // A log of invocations belongs to one application, and there is one for each only: it goes and comes beside the rest.
      const isOfLogs = (line: string) => line.includes("/logs");
      expect(writes.filter(isOfLogs)).toEqual([
        "DELETE /20200531/logGroups/{id}/logs/{id}",
        "POST /20200531/logGroups/{id}/logs",
      ]);
      expect(writes.filter((line) => !isOfLogs(line))).toEqual([
        "POST /20181201/applications",
        "POST /20181201/functions",
        "POST /20181201/functions",
        "PUT /20190501/deployments/{id}",
        "DELETE /20181201/functions/{id}",
        "DELETE /20181201/functions/{id}",
        "DELETE /20181201/applications/{id}",
      ]);
      const now = await stack.outputs();
      const { applicationId, functionIds } = before;
      const logIds = { ...(now.logIds as object), invoke: (before.logIds as { invoke: string }).invoke };
      expect({ ...now, applicationId, functionIds, logIds }).toEqual(before);
      expect(now.applicationId).not.toBe(applicationId);
      const { body } = await stack.call("GET", `/20181201/applications/${now.applicationId}`);
      expect(body).toMatchObject({ subnetIds: subnets.slice(1) });
      expect(await hello()).toMatchObject({ message: expect.stringContaining("Ada") });
    },
    limitInMs,
  );

  it(
    "another block of a created network: another VCN with all that lies in it, told at preview; nothing of the old one stays",
    async () => {
      const created = await stack.sibling({ stack: "created" });
      const up = await created.up();
      expect(up, up.output).toMatchObject({ exitCode: 0 });
      const before = await created.outputs();
      const blocks = async () => {
        const { body } = await stack.call("GET", `/20160918/vcns?compartmentId=${compartmentId}`);
        const vcns = body as { cidrBlocks: string[]; lifecycleState: string }[];
        const living = vcns.filter(({ lifecycleState }) => lifecycleState === "AVAILABLE");
        return living.flatMap(({ cidrBlocks }) => cidrBlocks).sort();
      };
      expect(await blocks()).toEqual(["10.0.0.0/16", "10.9.0.0/16"]);

      await created.configure({ "oci-serverless-api:network": { cidrBlock: "10.7.0.0/16" } });
      const writes = await stack.writes();
      const preview = await created.preview();
      expect(preview, preview.output).toMatchObject({ exitCode: 0 });
      expect(preview.output).toContain(
        `If this run replaces that one, its public host name ${before.gatewayHostname} ends with it`,
      );
      expect(await stack.writes()).toEqual(writes);

      const again = await created.up();
      expect(again, again.output).toMatchObject({ exitCode: 0 });
      expect(await blocks()).toEqual(["10.7.0.0/16", "10.9.0.0/16"]);
      const now = await created.outputs();
      expect(now.gatewayId).not.toBe(before.gatewayId);
      const answer = await fetch(`${now.endpoint}/hello?name=Ada`);
      expect([answer.status, await answer.json()]).toMatchObject([200, {}]);
      const second = await created.preview("--expect-no-changes");
      expect(second, second.output).toMatchObject({ exitCode: 0 });
    },
    limitInMs,
  );
});
