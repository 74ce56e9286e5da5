import { callers, modes, privileges, targets } from "../../test/end-to-end/privileges.ts";
import { fileLink, type Page, pageText, table } from "./page.ts";

/** The page of who may call which function, from the table that a test proves on the local OCI. */
export function accessPage(): Page {
  const rowsOf = (scope: string) =>
    privileges
      .filter((one) => one.scope === scope)
      .map(({ caller, target, isAllowed, why }) => [
        callers[caller],
        targets[target],
        isAllowed ? "**may call**" : "refused",
        why,
      ]);
  const head = ["Caller", "Function", "", "Why"];
  const text = pageText(
    "Who may call the functions",
    `What \`access\` lets in and what it keeps out, ${privileges.length} rows for each of the modes: ${modes.join(", ")}. ${fileLink("test/end-to-end/least-privilege.test.ts", "A test")} brings the program up in every mode and scope on the local OCI and makes every call; what the local OCI's policies say of users, of which it has none, it asks directly.`,
    "An existing group lets in what its own matching rule matches. In the table it has the rule that mode `create` writes: `ALL {resource.type = 'ApiGateway', resource.compartment.id = '…'}`.",
    "## Scope `compartment`, the default",
    "The form that Oracle documents. Whoever may make a gateway in the gateways' compartment can reach every function of the functions' compartment through it: give an API a compartment of its own where that matters, or take scope `functions`.",
    table(head, rowsOf("compartment")),
    "## Scope `functions`",
    "The statements name this gateway and these functions. Oracle documents each variable, not their use for gateways: see [what no source confirms](unverified.md).",
    table(head, rowsOf("functions")),
  );
  return { file: "docs/access.md", text, problems: [] };
}
