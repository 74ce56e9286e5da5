/** What a choice depends on. */
export interface SelectionSourceArgs {
  type: "SINGLE";
  /** One context variable without `${}`: `request.headers[x-canary]`, `request.query[…]`, `request.host`, … */
  selector: string;
}

/** A rule of a choice. Exact values come first, then the first expression that matches, then the default. */
export type SelectionKeyArgs =
  | {
      type: "ANY_OF";
      /** Unique among the rules. */
      name: string;
      /** Compared without regard to case, at most 100. */
      values?: string[];
      /** Taken when no rule matches. @default false */
      isDefault?: boolean;
    }
  | {
      type: "WILDCARD";
      name: string;
      /** One `*` (any characters) or `+` (at least one), at the beginning or the end; case-sensitive. */
      expression: string;
      isDefault?: boolean;
    };
