import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Condition,
  IamSyntaxError,
  parseMatchingRule,
  parseStatement,
  printCondition,
  printStatement,
  type Statement,
  type Value,
} from "../../../emulator/iam/index.ts";

describe("what is printed reads as the same", () => {
  const name = fc.stringMatching(/^[\p{L}\p{N}_.@+ -]{1,12}$/u);
  const id = fc.stringMatching(/^ocid1\.[a-z]{3,8}\.oc1\.\.[a-z0-9]{3,9}$/);
  const reference = fc.oneof(fc.record({ id }), fc.record({ name }), fc.record({ domain: name, name }));
  const value: fc.Arbitrary<Value> = fc.oneof(
    fc.record({
      kind: fc.constant("text" as const),
      text: fc.string().filter((text) => !text.includes("'")),
    }),
    fc.record({ kind: fc.constant("pattern" as const), text: fc.stringMatching(/^\*?[a-z0-9.-]{0,6}\*?$/) }),
  );
  const textValue = value.filter(({ kind }) => kind === "text");
  const conditionOf = (variable: fc.Arbitrary<string>, isRule: boolean) =>
    fc.letrec<{ condition: Condition }>((tie) => ({
      condition: fc.oneof(
        { maxDepth: 3 },
        fc.record({
          kind: fc.constant("equals" as const),
          variable,
          isNegated: fc.boolean(),
          value: isRule ? textValue : value,
        }),
        ...(isRule
          ? []
          : [
              fc.record({
                kind: fc.constant("in" as const),
                variable,
                isNegated: fc.boolean(),
                values: fc.array(value, { minLength: 1, maxLength: 3 }),
              }),
            ]),
        fc.record({
          kind: fc.constantFrom("any" as const, "all" as const),
          conditions: fc.array(tie("condition"), { minLength: 1, maxLength: 3 }),
        }),
      ),
    })).condition;
  const condition = conditionOf(
    fc.stringMatching(/^target\.[a-z]{1,6}(\.[a-z]{1,4})?$/).filter((v) => !/\.tag\./.test(v)),
    false,
  );
  const statement: fc.Arbitrary<Statement> = fc.record(
    {
      subject: fc.oneof(
        fc.record({ kind: fc.constantFrom("any-user" as const, "any-group" as const) }),
        fc.record({
          kind: fc.constantFrom("group" as const, "dynamic-group" as const),
          references: fc.array(reference, { minLength: 1, maxLength: 3 }),
        }),
        fc.record({
          kind: fc.constant("service" as const),
          names: fc.array(name, { minLength: 1, maxLength: 3 }),
        }),
      ),
      access: fc.oneof(
        fc.record({
          kind: fc.constant("verb" as const),
          verb: fc.constantFrom("inspect" as const, "read" as const, "use" as const, "manage" as const),
          resourceType: fc.constantFrom(
            "functions-family",
            "fn-invocation",
            "all-resources",
            "virtual-network-family",
          ),
        }),
        fc.record({
          kind: fc.constant("permissions" as const),
          permissions: fc.array(fc.stringMatching(/^[A-Z][A-Z_]{0,8}$/), { minLength: 1, maxLength: 3 }),
        }),
      ),
      location: fc.oneof(
        fc.record({ kind: fc.constant("tenancy" as const) }),
        fc.record({ kind: fc.constant("compartment-id" as const), id }),
        fc.record({
          kind: fc.constant("compartment" as const),
          path: fc.array(name, { minLength: 1, maxLength: 4 }),
        }),
      ),
      condition,
    },
    { requiredKeys: ["subject", "access", "location"] },
  );

  test("for statements", () => {
    fc.assert(
      fc.property(statement, (given) => {
        expect(parseStatement(printStatement(given))).toEqual(given);
      }),
    );
  });

  test("for matching rules", () => {
    const rule = conditionOf(fc.constantFrom("resource.id", "resource.type", "instance.id"), true);
    fc.assert(
      fc.property(rule, (given) => {
        expect(parseMatchingRule(printCondition(given))).toEqual(given);
      }),
    );
  });

  test("and any other text is read or refused with a position", () => {
    const words = fc.constantFrom(
      "Allow",
      "any-user",
      "group",
      "to",
      "use",
      "in",
      "tenancy",
      "where",
      "all",
      "{",
      "}",
      "'",
      "/",
      "=",
      ",",
      "x",
    );
    fc.assert(
      fc.property(fc.array(words), (texts) => {
        const text = texts.join(" ");
        try {
          parseStatement(text);
        } catch (error) {
          expect(error).toBeInstanceOf(IamSyntaxError);
          expect((error as IamSyntaxError).position).toBeLessThanOrEqual(text.length + 1);
        }
      }),
    );
  });
});
