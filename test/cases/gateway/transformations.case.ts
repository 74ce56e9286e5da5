import { unverified } from "../../../emulator/gateway/unverified.ts";
import { defineCases, functionBackend, httpBackend, route, stockBackend, wish } from "./case.ts";

const requests = "Adding Header Transformation Request Policies";
const queries = "Adding Query Parameter Transformation Request Policies";
const responses = "Adding Header Transformation Response Policies";
const validating = "Adding Request Validation to API Deployments";
const variables = "Adding Context Variables to Policies and HTTP Back End Definitions";
const set = (name: string, values: string[], ifExists?: string) => ({
  name,
  values,
  ...(ifExists === undefined ? {} : { ifExists }),
});
const headers = (policy: object, more: object = {}) => ({
  requestPolicies: { headerTransformations: policy, ...more },
});
const query = (policy: object) => ({ requestPolicies: { queryParameterTransformations: policy } });
const validated = (policies: object) => ({ methods: ["GET", "POST"], requestPolicies: policies });
const missing = { status: unverified.validationStatus };
const served = { status: 200, body: "ok" };

export const transformations = defineCases(
  {
    id: "headers-set",
    name: "set headers: OVERWRITE, APPEND and SKIP, on present and absent headers",
    routes: [
      route(
        "/a",
        functionBackend(),
        headers({
          setHeaders: {
            items: [
              set("X-O", ["new"]),
              set("X-A", ["new"], "APPEND"),
              set("X-S", ["new"], "SKIP"),
              set("X-Two", ["1", "2"]),
            ],
          },
        }),
      ),
    ],
    steps: [
      {
        request: { path: "/a", headers: { "x-o": "old", "x-a": "old", "x-s": "old" } },
        expected: {
          status: 200,
          saw: { headers: { "x-o": "new", "x-a": ["old", "new"], "x-s": "old", "x-two": ["1", "2"] } },
        },
      },
      {
        request: { path: "/a" },
        expected: { status: 200, saw: { headers: { "x-o": "new", "x-a": "new", "x-s": "new" } } },
      },
    ],
    source: requests,
    confidence: "documented",
  },
  {
    id: "headers-rename",
    name: "a renamed header keeps its value and loses its name",
    routes: [
      route("/a", functionBackend(), headers({ renameHeaders: { items: [{ from: "X-From", to: "X-To" }] } })),
    ],
    steps: [
      {
        request: { path: "/a", headers: { "x-from": "v" } },
        expected: { status: 200, saw: { headers: { "x-to": "v", "x-from": null } } },
      },
    ],
    source: requests,
    confidence: "documented",
  },
  {
    id: "headers-block",
    name: "a BLOCK list takes headers away",
    routes: [
      route(
        "/a",
        functionBackend(),
        headers({ filterHeaders: { type: "BLOCK", items: [{ name: "X-Secret" }] } }),
      ),
    ],
    steps: [
      {
        request: { path: "/a", headers: { "x-secret": "1", "x-kept": "1" } },
        expected: { status: 200, saw: { headers: { "x-secret": null, "x-kept": "1" } } },
      },
    ],
    source: requests,
    confidence: "documented",
  },
  {
    id: "headers-allow",
    name: "an ALLOW list leaves only what it names, of set headers too",
    routes: [
      route(
        "/a",
        functionBackend(),
        headers({
          setHeaders: { items: [set("X-Set", ["1"]), set("X-Lost", ["1"])] },
          filterHeaders: { type: "ALLOW", items: [{ name: "X-Kept" }, { name: "X-Set" }] },
        }),
      ),
    ],
    steps: [
      {
        request: { path: "/a", headers: { "x-kept": "1", "x-other": "1" } },
        expected: {
          status: 200,
          saw: { headers: { "x-kept": "1", "x-set": "1", "x-other": null, "x-lost": null } },
        },
      },
    ],
    source: requests,
    confidence: "documented",
  },
  {
    id: "headers-variables",
    name: "context variables in values: path, query, headers, host; an absent one is empty; the first of several",
    routes: [
      route(
        "/a/{id}",
        functionBackend(),
        headers({
          setHeaders: {
            items: [
              set("X-Path", ["${request.path[id]}"]),
              set("X-Query", ["<${request.query[q]}>"]),
              set("X-Header", ["${request.headers[X-IN]}"]),
              set("X-Absent", ["[${request.query[absent]}]"]),
              set("X-Host", ["${request.host}"]),
              set("X-Original", ["${request.headers[x-path]}!"]),
            ],
          },
        }),
      ),
    ],
    steps: [
      {
        request: { path: "/a/a%20b?q=1&q=2", headers: { "x-in": "in" } },
        expected: {
          status: 200,
          saw: {
            headers: {
              "x-path": "a%20b",
              "x-query": "<1>",
              "x-header": "in",
              "x-absent": "[]",
              "x-host": /./,
              "x-original": "!",
            },
          },
        },
      },
    ],
    source: `${variables}; Transforming Incoming Requests and Outgoing Responses`,
    confidence: "documented",
  },
  {
    id: "headers-query-case",
    name: "names of query parameters know case in context variables",
    routes: [
      route(
        "/a",
        functionBackend(),
        headers({ setHeaders: { items: [set("X-Query", ["<${request.query[q]}>"])] } }),
      ),
    ],
    steps: [
      {
        request: { path: "/a?Q=1" },
        expected: {
          status: 200,
          saw: { headers: { "x-query": unverified.queryNames === "case-sensitive" ? "<>" : "<1>" } },
        },
      },
    ],
    source: "no document says it of context variables",
    confidence: "unverified",
    switches: ["queryNames"],
  },
  {
    id: "headers-injection",
    name: "a line break stays percent-encoded: nobody slips a header in",
    routes: [
      route(
        "/a",
        functionBackend(),
        headers({ setHeaders: { items: [set("X-In", ["${request.query[q]}"]), set("X-Other", ["1"])] } }),
      ),
    ],
    steps: [
      {
        request: { path: "/a?q=a%0d%0aX-Evil:1" },
        expected: { status: 200, saw: { headers: { "x-in": "a%0d%0aX-Evil:1", "x-evil": null } } },
      },
    ],
    source: variables,
    confidence: "documented",
  },
  {
    id: "query-set",
    name: "set, renamed and filtered query parameters; their names know case",
    routes: [
      route(
        "/a/{id}",
        httpBackend("backend:/q"),
        query({
          setQueryParameters: { items: [set("id", ["${request.path[id]}"]), set("two", ["1", "2"])] },
          renameQueryParameters: { items: [{ from: "old", to: "new" }] },
          filterQueryParameters: { type: "BLOCK", items: [{ name: "secret" }] },
        }),
      ),
    ],
    steps: [
      {
        request: { path: "/a/7?id=1&ID=2&old=3&secret=4" },
        expected: { status: 200, saw: { query: ["id=7", "ID=2", "new=3", "two=1", "two=2"] } },
      },
    ],
    source: `${queries}; no document states the parameters' order`,
    confidence: "documented",
  },
  {
    id: "response-headers",
    name: "headers of an answer are set, renamed and filtered; those that are protected stay",
    routes: [
      route("/a", functionBackend(), {
        responsePolicies: {
          headerTransformations: {
            setHeaders: { items: [set("X-Set", ["${request.query[q]}"])] },
            renameHeaders: { items: [{ from: "X-From", to: "X-To" }] },
            filterHeaders: { type: "BLOCK", items: [{ name: "X-Secret" }] },
          },
        },
      }),
    ],
    steps: [
      {
        request: {
          path: "/a?q=1",
          headers: wish({ headers: { "X-From": "f", "X-Secret": "s" }, body: "b" }),
        },
        expected: {
          status: 200,
          headers: {
            "X-Set": "1",
            "X-To": "f",
            "X-From": null,
            "X-Secret": null,
            Server: "Oracle API Gateway",
          },
          body: "b",
        },
      },
    ],
    source: responses,
    confidence: "documented",
  },
  {
    id: "validation-headers",
    name: "required headers and query parameters; their names know no case",
    routes: [
      route(
        "/a",
        stockBackend(),
        validated({
          headerValidations: { headers: [{ name: "X-Needed", required: true }, { name: "X-Free" }] },
          queryParameterValidations: { parameters: [{ name: "q", required: true }] },
        }),
      ),
    ],
    steps: [
      { request: { path: "/a?Q=1", headers: { "x-needed": "1" } }, expected: served },
      { request: { path: "/a?q=1" }, expected: missing },
      { request: { path: "/a", headers: { "x-needed": "1" } }, expected: missing },
    ],
    source: `${validating}: a 4xx, without saying which`,
    confidence: "unverified",
    switches: ["validationStatus"],
  },
  {
    id: "validation-modes",
    name: "PERMISSIVE and DISABLED let pass",
    routes: ["PERMISSIVE", "DISABLED"].map((validationMode) =>
      route(
        `/${validationMode.toLowerCase()}`,
        stockBackend(),
        validated({ headerValidations: { headers: [{ name: "X-Needed", required: true }], validationMode } }),
      ),
    ),
    steps: [
      { request: { path: "/permissive" }, expected: served },
      { request: { path: "/disabled" }, expected: served },
    ],
    source: validating,
    confidence: "documented",
  },
  {
    id: "validation-body",
    name: "a required body, and its content type",
    routes: [
      route(
        "/a",
        stockBackend(),
        validated({
          bodyValidation: {
            required: true,
            content: { "application/json": { validationType: "NONE" }, "text/*": { validationType: "NONE" } },
          },
        }),
      ),
    ],
    steps: [
      {
        request: {
          method: "POST",
          path: "/a",
          headers: { "content-type": "application/json; charset=utf-8" },
          body: "{}",
        },
        expected: served,
      },
      {
        request: { method: "POST", path: "/a", headers: { "content-type": "text/csv" }, body: "a" },
        expected: served,
      },
      {
        request: { method: "POST", path: "/a", headers: { "content-type": "application/xml" }, body: "<a/>" },
        expected: { status: unverified.mediaTypeStatus },
      },
      {
        request: { method: "POST", path: "/a", headers: { "content-type": "application/json" } },
        expected: missing,
      },
    ],
    source: `${validating}: a 4xx, without saying which`,
    confidence: "unverified",
    switches: ["validationStatus", "mediaTypeStatus"],
  },
  {
    id: "validation-first",
    name: "validation looks at the request before transformations",
    routes: [
      route(
        "/a",
        stockBackend(),
        validated({
          headerValidations: { headers: [{ name: "X-Set", required: true }] },
          headerTransformations: { setHeaders: { items: [set("X-Set", ["1"])] } },
        }),
      ),
    ],
    steps: [{ request: { path: "/a" }, expected: missing }],
    source: `${validating}: before transformations; the status stands in no document`,
    confidence: "unverified",
    switches: ["validationStatus"],
  },
);
