import { request } from "node:http";
import { describe, expect, test } from "vitest";
import { compartmentId, create, nowhere, startBench, tenancyId, withSubnet } from "./harness.ts";

const group = (name: string) => ({
  compartmentId: tenancyId,
  name,
  description: "d",
  matchingRule: "resource.type = 'ApiGateway'",
});

/** fetch doesn't let a test set Host. */
function withHost(url: string, host: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    request(`${url}/n`, { headers: { host } }, (response) => {
      response.setEncoding("utf8");
      let text = "";
      response.on("data", (part) => {
        text += part;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
    })
      .on("error", reject)
      .end();
  });
}

describe("only this machine's programs are answered", () => {
  test("throws when the Host header isn't loopback", async () => {
    const { emulator } = await startBench();
    expect(await withHost(emulator.url, "evil.example.com")).toEqual({
      status: 403,
      text: '{"code":"NotAllowed","message":"The emulator answers requests to 127.0.0.1, [::1] and localhost only."}',
    });
  });

  test.each(["127.0.0.1:80", "localhost", "localhost:1234", "[::1]:80"])("answers Host %s", async (host) => {
    const { emulator } = await startBench();
    expect(await withHost(emulator.url, host)).toEqual({ status: 200, text: '"localns"' });
  });

  test("throws when a web page asks", async () => {
    const bench = await startBench();
    const reply = await bench.call("GET", "/n", undefined, { origin: "http://127.0.0.1:8080" });
    expect(reply.status).toBe(403);
    expect(reply.body).toEqual({
      code: "NotAllowed",
      message: "The emulator doesn't answer web pages: a request with Origin is refused.",
    });
  });
});

describe("errors", () => {
  test.each([
    ["", "The request's body isn't JSON: it is empty"],
    [
      "{",
      "The request's body isn't JSON: Expected property name or '}' in JSON at position 1 (line 1 column 2)",
    ],
  ])("throws CannotParseRequest for %j", async (text, message) => {
    const bench = await startBench();
    const reply = await bench.call("POST", "/20160918/vcns", text);
    expect([reply.status, reply.body]).toEqual([400, { code: "CannotParseRequest", message }]);
  });

  test("throws when the body is a list", async () => {
    const bench = await startBench();
    const reply = await bench.call("POST", "/20160918/vcns", []);
    expect(reply.body).toEqual({ code: "InvalidParameter", message: "body: a list of 0 isn't an object" });
  });

  test.each([
    ['{"freeformTags": {"a": [{"__proto__": {}}]}}', "freeformTags.a[0].__proto__: no field has this name"],
    [`{"specification": ${"[".repeat(300)}${"]".repeat(300)}}`, "it is nested deeper than 200 levels"],
  ])("throws CannotParseRequest for what no field can hold", async (text, reason) => {
    const bench = await startBench();
    const reply = await bench.call("POST", "/20190501/deployments", text);
    expect([reply.status, reply.body]).toEqual([
      400,
      { code: "CannotParseRequest", message: `The request's body isn't taken: ${reason}` },
    ]);
  });

  test("throws CannotParseRequest for a path that can't be decoded", async () => {
    const bench = await startBench();
    const reply = await bench.call("GET", "/20160918/vcns/%zz");
    expect([reply.status, reply.body.code]).toEqual([400, "CannotParseRequest"]);
  });

  test("throws PayloadTooLarge above 8 MB", async () => {
    const bench = await startBench();
    const reply = await bench.call("POST", "/20160918/vcns", "x".repeat(8 * 1024 * 1024 + 1));
    expect([reply.status, reply.body]).toEqual([
      413,
      { code: "PayloadTooLarge", message: "The request's body is above 8388608 bytes." },
    ]);
  });

  test("throws InvalidParameter for an operation that isn't modelled, naming those that are", async () => {
    const bench = await startBench();
    const reply = await bench.call("DELETE", "/20160918/services/x");
    expect([reply.status, reply.body]).toEqual([
      400,
      {
        code: "InvalidParameter",
        message:
          "DELETE /20160918/services/x isn't modelled by this emulator. Modelled are: GET /20160918/services, GET /20160918/services/:id.",
      },
    ]);
  });

  test("throws InvalidParameter for an unknown service", async () => {
    const bench = await startBench();
    const { status, body } = await bench.call("GET", "/20160918/instances");
    expect(status).toBe(400);
    expect(body.message).toMatch(
      /^GET \/20160918\/instances isn't modelled by this emulator\. Modelled are: \/20160918\/compartments, /,
    );
  });

  test("throws InvalidParameter for a query parameter that isn't read", async () => {
    const bench = await startBench();
    const { status, body } = await bench.call(
      "GET",
      `/20160918/vcns?compartmentId=${compartmentId}&colour=X`,
    );
    expect([status, body.message]).toEqual([
      400,
      "colour: isn't a query parameter that the emulator models for ListVcns",
    ]);
  });

  test("throws MissingParameter for a list without its compartment", async () => {
    const bench = await startBench();
    const { status, body } = await bench.call("GET", "/20160918/vcns");
    expect([status, body]).toEqual([
      400,
      { code: "MissingParameter", message: "compartmentId: is required in the query" },
    ]);
  });

  test("answers 500 and lives on when an operation fails", async () => {
    const bench = await startBench();
    Object.defineProperty(bench, "functionResult", {
      get: () => {
        throw new Error("boom");
      },
    });
    const { withFunction } = await import("./harness.ts");
    const { fn } = await withFunction(bench);
    const reply = await bench.call("POST", `/20181201/functions/${fn.id}/actions/invoke`, {});
    expect([reply.status, reply.body]).toEqual([
      500,
      { code: "InternalServerError", message: "The emulator failed: boom" },
    ]);
    expect((await bench.call("GET", "/n")).status).toBe(200);
  });

  // "API Errors": a resource that isn't there
  test.each([
    ["GET", `/20160918/vcns/${nowhere("vcn")}`],
    ["PUT", `/20160918/vcns/${nowhere("vcn")}`],
    ["DELETE", `/20160918/vcns/${nowhere("vcn")}`],
    ["GET", `/20160918/vcns/${"x".repeat(500)}`],
    ["GET", `/20190501/workRequests/${nowhere("apigatewayworkrequest")}/errors`],
  ])("throws NotAuthorizedOrNotFound for %s %s", async (method, path) => {
    const bench = await startBench();
    const { status, body } = await bench.call(method, path, method === "PUT" ? {} : undefined);
    expect([status, body]).toEqual([
      404,
      { code: "NotAuthorizedOrNotFound", message: "Authorization failed or requested resource not found." },
    ]);
  });
});

describe("opc-request-id", () => {
  const part = "[0-9A-F]{32}";

  test("is made of three parts", async () => {
    const bench = await startBench();
    const { headers } = await bench.call("GET", "/n");
    expect(headers.get("opc-request-id")).toMatch(new RegExp(`^${part}/${part}/${part}$`));
  });

  test("begins with the client's, on errors too", async () => {
    const bench = await startBench();
    const { headers } = await bench.call("GET", "/unknown", undefined, { "opc-request-id": "mine" });
    expect(headers.get("opc-request-id")).toMatch(new RegExp(`^mine/${part}/${part}$`));
  });
});

describe("etags", () => {
  test("a change needs the current etag when if-match is sent", async () => {
    const bench = await startBench();
    const { vcn } = await withSubnet(bench);
    const path = `/20160918/vcns/${vcn.id}`;
    const etag = (await bench.call("GET", path)).headers.get("etag") ?? "";
    const first = await bench.call("PUT", path, { displayName: "one" }, { "if-match": etag });
    expect(first.status).toBe(200);
    const second = await bench.call("PUT", path, { displayName: "two" }, { "if-match": etag });
    expect([second.status, second.body]).toEqual([
      412,
      {
        code: "NoEtagMatch",
        message: "The etag of if-match isn't the resource's current one; get it again.",
      },
    ]);
    expect((await bench.call("DELETE", path, undefined, { "if-match": etag })).status).toBe(412);
    const now = await bench.call("GET", path);
    expect(now.body.displayName).toBe("one");
    expect(now.headers.get("etag")).toBe(first.headers.get("etag"));
  });
});

describe("opc-retry-token", () => {
  const token = { "opc-retry-token": "t1" };

  test("gives the first answer again", async () => {
    const bench = await startBench();
    const path = "/20160918/dynamicGroups";
    const [one, two] = await Promise.all([
      bench.call("POST", path, group("g"), token),
      bench.call("POST", path, group("g"), token),
    ]);
    expect(two).toMatchObject({ status: 200, body: one?.body });
    expect((await bench.call("GET", `${path}?compartmentId=${tenancyId}`)).body).toHaveLength(1);
  });

  test("throws InvalidatedRetryToken for another body", async () => {
    const bench = await startBench();
    await bench.call("POST", "/20160918/dynamicGroups", group("g"), token);
    const { status, body } = await bench.call("POST", "/20160918/dynamicGroups", group("h"), token);
    expect([status, body]).toEqual([
      409,
      {
        code: "InvalidatedRetryToken",
        message:
          "The retry token was used before with another request body; use a new token for a new request.",
      },
    ]);
  });

  test("a refused call isn't remembered", async () => {
    const bench = await startBench();
    const bad = await bench.call("POST", "/20160918/dynamicGroups", {}, token);
    expect(bad.status).toBe(400);
    expect((await bench.call("POST", "/20160918/dynamicGroups", group("g"), token)).status).toBe(200);
  });
});

describe("paging", () => {
  test("walks a list by limit and opc-next-page", async () => {
    const bench = await startBench();
    for (const name of ["a", "b", "c", "d", "e"]) await create(bench, "/20160918/dynamicGroups", group(name));
    const names: string[][] = [];
    let page: string | null = "";
    while (page !== null) {
      const reply = await bench.call(
        "GET",
        `/20160918/dynamicGroups?compartmentId=${tenancyId}&limit=2${page === "" ? "" : `&page=${page}`}`,
      );
      names.push(reply.body.map(({ name }: { name: string }) => name));
      page = reply.headers.get("opc-next-page");
    }
    expect(names).toEqual([["a", "b"], ["c", "d"], ["e"]]);
  });

  test.each([
    ["limit=0", 'limit: "0" isn\'t a whole number from 1 to 1000'],
    ["limit=1001", 'limit: "1001" isn\'t a whole number from 1 to 1000'],
    ["limit=x", 'limit: "x" isn\'t a whole number from 1 to 1000'],
    ["page=x", 'page: "x" isn\'t a value of opc-next-page'],
    ["limit=1&limit=2", "limit: is given more than once"],
  ])("throws for %s", async (query, message) => {
    const bench = await startBench();
    const { status, body } = await bench.call(
      "GET",
      `/20160918/dynamicGroups?compartmentId=${tenancyId}&${query}`,
    );
    expect([status, body]).toEqual([400, { code: "InvalidParameter", message }]);
  });
});

describe("regions", () => {
  test("throws for a region that the tenancy isn't subscribed to", async () => {
    const bench = await startBench();
    const { body } = await bench.call("GET", "/n", undefined, { "x-emulator-region": "mars-1" });
    expect(body.message).toBe(
      'x-emulator-region: "mars-1" isn\'t a region of the tenancy; it is subscribed to local-laptop-1',
    );
  });
});

test("events tell service, status, and the error", async () => {
  const bench = await startBench();
  await bench.call("GET", "/n");
  await bench.call("DELETE", "/20160918/policies/x");
  expect(bench.events).toEqual([
    {
      type: "api",
      service: "objectstorage",
      method: "GET",
      path: "/n",
      status: 200,
      isWrite: false,
      durationInMs: expect.any(Number),
    },
    {
      type: "api",
      service: "identity",
      method: "DELETE",
      path: "/20160918/policies/x",
      status: 404,
      isWrite: true,
      durationInMs: expect.any(Number),
      error: "NotAuthorizedOrNotFound: Authorization failed or requested resource not found.",
    },
  ]);
});

test("two emulators side by side share nothing", async () => {
  const [one, two] = await Promise.all([startBench(), startBench()]);
  await create(one, "/20160918/dynamicGroups", group("g"));
  const list = `/20160918/dynamicGroups?compartmentId=${tenancyId}`;
  expect((await one.call("GET", list)).body).toHaveLength(1);
  expect((await two.call("GET", list)).body).toEqual([]);
});
