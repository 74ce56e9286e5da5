import { expect, test } from "vitest";
import { compileIam } from "../../../emulator/iam/index.ts";
import type { IamState } from "../../../emulator/iam/types.ts";
import { GATEWAY, stateOf } from "./fixture.ts";

const statement = "Allow dynamic-group gateways to use functions-family in tenancy";
const request = {
  principal: GATEWAY,
  permission: "FN_INVOCATION",
  targetCompartmentId: GATEWAY.compartmentId,
  variables: {},
};

/** The state, with a count of how often each text of policies and rules was looked at. */
function watched(state: IamState) {
  const looks: string[] = [];
  const policies = state.policies.map((policy) => ({
    ...policy,
    get statements() {
      looks.push(`statements of ${policy.id}`);
      return policy.statements;
    },
  }));
  const dynamicGroups = state.dynamicGroups.map((group) => ({
    ...group,
    get matchingRule() {
      looks.push(`rule of ${group.id}`);
      return group.matchingRule;
    },
  }));
  return { looks, state: { ...state, policies, dynamicGroups } };
}

test("policies and groups are read once, however many states they are part of", () => {
  const { looks, state } = watched(stateOf([statement]));
  expect(compileIam(state).decide(request).allowed).toBe(true);
  const once = [...looks];
  expect(new Set(once).size).toBe(once.length);
  const [policy] = state.policies;
  for (let number = 0; number < 100; number += 1) {
    const added = { id: `p${number}`, name: `p${number}`, compartmentId: state.tenancyId, statements: [] };
    const now = { ...state, policies: [...state.policies, added] };
    expect(compileIam(now).decide(request)).toEqual({ allowed: true, policyId: policy?.id, statement });
  }
  expect(looks).toEqual(once);
});

test("what can't be read stays so, with its reason", () => {
  const { looks, state } = watched(stateOf(["Allow nobody"]));
  const first = compileIam(state).decide(request);
  expect(first.allowed).toBe(false);
  expect(compileIam(state).decide(request)).toEqual(first);
  expect(new Set(looks).size).toBe(looks.length);
});

test("a location is looked up in the compartments of its own state", () => {
  const state = stateOf(["Allow dynamic-group gateways to use functions-family in compartment shop"]);
  const shop = state.compartments.find(({ name }) => name === "shop");
  const inShop = { ...request, targetCompartmentId: shop?.id ?? "" };
  expect(compileIam(state).decide(inShop).allowed).toBe(true);
  const renamed = state.compartments.map((one) => (one === shop ? { ...one, name: "store" } : one));
  expect(compileIam({ ...state, compartments: renamed }).decide(inShop).allowed).toBe(false);
});
