import { root } from "./docs/tree.ts";
import { unknownRules } from "./policy-config/unknown-rules.ts";

/** `npm run check:policy`: refuses settings of the policy pack for rules that there aren't. */
const problems = unknownRules(root);
for (const problem of problems) process.stderr.write(`✖ ${problem}\n`);
if (problems.length > 0) process.exitCode = 1;
else process.stdout.write("The policy pack has every rule that is set.\n");
