import { afterEach, expect, test } from "vitest";
import { type Emulator, localTenancy, startEmulator } from "../../emulator/index.ts";
import { startProgramProcess } from "../../local/program/program-process.ts";
import { readProject } from "../../local/project.ts";
import { repository } from "./starting.ts";

let emulator: Emulator | undefined;
afterEach(() => emulator?.close());

async function preview(changes: Record<string, string>) {
  emulator = await startEmulator({ tenancy: localTenancy });
  const project = await readProject(repository, "local");
  const { name, directory, main, secretKeys } = project;
  const config = { ...project.config, "oci:tenancyOcid": localTenancy.id, ...changes };
  const request = {
    isPreview: true,
    project: name,
    stack: "local",
    directory,
    main,
    config,
    secretKeys,
    state: [],
  };
  const program = startProgramProcess();
  const result = await program.evaluate(
    { ...request, url: emulator.url },
    { onEvent: () => {}, onOutput: () => {} },
  );
  const writes: unknown = await (await fetch(`${emulator.url}/_emulator/writes`)).json();
  return { problems: result.problems, writes };
}

test("a preview writes nothing", async () => {
  expect(await preview({})).toEqual({ problems: [], writes: [] });
}, 30_000);

test("wrong settings: all problems in one error, nothing written", async () => {
  const { problems, writes } = await preview({
    "oci-serverless-api:pathPrefix": "v1/",
    "oci-serverless-api:compartmentId": "nonsense",
  });
  expect(writes).toEqual([]);
  expect(problems).toHaveLength(1);
  expect(problems[0]?.message).toContain("pathPrefix");
  expect(problems[0]?.message).toContain("compartmentId");
  expect(problems[0]?.message).not.toContain("    at ");
}, 30_000);
