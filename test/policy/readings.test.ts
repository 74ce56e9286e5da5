import { expect, it, vi } from "vitest";
import { mixedStack } from "../../bench/policy-stack.ts";
import { isStackRule, type Resource } from "../../policy/rule.ts";
import { functionCallable } from "../../policy/rules/function-callable.ts";
import { rules } from "../../policy/rules.ts";
import { types } from "../../policy/types.ts";
import { Value } from "../../policy/value.ts";
import { startAnalyzer } from "./in-process.ts";

const { asked } = vi.hoisted(() => ({ asked: { statements: 0, conditions: 0 } }));

vi.mock("../../policy/iam/statement.ts", async (original) => {
  const statement = await original<typeof import("../../policy/iam/statement.ts")>();
  const parseStatement: typeof statement.parseStatement = (text) => {
    asked.statements += 1;
    return statement.parseStatement(text);
  };
  return { ...statement, parseStatement };
});
vi.mock("../../policy/iam/fits.ts", async (original) => {
  const fits = await original<typeof import("../../policy/iam/fits.ts")>();
  const conditionFits: typeof fits.conditionFits = (condition, call) => {
    asked.conditions += 1;
    return fits.conditionFits(condition, call);
  };
  return { ...fits, conditionFits };
});

const compartmentId = "ocid1.compartment.oc1..shop";

/** Counts how often properties of resources are read. */
function counting(raw: object, count: { reads: number }): object {
  return new Proxy(raw, {
    get(target, name, receiver) {
      if (typeof name === "string") count.reads += 1;
      const value: unknown = Reflect.get(target, name, receiver);
      return typeof value === "object" && value !== null ? counting(value, count) : value;
    },
  });
}

/** Every function behind every deployment, a statement for each function, and one gateway. */
function crowd(functions: number, deployments: number) {
  const count = { reads: 0 };
  const made = (type: string, name: string, properties: object, uses: Resource["uses"] = {}): Resource => ({
    type,
    name,
    urn: `urn:pulumi:dev::shop::${type}::${name}`,
    properties: new Value(counting({ id: name, ...properties }, count)),
    isProtected: false,
    uses,
  });
  const gateway = made(types.gateway, "gateway", { compartmentId });
  const application = made(types.application, "application", { compartmentId });
  const of = { applicationId: [application] };
  const all = Array.from({ length: functions }, (_, index) => made(types.function, `f${index}`, {}, of));
  const statements = all.map(
    ({ name }) =>
      `Allow any-user to use functions-family in tenancy where ALL {request.principal.type = 'ApiGateway', target.function.id = '${name}'}`,
  );
  const leading = Array.from({ length: deployments }, (_, index) =>
    made(types.deployment, `d${index}`, {}, { gatewayId: [gateway], specification: all }),
  );
  return {
    count,
    resources: [gateway, application, ...all, ...leading, made(types.policy, "p", { statements })],
  };
}

function judged(functions: number, deployments: number) {
  Object.assign(asked, { statements: 0, conditions: 0 });
  const { count, resources } = crowd(functions, deployments);
  const findings = functionCallable.judgeStack(resources, {}, { stack: "dev", project: "shop" });
  return { ...asked, reads: count.reads, findings };
}

it("reads each statement once, and holds a function against those only that name it", () => {
  expect(judged(30, 20)).toMatchObject({ statements: 30, conditions: 30, findings: [] });
});

it("reads as much more as there are more functions, deployments and statements, not more for each pair", () => {
  const [base, moreFunctions, moreDeployments, moreOfBoth] = [
    judged(10, 10),
    judged(20, 10),
    judged(10, 20),
    judged(20, 20),
  ].map(({ reads }) => reads) as [number, number, number, number];
  expect(moreOfBoth - base).toBe(moreFunctions - base + (moreDeployments - base));
});

it("no rule on the whole stack reads more of a resource because there are more of the others", () => {
  const stackRules = rules.filter(isStackRule);
  const readsOf = (size: number) =>
    stackRules.map(({ name, judgeStack }) => {
      const count = { reads: 0 };
      const resources = mixedStack(size, "up").map(
        ({ type, name: of, outputs }): Resource => ({
          type,
          name: of ?? "",
          urn: `urn:pulumi:prod::shop::${type}::${of}`,
          properties: new Value(counting(outputs ?? {}, count)),
          isProtected: false,
          uses: {},
        }),
      );
      judgeStack(resources, {}, { stack: "prod", project: "shop" });
      return [name, count.reads] as const;
    });
  const [small, large] = [readsOf(50), readsOf(500)];
  for (const [index, [name, reads]] of large.entries()) {
    expect([name, reads]).toEqual([name, 10 * (small[index]?.[1] ?? Number.NaN)]);
  }
});

it("the made-up stack of the benchmark has what rules look for, and no error", async () => {
  const analyzer = await startAnalyzer({ stack: "prod" });
  const found = (await analyzer.analyze(mixedStack(25, "up"))).map(({ rule }) => rule);
  expect([...new Set(found)]).toEqual([
    "gateway-network-security-group",
    "gateway-custom-domain",
    "function-tracing",
    "application-image-signature",
    "iam-dynamic-group-in-root",
    "production-protected",
  ]);
});
