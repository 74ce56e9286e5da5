import { describe, expect, test } from "vitest";
import {
  type ContextTable,
  parseBareVariable,
  parseTemplate,
} from "../../../../emulator/gateway/specification/context-variables.ts";

const text = (given: string) => ({ kind: "text", text: given });
const later = "which is not carried out by this emulator yet; remove it from the local stack";
const everywhere =
  "use ${request.path[name]}, ${request.query[name]}, ${request.headers[name]}, ${request.auth[name]}, ${request.host} or ${request.subdomain[name]}";

// "Adding Context Variables to Policies and HTTP Back End Definitions"
describe("a text with context variables", () => {
  test.each<[string, unknown]>([
    ["", []],
    ["a", [text("a")]],
    ["$a{b}", [text("$a{b}")]],
    ["${request.path[a]}", [{ kind: "path", key: "a" }]],
    ["${request.query[A b]}", [{ kind: "query", key: "A b" }]],
    ["${request.headers[X-A]}", [{ kind: "headers", key: "x-a" }]],
    ["${request.auth[Sub]}", [{ kind: "auth", key: "Sub" }]],
    ["${request.host}", [{ kind: "host" }]],
    ["${request.subdomain[example.com]}", [{ kind: "subdomain", key: "example.com" }]],
    ["a${request.host}b", [text("a"), { kind: "host" }, text("b")]],
    ["${request.host}${request.path[a]}", [{ kind: "host" }, { kind: "path", key: "a" }]],
    ["${request.host}}", [{ kind: "host" }, text("}")]],
  ])("%s", (given, parts) => {
    expect(parseTemplate(given)).toEqual(parts);
  });

  test.each([
    ["a${request.host", 'has "${" without "}" in "a${request.host"'],
    ["${request.host}${", 'has "${" without "}" in "${request.host}${"'],
    ["${}", `has an unknown context variable \${}; ${everywhere}`],
    ["${request.path}", `has an unknown context variable \${request.path}; ${everywhere}`],
    ["${request.path[]}", `has an unknown context variable \${request.path[]}; ${everywhere}`],
    ["${request.path[a]b}", `has an unknown context variable \${request.path[a]b}; ${everywhere}`],
    ["${a.request.host}", `has an unknown context variable \${a.request.host}; ${everywhere}`],
    ["${request.host[a]}", `has an unknown context variable \${request.host[a]}; ${everywhere}`],
    ["${request.body}", "must not use ${request.body}: it is for authorizer functions' parameters only"],
    ["${request.cert[subject]}", `uses \${request.cert}, ${later}`],
    ["${request.usage_plan[id]}", `uses \${request.usage_plan}, ${later}`],
    ["${request.auth[id_token_claims][sub]}", `uses \${request.auth[id_token_claims][sub]}, ${later}`],
    [
      "${request.auth[access_token_claims][a b]}",
      `uses \${request.auth[access_token_claims][a b]}, ${later}`,
    ],
    ["${request.auth[sub][0]}", `has an unknown context variable \${request.auth[sub][0]}; ${everywhere}`],
  ])("%s: %s", (given, fault) => {
    expect(parseTemplate(given)).toEqual({ faults: [fault] });
  });

  test("all that is wrong with a text", () => {
    const given = "${request.path}${request.host}${request.body}/${request.cert[subject]}${";
    expect(parseTemplate(given)).toEqual({
      faults: [
        `has an unknown context variable \${request.path}; ${everywhere}`,
        "must not use ${request.body}: it is for authorizer functions' parameters only",
        `uses \${request.cert}, ${later}`,
        `has "\${" without "}" in ${JSON.stringify(given)}`,
      ],
    });
  });

  test("only with what may be used there", () => {
    expect(parseTemplate("${request.host}", ["path"])).toEqual({
      faults: ["must not use ${request.host} here; use ${request.path[name]}"],
    });
    expect(parseTemplate("${request.body}", ["body"])).toEqual([{ kind: "body" }]);
  });
});

describe("a context variable that stands alone", () => {
  test.each<[string, ContextTable[], unknown]>([
    ["request.body", ["body"], { kind: "body" }],
    ["request.headers[X-A]", ["headers"], { kind: "headers", key: "x-a" }],
    [
      "${request.host}",
      ["host"],
      { fault: "has an unknown context variable ${request.host}; use request.host" },
    ],
    ["request.path[a]", ["host"], { fault: "must not use request.path here; use request.host" }],
    [
      "request.host",
      ["query", "body"],
      { fault: "must not use request.host here; use request.query[name] or request.body" },
    ],
    [
      "request.body",
      ["query"],
      { fault: "must not use request.body: it is for authorizer functions' parameters only" },
    ],
    ["request.cert[subject]", ["host"], { fault: `uses request.cert, ${later}` }],
  ])("%s where %j may be used", (given, tables, expected) => {
    expect(parseBareVariable(given, tables)).toEqual(expected);
  });
});
