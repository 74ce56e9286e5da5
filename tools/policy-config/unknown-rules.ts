import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { rules } from "../../policy/rules.ts";

/** Names in a settings file that are the CLI's own: a level for all rules, and environments of Pulumi ESC. */
const namesOfTheCli = ["all", "environments"];

/**
 * What the settings of the policy pack name that no rule is called. Pulumi's CLI passes over such a name without a word, so
 * that the exception or the level beside it holds for nothing.
 *
 * @param folder - whose files `policy-config*.json` are read
 * @returns a line for each such name, and for each file that can't be read
 */
export function unknownRules(folder: string): string[] {
  const files = readdirSync(folder).filter((name) => /^policy-config.*\.json$/.test(name));
  return files.sort().flatMap((file) => unknownIn(file, readFileSync(join(folder, file), "utf8")));
}

function unknownIn(file: string, text: string): string[] {
  let settings: object;
  try {
    settings = Object(JSON.parse(text));
  } catch (error) {
    return [`${file} isn't JSON: ${(error as Error).message}`];
  }
  const known = rules.map(({ name }) => name).sort();
  return Object.keys(settings)
    .filter((name) => !known.includes(name) && !namesOfTheCli.includes(name))
    .map((name) => `${file}: the policy pack has no rule "${name}"; there are ${known.join(", ")}`);
}
