import { describe, expect, it } from "vitest";
import { checkUrl } from "../../components/model/urls.ts";

const at = 'routes["GET /users/{id}"]';
const check = (url: string) =>
  checkUrl(url, { parameters: ["id"], hasAuthentication: false }, at).map((p) => {
    expect(p.key).toBe(`${at}.url`);
    return `${p.message} [${p.rule}]`;
  });
const exampleUrl = '"https://example.com/users/${request.path[id]}"';

describe("URLs of HTTP back ends", () => {
  // "Adding an HTTP or HTTPS URL as an API Gateway Back End"; tables: "Adding Context Variables to Policies and …"
  it.each([
    "http://example.com",
    "https://example.com/",
    "https://example.com:8443/a/b",
    "https://10.0.0.1/a",
    "https://[::1]:80/a",
    "https://example.com/users/${request.path[id]}/x",
    "https://example.com/${request.query[q]}/${request.headers[X-A]}/${request.host}",
    "https://example.com/${request.subdomain[example.com]}",
    "https://example.com/http://jane@example.org",
  ])("[http-url] [http-url-variable] takes %s", (url) => {
    expect(check(url)).toEqual([]);
  });

  it.each([
    ["ftp://example.com", 'must begin with "http://" or "https://", in lower case [http-url]'],
    ["example.com", 'must begin with "http://" or "https://", in lower case [http-url]'],
    ["see https://example.com", 'must begin with "http://" or "https://", in lower case [http-url]'],
    ["xhttps://${request.host}/a", 'must begin with "http://" or "https://", in lower case [http-url]'],
    ["https://example.com/a b", "must not hold a blank; write %20 [http-url]"],
    [
      "https://example.com/a?b=c",
      'must have no query ("?…"): the gateway passes on the query of the request [http-url]',
    ],
    ["https://example.com/a#b", 'must have no fragment ("#…") [http-url]'],
    ["http://jane@example.com/", "must not hold a user or password [http-url]"],
    ["https://jane:secret@example.com/", "must not hold a user or password [http-url]"],
    ["https://example.com/${request.path[id]", `has "\${" without "}"; for example ${exampleUrl} [http-url]`],
    [
      "https://example.com/users/{id}",
      `has a brace; a path parameter is written \${request.path[name]}, for example ${exampleUrl} [http-url]`,
    ],
    ["https:///a", `has no valid host and port; for example ${exampleUrl} [http-url]`],
    ["http:///https://example.com", `has no valid host and port; for example ${exampleUrl} [http-url]`],
    ["https://example.com:99999/", `has no valid host and port; for example ${exampleUrl} [http-url]`],
    [7 as unknown as string, `must be text, for example ${exampleUrl}; is of type number [http-url]`],
  ])("[http-url] refuses %s", (url, expected) => {
    expect(check(url)).toEqual([expected]);
  });

  it.each([
    ...["https://${request.host}/a", "http://${request.host}/a"].map((url) => [
      url,
      `has a variable in its host, which may stand in the path only, for example ${exampleUrl} [http-url-variable]`,
    ]),
    [
      "https://example.com/${request.path[name]}",
      '"${request.path[name]}" is not a parameter of the route\'s path; it has ${request.path[id]} [http-url-variable]',
    ],
    [
      "https://example.com/${request.auth[sub]}",
      '"${request.auth[sub]}" needs an authentication policy: give requestPolicies.authentication to the API [http-url-variable]',
    ],
    ...[
      "request.body",
      "a.request.host",
      "request.cookies[a]",
      "request.path",
      "request.host[a]",
      "env.HOME",
      "",
    ].map((variable) => [
      `https://example.com/\${${variable}}`,
      `"\${${variable}}" is not a context variable that a URL takes; allowed are request.host and request.path, .query, .headers, .subdomain with a key, for example "\${request.path[id]}" [http-url-variable]`,
    ]),
  ])("[http-url-variable] refuses %s", (url = "", expected) => {
    expect(check(url)).toEqual([expected]);
  });

  it("[http-url-variable] takes a claim where callers are authenticated, and the selector in a choice's host", () => {
    const claim = "https://example.com/${request.auth[sub]}";
    expect(checkUrl(claim, { parameters: [], hasAuthentication: true }, "x")).toEqual([]);
    const scope = { parameters: [], hasAuthentication: false, selector: "request.subdomain[example.com]" };
    expect(checkUrl("https://${request.subdomain[example.com]}.internal/a", scope, "x")).toEqual([]);
    expect(checkUrl("https://${request.host}/a", scope, "x")).toEqual([
      {
        rule: "http-url-variable",
        key: "x.url",
        message:
          'has a variable in its host other than the choice\'s selector: only "${request.subdomain[example.com]}" may stand there',
      },
    ]);
  });

  it("[http-url-variable] names all of a route's parameters, and takes any where they aren't known", () => {
    const url = "https://example.com/${request.path[c]}";
    expect(checkUrl(url, { hasAuthentication: false }, "x")).toEqual([]);
    const message =
      '"${request.path[c]}" is not a parameter of the route\'s path; it has ${request.path[a]}, ${request.path[b]}';
    expect(checkUrl(url, { parameters: ["a", "b"], hasAuthentication: false }, "x")).toEqual([
      { rule: "http-url-variable", key: "x.url", message },
    ]);
  });

  it("[http-url-variable] names a route without parameters", () => {
    expect(
      checkUrl("https://example.com/${request.path[id]}", { parameters: [], hasAuthentication: false }, "x"),
    ).toEqual([
      {
        rule: "http-url-variable",
        key: "x.url",
        message: '"${request.path[id]}" is not a parameter of the route\'s path; it has none',
      },
    ]);
  });

  it("never shows the URL, which may be a secret", () => {
    const text = JSON.stringify(
      checkUrl("ftp://hunter2@example.com/ hunter2?hunter2#hunter2", { hasAuthentication: false }, "x"),
    );
    expect(text).not.toContain("hunter2");
  });
});
