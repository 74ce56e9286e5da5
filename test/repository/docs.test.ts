import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checksPage, ruleIdsInTitles } from "../../tools/docs/checks.ts";
import { coveragePage } from "../../tools/docs/coverage.ts";
import { table } from "../../tools/docs/page.ts";
import { pages } from "../../tools/docs/pages.ts";
import { settingsPage } from "../../tools/docs/settings.ts";
import { root } from "../../tools/docs/tree.ts";
import { assumptionsIn, unverifiedPage } from "../../tools/docs/unverified.ts";

const rule = { checks: "Checks a.", source: "A", level: "error" } as const;

describe("the generated pages", () => {
  it.each(pages())(
    "$file is up to date (else: npm run docs) and has no blank",
    ({ file, text, problems }) => {
      expect(problems).toEqual([]);
      expect(readFileSync(join(root, file), "utf8")).toBe(text);
    },
  );
});

describe("checksPage", () => {
  it("reports a rule without a test and one without a source", () => {
    expect(checksPage({ a: rule, b: { ...rule, source: " " } }, []).problems).toEqual([
      "rule a has no test: put [a] into a test's title",
      "rule b has no test: put [b] into a test's title",
      "rule b has no source",
    ]);
  });

  it("names the tests of a rule", () => {
    const tests = [{ path: "test/model/a.test.ts", text: 'it("[a] refuses b", () => {});' }];
    const page = checksPage({ a: { ...rule, isUnverified: true } }, tests);
    expect(page.problems).toEqual([]);
    expect(page.text).toContain(
      "| `a` | Checks a. | error | A (unverified) | [model/a.test.ts](../test/model/a.test.ts) |",
    );
  });
});

describe("ruleIdsInTitles", () => {
  it("reads titles of plain and of table-driven tests, not the texts that errors end with", () => {
    const text = `
      it("[one] refuses", () => expect(text).toBe("  ✖ a: b [no]"));
      it.each([["x", "y [no]"]])("[two] %s", () => {});
      describe('[three] [four] group', () => {});
      it.each([
        1,
      ])(
        "[five] %s",
        () => {},
      );
    `;
    expect(ruleIdsInTitles(text)).toEqual(["five", "four", "one", "three", "two"]);
  });
});

describe("assumptionsIn", () => {
  it("reads line comments, on a line of their own or behind code", () => {
    const mark = "// unverified:";
    const text = `${mark} a\n  ${mark} b\nconst c = 1; ${mark} c\nconst d = "\`${mark} d\`";\n`;
    expect(assumptionsIn(text)).toEqual(["a", "b", "c"]);
  });

  it("counts on the page", () => {
    const page = unverifiedPage([{ path: "emulator/a.ts", text: "// unverified: a\n" }], { a: rule });
    expect(page.text).toContain("## Assumptions (1)");
    expect(page.text).toContain("| a | [emulator/a.ts](../emulator/a.ts) |");
    expect(page.text).toContain("## Rules (0)");
  });
});

describe("settingsPage", () => {
  it("reports a key without a description or a default", () => {
    expect(settingsPage({ a: { description: "A" }, b: { default: "" } }).problems).toEqual([
      "a needs a description and a default in Pulumi.yaml",
      "b needs a description and a default in Pulumi.yaml",
    ]);
  });
});

describe("coveragePage", () => {
  it("counts the states and names the tests that name an operation", () => {
    const operation = {
      service: "core",
      operation: "CreateVcn",
      method: "POST",
      path: "/20160918/vcns",
      state: "modelled",
      note: "",
    };
    const tests = [{ path: "test/emulator/services/network.test.ts", text: "CreateVcn" }];
    const { text } = coveragePage([operation], tests);
    expect(text).toContain("1 operations: 1 modelled, 0 approximated, 0 refused.");
    expect(text).toContain(
      "| core | CreateVcn | `POST /20160918/vcns` | modelled | [emulator/services/network.test.ts]",
    );
  });
});

describe("coveragePage, of the wire's tests", () => {
  const operation = {
    service: "core",
    operation: "GetVcn",
    method: "GET",
    path: "/20160918/vcns/:id",
    state: "modelled",
    note: "",
  };
  const cell = (covered: typeof operation, sdk: string, replayed: string[]) => {
    const page = coveragePage([covered], [], { sdk, replayed });
    return page.text.trimEnd().split("\n").at(-1)?.split(" | ").at(-1);
  };
  const sdk = "[SDK](../test/wire/sdk.test.ts)";
  const replay = "[replay](../test/wire/replay.test.ts)";

  it.each([
    ['path: "/20160918/vcns",', [], `${sdk} |`],
    ['path: "/20160918/vcn",', [], " |"],
    ["", ["GET /20160918/vcns/ocid1.vcn.oc1..a"], `${replay} |`],
    ["", ["GET /20160918/vcns", "PUT /20160918/vcns/x", "GET /20160918/vcns/x/y"], " |"],
    ['"/20160918/vcns": ', ["GET /20160918/vcns/x"], `${sdk}, ${replay} |`],
  ])("%s and %j", (source, replayed, shown) => {
    expect(cell(operation, source, replayed)).toBe(shown);
  });

  it("a refused group is replayed by any request below its path, and never driven", () => {
    const refused = { ...operation, method: "ANY", path: "/20190501/apis", state: "refused" };
    expect(cell(refused, '"/20190501/apis"', ["DELETE /20190501/apis/x"])).toBe(`${replay} |`);
    expect(cell(refused, '"/20190501/apis"', ["DELETE /20190501/apisx"])).toBe(" |");
  });
});

describe("coveragePage, of tests that call an operation by method and path", () => {
  const operation = {
    service: "core",
    operation: "GetVcn",
    method: "GET",
    path: "/20160918/vcns/:id",
    state: "modelled",
    note: "",
  };
  it("takes a test's own helper for what it is: a POST", () => {
    const post = { ...operation, operation: "CreateVcn", method: "POST", path: "/20160918/vcns" };
    const tests = [{ path: "test/a.test.ts", text: 'create(bench, "/20160918/vcns", {})' }];
    expect(coveragePage([post], tests).text).toContain("[a.test.ts](../test/a.test.ts)");
  });

  const rowFor = (text: string) => {
    const page = coveragePage([operation], [{ path: "test/a.test.ts", text }]);
    return page.text.includes("[a.test.ts](../test/a.test.ts)");
  };

  it.each([
    ['call("GET", `/20160918/vcns/${vcn.id}`)', true],
    ['call("GET", "/20160918/vcns/x?limit=1")', true],
    ['call("DELETE", "/20160918/vcns/x")', false],
    ['call("GET", "/20160918/vcns")', false],
    ['call("GET", "/20160918/vcns/x/actions/y")', false],
  ])("%s: %s", (text, isNamed) => {
    expect(rowFor(text)).toBe(isNamed);
  });
});

describe("table", () => {
  it("keeps bars and line ends out of its cells", () => {
    expect(table(["a"], [["b|c\n d"]])).toBe("| a |\n| --- |\n| b\\|c d |");
  });
});
