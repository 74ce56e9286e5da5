import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { repository, type Started, start } from "../local/starting.ts";
import { runTranscript, transcriptOf, whyNoPages } from "./transcript.ts";

/** By the command that its page prints. */
describe("npm start -- --cwd examples/canary", () => {
  let started: Started;
  let endpoint = "";
  beforeAll(async () => {
    started = start(repository, "--cwd", "examples/canary", "--port", "0");
    await started.shows("Requests:");
    endpoint = /http:\/\/127\.0\.0\.1:\d+\/v1\b/.exec(started.output())?.[0] ?? "";
    return () => started.cleanUp();
  }, 60_000);
  afterEach(() => expect(started.process.exitCode).toBeNull());

  it("shows the routes", () => {
    expect(started.output()).toContain(`Try:  curl "${endpoint}/report"`);
    expect(started.output()).not.toMatch(/warning|✖/);
  });

  it("answers as the page shows", async ({ skip }) => {
    skip(whyNoPages !== undefined, whyNoPages);
    const shown = transcriptOf("examples/canary/README.md");
    expect(shown).toHaveLength(5);
    expect(await runTranscript(shown, endpoint)).toEqual(shown);
  });

  const report = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${endpoint}${path}`, { headers });
    const { release, message } = (await answer.json()) as { release?: string; message?: string };
    return [answer.status, release ?? message];
  };

  // "Selecting API Gateway Back Ends Dynamically Based on Request Elements"
  it.each([
    ["CANARY", "next"],
    ["Next", "next"],
    ["nextt", "stable"],
    ["", "stable"],
  ])("X-Release: %s leads to %s", async (value, release) => {
    expect(await report("/report", { "x-release": value })).toEqual([200, release]);
  });

  it.each([
    ["EU-Milan", [200, "next"]],
    ["eu-", [200, "stable"]],
    ["EU-Paris", [404, "There are reports of European places only."]],
    ["neu-eu-paris", [404, "There are reports of European places only."]],
  ])("place %s: %j", async (place, answer) => {
    expect(await report(`/places/${place}/report`)).toEqual(answer);
  });
});
