import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";

it("the pack's folder refuses a Node that can't strip types, with the cure", () => {
  const program = `
    const versions = { ...process.versions, node: "20.19.0" };
    Object.defineProperty(process, "versions", { value: versions });
    import(${JSON.stringify(new URL("../../policy/index.js", import.meta.url).href)});`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--eval", program], { encoding: "utf8" });
  expect({ status, stdout, lines: stderr.trimEnd().split("\n") }).toEqual({
    status: 1,
    stdout: "",
    lines: [
      "This project runs its TypeScript by Node's own type stripping and needs Node >= 22.18.",
      `This is Node 20.19.0 (${process.execPath}).`,
      "Cure: run it by npm (npm start, npm test), which takes the Node that npm ci installed into node_modules/.bin;",
      `or put that one first on the PATH:  export PATH="$PWD/node_modules/.bin:$PATH"`,
    ],
  });
});
