/** What a dynamic choice depends on: one bare context variable. */
export interface SelectionSource {
  type: "SINGLE";
  selector: string;
}

/** A rule of a dynamic choice ("Selecting API Gateway Back Ends Dynamically Based on Request Elements"). */
export type SelectionKey =
  | { type: "ANY_OF"; name: string; values?: string[] | undefined; isDefault?: boolean | undefined }
  | { type: "WILDCARD"; name: string; expression: string; isDefault?: boolean | undefined };
