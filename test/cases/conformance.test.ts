import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { conformance, readOptions } from "./conformance.ts";
import { casesOf } from "./gateway/index.ts";
import { type RunningGateway, startInMemory } from "./memory.ts";

let running: RunningGateway;
beforeAll(async () => {
  running = await startInMemory(casesOf("url"));
});
afterAll(() => running.close());

async function run(...typed: string[]) {
  let text = "";
  const code = await conformance(typed, (more) => {
    text += more;
  });
  return { code, text };
}

describe("npm run conformance", () => {
  it("tells of each case, and ends with 0 when all are as expected", async () => {
    const only = ["--only", "path-literal", "--only", "function-missing"];
    expect(await run("--url", running.url.origin, ...only)).toEqual({
      code: 0,
      text: `✔ path-literal                 measured   a literal path is answered by its route, another one with 404
- function-missing             measured   a function that is gone, or that the gateway may not call
    OCI refuses to create a deployment whose function can't be called

1 as expected, 0 not, 1 left out
`,
    });
  });

  it("tells what differs, and ends with 1", async () => {
    const other = await run("--url", "http://127.0.0.1:1", "--only", "path-case");
    expect(other.code).toBe(1);
    expect(other.text).toBe(`✖ path-case                    unverified literal segments know case
    Error: connect ECONNREFUSED 127.0.0.1:1
    expected by: no document says it
    switches: literalSegments

0 as expected, 1 not, 0 left out
`);
  });

  it.each([
    [[], "--url is missing; for example --url https://abc.apigateway.eu-frankfurt-1.oci.customer-oci.com"],
    [
      ["--url", "https://a/b"],
      '--url is "https://a/b"; must be scheme and host only, for example https://abc.apigateway.eu-frankfurt-1.oci.customer-oci.com',
    ],
    [["--where"], "Unknown option '--where'"],
  ])("%j: refused", (typed, fault) => {
    expect(readOptions(typed)).toEqual({ fault });
  });

  it("a case that isn't there is refused, with those that are; the command ends with 2", async () => {
    const { code, text } = await run("--url", "https://a", "--only", "nothing");
    expect(code).toBe(2);
    expect(text).toMatch(/^--only "nothing" is no case; there are path-literal, path-parameter, /);
    expect(text).toContain("Usage: npm run conformance");
  });
});
