/** One conversation: bytes that a client sends before the sentinel, and what must come of them. */
export interface HttpCase {
  name: string;
  /** `{t}` is the route's path. */
  bytes: string;
  /** Statuses in their order; `hi` is the sentinel's answer. */
  answers: (number | "hi")[];
  /** Requests that the back end gets: method and body, joined by a blank. */
  reached: string[];
}

const refused = (name: string, bytes: string, answers: (number | "hi")[] = [400]): HttpCase => ({
  name,
  bytes,
  answers,
  reached: [],
});
const served = (
  name: string,
  bytes: string,
  reached: string[],
  answers: (number | "hi")[] = [200, "hi"],
) => ({
  name,
  bytes,
  answers,
  reached,
});
const post = (headers: string, body = "") => `POST {t} HTTP/1.1\r\nHost: a\r\n${headers}\r\n\r\n${body}`;
const get = (headers: string) => `GET {t} HTTP/1.1\r\nHost: a\r\n${headers}\r\n\r\n`;
const line = (text: string) => `${text}\r\nHost: a\r\n\r\n`;
const chunked = (chunks: string) => post("Transfer-Encoding: chunked", chunks);
const abc = "3\r\nabc\r\n0\r\n\r\n";
const both = "Content-Length: 3\r\nTransfer-Encoding: ";

/** RFC 9112, section 6: which length a message has. */
const lengths: HttpCase[] = [
  served("a length", post("Content-Length: 3", "abc"), ["POST abc"]),
  served("zeros before a length", post("Content-Length: 003", "abc"), ["POST abc"]),
  served("tabs around a length", post("Content-Length:\t3\t", "abc"), ["POST abc"]),
  served("another header's length", post("Content_Length: 3"), ["POST "]),
  served("a length that Connection names", post("Connection: content-length\r\nContent-Length: 3", "abc"), [
    "POST abc",
  ]),
  refused("both lengths", post(`${both}chunked`, abc)),
  refused("both lengths, the other way round", post("Transfer-Encoding: chunked\r\nContent-Length: 3", abc)),
  refused("both lengths, the length 0", post("Content-Length: 0\r\nTransfer-Encoding: chunked", abc)),
  refused("both lengths, the coding in capitals", post(`${both}CHUNKED`, abc)),
  refused("both lengths, the coding unknown", post(`${both}x`, "abc")),
  refused("both lengths, the coding identity", post(`${both}identity`, "abc")),
  refused("both lengths, a tab before the coding", post(`${both}\tchunked`, abc)),
  refused("both lengths, a form feed before the coding", post(`${both}\x0cchunked`, abc)),
  refused(
    "both lengths, a blank before the colon",
    post("Content-Length: 3\r\nTransfer-Encoding : chunked", abc),
  ),
  refused(
    "both lengths, the coding folded",
    post("Content-Length: 3\r\nTransfer-Encoding:\r\n chunked", abc),
  ),
  refused(
    "both lengths, after a bare LF",
    post("Content-Length: 3\r\nX: a\nTransfer-Encoding: chunked", abc),
  ),
  refused(
    "both lengths, after a bare CR",
    post("Content-Length: 3\r\nX: a\rTransfer-Encoding: chunked", abc),
  ),
  refused(
    "both lengths, after a NUL",
    post("Content-Length: 3\r\nX: a\0\r\nTransfer-Encoding: chunked", abc),
  ),
  refused(
    "both lengths, the coding's name in quotes",
    post('Content-Length: 3\r\n"Transfer-Encoding": chunked', abc),
  ),
  refused("two lengths", post("Content-Length: 3\r\nContent-Length: 4", "abcd")),
  refused("the same length twice", post("Content-Length: 3\r\nContent-Length: 3", "abc")),
  refused("the same length twice in two cases", post("content-length: 3\r\nCONTENT-LENGTH: 3", "abc")),
  refused("a list of lengths", post("Content-Length: 3, 3", "abc")),
  refused("a list that ends with a comma", post("Content-Length: 3,", "abc")),
  refused("an empty length", post("Content-Length: ")),
  refused("a length with a sign", post("Content-Length: +3", "abc")),
  refused("a negative length", post("Content-Length: -3", "abc")),
  refused("a length of -0", post("Content-Length: -0")),
  refused("a length with a fraction", post("Content-Length: 3.0", "abc")),
  refused("a length with an exponent", post("Content-Length: 1e1", "0123456789")),
  refused("a length in hexadecimal", post("Content-Length: 0x3", "abc")),
  refused("a length with a blank in it", post("Content-Length: 1 0", "0123456789")),
  refused("a length with an underscore", post("Content-Length: 1_0", "0123456789")),
  refused("a length with a NUL", post("Content-Length: 3\0", "abc")),
  refused("a length in quotes", post('Content-Length: "3"', "abc")),
  refused("a length with parameters", post("Content-Length: 3;a=b", "abc")),
  refused("a folded length", post("Content-Length:\r\n 3", "abc")),
  refused("a length in other digits", post("Content-Length: \xb3", "abc")),
  refused("a length over 64 bits", post("Content-Length: 18446744073709551617", "a")),
  refused("a length of 2000 digits", post(`Content-Length: ${"9".repeat(2000)}`, "a")),
  refused("a blank before the length's colon", post("Content-Length : 3", "abc")),
];

/** RFC 9112, section 6.1: the gateway knows one coding, alone. */
const codings: HttpCase[] = [
  served("chunked", chunked(abc), ["POST abc"]),
  served("chunked in another case", post("Transfer-Encoding: ChUnKeD", abc), ["POST abc"]),
  served("blanks after the coding", post("Transfer-Encoding: chunked ", abc), ["POST abc"]),
  served("another header's coding", post("Transfer_Encoding: chunked"), ["POST "]),
  served(
    "a coding that Connection names",
    post("Connection: transfer-encoding\r\nTransfer-Encoding: chunked", abc),
    ["POST abc"],
  ),
  ...[
    "gzip, chunked",
    "identity, chunked",
    "chunked, chunked",
    "chunked, identity",
    "chunked, gzip",
    "identity",
    "gzip",
    "xchunked",
    "chunkedx",
    "chunked;a=b",
    '"chunked"',
    "'chunked'",
    ",chunked",
    "chunked,",
    "chunked\0",
    "\x0bchunked",
    "\xa0chunked",
    "chunked\x00, identity",
    "c\thunked",
    "chu\r\n nked",
    "",
    "ch\u016anked",
  ].map((coding) =>
    refused(`Transfer-Encoding: ${JSON.stringify(coding)}`, post(`Transfer-Encoding: ${coding}`, abc)),
  ),
  refused("chunked twice", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", abc)),
  refused("identity before chunked", post("Transfer-Encoding: identity\r\nTransfer-Encoding: chunked", abc)),
  refused("chunked before identity", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", abc)),
  refused(
    "an unknown coding before chunked",
    post("Transfer-Encoding: x\r\nTransfer-Encoding: chunked", abc),
  ),
  refused("chunked in HTTP/1.0", chunked(abc).replace("HTTP/1.1", "HTTP/1.0")),
  refused(
    "chunked in HTTP/1.0 that stays open",
    post("Connection: keep-alive\r\nTransfer-Encoding: chunked", abc).replace("HTTP/1.1", "HTTP/1.0"),
  ),
];

/** RFC 9112, section 7.1. */
const chunks: HttpCase[] = [
  served("zeros before sizes", chunked("0003\r\nabc\r\n000\r\n\r\n"), ["POST abc"]),
  served("sizes in both cases", chunked("A\r\n0123456789\r\nb\r\n0123456789a\r\n0\r\n\r\n"), [
    "POST 01234567890123456789a",
  ]),
  served("extensions", chunked('3;a=b;c="d"\r\nabc\r\n0;x\r\n\r\n'), ["POST abc"]),
  served("a trailer, which goes no further", chunked("3\r\nabc\r\n0\r\nX: y\r\n\r\n"), ["POST abc"]),
  ...[
    ["a size that is no number", "zz\r\nabc\r\n0\r\n\r\n"],
    ["a size with 0x", "0x3\r\nabc\r\n0\r\n\r\n"],
    ["a size with a sign", "+3\r\nabc\r\n0\r\n\r\n"],
    ["a negative size", "-3\r\nabc\r\n0\r\n\r\n"],
    ["a size with an underscore", "1_0\r\n0123456789abcdef\r\n0\r\n\r\n"],
    ["a size over 64 bits", "fffffffffffffffff\r\nabc\r\n"],
    ["a size of 1 and sixteen zeros", "10000000000000003\r\nabc\r\n0\r\n\r\n"],
    ["no size", "\r\nabc\r\n0\r\n\r\n"],
    ["a blank before the size", " 3\r\nabc\r\n0\r\n\r\n"],
    ["a blank after the size", "3 \r\nabc\r\n0\r\n\r\n"],
    ["a tab after the size", "3\t\r\nabc\r\n0\r\n\r\n"],
    ["a NUL after the size", "3\0\r\nabc\r\n0\r\n\r\n"],
    ["data longer than its size", "3\r\nabcd\r\n0\r\n\r\n"],
    ["data shorter than its size", "4\r\nabc\r\n0\r\n\r\n"],
    ["no last CRLF", "3\r\nabc\r\n0\r\n"],
    ["an LF after the size", "3\nabc\r\n0\r\n\r\n"],
    ["a CR after the size", "3\rabc\r\n0\r\n\r\n"],
    ["an LF after the data", "3\r\nabc\n0\r\n\r\n"],
    ["a CR after the data", "3\r\nabc\r0\r\n\r\n"],
    ["two CRs after the data", "3\r\nabc\r\r\n0\r\n\r\n"],
    ["nothing after the data", "3\r\nabc0\r\n\r\n"],
    ["an LF after the last size", "3\r\nabc\r\n0\n\r\n"],
    ["an LF at the end", "3\r\nabc\r\n0\r\n\n"],
    ["an LF in an extension", "3;a\nabc\r\n0\r\n\r\n"],
    ["a CR in an extension", "3;a\rb\r\nabc\r\n0\r\n\r\n"],
    ["a NUL in an extension", "3;\0\r\nabc\r\n0\r\n\r\n"],
    ["an empty extension", "3;\r\nabc\r\n0\r\n\r\n"],
    ["a quote that stays open", '3;a="\r\nabc\r\n0\r\n\r\n'],
    ["a blank before an extension", "3 ;a\r\nabc\r\n0\r\n\r\n"],
    ["an extension of 20 kB", `3;${"a".repeat(20_000)}\r\nabc\r\n0\r\n\r\n`],
    ["a length in the trailer", "3\r\nabc\r\n0\r\nContent-Length: 50\r\n\r\n"],
    ["a coding in the trailer", "3\r\nabc\r\n0\r\nTransfer-Encoding: chunked\r\n\r\n"],
    ["a trailer without colon", "3\r\nabc\r\n0\r\nX y\r\n\r\n"],
    ["a folded trailer", "3\r\nabc\r\n0\r\nX: y\r\n z\r\n\r\n"],
    ["a NUL in the trailer", "3\r\nabc\r\n0\r\nX: \0\r\n\r\n"],
  ].map(([name = "", body = ""]) => refused(`chunks: ${name}`, chunked(body))),
  refused("a trailer of 100 kB", chunked(`3\r\nabc\r\n0\r\nX: ${"y".repeat(100_000)}\r\n\r\n`), [431]),
  refused("20,000 trailers", chunked(`3\r\nabc\r\n0\r\n${"X: y\r\n".repeat(20_000)}\r\n`), [431]),
];

/** RFC 9112, sections 2.2 and 5. */
const headers: HttpCase[] = [
  served("bytes over 127 in a value", get("X: \xff\xfe"), ["GET "]),
  served("an empty value", get("X:"), ["GET "]),
  served(
    "1,500 headers, the last of them the length",
    `POST {f} HTTP/1.1\r\nHost: a\r\n${"a:\r\n".repeat(1500)}Content-Length: 3\r\n\r\nabc`,
    ["POST abc"],
  ),
  refused("1,500 headers, the last of them a second Host", get(`${"a:\r\n".repeat(1500)}Host: b`), [
    400,
    "hi",
  ]),
  refused(
    "1,500 headers, the last of them a coding",
    post(`${"a:\r\n".repeat(1500)}Transfer-Encoding: gzip, chunked`, abc),
  ),
  refused("a folded header", get("X: a\r\n b")),
  refused("a header folded with a tab", get("X: a\r\n\tb")),
  refused("a header folded to nothing", get("X:\r\n ")),
  refused("a fold before the first header", "GET {t} HTTP/1.1\r\n Host: a\r\n\r\n"),
  refused("a blank before the colon", get("X : a")),
  refused("a tab before the colon", get("X\t: a")),
  refused("a blank before the colon of Host", "GET {t} HTTP/1.1\r\nHost : a\r\n\r\n"),
  refused("a blank in a name", get("X Y: a")),
  refused("a NUL in a name", get("X\0: a")),
  refused("brackets in a name", get("X(): a")),
  refused("a byte over 127 in a name", get("X\xe4: a")),
  refused("no name", get(": a")),
  refused("no colon", get("X")),
  refused("a CR in a value", get("X: a\rb")),
  refused("an LF in a value", get("X: a\nb")),
  refused("a NUL in a value", get("X: a\0b")),
  refused("a control character in a value", get("X: \x01")),
  refused("DEL in a value", get("X: \x7f")),
  refused("an LF after the request line", "GET {t} HTTP/1.1\nHost: a\r\n\r\n"),
  refused("a CR after the request line", "GET {t} HTTP/1.1\rHost: a\r\n\r\n"),
  refused("an LF after a header", "GET {t} HTTP/1.1\r\nHost: a\nX: b\r\n\r\n"),
  refused("an LF at the end", "GET {t} HTTP/1.1\r\nHost: a\r\n\n"),
  refused("LFs everywhere", "GET {t} HTTP/1.1\nHost: a\n\n"),
  refused("two CRs", "GET {t} HTTP/1.1\r\nHost: a\r\r\n\r\n"),
  refused("a CR at the end", "GET {t} HTTP/1.1\r\nHost: a\r\n\rX"),
  refused("a head of 9 kB", get(`X: ${"a".repeat(9_000)}`), [431]),
  refused("a head of 1 MB", get(`X: ${"a".repeat(1_000_000)}`), [431]),
  refused("a name of 9 kB", get(`${"a".repeat(9_000)}: a`), [431]),
  refused("a request line of 9 kB", line(`GET {t}?${"a".repeat(9_000)} HTTP/1.1`), [431]),
  refused("3,000 headers", get("a:\r\n".repeat(3_000)), [431, "hi"]),
];

/** RFC 9112, section 3.2; RFC 9110, section 7.2. */
const hosts: HttpCase[] = [
  ...["", "[::1]:80", "a:", "a.b-c_d~e:8080", "%61", "127.0.0.1"].map((host) =>
    served(`Host: ${host}`, `GET {t} HTTP/1.1\r\nHost: ${host}\r\n\r\n`, ["GET "]),
  ),
  ...[
    "a/b",
    "u@a",
    "a b",
    "a\tb",
    "a:x",
    "a:80:80",
    "a?b",
    "a#b",
    "a\\b",
    "\xe4",
    "%zz",
    "[::1",
    "::1",
    "<a>",
    'a"b',
    "a|b",
    "{a}",
  ].map((host) => refused(`Host: ${host}`, `GET {t} HTTP/1.1\r\nHost: ${host}\r\n\r\n`, [400, "hi"])),
  refused("no Host", "GET {t} HTTP/1.1\r\n\r\n", [400, "hi"]),
  refused("two Hosts", "GET {t} HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", [400, "hi"]),
  refused("the same Host twice", "GET {t} HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n", [400, "hi"]),
  refused("a whole URL without Host", "GET http://a{t} HTTP/1.1\r\n\r\n", [400, "hi"]),
];

/** RFC 9112, section 3. */
const lines: HttpCase[] = [
  served("a whole URL", line("GET http://b{t} HTTP/1.1"), ["GET "]),
  served("a whole URL with port", line("GET HTTPS://b:1{t} HTTP/1.1"), ["GET "]),
  served("an empty line before", `\r\n${line("GET {t} HTTP/1.1")}`, ["GET "]),
  served("two blanks after the method", line("GET  {t} HTTP/1.1"), ["GET "]),
  served("HTTP/1.0", "GET {t} HTTP/1.0\r\n\r\n", ["GET "], [200]),
  served("HTTP/1.0 that stays open", "GET {t} HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", ["GET "]),
  ...[
    "HTTP/0.9",
    "HTTP/2.0",
    "HTTP/3.0",
    "HTTP/1.2",
    "HTTP/1.10",
    "HTTP/01.1",
    "http/1.1",
    "HTTP/1",
    "HTTP/1.1 x",
    "HTTP /1.1",
    "ICE/1.0",
    "HTCPCP/1.0",
    "HTTP/-1.1",
    "HTTP/1,1",
  ].map((version) => refused(`version ${version}`, line(`GET {t} ${version}`))),
  refused("HTTP/0.9", "GET {t}\r\n"),
  refused("HTTP/0.9 with headers", line("GET {t}")),
  refused("the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
  ...["b:80", "{r}", "//", "?", "http:{t}", "http://", "mailto:a", "*"].map((target) =>
    refused(
      `target ${target}`,
      line(`GET ${target} HTTP/1.1`),
      ["b:80", "{r}"].includes(target)
        ? [400]
        : target === "//"
          ? [404, "hi"]
          : target === "?" ||
              target.startsWith("mail") ||
              (target.startsWith("http:") && target !== "http://")
            ? [400]
            : [400, "hi"],
    ),
  ),
  ...["http://u:p@b{t}", "http://b@{t}", "ftp://b{t}", "http://{t}", "http://b c{t}"].map((target) =>
    refused(`target ${target}`, line(`GET ${target} HTTP/1.1`), target.includes(" ") ? [400] : [400, "hi"]),
  ),
  refused("OPTIONS *", line("OPTIONS * HTTP/1.1"), [400, "hi"]),
  refused("CONNECT", line("CONNECT b:80 HTTP/1.1"), [405]),
  refused("CONNECT with a path", line("CONNECT {t} HTTP/1.1"), [405]),
  ...["PROPFIND", "TRACE", "PURGE", "LINK"].map((method) =>
    refused(`method ${method}`, line(`${method} {t} HTTP/1.1`), [405, "hi"]),
  ),
  ...["BREW", "get", "Get", "G\0T", "GE T", "GET\t", "", "*", "GET,POST", "\xe4", "A".repeat(100)].map(
    (method) => refused(`method ${JSON.stringify(method)}`, line(`${method} {t} HTTP/1.1`)),
  ),
  refused("a tab after the method", line("GET\t{t} HTTP/1.1")),
  refused("a tab before the version", line("GET {t}\tHTTP/1.1")),
  refused("a blank after the version", line("GET {t} HTTP/1.1 ")),
  refused("a blank before the method", ` ${line("GET {t} HTTP/1.1")}`),
  refused("a NUL before the method", `\0${line("GET {t} HTTP/1.1")}`),
  refused("only blanks", "   \r\n\r\n"),
  refused("TLS", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"),
  refused("SSH", "SSH-2.0-OpenSSH\r\n"),
  refused("a proxy's protocol", "PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\nGET {t} HTTP/1.1\r\nHost: a\r\n\r\n"),
];

const hidden = "GET {t}x HTTP/1.1\r\nHost: a\r\n\r\n";

/** What comes after a request on its connection: RFC 9112, section 9.6, and RFC 9110, sections 7.8 and 10.1.1. */
const rows: HttpCase[] = [
  served(
    "two requests in a row",
    get("X: 1") + post("Content-Length: 3", "abc"),
    ["GET ", "POST abc"],
    [200, 200, "hi"],
  ),
  served("a request in another's body", post(`Content-Length: 12`, "GET / HTTP/1"), ["POST GET / HTTP/1"]),
  served("a body for GET", get("Content-Length: 3").concat("abc"), ["GET abc"]),
  served("Expect", post("Expect: 100-continue\r\nContent-Length: 3", "abc"), ["POST abc"], [100, 200, "hi"]),
  served(
    "Expect after another request",
    get("X: 1") + post("Expect: 100-continue\r\nContent-Length: 3", "abc"),
    ["GET ", "POST abc"],
    [200, 100, 200, "hi"],
  ),
  served(
    "a broken body after another request",
    `${get("X: 1")}${chunked("3\r\nabcd\r\n0\r\n\r\n")}`,
    ["GET "],
    [200, 400],
  ),
  served("Expect without body", get("Expect: 100-continue") + hidden, ["GET "], [200]),
  served(
    "Expect in HTTP/1.0",
    post("Expect: 100-continue\r\nContent-Length: 3", "abc").replace("1.1", "1.0"),
    ["POST abc"],
    [200],
  ),
  served("an upgrade", get("Connection: upgrade\r\nUpgrade: websocket") + hidden, ["GET "], [200]),
  served(
    "an upgrade to h2c",
    get("Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQ") + hidden,
    ["GET "],
    [200],
  ),
  served(
    "an upgrade with a body",
    post("Connection: upgrade\r\nUpgrade: websocket\r\nContent-Length: 3", "abc") + hidden,
    ["POST abc"],
    [200],
  ),
  served("Upgrade that Connection doesn't name", get("Upgrade: websocket"), ["GET "]),
  served("Connection: close", get("Connection: close") + hidden, ["GET "], [200]),
  refused("another expectation", post("Expect: x\r\nContent-Length: 3", "abc") + hidden, [417]),
  refused(
    "a body that is refused, then a request",
    `PROPFIND {t} HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc${hidden}`,
    [405],
  ),
  refused("a length over the limit, then a request", post("Content-Length: 30000000", hidden), [413]),
  refused("a body that never comes", post("Content-Length: 300", "abc"), [408]),
  refused("chunks that never end", chunked("3\r\nabc\r\n1000\r\n"), [408]),
];

export const httpCases: readonly HttpCase[] = [
  ...lengths,
  ...codings,
  ...chunks,
  ...headers,
  ...hosts,
  ...lines,
  ...rows,
];
