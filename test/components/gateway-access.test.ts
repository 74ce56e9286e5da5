import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { type AccessArgs, GatewayAccess, ServerlessApi } from "../../components/index.ts";
import { compartmentId, image, minimal, tenancyId, types } from "./fixture.ts";
import { resolved, run } from "./recorder.ts";

const gatewayId = "ocid1.apigateway.oc1..api-gateway";
const functionId = "ocid1.fnfunc.oc1..api-functions-hello";
const in_ = `in compartment id ${compartmentId}`;

const withAccess = (access: AccessArgs) => run(() => new ServerlessApi("api", { ...minimal, access }));

describe("who is granted what", () => {
  it.each<[string, AccessArgs, string[]]>([
    [
      "a created group, single functions",
      { scope: "functions" },
      [
        `Allow dynamic-group id ocid1.dynamicgroup.oc1..api-access-group to use fn-invocation ${in_} where ALL {request.principal.id = '${gatewayId}', target.function.id = '${functionId}'}`,
        `Allow dynamic-group id ocid1.dynamicgroup.oc1..api-access-group to read fn-function ${in_} where request.principal.id = '${gatewayId}'`,
      ],
    ],
    [
      "an existing group by OCID",
      { mode: "existing", groupId: "ocid1.dynamicgroup.oc1..theirs" },
      [`Allow dynamic-group id ocid1.dynamicgroup.oc1..theirs to use functions-family ${in_}`],
    ],
    [
      "an existing group by name",
      { mode: "existing", group: "theirs" },
      [`Allow dynamic-group theirs to use functions-family ${in_}`],
    ],
    [
      "an existing group of an identity domain",
      {
        mode: "existing",
        group: "Their Domain/theirs",
        statements: ["Allow dynamic-group {group} to read x in tenancy"],
      },
      [
        `Allow dynamic-group 'Their Domain'/'theirs' to use functions-family ${in_}`,
        "Allow dynamic-group 'Their Domain'/'theirs' to read x in tenancy",
      ],
    ],
    [
      "any-user",
      { mode: "any-user" },
      [
        `Allow any-user to use functions-family ${in_} where ALL {request.principal.type = 'ApiGateway', request.resource.compartment.id = '${compartmentId}'}`,
      ],
    ],
    [
      "any-user, single functions",
      { mode: "any-user", scope: "functions" },
      [
        `Allow any-user to use fn-invocation ${in_} where ALL {request.principal.type = 'ApiGateway', request.principal.id = '${gatewayId}', target.function.id = '${functionId}'}`,
        `Allow any-user to read fn-function ${in_} where ALL {request.principal.type = 'ApiGateway', request.principal.id = '${gatewayId}'}`,
      ],
    ],
  ])("%s", async (_, access, statements) => {
    const { one, resources } = await withAccess(access);
    expect(one(types.policy).inputs).toEqual({
      compartmentId,
      name: "shop-dev-api-policy",
      description: "Lets the API gateway of shop, stack dev call its functions",
      statements,
    });
    const groups = resources.filter(({ type }) => type === types.dynamicGroup);
    expect(groups).toHaveLength((access.mode ?? "create") === "create" ? 1 : 0);
  });

  it("gives out the id of an existing group", async () => {
    const { outputs } = await withAccess({ mode: "existing", groupId: "ocid1.dynamicgroup.oc1..theirs" });
    expect(outputs.api.access).toEqual({
      dynamicGroupId: "ocid1.dynamicgroup.oc1..theirs",
      policyIds: ["ocid1.policy.oc1..api-access-policy"],
    });
  });

  it("adds further statements to the first compartment's policy only", async () => {
    const { one } = await run(
      () =>
        new ServerlessApi("api", {
          ...minimal,
          functions: {
            hello: { image },
            users: { functionId: "ocid1.fnfunc.oc1.fra.u", compartmentId: "ocid1.compartment.oc1..users" },
          },
          access: {
            mode: "existing",
            group: "theirs",
            statements: [pulumi.output("Allow dynamic-group {group} to manage public-ips in tenancy")],
          },
        }),
    );
    expect(one(types.policy, "api-access-policy").inputs.statements).toEqual([
      `Allow dynamic-group theirs to use functions-family ${in_}`,
      "Allow dynamic-group theirs to manage public-ips in tenancy",
    ]);
    expect(one(types.policy, "api-access-policy-users").inputs.statements).toEqual([
      "Allow dynamic-group theirs to use functions-family in compartment id ocid1.compartment.oc1..users",
    ]);
  });
});

describe("on its own", () => {
  const args = {
    tenancyId,
    gatewayCompartmentId: compartmentId,
    gatewayId: "ocid1.apigateway.oc1.fra.g",
    functions: { hello: { id: "ocid1.fnfunc.oc1.fra.h", compartmentId: "ocid1.compartment.oc1..functions" } },
    region: "eu-frankfurt-1",
  };

  it("names its resources by project, stack and its own name", async () => {
    const { one } = await run(() => new GatewayAccess("door", args));
    expect(one(types.dynamicGroup, "door-group").inputs.name).toBe("shop-dev-door-gateways");
    expect(one(types.policy, "door-policy").inputs.name).toBe("shop-dev-door-policy");
  });

  it("is ready with group and policies", async () => {
    const { result } = await run(() => new GatewayAccess("door", args));
    const { dynamicGroup, policies } = result.nodes;
    const ready = await resolved(result.ready);
    expect(ready.map((one) => [dynamicGroup, policies.hello].indexOf(one as never))).toEqual([0, 1]);
  });

  it("[tenancy-ocid] refuses a tenancy that isn't one", async () => {
    await expect(run(() => new GatewayAccess("door", { ...args, tenancyId: compartmentId }))).rejects.toThrow(
      `gateway-access "door": 1 problem\n  ✖ tenancyId: "${compartmentId}" is not the OCID of the tenancy, which begins with "ocid1.tenancy." [tenancy-ocid]`,
    );
  });

  it("[access-mode] refuses a wrong mode", async () => {
    const access = { mode: "all" } as unknown as AccessArgs;
    await expect(run(() => new GatewayAccess("door", { ...args, access }))).rejects.toThrow(
      'gateway-access "door": 1 problem\n  ✖ access.mode: "all" is not a mode; allowed are "create", "existing" and "any-user" [access-mode]',
    );
  });
});
