import { unverified } from "../../../emulator/gateway/unverified.ts";
import { defineCases, functionBackend, gatewayError, route, stockBackend } from "./case.ts";

const title = "Creating an Authorizer Function";
const badGateway = gatewayError(502, "Bad Gateway");
const served = { status: 200, body: "ok" };
const telling = {
  requestPolicies: {
    headerTransformations: {
      setHeaders: {
        items: [
          { name: "X-Question", values: ["${request.auth[question]}"] },
          { name: "X-User", values: ["${request.auth[user]}"] },
        ],
      },
    },
  },
};
const token = (value: string) => ({ path: "/a", headers: { "x-token": value } });

export const authorizers = defineCases(
  {
    id: "authorizer-question",
    deployment: "custom",
    name: "a multi-argument authorizer gets its arguments, several values as a list, absent ones left out",
    routes: [route("/a", functionBackend(), telling)],
    steps: [
      {
        request: { path: "/a?several=1&several=2", headers: { "x-token": "in question" } },
        expected: {
          status: 200,
          saw: {
            headers: {
              "x-user": "ada",
              "x-question":
                /^\{"type":"USER_DEFINED","data":\{"host":"[^"]+","several":\["1","2"\],"token":"in question"\}\}$/,
            },
          },
        },
      },
    ],
    source: title,
    confidence: "documented",
  },
  {
    id: "authorizer-single",
    deployment: "custom-token",
    name: "a single-argument authorizer gets the header with its scheme",
    routes: [route("/a", functionBackend(), telling)],
    steps: [
      {
        request: { path: "/a", headers: { authorization: "in Bearer abc" } },
        expected: {
          status: 200,
          saw: { headers: { "x-question": '{"type":"TOKEN","token":"in Bearer abc"}' } },
        },
      },
      { request: { path: "/a", headers: { authorization: "refused" } }, expected: { status: 401 } },
    ],
    source: title,
    confidence: "documented",
  },
  {
    id: "authorizer-refusal",
    deployment: "custom",
    name: "a refusal is 401 with the authorizer's own challenge",
    routes: [route("/a", stockBackend())],
    steps: [
      {
        request: token("refused"),
        expected: gatewayError(401, "Unauthorized", { "WWW-Authenticate": 'Bearer realm="cases"' }),
      },
    ],
    source: title,
    confidence: "documented",
  },
  {
    id: "authorizer-fails",
    deployment: "custom",
    name: "an authorizer that fails, answers 5xx or no result is a bad gateway",
    routes: [route("/a", stockBackend())],
    steps: [
      { request: token("throws"), expected: badGateway },
      { request: token("error"), expected: badGateway },
      { request: token("malformed"), expected: badGateway },
    ],
    source: title,
    confidence: "documented",
  },
  {
    id: "authorizer-scope",
    deployment: "custom",
    name: "a route's scopes are looked for in the authorizer's",
    routes: [
      route("/a", stockBackend(), {
        requestPolicies: { authorization: { type: "ANY_OF", allowedScope: ["list", "read"] } },
      }),
      route("/open", stockBackend(), { requestPolicies: { authorization: { type: "ANONYMOUS" } } }),
    ],
    steps: [
      { request: token("in write read"), expected: served },
      { request: token("in write"), expected: gatewayError(404, "Not Found") },
      { request: token("in"), expected: gatewayError(404, "Not Found") },
      { request: { path: "/open" }, expected: served },
    ],
    source:
      'Adding Authentication and Authorization to API Deployments; 404 measured by shukawam, "OCI API Gateway" (Qiita)',
    confidence: "measured",
  },
  {
    id: "authorizer-failure-policy",
    deployment: "custom-failure",
    name: "a refusal as the policy of failures says",
    routes: [route("/a", stockBackend())],
    steps: [
      { request: token("in"), expected: served },
      {
        request: { path: "/a", headers: { "x-token": "refused", "x-name": "eve" } },
        expected: {
          status: 403,
          headers: { "X-Why": "token", "Content-Type": unverified.failureMessageType },
          body: /no way, eve/,
        },
      },
    ],
    source: `${title}; no document states the body's form`,
    confidence: "unverified",
    switches: ["failureMessageType"],
    assumptions: ["the message is the body as it is; without one the body is that of a gateway's error"],
  },
);
