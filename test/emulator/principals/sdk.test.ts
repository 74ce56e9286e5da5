import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type Cloud, compartmentId, startCloud, tenancyId } from "./fixture.ts";

// A function that calls OCI through Oracle's SDK and its ResourcePrincipalAuthenticationDetailsProvider
// ("Accessing Other Oracle Cloud Infrastructure Resources from Running Functions").

const notFound = {
  statusCode: 404,
  serviceCode: "NotAuthorizedOrNotFound",
  message: "Authorization failed or requested resource not found.",
};

const refusals = (cloud: Cloud) =>
  cloud.events.flatMap((event) => (event.type === "decision" && !event.decision.allowed ? [event] : []));

test("a function reads itself as soon as dynamic group and policy allow it, and no longer without them", async () => {
  const cloud = await startCloud();
  const functionId = await cloud.functionOf("calls-oci");
  const read = () =>
    cloud.invoke(functionId, { client: "functions", method: "getFunction", request: { functionId } });

  expect(await read()).toEqual(notFound);
  expect(refusals(cloud)).toEqual([
    {
      type: "decision",
      principalId: functionId,
      permission: "FN_FUNCTION_READ",
      targetId: functionId,
      decision: {
        allowed: false,
        reasons: ["no statement of any policy grants FN_FUNCTION_READ"],
        missingStatement: `Allow any-user to use functions-family in compartment id ${compartmentId} where ALL {request.principal.type = 'fnfunc', request.principal.id = '${functionId}'}`,
      },
    },
  ]);

  const { policyId } = await cloud.allow(
    `Allow dynamic-group functions to read fn-function in compartment id ${compartmentId}`,
  );
  expect(await read()).toMatchObject({ function: { id: functionId, displayName: "calls-oci" } });

  await cloud.send("DELETE", `/20160918/policies/${policyId}`);
  expect(await read()).toEqual(notFound);
});

test("a function lists, is refused what its verb doesn't include, and calls another function", async () => {
  const cloud = await startCloud();
  const functionId = await cloud.functionOf("calls-oci");
  const helloId = await cloud.functionOf("good-fdk");
  await cloud.allow(
    `Allow dynamic-group functions to inspect vcns in tenancy`,
    `Allow dynamic-group functions to inspect policies in tenancy`,
    `Allow any-user to use fn-invocation in compartment id ${compartmentId} where ALL {request.principal.type = 'fnfunc', request.principal.compartment.id = '${compartmentId}', target.function.id = '${helloId}'}`,
  );
  const ask = (client: string, method: string, request: object) =>
    cloud.invoke(functionId, { client, method, request });

  const list = await ask("identity", "listPolicies", { compartmentId: tenancyId });
  expect(list.items.map(({ name }: { name: string }) => name)).toEqual(["functions-policy"]);
  const createPolicyDetails = { compartmentId: tenancyId, name: "p", description: "d", statements: ["x"] };
  expect(await ask("identity", "createPolicy", { createPolicyDetails })).toEqual(notFound);
  expect(refusals(cloud).at(-1)?.decision).toMatchObject({
    reasons: [
      `statement "Allow dynamic-group functions to inspect policies in tenancy" of policy "functions-policy": "inspect policies" doesn't include POLICY_CREATE`,
    ],
    missingStatement: expect.stringMatching(
      /^Allow dynamic-group id ocid1\.dynamicgroup\.\S+ to manage policies in tenancy$/,
    ),
  });
  const invokeFunctionBody = JSON.stringify({ name: "Ada" });
  expect(await ask("invoke", "invokeFunction", { functionId: helloId, invokeFunctionBody })).toEqual({
    hello: "Ada",
    url: null,
  });
  expect(await ask("invoke", "invokeFunction", { functionId, invokeFunctionBody })).toEqual(notFound);
});

test("the provider knows region, tenancy and compartment; nothing of the session is in an event", async () => {
  const cloud = await startCloud();
  const functionId = await cloud.functionOf("calls-oci");
  const { environment, ...about } = await cloud.invoke(functionId, {});
  expect(about).toEqual({ region: "local-laptop-1", tenant: tenancyId, compartment: compartmentId });
  expect(environment).toEqual({
    OCI_RESOURCE_PRINCIPAL_VERSION: "2.2",
    OCI_RESOURCE_PRINCIPAL_RPST: expect.stringMatching(/^\/.*\/credentials\/rpst$/),
    OCI_RESOURCE_PRINCIPAL_PRIVATE_PEM: expect.stringMatching(/^\/.*\/credentials\/private\.pem$/),
    OCI_RESOURCE_PRINCIPAL_REGION: "local-laptop-1",
    OCI_EMULATOR_ENDPOINT: cloud.emulator.url,
    OCI_REGION_METADATA: JSON.stringify({
      realmKey: "oclocal",
      realmDomainComponent: "oclocal.invalid",
      regionKey: "LCL",
      regionIdentifier: "local-laptop-1",
    }),
  });
  await cloud.invoke(functionId, { client: "functions", method: "getFunction", request: { functionId } });
  const token = readFileSync(environment.OCI_RESOURCE_PRINCIPAL_RPST, "utf8");
  const answers = [
    (await cloud.send("GET", "/_emulator/keys")).body,
    (await cloud.send("GET", "/_emulator/writes")).body,
    (await cloud.send("GET", `/20181201/functions/${functionId}`)).body,
  ];
  const seen = JSON.stringify([cloud.events, answers]);
  const parts = token.split(".").slice(1);
  expect(parts.map((part) => seen.includes(part))).toEqual([false, false]);
  expect(seen).not.toContain("PRIVATE KEY");
});
