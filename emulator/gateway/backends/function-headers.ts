import { hash } from "node:crypto";
import type { HeaderList } from "../../runtime/types.ts";
import type { Exchange } from "../server/exchange.ts";
import { forwardedHeaders, notForwarded } from "../server/forwarded.ts";
import { headerName } from "../server/header-names.ts";
import { areValid, endToEnd } from "../server/headers.ts";
import { randomHex } from "../server/request-id.ts";
import { unverified } from "../unverified.ts";

// unverified: the User-Agent's version
export const gatewayUserAgent = "lua-resty-http/0.17.1 (Lua) ngx_lua/10026";

/**
 * Headers of a call as a function behind a gateway gets them (recorded requests of real gateways; Fn project,
 * "Fn format"). The transport adds its own, the runtime Fn-Call-Id and Fn-Deadline.
 */
export function functionRequestHeaders(
  exchange: Exchange,
  tenancyId: string,
  body: Buffer,
): [name: string, value: string][] {
  const { head, gateway } = exchange;
  return [
    ["Accept-Encoding", "gzip"],
    ["Content-Type", contentType(exchange) ?? "application/octet-stream"],
    ["Date", new Date().toUTCString()],
    ...clientHeaders(exchange),
    ["Fn-Http-Method", head.method],
    ["Fn-Http-Request-Url", outgoingTarget(exchange)],
    ["Fn-Intent", "httprequest"],
    ["Fn-Invoke-Type", "sync"],
    ["Oci-Subject-Compartment-Id", gateway.view.compartmentId],
    ["Oci-Subject-Id", gateway.view.id],
    ["Oci-Subject-Tenancy-Id", tenancyId],
    ["Oci-Subject-Type", "resource"],
    ["Opc-Request-Id", exchange.opcRequestId],
    ["User-Agent", gatewayUserAgent],
    ["X-B3-SpanId", randomHex(8).toLowerCase()],
    ["X-B3-TraceId", randomHex(8).toLowerCase()],
    ["X-Content-Sha256", body.length === 0 ? digestOfNothing : sha256(body)],
  ];
}

const sha256 = (body: Buffer) => hash("sha256", body, "base64");
const digestOfNothing = sha256(Buffer.alloc(0));

const left = notForwarded();

/** Functions get the client's headers under names of their own. */
function clientHeaders(exchange: Exchange): [name: string, value: string][] {
  const headers = forwardedHeaders(exchange, left);
  const named: [string, string][] = [];
  for (let index = 0; index < headers.length; index += 2) {
    named.push([`Fn-Http-H-${headerName(headers[index] ?? "").canonical}`, headers[index + 1] ?? ""]);
  }
  return named;
}

function contentType({ outgoing }: Exchange): string | undefined {
  return outgoing.headers.find(([name]) => name.toLowerCase() === "content-type")?.[1];
}

function outgoingTarget({ head, outgoing }: Exchange): string {
  if (outgoing.query === head.query || unverified.functionQuery === "as-sent") return head.target;
  return outgoing.query === undefined ? head.path : `${head.path}?${outgoing.query}`;
}

/**
 * What of a function's answer is for the client: the status of Fn-Http-Status, the headers Fn-Http-H-* without their
 * prefix, and Content-Type; all others are dropped.
 *
 * @returns undefined when HTTP can't carry it.
 */
export function functionAnswer(answer: HeaderList): { status: number; headers: HeaderList } | undefined {
  let status = 200;
  let contentType: string | undefined;
  const prefixed: [string, string][] = [];
  for (const [name, value] of answer) {
    const key = name.toLowerCase();
    if (key === "fn-http-status" && /^[0-9]+$/.test(value)) status = Number(value);
    else if (key === "content-type") contentType ??= value;
    else if (key.startsWith("fn-http-h-")) prefixed.push([name.slice("Fn-Http-H-".length), value]);
  }
  const types = prefixed.filter(([name]) => name.toLowerCase() === "content-type");
  // FDKs send Content-Type with and without prefix, or several times: the client gets one.
  const prefixedType = types.at(-1)?.[1];
  const isPrefixedFirst = unverified.functionContentType === "prefixed";
  const type = isPrefixedFirst ? (prefixedType ?? contentType) : (contentType ?? prefixedType);
  const headers: HeaderList = [
    ...(type === undefined ? [] : [["Content-Type", type] as const]),
    ...endToEnd(prefixed).filter(([name]) => !/^content-(type|length)$/i.test(name)),
  ];
  // unverified: a status outside 200 to 599 is a bad response
  if (status < 200 || status > 599 || !areValid(headers)) return undefined;
  return { status, headers };
}
