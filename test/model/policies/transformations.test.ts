import { describe, expect, it } from "vitest";
import {
  checkHeaderTransformations,
  checkQueryParameterTransformations,
} from "../../../components/model/policies/transformations.ts";
import { lines, names } from "./checked.ts";

const scope = { parameters: ["id"], hasAuthentication: false };
const headers = (given: unknown, direction: "request" | "response" = "request") =>
  lines(checkHeaderTransformations(given, "h", direction, scope));
const query = (given: unknown) => lines(checkQueryParameterTransformations(given, "q", scope));
const set = (...values: unknown[]) => ({ setHeaders: { items: [{ name: "X-A", values }] } });
const item = (name: string) => ({ name, values: ["1"] });

const header =
  "must hold only characters that a header can carry: no line breaks, no control characters, none beyond Latin-1 (é can stand, € can't)";

// "Adding Header Transformation Request Policies", "Adding Query Parameter Transformation Request Policies"
describe("transformations", () => {
  it("[transformations] take as much as OCI does", () => {
    const given = {
      setHeaders: { items: names(20).map((name) => ({ ...item(name), ifExists: "APPEND" })) },
      renameHeaders: { items: names(20).map((name) => ({ from: `a-${name}`, to: `b-${name}` })) },
      filterHeaders: { type: "BLOCK", items: names(50).map((name) => ({ name: `c-${name}` })) },
    };
    expect(headers(given)).toEqual([]);
    expect(headers(set(...names(10)))).toEqual([]);
    expect(headers({})).toEqual([]);
    expect(headers(set(Promise.resolve("later")))).toEqual([]);
  });

  it.each<[unknown, string]>([
    ["X-A", "h: must be an object; is a text [transformations]"],
    [
      { setHeaders: { items: names(21).map(item) } },
      "h.setHeaders.items: has 21; at most 20 are allowed [transformations]",
    ],
    [
      { renameHeaders: { items: names(21).map((name) => ({ from: `a${name}`, to: name })) } },
      "h.renameHeaders.items: has 21; at most 20 are allowed [transformations]",
    ],
    [
      { filterHeaders: { type: "BLOCK", items: names(51).map((name) => ({ name })) } },
      "h.filterHeaders.items: has 51; at most 50 are allowed [transformations]",
    ],
    [set(), "h.setHeaders.items[0].values: must have at least 1; has 0 [transformations]"],
    [set(...names(11)), "h.setHeaders.items[0].values: has 11; at most 10 are allowed [transformations]"],
    [set(7), "h.setHeaders.items[0].values[0]: must be a text; is 7 [transformations]"],
    [set("a\r\nX-B: 1"), `h.setHeaders.items[0].values[0]: ${header} [transformations]`],
    [set("a\x01"), `h.setHeaders.items[0].values[0]: ${header} [transformations]`],
    [set("5 €, ${request.query[q]}"), `h.setHeaders.items[0].values[0]: ${header} [transformations]`],
    [
      { setHeaders: { items: [{ ...item("X-A"), ifExists: "KEEP" }] } },
      'h.setHeaders.items[0].ifExists: is "KEEP"; must be one of "OVERWRITE", "APPEND", "SKIP" [transformations]',
    ],
    [
      { setHeaders: { items: [item("X A")] } },
      'h.setHeaders.items[0].name: is "X A"; must be the name of a header, for example "X-Id" [transformations]',
    ],
    [
      { filterHeaders: { items: [] } },
      'h.filterHeaders.type: is missing; must be one of "ALLOW", "BLOCK" [transformations]',
    ],
  ])("[transformations] refuse %.80j", (given, expected) => {
    expect(headers(given)).toEqual([expected]);
  });

  it("tell everything at once", () => {
    const given = {
      setHeaders: {
        items: [item("Cookie"), { ...set("${request.body}").setHeaders.items[0], ifExists: "KEEP" }],
      },
      filterHeaders: { type: "BLOCK", items: [{ name: "x-a" }, 7] },
    };
    expect(headers(given).map((line) => line.replace(/: .* /, " "))).toEqual([
      "h.setHeaders.items[1].ifExists [transformations]",
      "h.filterHeaders.items[1] [transformations]",
      "h.setHeaders.items[0].name [transformation-protected]",
      "h.filterHeaders.items[0].name [transformation-name]",
      "h.setHeaders.items[1].values[0] [context-variable]",
    ]);
  });

  it("[transformations] of the query are in Unicode", () => {
    const text = "must be Unicode text, but holds half a character [transformations]";
    const given = {
      setQueryParameters: { items: [{ name: "a", values: ["日本 €", "\ud800"] }, item("\udfff")] },
    };
    expect(query(given)).toEqual([
      `q.setQueryParameters.items[0].values[1]: ${text}`,
      `q.setQueryParameters.items[1].name: ${text}`,
    ]);
  });

  it("[transformation-name] take a name once, headers without regard to case", () => {
    const twice =
      "stands at h.setHeaders.items[0].name already; a name may occur once in set, rename and filter";
    expect(
      headers({
        setHeaders: { items: [item("X-A")] },
        renameHeaders: { items: [{ from: "x-a", to: "X-B" }] },
        filterHeaders: { type: "BLOCK", items: [{ name: "X-a" }] },
      }),
    ).toEqual([
      `h.renameHeaders.items[0].from: is "x-a", which ${twice} [transformation-name]`,
      `h.filterHeaders.items[0].name: is "X-a", which ${twice} [transformation-name]`,
    ]);
    const setQueryParameters = { items: [item("a"), item("A")] };
    expect(query({ setQueryParameters })).toEqual([]);
    expect(query({ setQueryParameters, renameQueryParameters: { items: [{ from: "b", to: "a" }] } })).toEqual(
      [
        'q.renameQueryParameters.items[0].to: is "a", which stands at q.setQueryParameters.items[0].name already; a name may occur once in set, rename and filter [transformation-name]',
      ],
    );
  });

  it("[transformation-name] are told in the order of renames", () => {
    const given = {
      renameHeaders: {
        items: [
          { from: "X-A", to: "X-B" },
          { from: "X-B", to: "X-A" },
        ],
      },
    };
    const rest = "already; a name may occur once in set, rename and filter [transformation-name]";
    const first = "h.renameHeaders.items[0]";
    expect(headers(given)).toEqual([
      `h.renameHeaders.items[1].from: is "X-B", which stands at ${first}.to ${rest}`,
      `h.renameHeaders.items[1].to: is "X-A", which stands at ${first}.from ${rest}`,
    ]);
  });

  it("[transformations] of no name are told once", () => {
    const empty = "must not be empty [transformations]";
    expect(query({ setQueryParameters: { items: [item(""), item("")] } })).toEqual([
      `q.setQueryParameters.items[0].name: ${empty}`,
      `q.setQueryParameters.items[1].name: ${empty}`,
    ]);
    expect(headers({ setHeaders: { items: [{ name: "X-A" }] } })).toEqual([
      "h.setHeaders.items[0].values: is missing; must be a list [transformations]",
    ]);
  });

  it("[transformation-allow-list] look at an ALLOW list only where nothing else is wrong", () => {
    const given = {
      setHeaders: { items: [{ ...item("X-A"), ifExists: "KEEP" }] },
      filterHeaders: { type: "ALLOW", items: [] },
    };
    expect(headers(given)).toEqual([
      'h.setHeaders.items[0].ifExists: is "KEEP"; must be one of "OVERWRITE", "APPEND", "SKIP" [transformations]',
    ]);
  });

  it("[transformation-allow-list] warn when an ALLOW list takes away what was made", () => {
    const given = (...allowed: string[]) => ({
      setHeaders: { items: [item("X-A")] },
      renameHeaders: { items: [{ from: "X-B", to: "X-C" }] },
      filterHeaders: { type: "ALLOW", items: allowed.map((name) => ({ name })) },
    });
    expect(headers(given("x-a", "X-C"))).toEqual([]);
    expect(headers(given("X-B"))).toEqual([
      'h.filterHeaders.items: doesn\'t list "X-A", which is set or renamed before the filter takes it away again; add { name: "X-A" } [transformation-allow-list]',
      'h.filterHeaders.items: doesn\'t list "X-C", which is set or renamed before the filter takes it away again; add { name: "X-C" } [transformation-allow-list]',
    ]);
  });

  // "Protected Request Headers and Response Headers"
  const protectedNames = {
    request:
      "CDN-Loop Connection Content-Length Cookie Expect Keep-Alive opc-request-id Origin Proxy-Authorization TE Transfer-Encoding Upgrade X-Forwarded-For X-Real-IP",
    response:
      "Access-Control-Allow-Credentials Access-Control-Allow-Headers Access-Control-Allow-Methods Access-Control-Allow-Origin Access-Control-Expose-Headers Access-Control-Max-Age Connection Content-Length Expect Keep-Alive opc-request-id Proxy-Authenticate Public-Key-Pins Retry-After Strict-Transport-Security TE Trailers Transfer-Encoding Upgrade X-Content-Type-Options X-Frame-Options",
  };
  it.each(
    (["request", "response"] as const).flatMap((direction) =>
      protectedNames[direction].split(" ").map((name) => [direction, name] as const),
    ),
  )("[transformation-protected] leave a %s's %s alone", (direction, name) => {
    const message = `is "${name}", which OCI protects: it can't be set, renamed or filtered; leave it out [transformation-protected]`;
    const filter = { filterHeaders: { type: "BLOCK", items: [{ name }] } };
    expect(headers({ setHeaders: { items: [item(name)] } }, direction)).toEqual([
      `h.setHeaders.items[0].name: ${message}`,
    ]);
    expect(headers({ renameHeaders: { items: [{ from: "X-A", to: name }] } }, direction)).toEqual([
      `h.renameHeaders.items[0].to: ${message}`,
    ]);
    expect(headers(filter, direction)).toEqual([`h.filterHeaders.items[0].name: ${message}`]);
  });
  it("[transformation-protected] may touch Authorization and Host, and parameters of any name", () => {
    expect(headers({ setHeaders: { items: [item("Authorization"), item("Host")] } })).toEqual([]);
    expect(query({ setQueryParameters: { items: [item("cookie")] } })).toEqual([]);
  });
});

// "Adding Context Variables to Policies and HTTP Back End Definitions"
describe("context variables of values", () => {
  it.each([
    "${request.path[id]}/${request.query[q]} by ${request.headers[X-A]}",
    "${request.host} ${request.subdomain[example.com]}",
    "$ {} no variable",
  ])("[context-variable] take %s", (value) => {
    expect(headers(set(value))).toEqual([]);
  });

  const allowed =
    "allowed here are ${request.path[name]}, ${request.query[name]}, ${request.headers[name]}, ${request.auth[name]}, ${request.host}, ${request.subdomain[name]}";
  it.each([
    [
      "${request.path[name]}",
      `"\${request.path[name]}" is not a parameter of the route's path; it has \${request.path[id]}`,
    ],
    ["${request.body}", `"\${request.body}" may not stand here; ${allowed}`],
    ["${request.cert[client_base64]}", `"\${request.cert[client_base64]}" is not supported yet; ${allowed}`],
    [
      "${request.auth[id_token_claims][sub]}",
      `"\${request.auth[id_token_claims][sub]}" is not supported yet; ${allowed}`,
    ],
    ["${request.auth[sub][0]}", `"\${request.auth[sub][0]}" is not a context variable; ${allowed}`],
    ["${request.usage_plan[id]}", `"\${request.usage_plan[id]}" is not supported yet; ${allowed}`],
    ["${request.cookies[a]}", `"\${request.cookies[a]}" is not a context variable; ${allowed}`],
    ["${request.query}", `"\${request.query}" is not a context variable; ${allowed}`],
    ["${}", `"\${}" is not a context variable; ${allowed}`],
    ["a ${request.host", 'has "${" without "}"; for example "${request.headers[X-Id]}"'],
    [
      "${request.auth[sub]}",
      '"${request.auth[sub]}" needs an authentication policy: give requestPolicies.authentication to the API',
    ],
  ])("[context-variable] refuse %s", (value, message) => {
    expect(headers(set("ok", value))).toEqual([
      `h.setHeaders.items[0].values[1]: ${message} [context-variable]`,
    ]);
  });

  it("[context-variable] take a claim where callers are authenticated, and any parameter where none is known", () => {
    const path = set("${request.path[x]}");
    const told = (parameters: string[]) =>
      lines(checkHeaderTransformations(path, "h", "response", { parameters, hasAuthentication: false }));
    const start =
      'h.setHeaders.items[0].values[0]: "${request.path[x]}" is not a parameter of the route\'s path;';
    expect(told([])).toEqual([`${start} it has none [context-variable]`]);
    expect(told(["a", "b"])).toEqual([
      `${start} it has \${request.path[a]}, \${request.path[b]} [context-variable]`,
    ]);
    const given = set("${request.auth[sub]}", "${request.path[any]}");
    expect(checkHeaderTransformations(given, "h", "response", { hasAuthentication: true })).toEqual([]);
  });
});
