import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { figuresTable, withFigures } from "../../bench/figures.ts";
import { descendants, parseProcesses, processTree, residentMegabytes } from "../../bench/processes.ts";

describe("figures", () => {
  it("are shown as median, lowest and highest", () => {
    const figures = [
      { name: "a", unit: "ms", values: [30.4, 10, 20], goal: 25 },
      { name: "b", unit: "MB", values: [1] },
    ] as const;
    expect(figuresTable(figures).split("\n").slice(2)).toEqual([
      "| a | 20 ms | 10 ms | 30 ms | 25 ms |",
      "| b | 1 MB | 1 MB | 1 MB |  |",
    ]);
  });

  it("replace those of their section only", () => {
    const text = "x\n<!-- figures: start -->\nold\n<!-- end of figures: start -->\ny";
    expect(withFigures(text, "start", "new")).toBe(
      "x\n<!-- figures: start -->\n\nnew\n\n<!-- end of figures: start -->\ny",
    );
  });

  it("throws when the section has no markers", () => {
    expect(() => withFigures("", "start", "new")).toThrow(
      "docs/benchmarks.md needs the lines <!-- figures: start --> and <!-- end of figures: start -->",
    );
  });

  it.each(["start", "policy"])("of %s have their place on the page", (section) => {
    const page = readFileSync(new URL("../../docs/benchmarks.md", import.meta.url), "utf8");
    expect(withFigures(page, section, "new")).toContain("\n\nnew\n\n");
  });
});

describe("processes", () => {
  const all = parseProcesses("  1 0 100\n 10 1 2048\n 11 10 1024\n 12 11 1024\n 20 1 512\n");

  it("are found with all that they started", () => {
    expect(descendants(10, all).map(({ pid }) => pid)).toEqual([10, 11, 12]);
    expect(residentMegabytes(descendants(10, all))).toBe(4);
    expect(descendants(99, all)).toEqual([]);
  });

  it("are read from the machine: this one is among them", () => {
    expect(processTree(process.pid)[0]).toMatchObject({ pid: process.pid, parentPid: process.ppid });
  });
});

describe("a started command", () => {
  it("ends with the process that measures it", async () => {
    const server = new URL("../../bench/server.ts", import.meta.url).href;
    const program = `import { startServer } from ${JSON.stringify(server)}; console.log(startServer("sleep", ["60"]).pid);`;
    const measuring = spawn(process.execPath, ["--input-type=module", "--eval", program], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [pid] = await once(measuring.stdout, "data");
    measuring.kill("SIGTERM");
    expect(await once(measuring, "close")).toEqual([1, null]);
    expect(() => process.kill(Number(pid), 0)).toThrow("ESRCH");
  });
});
