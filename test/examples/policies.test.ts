import { afterAll, beforeAll, expect, it } from "vitest";
import { type RunningExample, runExample } from "./running.ts";
import { runTranscript, transcriptOf, whyNoPages } from "./transcript.ts";

let example: RunningExample;
beforeAll(async () => {
  example = await runExample("policies");
}, 60_000);
afterAll(() => example.local.emulator.close());

// One test, for the rate limit counts the calls of all.
it("answers as its page shows, and limits a burst from one address", async ({ skip }) => {
  const shown = transcriptOf("examples/policies/README.md");
  expect(shown).toHaveLength(2);
  if (whyNoPages === undefined) {
    expect(await runTranscript(shown, example.endpoint)).toEqual(shown);
    const validations = example.local.events.flatMap((event) =>
      event.type === "execution" && event.code === "requestValidation.validationError" ? [event.message] : [],
    );
    expect(validations).toEqual(["query parameter name is missing"]);
  }
  const url = `${example.endpoint}/hello?name=Ada`;
  // However slow the machine is: until more come than the limit lets through.
  const refused: Response[] = [];
  while (refused.length === 0) {
    const burst = await Promise.all(Array.from({ length: 30 }, () => fetch(url)));
    refused.push(...burst.filter(({ status }) => status !== 200));
  }
  for (const answer of refused) {
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "1"]);
    expect(await answer.json()).toEqual({ code: 429, message: "Too Many Requests" });
  }
  skip(whyNoPages !== undefined, whyNoPages);
}, 60_000);
