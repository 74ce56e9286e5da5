import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import type { EmulatorEvent } from "../../../emulator/types.ts";
import { formatOutputs } from "../../../local/show/outputs.ts";
import { formatEvent } from "../../../local/show/requests.ts";
import { formatProblems } from "../../../local/show/steps.ts";
import { secret } from "../../../local/values.ts";

const shown = (event: EmulatorEvent) => stripVTControlCharacters(formatEvent(event) ?? "");

test("a refused call shows the missing statement once", () => {
  const decision: EmulatorEvent = {
    type: "decision",
    principalId: "g",
    permission: "FN_INVOCATION",
    targetId: "f",
    decision: { allowed: false, reasons: ["no statement"], missingStatement: "Allow x" },
  };
  expect(shown(decision)).toBe(
    "       IAM refused FN_INVOCATION on f to g\n         no statement\n         This statement would allow it: Allow x",
  );
  expect(
    shown({
      type: "execution",
      level: "ERROR",
      code: "c",
      message: "m. A statement that would allow it: Allow x",
      gatewayId: "g",
      deploymentId: undefined,
      opcRequestId: "r",
    }),
  ).toBe("       c: m.");
});

test("outputs: routes with URLs and a line to try; no secret is printed", () => {
  const routes = [{ methods: ["GET"], path: "/hello", url: "http://h/v1/hello", backend: "function hello" }];
  const text = stripVTControlCharacters(
    formatOutputs({ endpoint: "http://h/v1", routes, token: secret("s3cret") }),
  );
  expect(text).toBe(
    'Endpoint  http://h/v1\n  GET  http://h/v1/hello  function hello\n\nTry:  curl "http://h/v1/hello?name=Ada"',
  );
  expect(stripVTControlCharacters(formatOutputs({ token: secret("s3cret") }))).toBe(
    "Outputs\n  token: [secret]",
  );
});

test("problems name the resource as the CLI does", () => {
  const urn = "urn:pulumi:local::p::oci:Core/vcn:Vcn::net";
  expect(stripVTControlCharacters(formatProblems([{ urn, message: "a\nb" }, { message: "c" }]))).toBe(
    "error: Core.Vcn (net):\n  a\n  b\nerror: c",
  );
});
