import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { packPolicies } from "../../tools/policy-pack/bundle.ts";
import { availableEngine, type EngineStack, startEngine } from "../engine/harness.ts";

const engine = await availableEngine();
const limitInMs = 180_000;

const program = `import { Vcn } from "@pulumi/oci/core/vcn.js";
import { Subnet } from "@pulumi/oci/core/subnet.js";
import { Policy } from "@pulumi/oci/identity/policy.js";
import { Config } from "@pulumi/pulumi";

const compartmentId = new Config().require("compartmentId");
const vcn = new Vcn("vcn", { compartmentId, cidrBlocks: ["10.3.0.0/16"] });
new Subnet("subnet", { compartmentId, vcnId: vcn.id, cidrBlock: "10.3.0.0/24" });
const allow = (type) => vcn.id.apply((id) => \`Allow group A to use \${type} in compartment id \${compartmentId} where request.networkSource.name = '\${id}'\`);
new Policy("access", {
  compartmentId, name: "shop-access", description: "Access",
  statements: ["buckets", "objects", "fn-function", "fn-app"].map(allow),
});
`;

const files: Readonly<Record<string, string>> = {
  "package.json": '{ "name": "shop", "type": "module", "main": "index.js" }\n',
  "Pulumi.yaml":
    "name: shop\nmain: index.js\nruntime:\n  name: nodejs\n  options:\n    typescript: false\nconfig:\n  compartmentId:\n    description: Where it lies.\n",
  "Pulumi.local.yaml": [
    "config:",
    "  oci:region: local-laptop-1",
    "  oci:tenancyOcid: ocid1.tenancy.oclocal..aaaaaaaalocaltenancyoftheemulator000000000000000000000000000",
    "  shop:compartmentId: ocid1.compartment.oclocal..aaaaaaaalocalcompartmentapi000000000000000000000000000000000",
    "",
  ].join("\n"),
  "index.js": program,
};

let project: string;
let stack: EngineStack | undefined;
beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), "new-project-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(project, name), text);
  await packPolicies(join(project, "policy"));
  mkdirSync(join(project, "node_modules"));
  // What npm install would put there.
  symlinkSync(resolve("node_modules/@pulumi"), join(project, "node_modules/@pulumi"));
}, limitInMs);
afterAll(async () => {
  await stack?.close();
  rmSync(project, { recursive: true, force: true });
});

it.skipIf(engine === undefined)(
  "a new project's first preview with the packed pack names its hole, and once what it can't judge yet",
  async () => {
    stack = await startEngine({ cwd: project });
    const { exitCode, output } = await stack.preview("--policy-pack", join(project, "policy"));
    expect(exitCode, output).not.toBe(0);
    const said = output.split("\n").map((line) => line.trim());
    expect(said).toContain(
      'subnet "subnet": securityListIds isn\'t set; give the OCIDs of security lists; one without ingress rules lets nothing in',
    );
    const unjudged = said.filter((line) => line.includes("can't be judged yet"));
    expect([...new Set(unjudged)]).toEqual([
      'policy "access" can\'t be judged yet: statements[0], statements[1] and 2 more are known only after pulumi up',
    ]);
  },
  limitInMs,
);
