import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { isRecord, type Properties } from "../../../local/values.ts";

export interface Exchange {
  method: string;
  path: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Properties | undefined;
}

export interface FakeOci {
  url: string;
  exchanges: Exchange[];
  /** Answers that take the place of the next usual one for `METHOD path`. */
  answers: Record<string, { status: number; body: unknown }[]>;
  close(): Promise<void>;
}

/** A control plane that echoes what it is given, with an id, a state and, for API Gateway and Logging, a work request. */
export async function startFakeOci(): Promise<FakeOci> {
  const exchanges: Exchange[] = [];
  const answers: FakeOci["answers"] = {};
  const stored = new Map<string, Properties>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const text = Buffer.concat(chunks).toString();
      const { method = "", url: path = "", headers } = request;
      const body = text === "" ? undefined : (JSON.parse(text) as Properties);
      exchanges.push({ method, path, headers, body });
      const given = answers[`${method} ${path}`]?.shift();
      const { status, body: answer } = given ?? usual(method, path, body ?? {});
      response.writeHead(status, {
        "content-type": "application/json",
        ...(/^\/(20190501|20200531)\//.test(path) && method !== "GET" && { "opc-work-request-id": "wr-1" }),
      });
      response.end(answer === undefined ? undefined : JSON.stringify(answer));
    });
  });

  function usual(method: string, path: string, body: Properties): { status: number; body?: unknown } {
    if (path.includes("/workRequests/")) {
      return { status: 200, body: { id: "wr-1", status: "SUCCEEDED", resources: [{ identifier: "id-1" }] } };
    }
    if (path.endsWith("/errors")) return { status: 200, body: { items: [] } };
    if (path.endsWith("SecurityRules")) {
      const rules = Array.isArray(body.securityRules) ? body.securityRules.filter(isRecord) : [];
      return {
        status: 200,
        body: { securityRules: rules.map((rule) => ({ id: "rule-1", isValid: true, ...rule })) },
      };
    }
    if (method === "POST" && path.includes("/actions/")) return { status: 200 };
    if (method === "POST") {
      const state = /networkSec|vcns|subnets|Gateways|routeTables|securityLists|container/.test(path)
        ? "AVAILABLE"
        : "ACTIVE";
      const made = { ...body, id: "id-1", lifecycleState: state, timeCreated: "2026-01-01T00:00:00.120Z" };
      stored.set(`${path}/id-1`, made);
      // Logging tells the id in the work request only.
      if (path.startsWith("/20200531/")) return { status: 202 };
      return { status: 200, body: made };
    }
    const found = stored.get(path);
    const missing = {
      code: "NotAuthorizedOrNotFound",
      message: "Authorization failed or requested resource not found.",
    };
    if (found === undefined) return { status: 404, body: missing };
    if (method === "DELETE") {
      stored.delete(path);
      return { status: 204 };
    }
    if (method === "PUT") stored.set(path, { ...found, ...body });
    return { status: 200, body: stored.get(path) };
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    exchanges,
    answers,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
