import { UsageError } from "../local/command-line.ts";
import { parseOptions, ReadyError, usage } from "./ready/options.ts";
import { surroundings, waitUntilCallable } from "./ready/probe.ts";
import { targetOf } from "./ready/target.ts";

/** `npm run ready`: calls an API until it answers, else names the broken link. */
async function main(typed: readonly string[]): Promise<number> {
  const options = parseOptions(typed);
  if (options === "help") {
    process.stdout.write(await usage());
    return 0;
  }
  const { url, choice } = await targetOf(options);
  if (choice !== undefined) process.stdout.write(`calling GET ${url}: ${choice} (another: --route PATH)\n`);
  const result = await waitUntilCallable(url, options.timeoutInSeconds, {
    ...surroundings,
    onChange: ({ outcome, link }) => process.stdout.write(`waiting: GET ${url} ${outcome} (${link})\n`),
  });
  const after = `after ${result.afterInSeconds.toFixed(1)} s`;
  if (result.verdict === "callable") {
    process.stdout.write(`ready: GET ${url} ${result.outcome} ${after}\n`);
    return 0;
  }
  process.stderr.write(
    `not ready ${after}: GET ${url} ${result.outcome}\nbroken link: ${result.link}\ncure: ${result.cure}\n`,
  );
  return 1;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    if (!(error instanceof ReadyError || error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  },
);
