import { generateKeyPairSync, sign } from "node:crypto";
import { type GatewayBed, openGatewayBed, prefix } from "./bed.ts";
import { type Child, startChild } from "./child.ts";
import { openEnvoy } from "./envoy.ts";
import { openFunction, openFunctionBed } from "./function-bed.ts";
import { type Comparison, type Target, usageOf } from "./measure.ts";
import * as specifications from "./specifications.ts";

const connections = 32;
const hello = specifications.get(`${prefix}/hello?page=1`);
const called = specifications.get(`${prefix}${specifications.calledPath}?page=1`);

/** The comparisons by the name that `--only` takes. */
export const comparisons: Readonly<Record<string, () => Promise<Comparison>>> = {
  stock,
  hop,
  "policies-hop": policiesOfHop,
  "policies-stock": policiesOfStock,
  "tokens-new": newTokens,
  "tokens-cached": cachedTokens,
  function: warmFunction,
};

async function stock(): Promise<Comparison> {
  const raw = await startServer({ do: "raw" });
  const specification = () => specifications.full(specifications.stock);
  const bed = await openGatewayBed(specification, { logs: ["access"] });
  const both = await openGatewayBed(specification, { logs: ["access", "execution"] });
  const envoy = await openEnvoy(undefined);
  return {
    name: "Stock response: 50 routes, CORS, rate limit, validation, transformation, access log",
    goal: 0.7,
    isAlone: true,
    connections,
    base: { name: "node:http", at: raw.port, requests: [called], usage: usageOf(raw.child) },
    target: target("gateway", bed, [called]),
    beside: [
      target("gateway that keeps an execution log too", both, [called]),
      ...(envoy ? [{ name: "Envoy", at: envoy.port, requests: [called], usage: envoy.usage }] : []),
    ],
    close: () => closeAll(raw.child.stop, bed.close, both.close, envoy?.close),
  };
}

async function hop(): Promise<Comparison> {
  const backend = await startServer({ do: "raw" });
  const proxy = await startServer({ do: "proxy", backendPort: backend.port });
  const bed = await openGatewayBed(() => specifications.plain(specifications.http(backend.port)), {
    logs: ["access"],
  });
  const envoy = await openEnvoy(backend.port);
  return {
    name: "HTTP back end, one hop, access log",
    goal: 0.9,
    connections,
    base: { name: "undici proxy", at: proxy.port, requests: [hello], usage: usageOf(proxy.child) },
    target: target("gateway", bed, [hello]),
    ...(envoy && { beside: [{ name: "Envoy", at: envoy.port, requests: [hello], usage: envoy.usage }] }),
    close: () => closeAll(proxy.child.stop, backend.child.stop, bed.close, envoy?.close),
  };
}

/** With tokens, which are verified once. */
async function policiesOfHop(): Promise<Comparison> {
  const backend = await startServer({ do: "raw" });
  const { publicKey, authorizations } = signedTokens(1);
  const http = specifications.http(backend.port);
  const authentication = specifications.tokens(publicKey);
  const request = specifications.get(`${prefix}${specifications.calledPath}?page=1`, authorizations);
  return besides("HTTP back end: all policies, 50 routes", {
    bare: await openGatewayBed(() => specifications.plain(http), { logs: ["access"] }),
    full: await openGatewayBed(() => specifications.full(http, { authentication }), { logs: ["access"] }),
    request,
    close: backend.child.stop,
  });
}

async function policiesOfStock(): Promise<Comparison> {
  return besides("Stock response: policies without a token, 50 routes", {
    bare: await openGatewayBed(() => specifications.plain(specifications.stock), { logs: ["access"] }),
    full: await openGatewayBed(() => specifications.full(specifications.stock), { logs: ["access"] }),
    request: called,
    isAlone: true,
    close: async () => {},
  });
}

function besides(
  name: string,
  {
    bare,
    full,
    request,
    isAlone = false,
    close,
  }: { bare: GatewayBed; full: GatewayBed; request: string; isAlone?: boolean; close(): Promise<void> },
): Comparison {
  return {
    name,
    goal: 0.85,
    isAlone,
    connections,
    base: target("one route, no policy", bare, [hello]),
    target: target("all", full, [request]),
    close: () => closeAll(bare.close, full.close, close),
  };
}

/** More tokens than are remembered, in turn: each is verified anew each time. */
const manyTokens = 4500;

async function newTokens(): Promise<Comparison> {
  const { publicKey, authorizations } = signedTokens(manyTokens);
  const requests = authorizations.map((line) => specifications.get(`${prefix}/hello`, [line]));
  const bare = await startServer({ do: "verify", publicKey });
  const bed = await openGatewayBed(() => specifications.withTokens(publicKey), { logs: [] });
  return {
    name: "Tokens, each of them new",
    goal: 0.9,
    // Signatures are verified by other threads, which want the second core too.
    isAlone: false,
    connections,
    base: {
      name: "node:http and one RS256 verification",
      at: bare.port,
      requests,
      usage: usageOf(bare.child),
    },
    target: target("gateway", bed, requests),
    close: () => closeAll(bare.child.stop, bed.close),
  };
}

async function cachedTokens(): Promise<Comparison> {
  const { publicKey, authorizations } = signedTokens(100);
  const requests = authorizations.map((line) => specifications.get(`${prefix}/hello`, [line]));
  const bare = await openGatewayBed(() => specifications.plain(specifications.stock), { logs: [] });
  const bed = await openGatewayBed(() => specifications.withTokens(publicKey), { logs: [] });
  return {
    name: "Tokens that were verified before",
    goal: 0.75,
    isAlone: true,
    connections,
    base: target("gateway without authentication", bare, requests),
    target: target("gateway", bed, requests),
    close: () => closeAll(bare.close, bed.close),
  };
}

async function warmFunction(): Promise<Comparison> {
  const bare = await openFunction();
  const bed = await openFunctionBed(bare.directory);
  return {
    name: "Warm function, one call after the other",
    goal: 0.5,
    goalOfAddedMs: 0.3,
    connections: 1,
    base: { name: "FDK on its socket", at: bare.socket, requests: [bare.request], usage: bare.usage },
    target: target("gateway", bed, [hello]),
    close: () => closeAll(bed.close, bare.close),
  };
}

function target(name: string, { child, port }: GatewayBed, requests: readonly string[]): Target {
  return { name, at: port, requests, usage: usageOf(child) };
}

async function startServer(message: object): Promise<{ child: Child; port: number }> {
  const child = startChild("./subject.ts");
  const { port } = await child.ask<{ port: number }>(message);
  return { child, port };
}

async function closeAll(...all: ((() => Promise<void>) | undefined)[]): Promise<void> {
  for (const close of all) await close?.();
}

/** Header lines with tokens that a key of its own signs, and are valid for an hour. */
export function signedTokens(count: number): { publicKey: string; authorizations: string[] } {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const head = part({ alg: "RS256", typ: "JWT", kid: "bench" });
  const exp = Math.floor(Date.now() / 1000) + 3600;
  const authorizations = Array.from({ length: count }, (_, index) => {
    const claims = part({
      iss: "https://idp.example.com",
      aud: "bench",
      sub: `user${index}`,
      scope: "read",
      exp,
    });
    const signature = sign("sha256", Buffer.from(`${head}.${claims}`), privateKey).toString("base64url");
    return `Authorization: Bearer ${head}.${claims}.${signature}`;
  });
  return { publicKey: publicKey.export({ type: "spki", format: "pem" }).toString(), authorizations };
}
