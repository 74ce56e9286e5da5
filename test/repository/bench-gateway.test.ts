import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { readBaseline } from "../../bench/gateway/command.ts";
import { createAnswerReader, load } from "../../bench/gateway/load.ts";
import { type Compared, cpuRatio, rateRatio } from "../../bench/gateway/measure.ts";
import { costs, gatewayTables, missedLimits, offByPercent } from "../../bench/gateway/report.ts";

const round = (perSecond: number, cpuInMicroseconds: number | undefined, p50InMs = 1) => ({
  perSecond,
  cpuInMicroseconds,
  p50InMs,
  p99InMs: 2,
});

const stock: Compared = {
  name: "Stock",
  goal: 0.7,
  goalOfAddedMs: undefined,
  names: ["node:http", "gateway"],
  // The machine was slower in the second round.
  rounds: [
    [round(1000, 10), round(500, 12), round(1000, 11)],
    [round(800, 20), round(400, 22), round(500, 24)],
  ],
};
const call: Compared = {
  ...stock,
  name: "Function",
  goal: 0.5,
  goalOfAddedMs: 0.3,
  rounds: [[round(100, undefined)], [round(50, 20, 1.25)]],
};
const figures = {
  compared: [stock, call],
  accuracies: [{ name: "TOTAL", allowed: 2000, letThrough: 2010 }],
  counterMegabytes: 18.54,
};

describe("ratios of the gateway's figures", () => {
  it("are those within each round", () => {
    expect(rateRatio(stock)).toBe(0.8);
    expect(cpuRatio(stock)).toBe(0.5);
    expect(cpuRatio(call)).toBeUndefined();
    expect(offByPercent({ name: "TOTAL", allowed: 100, letThrough: 99 })).toBeCloseTo(-1);
  });

  it("are compared as costs: by thread time, and by answers where nobody tells it", () => {
    expect(costs(figures)).toEqual({ Stock: 2, Function: 2, TOTAL: 1.005, "counters, MB": 18.54 });
  });

  it("fail for a rate limit that is off by more than a hundredth", () => {
    const [exact, off] = [1980, 1979].map((letThrough) => ({ name: "TOTAL", allowed: 2000, letThrough }));
    expect(missedLimits([exact, off].flatMap((one) => one ?? []))).toEqual([
      "TOTAL: off by -1.05 %; tolerated: 1 %",
    ]);
  });

  it("stand in tables", () => {
    expect(gatewayTables(figures).split("\n")).toEqual([
      "|  | Answers a second | Thread time each | p50 | p99 | Ratio | … by thread time | Goal |",
      "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
      "| **Stock**: node:http | 1000 | 11.0 µs | 1.00 ms | 2.00 ms |  |  |  |",
      "| … gateway | 500 | 22.0 µs | 1.00 ms | 2.00 ms | 0.80 | 0.50 | 0.7 |",
      "| **Function**: node:http | 100 |  | 1.00 ms | 2.00 ms |  |  |  |",
      "| … gateway | 50 | 20.0 µs | 1.25 ms | 2.00 ms | 0.50 |  | 0.5; 0.25 of 0.3 ms more |",
      "",
      "| Rate limit over 10 s | Allowed | Let through | Off by | Goal |",
      "| --- | ---: | ---: | ---: | ---: |",
      "| TOTAL | 2000 | 2010 | 0.50 % | ±1 % |",
      "",
      "Counters of 100,000 client addresses: 18.5 MB; goal: 50 MB.",
    ]);
  });

  it("have a baseline", () => {
    const known = Object.values(readBaseline());
    expect(known.length).toBeGreaterThan(0);
    expect(known.every((cost) => cost > 0)).toBe(true);
  });
});

describe("the load's client", () => {
  const answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  const read = (...chunks: string[]) => {
    const reader = createAnswerReader();
    return chunks.map((chunk) => reader(Buffer.from(chunk)));
  };

  it("gives the status with an answer's last byte", () => {
    expect(read(answer, answer)).toEqual([200, 200]);
    expect(read(answer.slice(0, 20), answer.slice(20), answer)).toEqual([undefined, 200, 200]);
    expect(read(answer, answer.replace("200", "429"))).toEqual([200, 429]);
    const chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n";
    expect(read(chunked, "0\r\n\r\n")).toEqual([undefined, 200]);
    expect(read("HTTP/1.1 204 No Content\r\n\r\n")).toEqual([204]);
  });

  it("throws when an answer isn't one, or more than one", () => {
    expect(() => read("SSH-2.0\r\n\r\n")).toThrow("no answer in HTTP/1.1: SSH-2.0");
    expect(() => read(`${answer}more`)).toThrow("more bytes than one answer");
  });

  it("counts by status, with the requests in turn", async () => {
    const server = createServer(({ url }, response) => {
      response.writeHead(url === "/a" ? 200 : 404, { "Content-Length": "2" }).end("ok");
    }).listen(0, "127.0.0.1");
    onTestFinished(() => void server.close());
    await once(server, "listening");
    const { statuses } = await load({
      target: (server.address() as AddressInfo).port,
      connections: 1,
      durationInMs: 50,
      requests: ["GET /a HTTP/1.1\r\nHost: h\r\n\r\n", "GET /b HTTP/1.1\r\nHost: h\r\n\r\n"],
    });
    const { 200: good = 0, 404: missing = 0, ...others } = statuses;
    expect(others).toEqual({});
    expect([good - missing, good > 0]).toEqual([good === missing ? 0 : 1, true]);
  });

  it("rejects when the server closes a connection", async () => {
    const server = createServer(({ socket }) => void socket.destroy()).listen(0, "127.0.0.1");
    onTestFinished(() => void server.close());
    await once(server, "listening");
    const target = (server.address() as AddressInfo).port;
    const requests = ["GET / HTTP/1.1\r\nHost: h\r\n\r\n"];
    await expect(load({ target, connections: 1, durationInMs: 50, requests })).rejects.toThrow(
      "the server closed a connection under load",
    );
  });
});
