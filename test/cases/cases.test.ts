import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkSpecification } from "../../emulator/gateway/index.ts";
import { unverified } from "../../emulator/gateway/unverified.ts";
import { root, sourceFiles } from "../../tools/docs/tree.ts";
import { assumptionsIn, switchesIn, unverifiedPage } from "../../tools/docs/unverified.ts";
import { cases, casesOf } from "./gateway/index.ts";
import { differences } from "./judge.ts";
import { filled, plan } from "./plan.ts";
import { answers, type HeldBy, limits } from "./rows.ts";

const both =
  "needs tokens, back ends or functions that the cases lack: test/emulator/gateway/switches.test.ts";

/** Switches that no request can show, and why. */
const unseen: Readonly<Record<string, string>> = {
  clientGoneStatus: "stands in the log only",
  tooManyConnectionsStatus: "needs 1000 connections: test/emulator/gateway/switches.test.ts",
  loopStatus: "needs a back end that leads back to its route: test/emulator/gateway/switches.test.ts",
  nestedPrefixes: "needs two more deployments: test/emulator/gateway/switches.test.ts",
  maximumRateInRequestsPerSecond: "OCI refuses it when a deployment is made: test/cases/fields.test.ts",
  stockBodyBytes: "OCI refuses it when a deployment is made: test/cases/fields.test.ts",
  keepAliveTimeoutInMs: "needs more than a minute",
  preflightOfOptionsRoute: both,
  loopIsAt: both,
  backendHost: both,
  backendSecurityHeaders: both,
  functionContentType: both,
  tokenType: both,
  tokenWithoutExp: both,
  otherClaims: both,
  refusalsAreRemembered: both,
  authorizerContext: both,
  invalidResponseCodeStatus: both,
};

describe("conformance cases", () => {
  it("have ids of their own that can stand in a path", () => {
    const ids = cases.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    expect(ids.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([]);
  });

  it("name their source, and what is unverified names its switch or assumption", () => {
    const known = new Set(sourceFiles("emulator").flatMap(({ text }) => assumptionsIn(text)));
    for (const { id, source, confidence, switches = [], assumptions = [] } of cases) {
      expect(source, id).not.toBe("");
      expect(switches.length + assumptions.length > 0, id).toBe(confidence === "unverified");
      expect(
        assumptions.filter((one) => !known.has(one)),
        id,
      ).toEqual([]);
    }
  });

  it("show every switch, save those that say why they can't", () => {
    const shown = new Set<string>(cases.flatMap(({ switches = [] }) => switches));
    const all = [...shown, ...Object.keys(unseen)].sort();
    expect(all).toEqual(Object.keys(unverified).sort());
  });

  it("stand beside their switches in docs/unverified.md, which has every switch", () => {
    const [file] = sourceFiles("emulator/gateway").filter(({ path }) => path.endsWith("/unverified.ts"));
    expect(file).toBeDefined();
    const found = switchesIn(file?.text ?? "");
    expect(found.map(({ name }) => name)).toEqual(Object.keys(unverified));
    expect(found.map(({ value }) => JSON.parse(value.replace("_", "")))).toEqual(Object.values(unverified));
    const page = unverifiedPage(file === undefined ? [] : [file], {}, cases);
    expect(page.text).toContain(`## Switches (${Object.keys(unverified).length})`);
    expect(page.text).toContain(
      "| `mediaTypeStatus` | `415` | a body of another content type than validation allows is answered 415; else 400 | `validation-body`, `validation-untyped` |",
    );
    expect(page.text).toContain("## Assumptions (0)");
  });

  it("fit on one gateway, in deployments that are sound", () => {
    const { deployments } = plan(casesOf("url"));
    expect(deployments.length).toBeLessThanOrEqual(20);
    const places = {
      functionId: (key: string) => `ocid1.fnfunc.oc1.fra.${key}`,
      backendUrl: (path: string) => `https://gateway.example.com${path}`,
    };
    for (const { pathPrefix, specification } of deployments) {
      expect(checkSpecification(filled(specification, places), pathPrefix), pathPrefix).toEqual([]);
    }
  });

  it("that can't run against a URL can't run against the emulator either: the same program deploys both", () => {
    const own = cases.filter(({ except }) => except?.runners.includes("url"));
    expect(own.filter(({ except }) => !except?.runners.includes("emulator"))).toEqual([]);
  });

  it.each([...answers, ...limits])(
    "%s: held by a case or a test, or open with its reason",
    (_, heldBy: HeldBy) => {
      if ("open" in heldBy) expect(heldBy.open).not.toBe("");
      else if ("cases" in heldBy) {
        expect(heldBy.cases.filter((id) => !cases.some((one) => one.id === id))).toEqual([]);
      } else expect(heldBy.tests.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    },
  );
});

describe("the judge", () => {
  const answer = {
    status: 200,
    headers: new Map([
      ["x-a", ["1"]],
      ["x-b", ["1", "2"]],
    ]),
    body: '{"method":"GET","url":"/p/a?b=2&a=1","headers":{"x":["1"]},"contentType":null,"body":""}',
  };

  it.each([
    [{ status: 201 }, [`status is 200 instead of 201: ${JSON.stringify(answer.body)}`]],
    [{ status: 200, headers: { "X-A": "1" } }, []],
    [{ status: 200, headers: { "X-A": "2" } }, ['header X-A is ["1"] instead of "2"']],
    [{ status: 200, headers: { "X-A": null } }, ['header X-A is ["1"] instead of absent']],
    [{ status: 200, headers: { "X-B": "1" } }, ['header X-B is ["1","2"] instead of "1"']],
    [{ status: 200, headers: { "X-C": /./ } }, ["header X-C is absent instead of /./"]],
    [
      { status: 200, body: { method: "GET" } },
      [`body is ${JSON.stringify(answer.body)} instead of {"method":"GET"}`],
    ],
    [{ status: 200, saw: { url: "~/a?b=2&a=1", query: ["a=1", "b=2"], headers: { X: "1", y: null } } }, []],
    [{ status: 200, saw: { method: "PUT" } }, ['the back end saw method "GET" instead of "PUT"']],
    [{ status: 200, saw: { url: "@/a" } }, ['the back end saw url "/p/a?b=2&a=1" instead of "/backend/a"']],
    [{ status: 200, saw: { query: ["a=1"] } }, ['the back end saw query ["a=1","b=2"] instead of ["a=1"]']],
    [
      { status: 200, saw: { headers: { X: ["1", "2"] } } },
      ['the back end saw header X, which is ["1"] instead of ["1","2"]'],
    ],
  ])("%o: %o", (expected, problems) => {
    expect(differences(answer, expected, "/p")).toEqual(problems);
  });

  it("a back end that tells nothing is told", () => {
    const silent = { ...answer, body: "ok" };
    expect(differences(silent, { status: 200, saw: {} }, "/p")).toEqual([
      'the back end\'s own words are "ok"',
    ]);
  });
});
