/** One rule that is checked at preview. */
export interface Rule {
  /** "Checks …", one sentence. */
  checks: string;
  /** Title of the Oracle document (or the measurement) that the rule rests on. */
  source: string;
  /** True when no source confirms the rule; it then stands in `docs/unverified.md`. */
  isUnverified?: boolean;
}

/** Every preview-time rule by id. `docs/checks.md` is generated from this table and from the tests that name the ids. */
export const rules = {
  "path-prefix": {
    checks:
      "Checks that a path prefix begins with a slash, holds no parameter and no empty segment, has an allowed length and characters, and ends with a slash only when it is `/`.",
    source: "Deploying an API on an API Gateway by Creating an API Deployment",
  },
} as const satisfies Record<string, Rule>;

export type RuleId = keyof typeof rules;
