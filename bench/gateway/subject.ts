// What is measured, in a process of its own.
import { createPublicKey, verify } from "node:crypto";
import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Agent, stream } from "undici";
import { startEmulator } from "../../emulator/index.ts";
import { answerMessages, ownUsage } from "./child.ts";
import { stockBody } from "./specifications.ts";

/** What a subject is told. */
export type SubjectMessage =
  | { do: "raw" }
  | { do: "proxy"; backendPort: number }
  | { do: "verify"; publicKey: string }
  | { do: "emulator" }
  | { do: "usage" };

let close: () => Promise<void> | void = () => {};

answerMessages(
  async (message: SubjectMessage) => {
    switch (message.do) {
      case "raw":
        return { port: await listen(answerFixed) };
      case "proxy":
        return { port: await listen(passOn(message.backendPort)) };
      case "verify":
        return { port: await listen(verifyFirst(message.publicKey)) };
      case "emulator": {
        const emulator = await startEmulator();
        close = () => emulator.close();
        return { url: emulator.url };
      }
      case "usage":
        return ownUsage();
    }
  },
  () => close(),
);

async function listen(listener: RequestListener): Promise<number> {
  const server: Server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

const body = stockBody;
const fixedHeaders = { "Content-Type": "application/json", "Content-Length": String(body.length) };

function answerFixed(...[, response]: Parameters<RequestListener>): void {
  response.writeHead(200, fixedHeaders);
  response.end(body);
}

/** The shortest way to pass a request on with undici: its `stream` writes the back end's answer into ours. */
function passOn(backendPort: number): RequestListener {
  const dispatcher = new Agent({ pipelining: 1 });
  const origin = `http://127.0.0.1:${backendPort}`;
  return (request, response) => {
    const { host: _, connection: __, ...headers } = request.headers;
    const options = { dispatcher, method: "GET", headers } as const;
    stream(`${origin}${request.url}`, options, ({ statusCode, headers }) => {
      response.writeHead(statusCode, headers as Record<string, string>);
      return response;
    }).catch(() => response.destroy());
  };
}

/** The least that a server can do about a token: its signature and its end. */
function verifyFirst(pem: string): RequestListener {
  const key = createPublicKey(pem);
  return (request, response) => {
    const [head = "", claims = "", signature = ""] = (request.headers.authorization ?? "")
      .slice(7)
      .split(".");
    const { exp } = JSON.parse(Buffer.from(claims, "base64url").toString()) as { exp: number };
    const isGood = verify(
      "sha256",
      Buffer.from(`${head}.${claims}`),
      key,
      Buffer.from(signature, "base64url"),
    );
    if (isGood && exp > Date.now() / 1000) answerFixed(request, response);
    else response.writeHead(401).end();
  };
}
