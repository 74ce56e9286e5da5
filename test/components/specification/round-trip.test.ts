import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import * as fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import type { ServerlessApiArgs } from "../../../components/index.ts";
import { rules } from "../../../components/model/rules.ts";
import { serverlessApiProblems } from "../../../components/serverless-api-problems.ts";
import { resolveRoutes, specificationOf } from "../../../components/serverless-api-routes.ts";
import { routedArgs } from "../../../components/serverless-api-specification.ts";
import { image, minimal } from "../fixture.ts";
import { asExported, functionKeys, specifications } from "./generated.ts";

const folder = mkdtempSync(join(tmpdir(), "specification-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ids = Object.fromEntries(functionKeys.map((key) => [key, key]));
const functions = Object.fromEntries(functionKeys.map((key) => [key, { image }]));

/** What `npm run spec` prints of an API whose specification this is. */
function rendered(specification: unknown): string {
  const { routes: _, ...rest } = minimal;
  const given = { ...rest, functions, specification } as unknown as ServerlessApiArgs;
  const routed = routedArgs(given);
  const problems = serverlessApiProblems("api", given, routed);
  expect(problems.filter(({ rule }) => rules[rule].level === "error")).toEqual([]);
  const context = { name: "api", compartmentId: "", parent: undefined as never };
  const routes = resolveRoutes(context, routed.args, ids);
  return JSON.stringify(specificationOf(context, routed.args, routes, ids));
}

function written(text: string): string {
  const file = join(folder, "api.json");
  writeFileSync(file, text);
  return relative(process.cwd(), file);
}

it("a specification, rendered, written to a file and read again, renders the same, byte by byte", () => {
  fc.assert(
    fc.property(specifications, (specification) => {
      const first = rendered(specification);
      expect(JSON.parse(first)).toMatchObject(specification);
      expect(rendered(written(first))).toBe(first);
    }),
    { numRuns: 150 },
  );
});

it("the command line's export of a specification renders the same", () => {
  fc.assert(
    fc.property(specifications, (specification) => {
      const exported = written(`\uFEFF${JSON.stringify(asExported(specification), undefined, 2)}`);
      expect(rendered(exported)).toBe(rendered(specification));
    }),
    { numRuns: 100 },
  );
});

// "Adding Support for Mutual TLS to API Deployments": the default, which OCI answers with
it("mutual TLS that isn't used passes and stays", () => {
  const backend = { type: "STOCK_RESPONSE_BACKEND", status: 200 };
  const requestPolicies = { mutualTls: { isVerifiedCertificateRequired: false, allowedSans: [] } };
  const routes = [{ path: "/a", methods: ["GET"], backend }];
  expect(JSON.parse(rendered({ requestPolicies, routes }))).toMatchObject({ requestPolicies, routes });
});
