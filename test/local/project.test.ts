import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readProject } from "../../local/project.ts";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "project-test-"));
  await write("index.ts", "");
});
afterEach(() => rm(directory, { recursive: true }));

const write = (name: string, text: string) => writeFile(join(directory, name), text);

test("reads keys as the CLI does: prefix, defaults, objects as JSON", async () => {
  const project = [
    "name: shop",
    "main: index.ts",
    "config:",
    "  size: 3",
    "  list: {description: d, default: [1, a]}",
    "  missing: {description: d}",
    "  token: {secret: true, default: ''}",
    "  oci:region: {value: us-ashburn-1}",
  ];
  await write("Pulumi.yaml", project.join("\n"));
  await write(
    "Pulumi.dev.yaml",
    "config:\n  shop:size: 5\n  flag: true\n  object: {a: {b: [x]}}\n  oci:tenancyOcid: t\n",
  );
  expect(await readProject(directory, "dev")).toEqual({
    name: "shop",
    stack: "dev",
    directory,
    main: join(directory, "index.ts"),
    config: {
      "shop:size": "5",
      "shop:list": '[1,"a"]',
      "shop:token": "",
      "oci:region": "us-ashburn-1",
      "shop:flag": "true",
      "shop:object": '{"a":{"b":["x"]}}',
      "oci:tenancyOcid": "t",
    },
    secretKeys: ["shop:token"],
    omittedSecrets: [],
  });
  expect((await readdir(directory)).sort()).toEqual(["Pulumi.dev.yaml", "Pulumi.yaml", "index.ts"]);
});

test("finds the program without main", async () => {
  await write("Pulumi.yaml", "name: shop");
  await write("Pulumi.dev.yaml", "");
  expect((await readProject(directory, "dev")).main).toBe(join(directory, "index.ts"));
});

test("throws when files are missing or malformed", async () => {
  const read = () => readProject(directory, "dev");
  await expect(read()).rejects.toThrow(
    `${join(directory, "Pulumi.yaml")} is missing: start in the project's folder, or name it with --cwd FOLDER`,
  );
  await write("Pulumi.yaml", "description: d");
  await expect(read()).rejects.toThrow(`${join(directory, "Pulumi.yaml")}: name is missing`);
  await write("Pulumi.yaml", "- a");
  await expect(read()).rejects.toThrow(`${join(directory, "Pulumi.yaml")} must hold keys and values`);
  await write("Pulumi.yaml", "name: [");
  await expect(read()).rejects.toThrow(/Pulumi\.yaml: .* at line 1/);
  await write("Pulumi.yaml", "name: shop\nmain: none.ts");
  await expect(read()).rejects.toThrow(
    `no stack "dev" (no file Pulumi.dev.yaml in ${directory}); there is none. Choose one with --stack`,
  );
  for (const config of ["3", "[a]", "text"]) {
    await write("Pulumi.dev.yaml", `config: ${config}`);
    await expect(read()).rejects.toThrow(
      "Pulumi.dev.yaml: config must hold keys and values, for example\nconfig:\n  oci:region: eu-frankfurt-1",
    );
  }
  await write("Pulumi.dev.yaml", "environment: [e]");
  await expect(read()).rejects.toThrow(
    "Pulumi.dev.yaml: environment (Pulumi ESC) isn't supported by the local run; write its values under config",
  );
  await write("Pulumi.dev.yaml", "config: {}");
  await expect(read()).rejects.toThrow(
    `Pulumi.yaml: main is none.ts, but ${join(directory, "none.ts")} doesn't exist`,
  );
});

test("throws naming every encrypted value, except declared secrets with a default", async () => {
  await write("Pulumi.yaml", "name: shop\nconfig:\n  token: {secret: true, default: ''}");
  await write(
    "Pulumi.dev.yaml",
    "config:\n  a: {secure: x}\n  b: {c: [{secure: y}]}\n  shop:token: {secure: z}\n",
  );
  await expect(readProject(directory, "dev")).rejects.toThrow(
    [
      "Pulumi.dev.yaml holds encrypted values, which only the Pulumi CLI can read:",
      "  ✖ a",
      "  ✖ b",
      "Copy the file to Pulumi.<name>.yaml, write made-up plain values for these keys, and start with --stack <name>.",
    ].join("\n"),
  );
  await write("Pulumi.dev.yaml", "config:\n  shop:token: {secure: z}\n");
  const { config, omittedSecrets } = await readProject(directory, "dev");
  expect([config, omittedSecrets]).toEqual([{ "shop:token": "encrypted" }, ["shop:token"]]);
});
