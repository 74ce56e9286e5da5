import { expect, test } from "vitest";
import { compartmentStatements, functionsStatements, type Subject } from "../../../components/model/iam.ts";
import { normalisedStatement } from "../../../emulator/services/identity/normalised.ts";

test.each([
  [
    "ALLOW Dynamic-Group G to USE fn-function IN TENANCY",
    "Allow dynamic-group G to use fn-function in tenancy",
  ],
  [
    " allow\n any-user  to manage x in compartment  id ocid1.c.oc1..In ",
    "Allow any-user to manage x in compartment id ocid1.c.oc1..In",
  ],
  [
    "allow group 'My  Domain'/'To Use' to read y in compartment A:In:B where ALL  {request.principal.type = 'Api  Gateway', ANY {a = 'IN'}}",
    "Allow group 'My  Domain'/'To Use' to read y in compartment A:In:B where ALL {request.principal.type = 'Api  Gateway', ANY {a = 'IN'}}",
  ],
  ["Allow group in-use to use id-to-read in tenancy", "Allow group in-use to use id-to-read in tenancy"],
])("%j", (given, normalised) => {
  expect(normalisedStatement(given)).toBe(normalised);
  expect(normalisedStatement(normalised)).toBe(normalised);
});

const subjects: Subject[] = [
  { kind: "group-id", id: "ocid1.dynamicgroup.oc1..d" },
  { kind: "group-name", name: "Gateways" },
  { kind: "group-name", domain: "My Domain", name: "In.Use-Of" },
  { kind: "any-user" },
];

test.each(subjects)("what the component writes for %j stays as it is", (subject) => {
  const facts = {
    subject,
    gatewayCompartmentId: "ocid1.compartment.oc1..Gateways",
    functionsCompartmentId: "ocid1.tenancy.oc1..functions",
    gatewayId: "ocid1.apigateway.oc1.fra.one",
    functionIds: ["ocid1.fnfunc.oc1.fra.a", "ocid1.fnfunc.oc1.fra.b"],
  };
  const inCompartment = { ...facts, functionsCompartmentId: "ocid1.compartment.oc1..functions" };
  const written = [facts, inCompartment].flatMap((one) => [
    ...compartmentStatements(one),
    ...functionsStatements(one),
  ]);
  expect(written.map(normalisedStatement)).toEqual(written);
});
