import { describe, expect, test } from "vitest";
import { parseBackendUrl } from "../../../../emulator/gateway/specification/http-url.ts";

const text = (given: string) => ({ kind: "text", text: given });
const example = 'for example "https://api.example.com/users/${request.path[id]}"';
const host = { kind: "host" };

// "Adding an HTTP or HTTPS URL as an API Gateway Back End"
describe("a back end's URL", () => {
  test.each<[string, object]>([
    ["http://example.com", { origin: [text("http://example.com")], path: [text("/")] }],
    ["https://example.com:8443/", { origin: [text("https://example.com:8443")], path: [text("/")] }],
    ["http://[::1]:80/a", { origin: [text("http://[::1]:80")], path: [text("/a")] }],
    ["http://a_b-c.d/a//b", { origin: [text("http://a_b-c.d")], path: [text("/a//b")] }],
    ["http://a/${request.host}/b", { origin: [text("http://a")], path: [text("/"), host, text("/b")] }],
    ["http://a/!~${request.host}", { origin: [text("http://a")], path: [text("/!~"), host] }],
  ])("%s", (url, parsed) => {
    expect(parseBackendUrl(url)).toEqual(parsed);
  });

  const form = (url: string) =>
    `must be http(s)://host[:port]/path, but is ${JSON.stringify(url)}; ${example}`;
  const noPath = (url: string) =>
    `must hold no query, fragment, blank, backslash or characters outside ASCII, but is ${JSON.stringify(url)}; the request's own query is passed on`;
  test.each([
    ...[
      "",
      "example.com",
      "ftp://a",
      "xhttp://a",
      "http://",
      "http:///a",
      "http://a:/b",
      "http://a:123456",
      "http://a b",
      "http://a@b/",
      "http://a?b",
      "http://[::1/",
    ].map((url): [string, string] => [url, form(url)]),
    ["http://a:99999/", `must name a host and a port that exist, but is "http://a:99999/"; ${example}`],
    ["http://[:]/", `must name a host and a port that exist, but is "http://[:]/"; ${example}`],
    [
      "http://a/${request.hos}",
      expect.stringMatching(/^has an unknown context variable \$\{request\.hos\}; use /),
    ],
    ["http://a/${request.host", 'has "${" without "}" in "/${request.host"'],
    ...[
      "http://a/?b",
      "http://a/#b",
      "http://a/ ",
      "http://a/\\",
      "http://a/ä",
      "http://a/\u007f",
      "http://a/${request.host}?b",
    ].map((url): [string, string] => [url, noPath(url)]),
    [
      "http://${request.host}/",
      `must not have a context variable in the host, but is "http://\${request.host}/"; ${example}`,
    ],
  ])("%s: %s", (url, fault) => {
    expect(parseBackendUrl(url)).toEqual({ faults: [fault] });
  });

  test("all that is wrong with one", () => {
    const url = "http://${request.host}/${request.body}/${request.cert[a]}?b";
    expect(parseBackendUrl(url)).toEqual({
      faults: [
        `must not have a context variable in the host, but is ${JSON.stringify(url)}; ${example}`,
        "must not use ${request.body}: it is for authorizer functions' parameters only",
        "uses ${request.cert}, which is not carried out by this emulator yet; remove it from the local stack",
        noPath(url),
      ],
    });
    expect(parseBackendUrl("http://a:99999/?")).toEqual({
      faults: [
        `must name a host and a port that exist, but is "http://a:99999/?"; ${example}`,
        noPath("http://a:99999/?"),
      ],
    });
  });

  test.each<[string, object]>([
    [
      "https://${request.auth[a]}.example.com/b",
      { origin: [text("https://"), { kind: "auth", key: "a" }, text(".example.com")], path: [text("/b")] },
    ],
    ["https://example.com", { origin: [text("https://example.com")], path: [text("/")] }],
    [
      "https://${request.auth[a]}.${request.host}/b",
      {
        faults: [
          `must have no context variable in the host but the selector's, \${request.auth[a]}, but is "https://\${request.auth[a]}.\${request.host}/b"; ${example}`,
        ],
      },
    ],
    [
      "https://${request.auth[a]}:99999/",
      {
        faults: [
          `must name a host and a port that exist, but is "https://\${request.auth[a]}:99999/"; ${example}`,
        ],
      },
    ],
  ])("%s, chosen by request.auth[a]", (url, expected) => {
    expect(parseBackendUrl(url, "request.auth[a]")).toEqual(expected);
  });
});
