import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { engineEnvironment, openWorkspace } from "../../../local/commands/workspace.ts";

const folders: string[] = [];

afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
});

async function workspaceIn() {
  const folder = await mkdtemp(join(tmpdir(), "workspace-"));
  folders.push(folder);
  return openWorkspace(folder);
}

const url = "http://127.0.0.1:4910";

test("the state is written after each step, once, without attributes beside it", async () => {
  const workspace = await workspaceIn();
  const environment = engineEnvironment(workspace, url, { PULUMI_SKIP_CHECKPOINTS: "true" });
  expect(environment).toMatchObject({
    PULUMI_BACKEND_URL: `file://${workspace.backend}?metadata=skip`,
    PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
    OCI_LOCAL_URL: url,
  });
  expect(environment).not.toHaveProperty("PULUMI_SKIP_CHECKPOINTS");
});

test("without checkpoints it is written at the end", async () => {
  const workspace = await workspaceIn();
  const environment = engineEnvironment(workspace, url, {}, { isWithoutCheckpoints: true });
  expect(environment.PULUMI_SKIP_CHECKPOINTS).toBe("true");
});
