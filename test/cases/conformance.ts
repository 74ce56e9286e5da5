import { parseArgs } from "node:util";
import type { GatewayCase } from "./gateway/case.ts";
import { cases, casesOf } from "./gateway/index.ts";
import { judge } from "./judge.ts";
import { plan } from "./plan.ts";

const usage = `Usage: npm run conformance -- --url https://<gateway's host name> [--only <id>]…

Asks a gateway, on which test/cases/program has been brought up, what the conformance cases ask:

  cd test/cases/program && pulumi up -s dev
  npm run conformance -- --url "$(pulumi stack output url -s dev --cwd test/cases/program)"

  --url   scheme and host of the gateway
  --only  carries out this case only; may be given several times

Exit code: 0 when every case is as expected, 1 when one isn't, 2 when the command is wrong.
`;

interface Options {
  url: URL;
  only: readonly string[];
}

/** What was typed, or what is wrong with it. */
export function readOptions(typed: readonly string[]): Options | { fault: string } {
  let values: { url?: string; only?: string[] };
  try {
    const options = { url: { type: "string" }, only: { type: "string", multiple: true } } as const;
    values = parseArgs({ args: [...typed], options }).values;
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
  const { url, only = [] } = values;
  if (url === undefined)
    return {
      fault: "--url is missing; for example --url https://abc.apigateway.eu-frankfurt-1.oci.customer-oci.com",
    };
  if (!/^https?:\/\/[^/?#]+\/?$/.test(url) || !URL.canParse(url)) {
    return {
      fault: `--url is ${JSON.stringify(url)}; must be scheme and host only, for example https://abc.apigateway.eu-frankfurt-1.oci.customer-oci.com`,
    };
  }
  const unknown = only.find((id) => !cases.some((one) => one.id === id));
  if (unknown !== undefined) {
    const known = cases.map(({ id }) => id).join(", ");
    return { fault: `--only ${JSON.stringify(unknown)} is no case; there are ${known}` };
  }
  return { url: new URL(url), only };
}

/** Carries out the cases, one after the other, and tells of each. Returns the exit code. */
export async function conformance(typed: readonly string[], write: (text: string) => void): Promise<number> {
  const options = readOptions(typed);
  if ("fault" in options) {
    write(`${options.fault}\n\n${usage}`);
    return 2;
  }
  const { url, only } = options;
  const { pathOf } = plan(casesOf("url"));
  const chosen = cases.filter(({ id }) => only.length === 0 || only.includes(id));
  const counts = { right: 0, wrong: 0, left: 0 };
  for (const one of chosen) {
    const path = pathOf.get(one.id);
    if (path === undefined) {
      counts.left++;
      write(`${line("-", one)}\n    ${one.except?.because}\n`);
      continue;
    }
    const problems = await judge(one, url, path);
    counts[problems.length === 0 ? "right" : "wrong"]++;
    write(`${line(problems.length === 0 ? "✔" : "✖", one)}\n`);
    if (problems.length === 0) continue;
    write(`${problems.map((problem) => `    ${problem}\n`).join("")}    expected by: ${one.source}\n`);
    if (one.switches !== undefined) write(`    switches: ${one.switches.join(", ")}\n`);
  }
  write(`\n${counts.right} as expected, ${counts.wrong} not, ${counts.left} left out\n`);
  return counts.wrong === 0 ? 0 : 1;
}

function line(mark: string, { id, confidence, name }: GatewayCase): string {
  return `${mark} ${id.padEnd(28)} ${confidence.padEnd(10)} ${name}`;
}

if (process.argv[1] === import.meta.filename) {
  process.exitCode = await conformance(process.argv.slice(2), (text) => process.stdout.write(text));
}
