import { describe, expect, test } from "vitest";
import type { Exchange } from "../../../../emulator/gateway/server/exchange.ts";
import { forwardedHeaders, notForwarded } from "../../../../emulator/gateway/server/forwarded.ts";
import { areValid, endToEnd, forClient, withoutCors } from "../../../../emulator/gateway/server/headers.ts";
import { turn } from "../switch.ts";

type Pairs = [name: string, value: string][];

const hopByHop: Pairs = [
  ["Connection", "close, X-Named"],
  ["x-named", "1"],
  ["Keep-Alive", "5"],
  ["TE", "gzip"],
  ["Transfer-Encoding", "chunked"],
  ["Upgrade", "h2c"],
  ["Proxy-Authorization", "a"],
];

// RFC 9110, "HTTP Semantics", section 7.6.1
describe("headers that go on to the next hop", () => {
  test("without those of this connection", () => {
    const kept: Pairs = [
      ["X-A", "1"],
      ["te", " Trailers "],
      ["x-a", "2"],
    ];
    expect(endToEnd([...hopByHop, ...kept])).toEqual(kept);
  });

  test.each<[string, string[]]>([
    ["keep-alive", ["X-A", "X-B"]],
    ["x-a", ["X-B"]],
    ["keep-alive,  X-B ", ["X-A"]],
    ["X-A,x-b", []],
  ])("where Connection is %s: %j", (connection, names) => {
    const headers: Pairs = [
      ["connection", connection],
      ["X-A", "1"],
      ["X-B", "1"],
    ];
    expect(endToEnd(headers).map(([name]) => name)).toEqual(names);
    expect(forClient(headers)).toEqual(names.flatMap((name) => [name, "1"]));
  });

  test("only Connection names headers, not another name as long", () => {
    const headers: Pairs = [
      ["User-Agent", "x-a"],
      ["X-A", "1"],
    ];
    expect(endToEnd(headers)).toEqual(headers);
  });

  test("to the client without the gateway's own", () => {
    const ofGateway: Pairs = ["Server", "X-Frame-Options", "opc-request-id", "Strict-Transport-Security"].map(
      (name) => [name, "mine"],
    );
    expect(forClient([...hopByHop, ...ofGateway, ["X-A", "1"], ["x-a", "2"]])).toEqual([
      "X-A",
      "1",
      "x-a",
      "2",
    ]);
  });
});

test("headers without those of CORS", () => {
  const plain = ["X-A", "1", "Access-Control-", "2", "X-Access-Control-A", "access-control-a"];
  expect(withoutCors(plain)).toBe(plain);
  const all = ["Access-Control-Allow-Origin", "*", ...plain, "access-control-max-age", "1"];
  expect(withoutCors(all)).toEqual(plain);
});

test.each<[string, string, boolean]>([
  ["X-A", "a\tb ~\u0080\u00ff", true],
  ["X-A", "", true],
  ["X-A", "a\nb", false],
  ["X-A", "a\u007f", false],
  ["X-A", "Ā", false],
  ["", "a", false],
  ["X A", "a", false],
  ["X:", "a", false],
])("%j: %j can be a header: %j", (name, value, isValid) => {
  expect(
    areValid([
      ["X-Good", "1"],
      [name, value],
    ]),
  ).toBe(isValid);
});

describe("headers for back ends", () => {
  /** A request from an address, with headers and the route's loop token. */
  const request = (headers: Pairs, remoteAddress = "10.0.0.1") =>
    ({
      outgoing: { headers },
      head: {
        headers,
        first: new Map(headers.toReversed().map(([name, value]) => [name.toLowerCase(), value])),
      },
      remoteAddress,
      route: { loopToken: "token" },
    }) as unknown as Exchange;
  const own = (address: string) => [
    ["Forwarded", `for=${address}`],
    ["X-Forwarded-For", address],
    ["X-Real-Ip", address],
    ["Cdn-Loop", "token"],
  ];
  const forwarded = (exchange: Exchange, more: string[] = []) => {
    const flat = forwardedHeaders(exchange, notForwarded(more));
    return flat.flatMap((name, index) => (index % 2 === 0 ? [[name, flat[index + 1]]] : []));
  };

  test("the client's, without those of its connection and those that are left out", () => {
    const headers: Pairs = [...hopByHop, ["Host", "a"], ["X-A", "1"]];
    expect(forwarded(request(headers), ["host"])).toEqual([["X-A", "1"], ...own("10.0.0.1")]);
    expect(forwarded(request([["Host", "a"]]))).toEqual([["Host", "a"], ...own("10.0.0.1")]);
  });

  test("an IPv6 address stands in brackets where RFC 7239 wants them", () => {
    const [, ...rest] = own("::1");
    expect(forwarded(request([], "::1"))).toEqual([["Forwarded", 'for="[::1]"'], ...rest]);
  });

  const before: Pairs = [
    ["Forwarded", "for=1"],
    ["forwarded", "for=2"],
    ["X-Forwarded-For", "1"],
    ["x-forwarded-for", "2"],
    ["X-Real-IP", "1"],
    ["CDN-Loop", "other"],
  ];

  test("the client's own are added to, all of them", () => {
    expect(forwarded(request(before))).toEqual([
      ["Forwarded", "for=1, for=2, for=10.0.0.1"],
      ["X-Forwarded-For", "1, 2, 10.0.0.1"],
      ["X-Real-Ip", "10.0.0.1"],
      ["Cdn-Loop", "other, token"],
    ]);
  });

  test("or replaced, but for the loop's", () => {
    turn({ clientForwarded: "replaced" });
    expect(forwarded(request(before))).toEqual([
      ...own("10.0.0.1").slice(0, 3),
      ["Cdn-Loop", "other, token"],
    ]);
  });
});
