import { validateHeaderName, validateHeaderValue } from "node:http";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkSpecification } from "../../../../emulator/gateway/index.ts";
import { compileRequestHeaderTransformations } from "../../../../emulator/gateway/policies/header-transformations.ts";
import type { PolicyContext } from "../../../../emulator/gateway/policies/policy.ts";
import { compileQueryParameterTransformations } from "../../../../emulator/gateway/policies/query-parameter-transformations.ts";
import type { Exchange } from "../../../../emulator/gateway/server/exchange.ts";
import type { RouteRequestPolicies } from "../../../../emulator/gateway/specification/policies.ts";
import { protectedRequestHeaders } from "../../../../emulator/gateway/specification/protected-headers.ts";
import { decodedName, parseQuery } from "../../../../emulator/gateway/specification/query.ts";

type Pairs = readonly (readonly [name: string, value: string])[];

interface Given {
  headers?: Pairs;
  query?: string | undefined;
  /** `request.auth[claim]`: text that no HTTP parser has seen. */
  claim?: string;
}

/** What a step needs of an exchange, and what it leaves in it. */
function exchangeOf({ headers = [], query, claim = "" }: Given) {
  const log: string[] = [];
  const exchange = {
    head: { headers, query, first: new Map(headers.map(([name, value]) => [name.toLowerCase(), value])) },
    outgoing: { headers, query },
    parameters: new Map(),
    auth: new Map([["claim", claim]]),
    record: (_level: string, code: string, message: string) => log.push(`${code}: ${message}`),
  };
  return { exchange, log };
}

function run(policies: RouteRequestPolicies, given: Given) {
  const { exchange, log } = exchangeOf(given);
  const context = { route: { path: "/", requestPolicies: policies } } as PolicyContext;
  for (const compile of [compileRequestHeaderTransformations, compileQueryParameterTransformations]) {
    compile(context)?.(exchange as unknown as Exchange);
  }
  return { ...exchange.outgoing, head: exchange.head, log };
}

const isAccepted = (requestPolicies: unknown) =>
  checkSpecification(
    { routes: [{ path: "/", backend: { type: "STOCK_RESPONSE_BACKEND", status: 200 }, requestPolicies }] },
    "/",
  ).length === 0;

const headerName = fc.constantFrom("x-a", "X-B", "x-c", "Cookie", "Content-Length", "Host", "opc-request-id");
const latin1 = fc.string({
  unit: fc
    .integer({ min: 0x20, max: 0xff })
    .filter((code) => code !== 0x7f)
    .map((code) => String.fromCharCode(code)),
});
const headers = fc.array(fc.tuple(headerName, latin1), { maxLength: 8 });
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.constantFrom("\r\nx: y", "\0", "a&b=c", "\ud800"),
);
const template = fc.constantFrom(
  "1",
  "ä",
  "${request.auth[claim]}",
  "a${request.headers[x-a]}&${request.auth[claim]}",
  "${request.query[a]}",
);
const ifExists = fc.constantFrom("OVERWRITE", "APPEND", "SKIP", undefined);

const transformations = (name: fc.Arbitrary<string>, fields: [set: string, rename: string, filter: string]) =>
  fc
    .record({
      set: fc.array(
        fc.record({ name, values: fc.array(template, { minLength: 1, maxLength: 3 }), ifExists }),
        { maxLength: 3 },
      ),
      rename: fc.array(fc.record({ from: name, to: name }), { maxLength: 2 }),
      filter: fc.option(
        fc.record({
          type: fc.constantFrom("ALLOW", "BLOCK"),
          items: fc.array(fc.record({ name }), { maxLength: 3 }),
        }),
        { nil: undefined },
      ),
    })
    .map(({ set, rename, filter }) => ({
      [fields[0]]: { items: set },
      [fields[1]]: { items: rename },
      ...(filter && { [fields[2]]: filter }),
    }));

describe("header transformations", () => {
  const policies = transformations(fc.constantFrom("x-a", "X-B", "x-c", "x-d", "Host", "x-e"), [
    "setHeaders",
    "renameHeaders",
    "filterHeaders",
  ])
    .map((headerTransformations): RouteRequestPolicies => ({ headerTransformations }))
    .filter(isAccepted);

  test("give valid headers, and leave the original and what is protected", () => {
    fc.assert(
      fc.property(policies, headers, text, (given, original, claim) => {
        const before = structuredClone(original);
        const { headers: after, head } = run(given, { headers: original, claim });
        expect([original, head.headers]).toEqual([before, before]);
        for (const [name, value] of after) {
          validateHeaderName(name);
          validateHeaderValue(name, value);
        }
        const isProtected = ([name]: readonly [string, string]) =>
          protectedRequestHeaders.has(name.toLowerCase());
        expect(after.filter(isProtected)).toEqual(before.filter(isProtected));
      }),
    );
  });

  test("filter last: no header gets through that isn't allowed", () => {
    fc.assert(
      fc.property(policies, headers, (given, original) => {
        const filter = given.headerTransformations?.filterHeaders;
        const names = new Set(filter?.items.map(({ name }) => name.toLowerCase()));
        const { headers: after, log } = run(given, { headers: original });
        expect(log.filter((line) => line.startsWith("headerTransformation.badHeaderValue"))).toEqual([]);
        for (const [name] of after) {
          const key = name.toLowerCase();
          const passes = filter === undefined || names.has(key) === (filter.type === "ALLOW");
          expect(passes || protectedRequestHeaders.has(key)).toBe(true);
        }
      }),
    );
  });

  test("a value that a header can't hold: nothing is transformed, and the log doesn't show the value", () => {
    const invalid = fc.constantFrom("\r\nx: y", "\n", "\0", "\u007f", "€", "\ud800");
    fc.assert(
      fc.property(invalid, text, (bad, rest) => {
        const headerTransformations = {
          setHeaders: {
            items: [
              { name: "X-A", values: ["fine"] },
              { name: "X-B", values: ["fine", "a ${request.auth[claim]}"] },
            ],
          },
          filterHeaders: { type: "BLOCK" as const, items: [{ name: "x-c" }] },
        };
        const { headers: after, log } = run(
          { headerTransformations },
          { headers: [["x-c", "1"]], claim: bad + rest },
        );
        expect(after).toEqual([["x-c", "1"]]);
        expect(log).toEqual([
          "headerTransformation.badHeaderValue: the value for header X-B is not valid in HTTP: no header is transformed",
        ]);
      }),
    );
  });
});

describe("query parameter transformations", () => {
  const policies = transformations(fc.constantFrom("a", "A", "b c", "c&d=e", "%61b", "é", "f"), [
    "setQueryParameters",
    "renameQueryParameters",
    "filterQueryParameters",
  ])
    .map((queryParameterTransformations): RouteRequestPolicies => ({ queryParameterTransformations }))
    .filter(isAccepted);
  const visible = fc.string({
    unit: fc.constantFrom(..."aAbcdef=&%61+;/?é".replace("é", "%C3%A9").split(""), "%20", "%26"),
  });
  const query = fc.option(visible, { nil: undefined });

  test("give a query that a URL can hold and that means what it says", () => {
    fc.assert(
      fc.property(policies, query, headers, text, (given, original, sent, claim) => {
        const { query: after, head } = run(given, { query: original, headers: sent, claim });
        expect(head.query).toBe(original);
        expect(after ?? "").toMatch(/^[\x21-\x7e]*$/);
        expect(after ?? "").not.toMatch(/[#"<>\\]/);
        const url = new URL(`http://h/?${after ?? ""}`);
        expect(url.search).toBe(
          after === undefined || after === "" ? "" : `?${after}`.replaceAll("'", "%27"),
        );
      }),
    );
  });

  test("add as many parameters as the policy says, whatever the values hold", () => {
    fc.assert(
      fc.property(latin1, text, (sent, claim) => {
        const values = ["${request.headers[x-a]}", "${request.auth[claim]}", "${request.query[q]}"];
        const items = [{ name: "a", values }];
        const { query: after, log } = run(
          { queryParameterTransformations: { setQueryParameters: { items } } },
          { query: "q=1;b=2", headers: [["x-a", sent]], claim },
        );
        if (!claim.isWellFormed()) {
          expect([after, log]).toEqual([
            "q=1;b=2",
            [
              "queryParameterTransformation.badParameterValue: a value can't be put into a query: no query parameter is transformed",
            ],
          ]);
          return;
        }
        expect(parseQuery(after).map(([name]) => name)).toEqual(["q", "a", "a", "a"]);
        expect([...new URLSearchParams(after).keys()]).toEqual(["q", "a", "a", "a"]);
        expect(after?.slice("q=1;b=2".length)).not.toContain(";");
      }),
    );
  });

  test("filter last: no parameter gets through that isn't allowed, however it is encoded", () => {
    fc.assert(
      fc.property(policies, query, (given, original) => {
        const filter = given.queryParameterTransformations?.filterQueryParameters;
        if (filter === undefined) return;
        const names = new Set(filter.items.map(({ name }) => decodedName(name)));
        const { query: after } = run(given, { query: original });
        for (const name of new URLSearchParams(after).keys()) {
          expect([name, names.has(name)]).toEqual([name, filter.type === "ALLOW"]);
        }
      }),
    );
  });
});
