import { expect, it } from "vitest";
import { parseOptions } from "../../tools/ready/options.ts";
import { chooseTarget } from "../../tools/ready/target.ts";

const endpoint = "https://g.example.com/v1";
const route = (methods: string[], path: string, backend: string) => {
  return { methods, path, backend, url: `${endpoint}${path}` };
};
const closed = (...given: Parameters<typeof route>) => ({ ...route(...given), isAnonymous: false });
const outputs = (...routes: object[]) => JSON.stringify({ endpoint, routes });

it("calls the first GET route of a function without parameters", () => {
  const text = outputs(
    route(["GET"], "/health", "stock 200"),
    route(["POST"], "/users", "function users"),
    route(["GET"], "/users/{id}", "function users"),
    route(["GET", "POST"], "/hello", "function hello"),
    route(["ANY"], "/echo", "function echo"),
  );
  expect(chooseTarget(text, "stack dev", undefined)).toEqual({
    url: "https://g.example.com/v1/hello",
    choice: "the first GET route of a function",
  });
  expect(chooseTarget(text, "stack dev", "/users/7?full=1")).toEqual({
    url: "https://g.example.com/v1/users/7?full=1",
  });
});

it("takes ANY for GET", () => {
  const text = outputs(route(["ANY"], "/echo", "function echo"));
  expect(chooseTarget(text, "stack dev", undefined).url).toBe("https://g.example.com/v1/echo");
});

it("calls another back end when no function has a route for it, and says what that shows", () => {
  const stock = route(["GET"], "/health", "stock 200");
  const users = route(["GET"], "/users/{id}", "function users");
  const http = route(["GET"], "/news", "http https://news.example.com/");
  expect(chooseTarget(outputs(stock, users, http), "stack dev", undefined)).toEqual({
    url: "https://g.example.com/v1/news",
    choice: "the first GET route that leaves the gateway, for no function has one",
  });
  expect(chooseTarget(outputs(stock, users), "stack dev", undefined)).toEqual({
    url: "https://g.example.com/v1/health",
    choice: "the first GET route; the gateway answers it alone, so that it says nothing of functions",
  });
});

it("calls only what everybody may call; a stack of before doesn't say", () => {
  const open = { ...route(["GET"], "/health", "stock 200"), isAnonymous: true };
  const text = outputs(closed(["GET"], "/users", "function users"), open);
  expect(chooseTarget(text, "stack dev", undefined).url).toBe("https://g.example.com/v1/health");
  const all = outputs(
    closed(["GET"], "/users/{id}", "function users"),
    closed(["GET"], "/users", "function users"),
  );
  expect(() => chooseTarget(all, "stack dev", undefined)).toThrow(
    'stack dev has no GET route without parameters that everybody may call, and this command has no credentials; give one a path of its own with authorization: { type: "ANONYMOUS" }, or say what to call, for example: --route /users',
  );
});

it("throws when no route can be chosen", () => {
  const text = outputs(
    route(["GET"], "/users/{id}/files/{path*}", "function users"),
    route(["POST"], "/hello", "function hello"),
  );
  expect(() => chooseTarget(text, "stack dev", undefined)).toThrow(
    "stack dev has no GET route without parameters; say what to call, for example: --route /users/1/files/a/b",
  );
  expect(() => chooseTarget(outputs(), "stack dev", undefined)).toThrow("for example: --route /health");
});

it("throws for outputs of another program, or of a stack that isn't up", () => {
  expect(() => chooseTarget("{}", "stack dev", undefined)).toThrow(
    "stack dev has no output endpoint, routes as docs/outputs.md describes it; bring it up first (pulumi up), or give --url",
  );
  expect(() => chooseTarget("error", "stack dev", undefined)).toThrow(
    "the outputs of stack dev aren't JSON: error",
  );
});

it("reads its options", () => {
  expect(parseOptions(["-s", "dev"])).toEqual({
    source: { stack: "dev" },
    route: undefined,
    timeoutInSeconds: 600,
  });
  expect(parseOptions(["--url", "https://x/v1", "--route=/a", "--timeout", "5"])).toEqual({
    source: { url: "https://x/v1" },
    route: "/a",
    timeoutInSeconds: 5,
  });
  expect(parseOptions(["--local"])).toMatchObject({ source: { localStack: "local" } });
  expect(parseOptions(["--local", "-s", "dev"])).toMatchObject({ source: { localStack: "dev" } });
  expect(parseOptions(["-h"])).toBe("help");
});

it("throws with every problem of the command line", () => {
  expect(() => parseOptions(["--url", "x", "--route", "a", "--timeout", "0", "--slow", "word"])).toThrow(
    [
      "unknown option --slow; there are --stack, --local, --outputs, --url, --route, --timeout, --help",
      '--url is "x", but must begin with https:// or http://',
      '--route is "a", but must begin with "/", for example /users/1',
      '--timeout is "0", but must be 1 to 3600 seconds',
      "Try: npm run ready -- --help",
    ].join("\n"),
  );
  expect(() => parseOptions(["word", "-s="])).toThrow('unexpected "word"; options begin with --');
  expect(() => parseOptions(["--stack="])).toThrow("--stack needs a value, for example --stack dev");
  expect(() => parseOptions([])).toThrow(
    "give one of --stack, --local, --url and --outputs, for example -s dev",
  );
});
