import { expect, it } from "vitest";
import { logUsage, parseLogOptions, severalRun } from "../../../local/commands/log-options.ts";

it("takes filters, a number of lines, and whether to go on", () => {
  expect(parseLogOptions([])).toEqual({ url: undefined, query: {}, isFollowing: false, isJson: false });
  expect(
    parseLogOptions([
      ...["--url", "http://127.0.0.1:4910", "--log-id", "ocid1.log.a", "--category", "execution"],
      ...["--level", "WARN", "--limit", "20", "--follow", "--json"],
    ]),
  ).toEqual({
    url: "http://127.0.0.1:4910",
    query: { logId: "ocid1.log.a", category: "execution", level: "WARN", limit: "20" },
    isFollowing: true,
    isJson: true,
  });
  expect(parseLogOptions(["-f"])).toMatchObject({ isFollowing: true });
});

it("shows its options", async () => {
  expect(parseLogOptions(["--help"])).toBe("help");
  expect(await logUsage()).toContain("--follow");
});

it("throws for everything that it doesn't understand", () => {
  const typed = ["--colour=red", "--category", "audit", "--level", "DEBUG", "--limit", "0"];
  expect(() => parseLogOptions(typed)).toThrow(
    [
      "unknown option --colour; there are --url, --log-id, --category, --level, --limit, --follow, --json, --help",
      '--category is "audit", but must be one of access, execution, invoke',
      '--level is "DEBUG", but must be one of INFO, WARN, ERROR',
      '--limit is "0", but must be 1 to 10000, for example --limit 20',
      "Try: npm run logs -- --help",
    ].join("\n"),
  );
  expect(() => parseLogOptions(["access"])).toThrow(
    'unexpected "access"; options begin with --\nTry: npm run logs -- --help',
  );
});

it.each(["url", "log-id", "category", "level", "limit"])("throws for --%s without a value", (name) => {
  for (const typed of [[`--${name}`], [`--${name}=`]]) {
    expect(() => parseLogOptions(typed)).toThrow(
      new RegExp(`^--${name} needs a value, for example --${name} .+\nTry: npm run logs -- --help$`),
    );
  }
});

it("says of several local OCIs who started them", () => {
  const found = [
    { folder: "emulator", url: "http://127.0.0.1:4910" },
    { folder: "emulator-0a1b2c3d", url: "http://127.0.0.1:4911" },
    { folder: "start-42", url: "http://127.0.0.1:41023" },
  ];
  expect(severalRun(found)).toBe(
    [
      "Several local OCIs run; choose one:",
      "  npm run logs -- --url http://127.0.0.1:4910   # of npm run up:local; npm run local:stop ends it",
      "  npm run logs -- --url http://127.0.0.1:4911   # of npm run up:local -- --adopt; npm run local:stop ends it",
      "  npm run logs -- --url http://127.0.0.1:41023  # of npm start, process 42",
    ].join("\n"),
  );
});
