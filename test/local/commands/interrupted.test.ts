import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isInterrupted, restoreState } from "../../../local/commands/backend.ts";
import { mendInterrupted } from "../../../local/commands/interrupted.ts";
import { openWorkspace, type Workspace } from "../../../local/commands/workspace.ts";
import { type FakeOci, startFakeOci } from "../provider/fake-oci.ts";

const gone = 2147483646;
let folder: string;
let workspace: Workspace;
let oci: FakeOci;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "interrupted-test-"));
  workspace = await openWorkspace(folder);
  mkdirSync(join(workspace.projects, "shop"));
  oci = await startFakeOci();
});
afterEach(async () => {
  await oci.close();
  rmSync(folder, { recursive: true, force: true });
});

function write(path: string, content: unknown): void {
  const file = join(workspace.backend, ".pulumi", path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(content));
}

const place = () => ({ workspace, project: "shop", stack: "local" });
const lock = (pid: number, host = hostname()) =>
  write("locks/organization/shop/local/one.json", { pid, hostname: host });
const pending = (operations: unknown[]) =>
  write("stacks/shop/local.json", { checkpoint: { latest: { pending_operations: operations } } });

test("a stack that nobody made, or whose last run ended, isn't interrupted", () => {
  expect(isInterrupted(place())).toBe(false);
  pending([]);
  expect(isInterrupted(place())).toBe(false);
});

test("a lock counts as left only when its process is gone, on this machine", () => {
  lock(gone);
  expect(isInterrupted(place())).toBe(true);
  lock(process.pid);
  pending([{ type: "creating" }]);
  expect(isInterrupted(place())).toBe(false);
  lock(gone, "another-machine");
  expect(isInterrupted(place())).toBe(false);
});

test("operations that never ended are an interruption", () => {
  pending([{ type: "creating" }]);
  expect(isInterrupted(place())).toBe(true);
});

test("attributes of the state that were cut off are taken away, whole ones stay", () => {
  const attributes = join(workspace.backend, ".pulumi/stacks/shop/local.json.attrs");
  pending([]);
  writeFileSync(attributes, "");
  expect(restoreState(place())).toBe(false);
  lock(process.pid);
  expect(restoreState(place())).toBe(false);
  lock(gone);
  writeFileSync(attributes, '{"user.cache_control":""}');
  expect(restoreState(place())).toBe(false);
  writeFileSync(attributes, "");
  expect(restoreState(place())).toBe(true);
  expect(existsSync(attributes)).toBe(false);
});

const vcn = { compartmentId: "c", displayName: "net", cidrBlocks: ["10.0.0.0/16"] };
const operation = {
  type: "creating",
  resource: {
    urn: "urn:pulumi:local::shop::oci:Core/vcn:Vcn::net",
    custom: true,
    type: "oci:Core/vcn:Vcn",
    inputs: vcn,
  },
};

/** A stand-in for pulumi: exports a state with the operations, and keeps what is imported. */
function standIn(operations: unknown[], resources: unknown[] = []) {
  const path = join(folder, "pulumi");
  const state = JSON.stringify({ version: 3, deployment: { resources, pending_operations: operations } });
  writeFileSync(join(folder, "export.json"), state);
  writeFileSync(
    path,
    `#!/bin/sh
echo "$*" >> ${folder}/commands
case "$1 $2" in
  "stack export") cat ${folder}/export.json ;;
  "stack import") cp "$4" ${folder}/imported.json ;;
esac
`,
    { mode: 0o755 },
  );
  const lines: string[] = [];
  const environment = { PATH: process.env.PATH ?? "" };
  const say = (line: string) => void lines.push(line);
  return { lines, all: { ...place(), engine: { path }, environment, directory: folder, url: oci.url, say } };
}

const read = async (name: string) => readFileSync(join(folder, name), "utf8");
const alike = (id: string, over = {}) => ({
  status: 200,
  body: { ...vcn, id, lifecycleState: "AVAILABLE", ...over },
});

test("what had been created is found by its properties and put into the state", async () => {
  const list = { status: 200, body: [{ id: "other" }, { id: "ours" }] };
  oci.answers["GET /20160918/vcns?compartmentId=c"] = [list];
  oci.answers["GET /20160918/vcns/other"] = [alike("other", { displayName: "another" })];
  oci.answers["GET /20160918/vcns/ours"] = [alike("ours")];
  const component = { type: "creating", resource: { urn: "u::api", type: "shop:index:Api", inputs: {} } };
  const { all, lines } = standIn([component, operation, { ...operation, type: "updating" }]);
  lock(gone);
  await mendInterrupted(all);
  expect(lines).toEqual([
    "The last run was killed. Putting the stack's state right …",
    "  net (oci:Core/vcn:Vcn) had been created: ours",
  ]);
  expect(JSON.parse(await read("imported.json")).deployment).toEqual({
    resources: [{ ...operation.resource, id: "ours", outputs: vcn }],
    pending_operations: [],
  });
  const words = (await read("commands"))
    .trim()
    .split("\n")
    .map((line) => line.split(" ").slice(0, 2).join(" "));
  expect(words).toEqual(["cancel --yes", "stack export", "stack import", "refresh --config-file"]);
});

test("what is in another stack's state isn't taken", async () => {
  write("stacks/other/dev.json", { id: "ours" });
  oci.answers["GET /20160918/vcns?compartmentId=c"] = [{ status: 200, body: [{ id: "ours" }] }];
  oci.answers["GET /20160918/vcns/ours"] = [alike("ours")];
  const { all } = standIn([operation]);
  await mendInterrupted(all);
  expect(JSON.parse(await read("imported.json")).deployment).toEqual({
    resources: [],
    pending_operations: [],
  });
});

test("an id that came in before the end is kept", async () => {
  const resource = { ...operation.resource, id: "known", outputs: { ...vcn, state: "AVAILABLE" } };
  const { all } = standIn([{ type: "creating", resource }]);
  await mendInterrupted(all);
  expect(JSON.parse(await read("imported.json")).deployment.resources).toEqual([resource]);
});

test("a replacement in the making is deleted, for the next run makes it again", async () => {
  oci.answers["GET /20160918/vcns?compartmentId=c"] = [{ status: 200, body: [{ id: "new" }] }];
  oci.answers["GET /20160918/vcns/new"] = [alike("new")];
  oci.answers["DELETE /20160918/vcns/new"] = [{ status: 204, body: undefined }];
  const old = { ...operation.resource, id: "old" };
  const { all, lines } = standIn([operation], [old]);
  await mendInterrupted(all);
  expect(lines.at(-1)).toBe("  net (oci:Core/vcn:Vcn) was being replaced; its replacement is deleted: new");
  expect(JSON.parse(await read("imported.json")).deployment.resources).toEqual([old]);
});

test("throws when it could be any of two, and writes nothing", async () => {
  oci.answers["GET /20160918/vcns?compartmentId=c"] = [{ status: 200, body: [{ id: "a" }, { id: "b" }] }];
  oci.answers["GET /20160918/vcns/a"] = [alike("a")];
  oci.answers["GET /20160918/vcns/b"] = [alike("b")];
  const { all } = standIn([operation]);
  await expect(mendInterrupted(all)).rejects.toThrow(
    "net was being created when the last run was killed, and it could be any of a, b: delete all but one, then run the command again",
  );
  await expect(read("imported.json")).rejects.toThrow("ENOENT");
});

test("throws with pulumi's own words when it fails", async () => {
  const { all } = standIn([operation]);
  writeFileSync(join(folder, "pulumi"), "#!/bin/sh\necho no backend >&2; exit 1\n", { mode: 0o755 });
  await expect(mendInterrupted(all)).rejects.toThrow(
    "the last run was killed, and pulumi stack export fails: no backend",
  );
});
