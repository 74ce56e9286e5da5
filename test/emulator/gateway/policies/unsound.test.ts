import { describe, expect, test } from "vitest";
import { compileQuestion } from "../../../../emulator/gateway/policies/authentication/arguments.ts";
import { compileRefusal } from "../../../../emulator/gateway/policies/authentication/failure.ts";
import type { PolicyContext } from "../../../../emulator/gateway/policies/policy.ts";
import { compileSelection } from "../../../../emulator/gateway/policies/selection.ts";
import { compileValue } from "../../../../emulator/gateway/policies/values.ts";

// The schema has looked at all of it: who compiles without it learns which setting is wrong.
describe("a setting that no schema has seen isn't compiled", () => {
  const unknown = "has an unknown context variable who; use";

  test("an authorizer's parameter", () => {
    const authentication = {
      type: "CUSTOM_AUTHENTICATION" as const,
      functionId: "f",
      parameters: { key: "who" },
    };
    expect(() => compileQuestion(authentication)).toThrow(
      `parameters.key ${unknown} request.query[name], request.headers[name], request.host or request.body`,
    );
  });

  test("a failure policy's response code", () => {
    const context = { route: {} } as PolicyContext;
    expect(() => compileRefusal({ type: "MODIFY_RESPONSE", responseCode: "who" }, context)).toThrow(
      `responseCode ${unknown} request.path[name], request.query[name], request.headers[name], request.auth[name], request.host or request.subdomain[name]`,
    );
  });

  test("a selector", () => {
    expect(() => compileSelection({ type: "SINGLE", selector: "who" }, [])).toThrow(
      `selectionSource.selector ${unknown} request.auth[name], request.headers[name], request.host, request.path[name], request.query[name] or request.subdomain[name]`,
    );
  });

  test("a value", () => {
    expect(() => compileValue("a ${request.host")).toThrow(
      'a value has "${" without "}" in "a ${request.host"',
    );
  });
});
