/** What the client must get: a status and a whole body, or an answer that breaks off. */
export type Expected = { status: number; body: string } | "cut";

export interface BackendCase {
  name: string;
  /** What the back end sends when it has read a request's head; it leaves the connection open. */
  bytes: string;
  /** What it does then. @default nothing */
  ends?: "close" | "reset";
  expected: Expected;
  /** Method of the request. @default GET */
  method?: string;
}

export const badGateway: Expected = { status: 502, body: '{"code":502,"message":"Bad Gateway"}' };
export const gatewayTimeout: Expected = { status: 504, body: '{"code":504,"message":"Gateway Timeout"}' };
const abc: Expected = { status: 200, body: "abc" };
const ok = "HTTP/1.1 200 OK\r\n";
const three = "Content-Length: 3\r\n\r\nabc";
const chunks = "3\r\nabc\r\n0\r\n\r\n";

const served = (name: string, bytes: string, more: Partial<BackendCase> = {}): BackendCase => ({
  name,
  bytes,
  expected: abc,
  ...more,
});
const refused = (name: string, bytes: string, more: Partial<BackendCase> = {}): BackendCase => ({
  name,
  bytes,
  expected: badGateway,
  ...more,
});
const cut = (name: string, bytes: string, more: Partial<BackendCase> = {}): BackendCase => ({
  name,
  bytes,
  expected: "cut",
  ...more,
});

/** "Troubleshooting API Gateway": what fails is 502, what takes too long 504; RFC 9112 for what is sound. */
export const backendCases: readonly BackendCase[] = [
  refused("closes before the answer", "", { ends: "close" }),
  refused("resets before the answer", "", { ends: "reset" }),
  refused("closes in the status line", "HTTP/1.1 20", { ends: "close" }),
  refused("closes in the head", `${ok}X: `, { ends: "close" }),
  refused("resets in the head", `${ok}X: `, { ends: "reset" }),
  cut("closes in the body", `${ok}Content-Length: 30\r\n\r\nabc`, { ends: "close" }),
  cut("resets in the body", `${ok}Content-Length: 30\r\n\r\nabc`, { ends: "reset" }),
  cut("closes in a chunk", `${ok}Transfer-Encoding: chunked\r\n\r\n30\r\nabc`, { ends: "close" }),
  cut("closes before the last chunk", `${ok}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n`, {
    ends: "close",
  }),
  cut("closes before the last line", `${ok}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n`, {
    ends: "close",
  }),
  cut("resets in a chunk", `${ok}Transfer-Encoding: chunked\r\n\r\n30\r\nabc`, { ends: "reset" }),

  refused("sends bytes that aren't HTTP", "\0\x01\x02\xff\r\n\r\n"),
  refused("sends frames of HTTP/2", "\0\0\0\x04\0\0\0\0\0"),
  refused("speaks TLS", "\x15\x03\x01\x00\x02\x02\x16"),
  refused("speaks SSH", "SSH-2.0-OpenSSH\r\n"),
  refused("speaks ICY", "ICY 200 OK\r\n\r\n"),
  ...["abc", "99", "1000", "000", "2e2", "-20", "+200", "20", ""].map((status) =>
    refused(`has the status ${JSON.stringify(status)}`, `HTTP/1.1 ${status} OK\r\n${three}`),
  ),
  refused("has the version 9.9", `HTTP/9.9 200 OK\r\n${three}`),
  refused("ends lines with LF", ok.replace("\r", "") + three.replaceAll("\r", "")),
  ...[
    "X",
    "X: a\r\n b",
    "X: a\0b",
    "X: a\rb",
    ": a",
    "X : a",
    "X\xe4: a",
    "X Y: a",
    "X: \x7f",
    "X: \x01",
  ].map((header) => refused(`has the header ${JSON.stringify(header)}`, `${ok}${header}\r\n${three}`)),
  ...["-1", "x", "0x3", "3, 3", "3 3", "+3", "99999999999999999999"].map((length) =>
    refused(`has the length ${JSON.stringify(length)}`, `${ok}Content-Length: ${length}\r\n\r\nabc`, {
      ends: "close",
    }),
  ),
  refused("has two lengths", `${ok}Content-Length: 4\r\n${three}`),
  refused("has one length twice", `${ok}Content-Length: 3\r\n${three}`),
  refused("has both lengths", `${ok}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}`),
  refused(
    "has both lengths, the other way round",
    `${ok}Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n${chunks}`,
  ),
  ...[
    "gzip, chunked",
    "gzip",
    "identity",
    "chunked, chunked",
    "xchunked",
    "chunked\r\nTransfer-Encoding: chunked",
  ].map((coding) =>
    refused(
      `has the coding ${JSON.stringify(coding)}`,
      `${ok}Transfer-Encoding: ${coding}\r\n\r\n${chunks}`,
      { ends: "close" },
    ),
  ),
  refused("has a head of 20 kB", `${ok}X: ${"y".repeat(20_000)}\r\n${three}`),
  refused("has a head of 1 MB", `${ok}X: ${"y".repeat(1_000_000)}\r\n${three}`),
  refused(
    "switches to a protocol nobody asked for",
    "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\nabc",
  ),
  refused("switches without a word", "HTTP/1.1 101 Switching Protocols\r\n\r\nabc"),
  refused("continues what didn't wait", `HTTP/1.1 100 Continue\r\n\r\n${ok}${three}`),
  refused("sends interim answers without end", "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n".repeat(10_000)),
  refused("sends interim answers only", "HTTP/1.1 103 Early Hints\r\n\r\n".repeat(3), { ends: "close" }),
  cut(
    "sends chunks that aren't any after one that is",
    `${ok}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n`,
  ),
  cut(
    "has a length in its trailer",
    `${ok}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nContent-Length: 9\r\n\r\n`,
  ),
  cut(
    "has a trailer of 100 kB",
    `${ok}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX: ${"y".repeat(100_000)}\r\n\r\n`,
  ),

  served("has no reason phrase", `HTTP/1.1 200\r\n${three}`),
  served("has 100 headers", `${ok}${"X: y\r\n".repeat(100)}${three}`),
  served("has 1,000 headers", `${ok}${"X: y\r\n".repeat(1_000)}${three}`),
  served("has a head of 15 kB", `${ok}X: ${"y".repeat(15_000)}\r\n${three}`),
  served("has an empty line first", `\r\n${ok}${three}`),
  served("has no length", `${ok}\r\nabc`, { ends: "close" }),
  served("speaks HTTP/1.0", "HTTP/1.0 200 OK\r\n\r\nabc", { ends: "close" }),
  served(
    "sends interim answers",
    `${"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n".repeat(100)}${ok}${three}`,
  ),
  served("sends a trailer", `${ok}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX: y\r\n\r\n`),
  served("sends chunks with extensions", `${ok}Transfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n0\r\n\r\n`),
  served("sends more than it says", `${ok}${three}defg`),
  served("sends another answer after it", `${ok}${three}HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil`),
  served("has a body to HEAD", `${ok}${three}`, { method: "HEAD", expected: { status: 200, body: "" } }),
  served("has a body to 204", `HTTP/1.1 204 No Content\r\n${three}`, { expected: { status: 204, body: "" } }),
  served("has a body to 304", `HTTP/1.1 304 Not Modified\r\n${three}`, {
    expected: { status: 304, body: "" },
  }),
  served("has the status 999", `HTTP/1.1 999 X\r\n${three}`, { expected: { status: 999, body: "abc" } }),
];
