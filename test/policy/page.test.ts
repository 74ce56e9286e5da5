import { expect, it } from "vitest";
import { rateLimit } from "../../policy/rules/rate-limit.ts";
import { policyPackPage } from "../../tools/docs/policy-pack.ts";

const tests = [{ path: "test/policy/rate-limit.test.ts", text: 'describeRules({ "rate-limit": [] })' }];

it("shows what a rule judges, how hard, by what, its settings and its tests", () => {
  const { text, problems } = policyPackPage([rateLimit], tests);
  expect(problems).toEqual([]);
  expect(text).toContain(
    "| [`rate-limit`](#rate-limit) | A deployment has a rate limit or a usage plan. | medium | advisory |",
  );
  expect(text).toContain(
    [
      "- Judges: `oci:ApiGateway/deployment:Deployment`",
      "- medium, advisory",
      "- Rests on: OWASP API Security Top 10 2023, API4 Unrestricted Resource Consumption; Oracle: Limiting the Number of Requests to API Gateway Back Ends",
      "- Tests: [policy/rate-limit.test.ts](../test/policy/rate-limit.test.ts)",
      "",
      "| Setting | What it is | Default |",
      "| --- | --- | --- |",
      '| `deployments` | Deployments without a limit, by name in the program; "*" stands for any text. | `[]` |',
      "| `maxRateInRequestsPerSecond` | The highest rate that is still a limit; any when absent. | - |",
    ].join("\n"),
  );
});

it("reports a rule without a reference, without a test, and one that doesn't say what it checks", () => {
  const rule = { ...rateLimit, references: [], checks: "A limit." };
  expect(policyPackPage([rule], [{ path: "test/model/a.test.ts", text: '"rate-limit"' }]).problems).toEqual([
    "rule rate-limit has no reference",
    "rule rate-limit has no test: a table in test/policy under its name",
    'rule rate-limit must say "Checks that ….": A limit.',
  ]);
});
