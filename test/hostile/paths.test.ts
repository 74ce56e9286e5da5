import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { isUnsafePath } from "../../emulator/gateway/specification/unsafe-path.ts";
import { functionBackend, openPlane, sendRaw, startBackend } from "../emulator/gateway/harness.ts";
import { pathCases } from "./paths.cases.ts";
import { seeds } from "./seeds.ts";

/** What the back ends of the open routes and of the shut ones get. */
let seen: { open: string[]; shut: string[] };
beforeEach(() => {
  seen = { open: [], shut: [] };
});

/**
 * Open routes let everybody in, the shut ones are what a path trick wants to reach. The HTTP back ends' templates put
 * the path parameter in the middle, where it could leave its place.
 */
async function openPlaces() {
  const origin = await startBackend((request, response) => {
    const url = request.url ?? "";
    (url.startsWith("/shut") ? seen.shut : seen.open).push(url);
    response.end();
  });
  const http = (url: string) => ({ type: "HTTP_BACKEND", url: origin + url });
  const shutFunction = { ...functionBackend, functionId: "ocid1.fnfunc.oc1.iad.shut" };
  return openPlane({
    routes: [
      { path: "/open/{p*}", methods: ["GET"], backend: http("/open/${request.path[p]}") },
      { path: "/open/{p*}", methods: ["POST"], backend: functionBackend },
      { path: "/shut", methods: ["GET"], backend: http("/shut") },
      { path: "/shut", methods: ["POST"], backend: shutFunction },
    ],
    invoke(call) {
      const url = call.headers.find(([name]) => name === "Fn-Http-Request-Url")?.[1] ?? "";
      (call.functionId === functionBackend.functionId ? seen.open : seen.shut).push(url);
      return { kind: "answer", headers: [], body: Buffer.alloc(0) };
    },
  });
}

async function ask(port: number, method: string, target: string): Promise<number> {
  const head = `${method} ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`;
  return (await sendRaw(port, Buffer.from(head, "latin1"))).status;
}

/** What servers take a path for that decode it once or not at all, and then resolve its dots and leave out parameters. */
function readings(path: string): string[] {
  const decoded = path.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
  return [path, decoded].map((text) => {
    const segments: string[] = [];
    for (const segment of text.replaceAll("\\", "/").split("/").slice(1)) {
      const [name] = segment.split(";");
      if (name === "..") segments.pop();
      else if (name !== ".") segments.push(segment);
    }
    return `/${segments.join("/")}`;
  });
}

test("there are at least 200 of them, each once", () => {
  expect(pathCases.length).toBeGreaterThanOrEqual(200);
  expect(new Set(pathCases.map(({ tail }) => tail)).size).toBe(pathCases.length);
});

describe("the path that was decided on is the one that goes on, or none", () => {
  test.each(pathCases.map(({ name, tail }) => [name, tail] as const))("%s", async (_name, tail) => {
    const { port } = await openPlaces();
    const target = `/v1/open/${tail}`;
    for (const method of ["GET", "POST"]) {
      seen = { open: [], shut: [] };
      const status = await ask(port, method, target);
      if (status === 200) {
        // The HTTP back end's template begins where the prefix ended; the function gets the target as it was sent.
        expect(seen).toEqual({ open: [method === "GET" ? target.slice("/v1".length) : target], shut: [] });
        const [path = ""] = target.split("?");
        for (const reading of readings(path)) expect(reading).toMatch(/^\/v1\/open(\/|$)/);
      } else {
        expect(seen).toEqual({ open: [], shut: [] });
        expect(status).toBe(400);
      }
    }
    seen = { open: [], shut: [] };
    expect(await ask(port, "GET", "/v1/open/x")).toBe(200);
    expect(seen).toEqual({ open: ["/open/x"], shut: [] });
  });

  const piece = fc.constantFrom(
    ...[
      ".",
      "..",
      "/",
      "//",
      "\\",
      ";",
      "%2e",
      "%2E",
      "%2f",
      "%5c",
      "%3b",
      "%00",
      "%25",
      "%",
      "2e",
      "a",
      "shut",
      "%c0%ae",
      "%c0%af",
      "?",
      "#",
    ],
  );
  const tail = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));

  test.each(seeds.paths)("seed %i, over the wire", async (seed) => {
    const { port } = await openPlaces();
    await fc.assert(
      fc.asyncProperty(tail, fc.constantFrom("GET", "POST"), async (text, method) => {
        seen = { open: [], shut: [] };
        const target = `/v1/open/${text}`;
        const status = await ask(port, method, target);
        const forwarded = method === "GET" ? target.slice("/v1".length) : target;
        expect(seen).toEqual({ open: status === 200 ? [forwarded] : [], shut: [] });
        expect([200, 400]).toContain(status);
      }),
      { seed, numRuns: 100 },
    );
  });

  test.each(seeds.paths)("seed %i: a path that is let in stays below its place, decoded or not", (seed) => {
    fc.assert(
      fc.property(tail, (text) => {
        const path = `/v1/open/${text}`;
        if (isUnsafePath(path)) return;
        for (const reading of readings(path)) expect(reading).toMatch(/^\/v1\/open(\/|$)/);
      }),
      { seed, numRuns: 5_000 },
    );
  });
});

describe("values of a request in the middle of a back end's path", () => {
  const values = [
    "..",
    "%2e%2e",
    "..%2f",
    "..;",
    "a/../b",
    "%2f..",
    "%5c..",
    "..\\",
    "%c0%ae%c0%ae",
    "%00",
    "%zz",
    "a?b",
    "a#b",
    "a b",
    "\xe4",
  ];
  test.each(values)("%s", async (value) => {
    const origin = await startBackend((request, response) => {
      seen.open.push(request.url ?? "");
      response.end();
    });
    const { port } = await openPlane({
      routes: [
        { path: "/{p*}", backend: { type: "HTTP_BACKEND", url: `${origin}/a/\${request.headers[x]}/b` } },
      ],
    });
    const head = `GET /v1/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX: ${value}\r\n\r\n`;
    expect((await sendRaw(port, Buffer.from(head, "latin1"))).status).toBe(400);
    expect(seen.open).toEqual([]);
  });
});
