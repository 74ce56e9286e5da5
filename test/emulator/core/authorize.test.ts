import { describe, expect, test } from "vitest";
import { authorize } from "../../../emulator/core/authorize.ts";
import type { Call, Emulation, Operation } from "../../../emulator/core/operation.ts";
import { type Body, Store } from "../../../emulator/core/store.ts";
import type { AccessRequest, ResourcePrincipal } from "../../../emulator/iam/types.ts";
import { allOperations } from "../../../emulator/operations.ts";

const tenancyId = "ocid1.tenancy.oc1..t";
const [A, B, C] = ["a", "b", "c"].map((name) => `ocid1.compartment.oc1..${name}`) as [string, string, string];
const principal: ResourcePrincipal = {
  type: "fnfunc",
  id: "ocid1.fnfunc.oc1..me",
  compartmentId: A,
  tenancyId,
};

/** What a store holds, by id: type and body. */
const stored: Record<string, [type: string, body: Body]> = {
  app: ["application", { compartmentId: A }],
  fn: ["function", { compartmentId: A, applicationId: "app" }],
  gateway: ["gateway", { compartmentId: B }],
  deployment: ["deployment", { compartmentId: A, gatewayId: "gateway" }],
  vcn: ["vcn", { compartmentId: B }],
  list1: ["securityList", { compartmentId: A }],
  list2: ["securityList", { compartmentId: C }],
  subnet: [
    "subnet",
    {
      compartmentId: A,
      vcnId: "vcn",
      securityListIds: ["list1", "list2"],
      routeTableId: "gone",
      dhcpOptionsId: null,
    },
  ],
  policy: ["policy", { compartmentId: tenancyId, name: "p" }],
  repo: ["containerRepository", { compartmentId: A, displayName: "r" }],
  [C]: ["compartment", { compartmentId: A }],
};

/** Asks as the principal; what IAM was asked, and the error. */
function ask(name: string, request: Partial<Call>, refused?: string) {
  const operation = allOperations().find((one) => one.name === name) as Operation;
  const store = new Store();
  for (const [id, [type, body]] of Object.entries(stored)) store.put(type, id, body);
  const asked: AccessRequest[] = [];
  const events: unknown[] = [];
  const emulation = {
    store,
    tenancy: { id: tenancyId },
    emit: (event: unknown) => events.push(event),
    iam: {
      decide(access: AccessRequest) {
        asked.push(access);
        return access.permission === refused
          ? { allowed: false, reasons: ["why"], missingStatement: "Allow …" }
          : { allowed: true, policyId: "p", statement: "s" };
      },
    },
  } as unknown as Emulation;
  const call = {
    emulation,
    method: operation.method,
    params: {},
    query: {},
    rawBody: Buffer.alloc(0),
    ...request,
  } as Call;
  let error: unknown;
  try {
    authorize(operation, call, principal);
  } catch (cause) {
    error = cause;
  }
  store.close();
  const places = asked.map(({ permission, targetCompartmentId }) => [permission, targetCompartmentId]);
  return { places, asked, events, error: error as { code?: string; message?: string } | undefined };
}

const body = (value: object) => ({ rawBody: Buffer.from(JSON.stringify(value)) });

describe("where a permission is asked", () => {
  test.each<[name: string, request: Partial<Call>, places: [string, string][]]>([
    ["ListApplications", { query: { compartmentId: A } }, [["FN_APP_LIST", A]]],
    ["ListFunctions", { query: { applicationId: "app" } }, [["FN_FUNCTION_LIST", A]]],
    ["CreateFunction", body({ applicationId: "app" }), [["FN_FUNCTION_CREATE", A]]],
    ["UpdateFunction", { params: { id: "fn" } }, [["FN_FUNCTION_UPDATE", A]]],
    ["InvokeFunction", { params: { id: "fn" }, ...body({ compartmentId: B }) }, [["FN_INVOCATION", A]]],
    [
      "CreateApplication",
      body({ compartmentId: B, subnetIds: ["subnet"] }),
      [
        ["FN_APP_CREATE", B],
        ["SUBNET_ATTACH", A],
      ],
    ],
    [
      "CreateDeployment",
      body({ compartmentId: A, gatewayId: "gateway" }),
      [
        ["API_DEPLOYMENT_CREATE", A],
        ["API_GATEWAY_READ", B],
        ["API_GATEWAY_ADD_DEPLOYMENT", B],
      ],
    ],
    [
      "GetDeployment",
      { params: { id: "deployment" } },
      [
        ["API_DEPLOYMENT_READ", A],
        ["API_GATEWAY_READ", B],
      ],
    ],
    [
      "CreateSubnet",
      body({ compartmentId: A, vcnId: "vcn", securityListIds: ["list1", "list2"] }),
      [
        ["SUBNET_CREATE", A],
        ["VCN_ATTACH", B],
        ["ROUTE_TABLE_ATTACH", A],
        ["SECURITY_LIST_ATTACH", A],
        ["SECURITY_LIST_ATTACH", C],
        ["DHCP_ATTACH", A],
      ],
    ],
    [
      "UpdateSubnet",
      { params: { id: "subnet" }, ...body({ displayName: "s", securityListIds: ["list2"] }) },
      [
        ["SUBNET_UPDATE", A],
        ["SECURITY_LIST_ATTACH", C],
        ["SECURITY_LIST_DETACH", C],
      ],
    ],
    [
      "ChangeVcnCompartment",
      { params: { id: "vcn" }, ...body({ compartmentId: C }) },
      [
        ["VCN_MOVE", B],
        ["VCN_MOVE", C],
      ],
    ],
    [
      "ChangeVcnCompartment",
      { params: { id: "vcn" }, ...body({ compartmentId: tenancyId }) },
      [
        ["VCN_MOVE", B],
        ["VCN_MOVE", tenancyId],
      ],
    ],
    ["GetCompartment", { params: { id: C } }, [["COMPARTMENT_INSPECT", C]]],
    ["GetTenancy", { params: { id: tenancyId } }, [["TENANCY_INSPECT", tenancyId]]],
    ["GetPolicy", { params: { id: "policy" } }, [["POLICY_READ", tenancyId]]],
    ["GetNamespace", {}, []],
  ])("%s %o", (name, request, places) => {
    const result = ask(name, request);
    expect(result.error).toBeUndefined();
    expect(result.places).toEqual(places);
  });
});

// "Details for IAM", "… Container Registry", supported variables
test.each<[name: string, id: string, variables: object]>([
  ["GetFunction", "fn", { "target.function.id": "fn" }],
  ["GetPolicy", "policy", { "target.policy.id": "policy", "target.policy.name": "p" }],
  ["GetContainerRepository", "repo", { "target.repo.name": "r" }],
  ["GetVcn", "vcn", {}],
])("%s tells its variables", (name, id, variables) => {
  expect(ask(name, { params: { id } }).asked[0]?.variables).toEqual(variables);
});

describe("refused like a resource that isn't there", () => {
  const notFound = {
    code: "NotAuthorizedOrNotFound",
    message: "Authorization failed or requested resource not found.",
  };

  test("when one of several permissions is missing; the event says which", () => {
    const result = ask("GetDeployment", { params: { id: "deployment" } }, "API_GATEWAY_READ");
    expect(result.error).toMatchObject(notFound);
    expect(result.events.at(-1)).toEqual({
      type: "decision",
      principalId: principal.id,
      permission: "API_GATEWAY_READ",
      targetId: "gateway",
      decision: { allowed: false, reasons: ["why"], missingStatement: "Allow …" },
    });
  });

  test.each<[name: string, request: Partial<Call>]>([
    ["GetVcn", { params: { id: "nothing" } }],
    ["ListVcns", {}],
    ["ListFunctions", { query: { applicationId: "nothing" } }],
    ["CreateVcn", { rawBody: Buffer.from("no JSON") }],
    ["CreateVcn", { rawBody: Buffer.from("null") }],
    ["CreateVcn", body({ compartmentId: ["x"] })],
    ["DeleteSubnet", { params: { id: "subnet" } }],
  ])("when the place isn't known: %s %o", (name, request) => {
    expect(ask(name, request).error).toMatchObject(notFound);
  });
});

test("an operation without known permissions is refused by name, before IAM is asked", () => {
  const { error, asked } = ask("ChangeApplicationCompartment", { params: { id: "app" } });
  expect(asked).toEqual([]);
  expect(error).toMatchObject({
    code: "InvalidParameter",
    message:
      "ChangeApplicationCompartment by a resource principal isn't modelled by this emulator: it doesn't know the permissions that it needs. Sign it with an API key.",
  });
});
