import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { installPlugins } from "../../../local/commands/plugins.ts";

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "plugins-test-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const files = () => readdirSync(join(home, "plugins"), { recursive: true }).map(String).sort();
const content = (file: string) => readFileSync(join(home, "plugins", file), "utf8");
const host = "language-nodejs-v999.0.0/pulumi-language-nodejs";

test("each plugin is an executable that starts this repository's", async () => {
  await installPlugins({ languageHost: undefined }, { home });
  expect(files().filter((file) => file.includes("/"))).toEqual([
    "resource-docker-build-v0.0.22/pulumi-resource-docker-build",
    "resource-docker-build-v999.0.0/pulumi-resource-docker-build",
    "resource-oci-v4.20.0/pulumi-resource-oci",
    "resource-oci-v999.0.0/pulumi-resource-oci",
  ]);
  const file = "resource-oci-v4.20.0/pulumi-resource-oci";
  expect(content(file)).toBe(`#!/bin/sh\nexec '${resolve("local/plugin/bin/pulumi-resource-oci")}' "$@"\n`);
  expect(statSync(join(home, "plugins", file)).mode & 0o777).toBe(0o755);
});

test("what points elsewhere is written anew, what is right isn't touched", async () => {
  await installPlugins({ languageHost: "/one" }, { home });
  const plugin = join(home, "plugins/resource-oci-v4.20.0/pulumi-resource-oci");
  const { ino } = statSync(plugin);
  writeFileSync(
    join(home, "plugins/resource-oci-v999.0.0/pulumi-resource-oci"),
    "#!/bin/sh\nexec '/moved'\n",
  );
  await installPlugins({ languageHost: "/two" }, { home });
  expect(statSync(plugin).ino).toBe(ino);
  expect(content("resource-oci-v999.0.0/pulumi-resource-oci")).toBe(readFileSync(plugin, "utf8"));
  expect(content(host)).toBe("#!/bin/sh\nexec '/two' \"$@\"\n");
});

test("the language host goes when the CLI has its own", async () => {
  await installPlugins({ languageHost: "/one" }, { home });
  await installPlugins({ languageHost: undefined }, { home });
  expect(files()).not.toContain(host);
});

test("arguments and every character of a path pass", async () => {
  const languageHost = join(home, "it's $HOME");
  writeFileSync(languageHost, '#!/bin/sh\nprintf "%s|" "$@"\n');
  chmodSync(languageHost, 0o755);
  await installPlugins({ languageHost }, { home });
  expect(execFileSync(join(home, "plugins", host), ["a b", "c"], { encoding: "utf8" })).toBe("a b|c|");
});
