import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readProgram } from "../../../local/commands/program.ts";
import { ProjectError } from "../../../local/project.ts";

const own = { region: "local-laptop-1", tenancyId: "ocid1.tenancy.oclocal..a" };
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "program-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it("gives a program without a file for the stack the local OCI's region and tenancy", async () => {
  await writeFile(join(folder, "Pulumi.yaml"), "name: shop\n");
  const config = { "oci:region": "local-laptop-1", "oci:tenancyOcid": "ocid1.tenancy.oclocal..a" };
  expect(await readProgram(folder, "local", own)).toEqual({
    directory: folder,
    project: "shop",
    stack: "local",
    settings: { config },
    config,
    omittedSecrets: [],
  });
});

it.each([
  ["name: [", /Pulumi\.yaml: /],
  ["- a", /Pulumi\.yaml must hold keys and values$/],
  ["description: d", /Pulumi\.yaml: name is missing$/],
])("throws for a project file that is %j, with the file's name", async (text, message) => {
  await writeFile(join(folder, "Pulumi.yaml"), text);
  const failure = await readProgram(folder, "local", own).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ProjectError);
  expect((failure as Error).message).toMatch(message);
});
