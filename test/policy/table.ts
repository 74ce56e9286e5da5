import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unknown } from "../../policy/value.ts";
import type { Given } from "./given.ts";
import type { Analyzer } from "./in-process.ts";

export { unknown } from "../../policy/value.ts";

/** A program, and what the rule says of it: nothing of a good one. */
export interface Case {
  title: string;
  resources: readonly Given[];
  /** Settings of the rule; `enforcementLevel` too. */
  config?: Readonly<Record<string, unknown>>;
  /** Texts of the findings; those below the rule's own level begin with `advisory: `. */
  says: readonly string[];
}

/** The pack's own process doesn't see the mutants of a mutation test. */
const isMutated = process.env.MUTATION_PART !== undefined;
const { startAnalyzer } = await import(isMutated ? "./in-process.ts" : "./analyzer.ts");

/** The SDK's entry point loads the TypeScript compiler, needed or not. */
const startInMs = 60_000;

/** One rule's cases, through the analyzer; all rules of a file share its process. At least two good programs, two bad. */
export function describeRules(rules: Readonly<Record<string, readonly Case[]>>): void {
  let pack: Analyzer;
  beforeAll(async () => {
    pack = await startAnalyzer();
  }, startInMs);
  afterAll(() => pack?.close());

  describe.each(Object.entries(rules))("%s", (rule, cases) => {
    it.each([...cases])("$title", async ({ resources, config, says }) => {
      expect(await pack.messages(rule, resources, config)).toEqual(says);
    });

    it("is tested with two good programs and two bad ones", () => {
      const isBad = ({ says }: Case) => says.some((message) => !message.includes("can't be judged yet"));
      expect(cases.filter(isBad).length).toBeGreaterThanOrEqual(2);
      expect(cases.filter(({ says }) => says.length === 0).length).toBeGreaterThanOrEqual(2);
    });
  });
}

type Properties = Readonly<Record<string, unknown>>;

export function gateway(properties: Properties = {}, name = "gateway"): Given {
  return {
    type: "oci:ApiGateway/gateway:Gateway",
    name,
    properties: { endpointType: "PRIVATE", ...properties },
  };
}

/** A deployment under `/v1` of the gateway of this file, with routes that answer by themselves when none are given. */
export function deployment(
  specification: Properties = {},
  rest: Properties = {},
  name = "deployment",
): Given {
  return {
    type: "oci:ApiGateway/deployment:Deployment",
    name,
    properties: {
      gatewayId: unknown,
      pathPrefix: "/v1",
      specification: { routes: [route("/health", "GET")], ...specification },
      ...rest,
    },
    uses: { gatewayId: ["gateway"] },
  };
}

/** A route that answers by itself, unless it has another back end. */
export function route(path: unknown, methods: unknown = "GET", rest: Properties = {}): Properties {
  return {
    path,
    methods: typeof methods === "string" && methods !== unknown ? methods.split(",") : methods,
    backend: { type: "STOCK_RESPONSE_BACKEND", status: 200 },
    ...rest,
  };
}

export function http(url: string, rest: Properties = {}): Properties {
  return { backend: { type: "HTTP_BACKEND", url, ...rest } };
}

export const jwt: Properties = {
  type: "TOKEN_AUTHENTICATION",
  tokenHeader: "Authorization",
  tokenAuthScheme: "Bearer",
  isAnonymousAccessAllowed: true,
  validationPolicy: { type: "REMOTE_JWKS", uri: "https://idp.example.com/jwks" },
};
