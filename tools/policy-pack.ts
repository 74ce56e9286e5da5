// `npm run policy:pack -- FOLDER` writes the policy pack for use by other projects.
import { resolve } from "node:path";
import { packPolicies } from "./policy-pack/bundle.ts";

const [folder, ...rest] = process.argv.slice(2);
if (folder === undefined || folder.startsWith("-") || rest.length > 0) {
  console.error("✖ give one folder: npm run policy:pack -- ../shop/policy");
  process.exitCode = 1;
} else {
  try {
    const files = await packPolicies(resolve(folder));
    console.log(`Wrote ${files.join(", ")} to ${folder}; next: npm install --prefix ${folder}`);
    console.log(`Then: pulumi preview --policy-pack ${folder}`);
  } catch (error) {
    console.error(`✖ ${(error as Error).message}`);
    process.exitCode = 1;
  }
}
