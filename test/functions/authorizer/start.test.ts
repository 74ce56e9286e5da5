import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bundleFunction } from "../../../components/bundle.ts";

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "authorizer-"));
  const directory = relative(process.cwd(), folder);
  const bundle = bundleFunction({ source: "functions/authorizer", directory, at: "functions.authorizer" });
  expect(bundle).toMatchObject({ directory });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts the function as Functions does; without keys it never opens its socket. */
function start(keys: string) {
  const env = {
    PATH: process.env.PATH,
    FN_FORMAT: "http-stream",
    FN_LISTENER: `unix:${join(folder, "lsnr.sock")}`,
    APP_KEYS: keys,
  };
  const node = join("node_modules", ".bin", "node");
  return spawnSync(node, [join(folder, "func.js")], { env, encoding: "utf8" });
}

it("doesn't start without keys, and its log says all that is wrong, without a value", () => {
  const config = JSON.stringify({ keys: [{ id: "erp", secret: "hush", scopes: [] }] });
  const { status, stdout, stderr } = start(config);
  expect([status, stdout]).toEqual([1, ""]);
  expect(stderr).toBe(`The authorizer has no keys:
  APP_KEYS.keys[0].secret must be 32 to 256 printable ASCII characters without blanks: openssl rand -hex 32
  APP_KEYS.keys[0].scopes must have at least one scope, for example ["orders.read"]
`);
});

it("doesn't show what isn't JSON", () => {
  const { status, stderr } = start('{"secret": "hush');
  expect(status).toBe(1);
  expect(stderr).toContain("\n  APP_KEYS is not JSON; ");
  expect(stderr).not.toContain("hush");
});
