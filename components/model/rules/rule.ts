/** One rule that is checked at preview. */
export interface Rule {
  /** "Checks …", one sentence. */
  checks: string;
  /** Title of the Oracle document (or the measurement) that the rule rests on. */
  source: string;
  /** `error` stops the run; `warn` is logged at the resource and the run goes on. */
  level: "error" | "warn";
  /** True when no source confirms the rule; it then stands in `docs/unverified.md`. */
  isUnverified?: boolean;
}
