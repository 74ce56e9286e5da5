// The text that the product writes, decided by the emulator's own reading of the policy language.
import { describe, expect, it } from "vitest";
import {
  compartmentStatements,
  functionsStatements,
  matchingRule,
  type Subject,
} from "../../components/model/iam.ts";
import { compileIam } from "../../emulator/iam/index.ts";

const tenancyId = "ocid1.tenancy.oc1..acme";
const gatewayCompartmentId = "ocid1.compartment.oc1..gateways";
const functionsCompartmentId = "ocid1.compartment.oc1..functions";
const groupId = "ocid1.dynamicgroup.oc1..d";
const gateway = {
  type: "ApiGateway",
  id: "ocid1.apigateway.oc1.fra.one",
  compartmentId: gatewayCompartmentId,
  tenancyId,
} as const;
const sibling = { ...gateway, id: "ocid1.apigateway.oc1.fra.two" };
const stranger = { ...sibling, compartmentId: functionsCompartmentId };
const functionIds = ["ocid1.fnfunc.oc1.fra.a", "ocid1.fnfunc.oc1.fra.b"];
const subjects: Subject[] = [
  { kind: "group-id", id: groupId },
  { kind: "group-name", name: "gateways" },
  { kind: "group-name", domain: "Default", name: "gateways" },
  { kind: "any-user" },
];

function deciderOf(statements: string[]) {
  const decider = compileIam({
    tenancyId,
    compartments: [
      { id: tenancyId, name: "acme", compartmentId: undefined },
      { id: gatewayCompartmentId, name: "gateways", compartmentId: tenancyId },
      { id: functionsCompartmentId, name: "functions", compartmentId: tenancyId },
    ],
    dynamicGroups: [{ id: groupId, name: "gateways", matchingRule: matchingRule(gatewayCompartmentId) }],
    policies: [{ id: "p", name: "p", compartmentId: functionsCompartmentId, statements }],
  });
  return (
    principal: typeof gateway | typeof sibling | typeof stranger,
    functionId: string,
    permission: string,
  ) =>
    decider.decide({
      principal,
      permission,
      targetCompartmentId: functionsCompartmentId,
      variables: { "target.function.id": functionId },
    }).allowed;
}

describe.each(subjects)("$kind $domain", (subject) => {
  const facts = { subject, gatewayCompartmentId, functionsCompartmentId };
  const other = "ocid1.fnfunc.oc1.fra.c";

  it("scope compartment lets the compartment's gateways call all functions", () => {
    const isAllowed = deciderOf(compartmentStatements(facts));
    expect(isAllowed(gateway, other, "FN_INVOCATION")).toBe(true);
    expect(isAllowed(sibling, other, "FN_INVOCATION")).toBe(true);
    expect(isAllowed(stranger, other, "FN_INVOCATION")).toBe(false);
  });

  it.each([functionIds, functionIds.slice(0, 1)])(
    "scope functions lets this gateway call the named ones",
    (...ids) => {
      const isAllowed = deciderOf(functionsStatements({ ...facts, gatewayId: gateway.id, functionIds: ids }));
      for (const id of ids) expect(isAllowed(gateway, id, "FN_INVOCATION")).toBe(true);
      expect(isAllowed(gateway, other, "FN_INVOCATION")).toBe(false);
      for (const id of ids) expect(isAllowed(sibling, id, "FN_INVOCATION")).toBe(false);
      expect(isAllowed(gateway, ids[0] ?? "", "FN_FUNCTION_READ")).toBe(true);
      expect(isAllowed(sibling, ids[0] ?? "", "FN_FUNCTION_READ")).toBe(false);
    },
  );
});
