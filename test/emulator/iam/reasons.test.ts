import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileIam } from "../../../emulator/iam/index.ts";
import type { AccessRequest, Decision } from "../../../emulator/iam/types.ts";
import {
  DEEP,
  FUNCTION,
  FUNCTIONS,
  GATEWAY,
  GATEWAYS,
  GROUP,
  OTHER,
  ROOT,
  SHOP,
  stateOf,
} from "./fixture.ts";

const FN = "ocid1.fnfunc.oc1..hello";
const INVOKE: AccessRequest = {
  principal: GATEWAY,
  permission: "FN_INVOCATION",
  targetCompartmentId: FUNCTIONS,
  variables: { "target.function.id": FN },
};

function decide(statements: string[], changes: Partial<AccessRequest> = {}, compartmentId = ROOT): Decision {
  return compileIam(stateOf(statements, { compartmentId })).decide({ ...INVOKE, ...changes });
}

const use = "to use functions-family in tenancy";

describe("a decision", () => {
  test("that allows names statement and policy", () => {
    const statement = `Allow any-user ${use}`;
    expect(decide(["Allow group a to use buckets in tenancy", statement])).toEqual({
      allowed: true,
      policyId: "ocid1.policy.oc1..one",
      statement,
    });
  });

  const ask = `to use functions-family in compartment id ${FUNCTIONS}`;
  const byGroup = `Allow dynamic-group id ${GROUP} ${ask}`;
  test.each<[name: string, statement: string, reason: string]>([
    [
      "verb",
      "Allow any-user to read functions-family in tenancy",
      '"read functions-family" doesn\'t include FN_INVOCATION',
    ],
    [
      "slip in the resource type",
      "Allow any-user to use function-family in tenancy",
      '"use function-family" doesn\'t include FN_INVOCATION',
    ],
    ["unknown group", `Allow dynamic-group ghosts ${use}`, "there is no dynamic group ghosts"],
    [
      "other domain",
      `Allow dynamic-group 'Other'/'gateways' ${use}`,
      "there is no dynamic group Other/gateways (only the Default identity domain is modelled)",
    ],
    [
      "group of users",
      `Allow group a ${use}`,
      "a group doesn't include the caller, a resource of type ApiGateway",
    ],
    [
      "location",
      `Allow any-user to use functions-family in compartment other`,
      `it covers compartment ${OTHER}, the resource is in ${FUNCTIONS}`,
    ],
    [
      "unknown compartment",
      "Allow any-user to use functions-family in compartment x",
      `there is no compartment "x" in ${ROOT}`,
    ],
    [
      "condition",
      `Allow any-user ${use} where ALL {request.principal.type = 'ApiGateway', request.principal.id = 'ocid1.apigateway.oc1..two', target.bucket.name = 'b'}`,
      `clause request.principal.id = 'ocid1.apigateway.oc1..two' was false: it is '${GATEWAY.id}'; clause target.bucket.name = 'b' was false: the request has no such variable`,
    ],
    [
      "unreadable",
      "Allow any-user to call x in tenancy",
      'character 19: expected a verb (inspect, read, use, manage), but found "call"',
    ],
  ])("that denies says why: %s", (_name, statement, reason) => {
    expect(decide([statement])).toEqual({
      allowed: false,
      reasons: [`statement "${statement}" of policy "policy": ${reason}`],
      missingStatement: byGroup,
    });
  });

  test("that denies explains the group's rule and proposes any-user when no group has the caller", () => {
    const statement = `Allow dynamic-group gateways ${use}`;
    expect(decide([statement], { principal: { ...GATEWAY, compartmentId: OTHER } })).toEqual({
      allowed: false,
      reasons: [
        `statement "${statement}" of policy "policy": dynamic group gateways does not match the caller: clause resource.compartment.id = '${GATEWAYS}' was false: it is '${OTHER}'`,
      ],
      missingStatement: `Allow any-user ${ask} where ALL {request.principal.type = 'ApiGateway', request.resource.compartment.id = '${OTHER}'}`,
    });
  });

  test("that denies names a rule that can't be read", () => {
    const statement = `Allow dynamic-group gateways ${use}`;
    const decision = compileIam(stateOf([statement], { rule: "ALL {tag.a.b.value = 'c'}" })).decide(INVOKE);
    expect(decision).toMatchObject({
      reasons: [
        `statement "${statement}" of policy "policy": the rule of dynamic group gateways can't be read: character 6: tags in matching rules ("tag.a.b.value") are not supported by the emulator`,
      ],
    });
  });

  test("that denies says so when no statement came near", () => {
    expect(decide(["Allow any-user to manage buckets in tenancy"])).toEqual({
      allowed: false,
      reasons: ["no statement of any policy grants FN_INVOCATION"],
      missingStatement: byGroup,
    });
  });

  test("that denies lists at most 20 reasons", () => {
    const decision = decide(Array.from({ length: 25 }, (_, i) => `Allow group g${i} ${use}`));
    const reasons = decision.allowed ? [] : decision.reasons;
    expect(reasons).toHaveLength(21);
    expect(reasons.at(-1)).toBe("and 5 more");
  });

  test("that denies proposes a statement that allows", () => {
    const principal = fc.constantFrom(GATEWAY, FUNCTION, { ...GATEWAY, compartmentId: OTHER });
    const permission = fc.constantFrom("FN_INVOCATION", "FN_FUNCTION_READ", "FN_APP_UPDATE", "BUCKET_READ");
    const target = fc.constantFrom(ROOT, SHOP, FUNCTIONS, DEEP, OTHER);
    fc.assert(
      fc.property(principal, permission, target, (caller, asked, targetCompartmentId) => {
        const request = { ...INVOKE, principal: caller, permission: asked, targetCompartmentId };
        const decision = compileIam(stateOf([])).decide(request);
        if (decision.allowed) throw new Error("allowed without a statement");
        expect(compileIam(stateOf([decision.missingStatement])).decide(request).allowed).toBe(true);
      }),
    );
  });
});
