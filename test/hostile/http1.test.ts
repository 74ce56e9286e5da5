import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { httpCases } from "./http1.cases.ts";
import { seeds } from "./seeds.ts";
import { converse, openTarget } from "./wire.ts";

// Each case runs against a route to a function and one to an HTTP back end. A sentinel request follows it on the same
// connection: nothing of a refused message may be taken for a request, and nothing of a served one may be glued to it.
describe.each(["fn", "http"])("HTTP/1.1 messages to a back end of kind %s", (kind) => {
  test.each(httpCases.map((each) => [each.name, each] as const))(
    "%s",
    async (_name, { bytes, answers: expectedAnswers, reached: expectedReached }) => {
      const { port, reached, url } = await openTarget();
      const path = `/v1/${kind}/a`;
      const sent = bytes
        .replaceAll("{t}", path)
        .replaceAll("{f}", "/v1/fn/a")
        .replaceAll("{r}", path.slice(1));
      const { answers } = await converse(port, sent);
      expect({ answers, reached: reached.map(withoutTarget) }).toEqual({
        answers: expectedAnswers,
        reached: expectedReached,
      });
      expect(await (await fetch(`${url}/hello`)).text()).toBe("hi");
    },
  );
});

test("no two cases have one name", () => {
  const names = httpCases.map(({ name }) => name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

describe("messages with mistakes put in at random", () => {
  const seed = [
    "POST {t}?a=b HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
    "POST {t} HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\nX: y\r\n\r\nhello world",
    "GET {t} HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\n\r\n",
  ];
  const pieces = [
    "\r\n",
    "\n",
    "\r",
    "\0",
    " ",
    "\t",
    ":",
    ",",
    "0",
    "3",
    "\r\n\r\n",
    "chunked",
    "%00",
    "..",
    "GET / HTTP/1.1\r\n",
  ];
  const mutation = fc.record({
    at: fc.nat(200),
    cut: fc.nat(4),
    put: fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: "binary-ascii", maxLength: 3 })),
  });
  const message = fc
    .tuple(
      fc.array(fc.constantFrom(...seed), { minLength: 1, maxLength: 2 }),
      fc.array(mutation, { minLength: 1, maxLength: 3 }),
    )
    .map(([parts, mutations]) =>
      mutations.reduce((text, { at, cut, put }) => {
        const place = at % text.length;
        return text.slice(0, place) + put + text.slice(place + cut);
      }, parts.join("")),
    );

  // Both back ends must get the same requests: how one is called can't change where a request ends.
  test.each(seeds.http1)("seed %i: function and HTTP back end get the same requests", async (seed) => {
    const { port, reached, url } = await openTarget({
      settings: { stallTimeoutInMs: 50, lingerTimeoutInMs: 20 },
    });
    const run = async (text: string, path: string) => {
      reached.length = 0;
      const { answers } = await converse(port, text.replaceAll("{t}", path));
      return { count: answers.length, reached: reached.map((each) => each.replaceAll(path, "{t}")) };
    };
    await fc.assert(
      fc.asyncProperty(message, async (text) => {
        const one = await run(text, "/v1/fn/aaa");
        const other = await run(text, "/v1/http/a");
        expect(other.reached).toEqual(one.reached);
        expect(one.reached.length).toBeLessThanOrEqual(one.count);
      }),
      { seed, numRuns: 60 },
    );
    expect(await (await fetch(`${url}/hello`)).text()).toBe("hi");
  });
});

function withoutTarget(request: string): string {
  const [method = "", , ...body] = request.split(" ");
  return `${method} ${body.join(" ")}`;
}
