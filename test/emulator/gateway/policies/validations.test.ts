import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { checkSpecification } from "../../../../emulator/gateway/index.ts";
import { bodyOf, functionBackend, openPlane, parseRaw, readRaw, sendRaw, startBackend } from "../harness.ts";

const stock = { type: "STOCK_RESPONSE_BACKEND", status: 200, body: "ok" };
const badRequest = { code: 400, message: "Bad Request" };
const wrongType = { code: 415, message: "Unsupported Media Type" };

const open = (requestPolicies: object, backend: object = stock) =>
  openPlane({ routes: [{ path: "/a", backend, requestPolicies }] });

/** Status, body and log lines above INFO of one request. */
async function ask(requestPolicies: object, target = "/a", init: RequestInit & { duplex?: "half" } = {}) {
  const { url, logged } = await open(requestPolicies);
  const answer = await fetch(url + target, init);
  const text = await answer.text();
  const log = (await logged()).flatMap((event) =>
    event.type === "execution" ? [`${event.level} ${event.code}: ${event.message}`] : [],
  );
  return { status: answer.status, text, log };
}

const passed = { status: 200, text: "ok", log: [] };
const refused = (message: string) => ({
  status: 400,
  text: JSON.stringify(badRequest),
  log: [`WARN requestValidation.validationError: ${message}`],
});
const refusedType = (message: string) => ({
  ...refused(message),
  status: 415,
  text: JSON.stringify(wrongType),
});
const permitted = (message: string) => ({
  ...passed,
  log: [`WARN requestValidation.validationPermitted: ${message}`],
});

// "Adding Request Validation to API Deployments"
describe("headers", () => {
  const headerValidations = (validationMode?: string) => ({
    headerValidations: {
      headers: [{ name: "X-A", required: true }, { name: "x-b", required: true }, { name: "x-c" }],
      validationMode,
    },
  });

  test.each([undefined, "ENFORCING"])("mode %s", async (mode) => {
    expect(await ask(headerValidations(mode))).toEqual(
      refused("header X-A is missing; header x-b is missing"),
    );
    expect(await ask(headerValidations(mode), "/a", { headers: { "x-a": "", "X-B": "1" } })).toEqual(passed);
  });

  test("PERMISSIVE", async () => {
    expect(await ask(headerValidations("PERMISSIVE"), "/a", { headers: { "x-a": "1" } })).toEqual(
      permitted("header x-b is missing"),
    );
  });

  test("DISABLED", async () => {
    expect(await ask(headerValidations("DISABLED"))).toEqual(passed);
  });
});

describe("query parameters", () => {
  const queryParameterValidations = (validationMode?: string) => ({
    queryParameterValidations: {
      parameters: [
        { name: "A", required: true },
        { name: "b c", required: true },
        { name: "d", required: false },
      ],
      validationMode,
    },
  });

  test.each([undefined, "ENFORCING"])("mode %s", async (mode) => {
    expect(await ask(queryParameterValidations(mode), "/a?ab=1&d=A")).toEqual(
      refused("query parameter A is missing; query parameter b c is missing"),
    );
    expect(await ask(queryParameterValidations(mode), "/a?%61&B%20C=")).toEqual(passed);
    expect(await ask(queryParameterValidations(mode), "/a?a=1&b+c=2")).toEqual(passed);
  });

  test("PERMISSIVE", async () => {
    expect(await ask(queryParameterValidations("PERMISSIVE"), "/a?a=1")).toEqual(
      permitted("query parameter b c is missing"),
    );
  });

  test("DISABLED", async () => {
    expect(await ask(queryParameterValidations("DISABLED"))).toEqual(passed);
  });
});

describe("the body's media type", () => {
  const json = { "application/json": { validationType: "NONE" } };
  const post = (type: string | undefined): RequestInit => ({
    method: "POST",
    body: Buffer.from("{}"),
    headers: type === undefined ? {} : { "content-type": type },
  });

  test.each<[ranges: string[], type: string | undefined, isAllowed: boolean]>([
    [["application/json"], "application/json", true],
    [["application/json"], "Application/JSON; charset=utf-8", true],
    [["Application/Json"], "application/json ;x=y", true],
    [["application/json"], "application/jsonp", false],
    [["application/json"], "text/plain", false],
    [["application/json"], "application/*", false],
    [["application/json"], undefined, false],
    [["application/*"], "application/xml", true],
    [["application/*"], "application", false],
    [["application/*"], "applications/xml", false],
    [["text/plain", "text/*"], "text/html", true],
    [["*/*"], "anything", true],
    [["*/*"], undefined, true],
  ])("%j: %s", async (ranges, type, isAllowed) => {
    const content = Object.fromEntries(ranges.map((range) => [range, { validationType: "NONE" }]));
    const shown = type === undefined ? "is missing" : `is ${JSON.stringify(type)}`;
    expect(await ask({ bodyValidation: { content } }, "/a", post(type))).toEqual(
      isAllowed ? passed : refusedType(`the body's content type ${shown}, allowed is ${ranges.join(", ")}`),
    );
  });

  test("of several types each one counts, and a long one is shown in part", async () => {
    const none = { validationType: "NONE" };
    const content = { "application/json": none, "text/*": none };
    const types = ["application/json", "text/plain", `x/${"y".repeat(200)}`];
    const { port, logged } = await open({ bodyValidation: { content } });
    const lines = types.map((type) => `Content-Type: ${type}`);
    for (const sent of [lines, lines.slice(0, 2)]) {
      const head = ["POST /v1/a HTTP/1.1", "Host: h", "Connection: close", ...sent, "Content-Length: 1"];
      await sendRaw(port, `${head.join("\r\n")}\r\n\r\nx`);
    }
    const messages = (await logged(2)).flatMap((event) =>
      event.type === "execution" ? [event.message] : [],
    );
    expect(messages).toEqual([
      `the body's content type is "x/${"y".repeat(98)}", allowed is application/json, text/*`,
    ]);
  });

  test("a request without a body has none to check", async () => {
    expect(await ask({ bodyValidation: { content: json } })).toEqual(passed);
    expect(
      await ask({ bodyValidation: { content: json } }, "/a", { headers: { "content-type": "x/y" } }),
    ).toEqual(passed);
  });

  test("PERMISSIVE and DISABLED", async () => {
    expect(
      await ask(
        { bodyValidation: { content: json, validationMode: "PERMISSIVE" } },
        "/a",
        post("text/plain"),
      ),
    ).toEqual(permitted('the body\'s content type is "text/plain", allowed is application/json'));
    expect(
      await ask({ bodyValidation: { content: json, validationMode: "DISABLED" } }, "/a", post("text/plain")),
    ).toEqual(passed);
  });
});

describe("a required body", () => {
  const bodyValidation = { required: true };
  const request = (...lines: string[]) =>
    ["POST /v1/a HTTP/1.1", "Host: h", "Connection: close", ...lines].join("\r\n");

  test.each<[name: string, text: string, status: number]>([
    ["no body", request("", ""), 400],
    ["length 0", request("Content-Length: 0", "", ""), 400],
    ["chunked and empty", request("Transfer-Encoding: chunked", "", "0", "", ""), 400],
    ["length 1", request("Content-Length: 1", "", "x"), 200],
    ["chunked", request("Transfer-Encoding: chunked", "", "1", "x", "0", "", ""), 200],
  ])("%s", async (_name, text, status) => {
    const { port, logged } = await open({ bodyValidation });
    expect((await sendRaw(port, text)).status).toBe(status);
    const messages = (await logged()).flatMap((event) => (event.type === "execution" ? [event.message] : []));
    expect(messages).toEqual(status === 200 ? [] : ["the body is missing"]);
  });

  test.each(["PERMISSIVE", "DISABLED"])("%s: a chunked empty body goes on to the back end", async (mode) => {
    const bodies: string[] = [];
    const url = await startBackend(async (incoming, response) => {
      bodies.push(`<${await bodyOf(incoming)}>`);
      response.end();
    });
    const { port, logged } = await open(
      { bodyValidation: { required: true, validationMode: mode } },
      { type: "HTTP_BACKEND", url },
    );
    expect((await sendRaw(port, request("Transfer-Encoding: chunked", "", "0", "", ""))).status).toBe(200);
    expect(bodies).toEqual(["<>"]);
    const warnings = (await logged()).flatMap((event) =>
      event.type === "execution" && event.level === "WARN" ? [`${event.code}: ${event.message}`] : [],
    );
    expect(warnings).toEqual(
      mode === "DISABLED" ? [] : ["requestValidation.validationPermitted: the body is missing"],
    );
  });

  test.each([{}, { bodyValidation: { required: true, validationMode: "DISABLED" } }])(
    "that isn't asked for isn't looked for, though a header is: %j",
    async (more) => {
      const headerValidations = { headers: [{ name: "host", required: true }] };
      const { port } = await open({ headerValidations, ...more });
      const text = request("Transfer-Encoding: chunked", "", "0", "", "");
      expect((await sendRaw(port, text)).status).toBe(200);
    },
  );

  test("PERMISSIVE: a function and a stock response do with an empty body that was looked into", async () => {
    for (const backend of [stock, functionBackend]) {
      const { port } = await open(
        { bodyValidation: { required: true, validationMode: "PERMISSIVE" } },
        backend,
      );
      const answer = await sendRaw(port, request("Transfer-Encoding: chunked", "", "0", "", ""));
      expect([answer.status, answer.body]).toEqual([200, backend === stock ? "ok" : ""]);
    }
  });

  test("a chunked body that was looked into reaches a back end whole", async () => {
    const sent = Buffer.alloc(300_000, "abcdefg");
    const url = await startBackend(async (incoming, response) => void response.end(await bodyOf(incoming)));
    const chunks = async function* () {
      for (let start = 0; start < sent.length; start += 7_000) yield sent.subarray(start, start + 7_000);
    };
    for (const backend of [{ type: "HTTP_BACKEND", url }, functionBackend]) {
      const plane = await open({ bodyValidation }, backend);
      const answer = await fetch(`${plane.url}/a`, { method: "POST", body: chunks(), duplex: "half" });
      expect(Buffer.from(await answer.arrayBuffer()).equals(sent)).toBe(true);
    }
  });

  test("a client that waits is told to go on, and keeps its connection", async () => {
    const { port } = await open({ bodyValidation });
    const socket = connect(port, "127.0.0.1");
    onTestFinished(() => void socket.destroy());
    socket.write(
      "POST /v1/a HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n",
    );
    const [interim] = await once(socket, "data");
    expect(String(interim)).toBe("HTTP/1.1 100 Continue\r\n\r\n");
    socket.write("1\r\nx\r\n0\r\n\r\n");
    const [first] = await once(socket, "data");
    expect(parseRaw(String(first)).status).toBe(200);
    socket.write(request("Content-Length: 1", "", "y"));
    expect((await readRaw(socket)).status).toBe(200);
  });

  test("a client that waits isn't made to send what fails anyway", async () => {
    const { port } = await open({
      bodyValidation,
      headerValidations: { headers: [{ name: "x-a", required: true }] },
    });
    const answer = await sendRaw(port, request("Expect: 100-continue", "Transfer-Encoding: chunked", "", ""));
    expect(answer.status).toBe(400);
  });

  test("a client that stalls before the body's first byte is answered 408", async () => {
    const { port } = await openPlane({
      routes: [{ path: "/a", backend: stock, requestPolicies: { bodyValidation } }],
      settings: { stallTimeoutInMs: 100 },
    });
    expect((await sendRaw(port, request("Transfer-Encoding: chunked", "", ""))).status).toBe(408);
  });

  test("a client that goes away before the body's first byte", async () => {
    const { port, logged } = await open({ bodyValidation });
    const socket = connect(port, "127.0.0.1");
    socket.write(request("Expect: 100-continue", "Transfer-Encoding: chunked", "", ""));
    await once(socket, "data");
    socket.resetAndDestroy();
    const events = await logged();
    expect(events.map((event) => (event.type === "access" ? event.status : event.code))).toEqual([
      "request.clientEof",
      499,
    ]);
  });
});

test("all that fails is said together; a missing part decides before the type", async () => {
  const policies = {
    headerValidations: { headers: [{ name: "x-a", required: true }] },
    queryParameterValidations: { parameters: [{ name: "b", required: true }] },
    bodyValidation: { required: true, content: { "application/json": { validationType: "NONE" } } },
  };
  const init = { method: "POST", body: "x", headers: { "content-type": "text/plain" } };
  expect(await ask(policies, "/a", init)).toEqual(
    refused(
      'header x-a is missing; query parameter b is missing; the body\'s content type is "text/plain", allowed is application/json',
    ),
  );
  expect(await ask(policies)).toEqual(
    refused("header x-a is missing; query parameter b is missing; the body is missing"),
  );
});

test("each policy has its own mode", async () => {
  const policies = {
    headerValidations: { headers: [{ name: "x-a", required: true }], validationMode: "PERMISSIVE" },
    queryParameterValidations: { parameters: [{ name: "b", required: true }] },
  };
  expect(await ask(policies)).toEqual({
    ...refused("query parameter b is missing"),
    log: [
      "WARN requestValidation.validationPermitted: header x-a is missing",
      "WARN requestValidation.validationError: query parameter b is missing",
    ],
  });
});

test("a request that fails doesn't reach the back end", async () => {
  const { url, calls } = await open(
    { headerValidations: { headers: [{ name: "x-a", required: true }] } },
    functionBackend,
  );
  expect((await fetch(`${url}/a`)).status).toBe(400);
  expect(calls).toEqual([]);
});

test("validations see the request before it is transformed", async () => {
  const policies = {
    headerValidations: { headers: [{ name: "x-a", required: true }] },
    headerTransformations: { setHeaders: { items: [{ name: "x-a", values: ["1"] }] } },
  };
  expect(await ask(policies)).toEqual(refused("header x-a is missing"));
});

describe("the specification", () => {
  const check = (requestPolicies: object) =>
    checkSpecification({ routes: [{ path: "/a", backend: stock, requestPolicies }] }, "/v1");
  const at = "specification.routes[0].requestPolicies";
  const modes = ["ENFORCING", "PERMISSIVE", "DISABLED", null, undefined];

  test.each(modes)("accepts the mode %s", (validationMode) => {
    for (const name of ["headerValidations", "queryParameterValidations", "bodyValidation"]) {
      expect(check({ [name]: { validationMode } })).toEqual([]);
    }
  });

  test("accepts what OCI has", () => {
    const items = [{ name: "a", required: true }, { name: "b", required: false }, { name: "c" }];
    const content = Object.fromEntries(
      ["*/*", "text/*", "application/vnd.api+json"].map((range) => [range, { validationType: "NONE" }]),
    );
    expect(
      check({
        headerValidations: { headers: items },
        queryParameterValidations: { parameters: items },
        bodyValidation: { required: true, content },
      }),
    ).toEqual([]);
  });

  test.each<[policies: object, path: string, message: string]>([
    [
      { headerValidations: { validationMode: "STRICT" } },
      "headerValidations.validationMode",
      'must be one of ENFORCING, PERMISSIVE, DISABLED, but is "STRICT"',
    ],
    [{ headerValidations: [] }, "headerValidations", "must be an object, but is []"],
    [
      { headerValidations: { headers: [{ required: true }] } },
      "headerValidations.headers[0].name",
      "is missing; it must be a string",
    ],
    [
      { headerValidations: { headers: [{ name: "a b" }] } },
      "headerValidations.headers[0].name",
      'must be a header\'s name, but is "a b"',
    ],
    [
      { headerValidations: { headers: [{ name: "a", required: "true" }] } },
      "headerValidations.headers[0].required",
      'must be true or false, but is "true"',
    ],
    [
      { headerValidations: { parameters: [] } },
      "headerValidations.parameters",
      "is not a field that OCI has here; remove it or correct its name",
    ],
    [
      { queryParameterValidations: { parameters: [{ name: "" }] } },
      "queryParameterValidations.parameters[0].name",
      'must be a query parameter\'s name, but is ""',
    ],
    [{ bodyValidation: { required: 1 } }, "bodyValidation.required", "must be true or false, but is 1"],
    [{ bodyValidation: { content: [] } }, "bodyValidation.content", "must be an object, but is []"],
    [
      { bodyValidation: { content: { "a/b": {} } } },
      "bodyValidation.content.a/b.validationType",
      "is missing; it must be one of NONE",
    ],
    [
      { bodyValidation: { content: { "a/b": { validationType: "JSON_SCHEMA" } } } },
      "bodyValidation.content.a/b.validationType",
      'must be one of NONE, but is "JSON_SCHEMA"',
    ],
    ...["json", "*/json", "a/b;c=d", "a/b/c", ""].map((range): [object, string, string] => [
      { bodyValidation: { content: { [range]: { validationType: "NONE" } } } },
      `bodyValidation.content.${range}`,
      'is not a media range; use "*/*", "type/*" or "type/subtype", for example "application/json"',
    ]),
  ])("refuses %j", (policies, path, message) => {
    expect(check(policies)).toEqual([{ path: `${at}.${path}`, message }]);
  });
});
