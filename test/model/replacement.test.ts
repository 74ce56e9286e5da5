import { expect, it } from "vitest";
import { hostNameWarning, prefixWarning } from "../../components/model/replacement.ts";

const gateway = { id: "ocid1.apigateway…g", displayName: "shop", hostname: "g.example.com" };
const deployment = { name: "shop-deployment", urn: "urn:x", stack: "dev", pathPrefix: "/v1" };
const root = { id: "ocid1.apideployment…r", pathPrefix: "/" };
const [standing, gone] = [
  ["ACTIVE", "CREATING", "UPDATING"],
  ["DELETED", "DELETING", "FAILED"],
] as const;

it.each(standing)("a gateway that is %s loses its host name to a new one", (state) => {
  expect(
    hostNameWarning("shop-gateway", [
      { ...gateway, state: "FAILED" },
      { ...gateway, state },
    ]),
  ).toBe(
    'gateway "shop-gateway" is made anew although "shop" stands already (ocid1.apigateway…g). If this run replaces that one, its public host name g.example.com ends with it: DNS records, clients and other stacks that use it must follow to the new one',
  );
});

it.each(gone)("a gateway that is %s has none to lose", (state) => {
  expect(hostNameWarning("shop", [])).toBeUndefined();
  expect(hostNameWarning("shop", [{ ...gateway, state }])).toBeUndefined();
});

// "Deploying an API on an API Gateway": a deployment under "/" must be the gateway's only one.
it.each(standing)("a deployment under / that is %s stands in the way of others", (state) => {
  const other = { id: "o", pathPrefix: "/v2", state: "ACTIVE" };
  expect(prefixWarning(deployment, [other, { ...root, state }])).toBe(
    'deployment "shop-deployment" can\'t be made under "/v1" while ocid1.apideployment…r stands under "/": that one must be the gateway\'s only one. If this run replaces it, delete it first: pulumi destroy --target \'urn:x\' --target-dependents -s dev, then pulumi up -s dev',
  );
});

it.each(gone)("a deployment under / that is %s stands in nobody's way", (state) => {
  expect(prefixWarning(deployment, [{ ...root, state }])).toBeUndefined();
});

it("nothing stands in the way of a new one under /, nor one beside another prefix", () => {
  const state = "ACTIVE";
  expect(prefixWarning(deployment, [])).toBeUndefined();
  expect(prefixWarning(deployment, [{ ...root, pathPrefix: "/v2", state }])).toBeUndefined();
  expect(prefixWarning({ ...deployment, pathPrefix: "/" }, [{ ...root, state }])).toBeUndefined();
});
