import { expect, it } from "vitest";
import { lintApi } from "../../../components/model/lint.ts";
import { keyed } from "./fixture.ts";

const functionId = "ocid1.fnfunc.oc1.fra.authorizer";
const told = (requestPolicies: object) =>
  lintApi({ ...keyed("GET /a"), requestPolicies })
    .filter(({ rule }) => rule === "authorizer-access")
    .map(({ key, message }) => `${key}: ${message}`);
const custom = { type: "CUSTOM_AUTHENTICATION", parameters: { key: "request.headers[x-key]" } };
const message = `is not among "functions", so that no policy is made by which the gateway may call it: without one from elsewhere the deployment is refused, or no caller gets in; give functions: { authorizer: { functionId: "${functionId}" } } and name it by that key`;

it("[authorizer-access] warns of an authorizer that no policy is made for", () => {
  expect(told({ authentication: { ...custom, functionId } })).toEqual([
    `requestPolicies.authentication.functionId: ${message}`,
  ]);
  const server = {
    key: { type: "ANY_OF", name: "a" },
    authenticationServerDetail: { ...custom, functionId },
  };
  expect(told({ dynamicAuthentication: { authenticationServers: [server] } })).toEqual([
    `requestPolicies.dynamicAuthentication.authenticationServers[0].authenticationServerDetail.functionId: ${message}`,
  ]);
});

it.each<[string, object]>([
  ["a function of the API", { ...custom, function: "users" }],
  [
    "one that is known later, which may be another API's",
    { ...custom, functionId: Promise.resolve(functionId) },
  ],
  ["a token", { type: "TOKEN_AUTHENTICATION" }],
  ["what is no authorizer", { type: "TOKEN_AUTHENTICATION", functionId }],
])("[authorizer-access] takes %s", (_, authentication) => {
  expect(told({ authentication })).toEqual([]);
});
