import { contextValue } from "../../server/context-value.ts";
import { GatewayFault, gatewayErrors } from "../../server/errors.ts";
import type { Exchange } from "../../server/exchange.ts";
import { areValid, forClient } from "../../server/headers.ts";
import type { ValidationFailurePolicy } from "../../specification/authentication.ts";
import { parseBareVariable } from "../../specification/context-variables.ts";
import { responseCodeTables } from "../../specification/schema/validation-failure.ts";
import { unverified } from "../../unverified.ts";
import { compileResponseHeaderTransformations } from "../header-transformations.ts";
import type { PolicyContext } from "../policy.ts";
import { compileValue, renderValue } from "../values.ts";

/** Why a request isn't let in. */
export interface Refusal {
  /** For the execution log. */
  detail: string;
  code: string;
  /** Value of `WWW-Authenticate`, if there is one. */
  challenge: string | undefined;
}

/** Refuses a request: throws, or answers and returns false. */
export type Refuse = (exchange: Exchange, refusal: Refusal) => boolean;

/** Refuses with 401, or as the policy says. */
export function compileRefusal(policy: ValidationFailurePolicy | undefined, context: PolicyContext): Refuse {
  if (policy === undefined) {
    return (_, { detail, code, challenge }) => {
      throw new GatewayFault("unauthorized", detail, { code, headers: challengeHeaders(challenge).flat() });
    };
  }
  const codeOf = compileCode(policy.responseCode);
  const message = policy.responseMessage === undefined ? undefined : compileValue(policy.responseMessage);
  const { responseHeaderTransformations: headerTransformations } = policy;
  const route = { ...context.route, responsePolicies: { headerTransformations } };
  const transform = compileResponseHeaderTransformations({ ...context, route });
  const contentType = message === undefined ? "application/json" : unverified.failureMessageType;
  return (exchange, { detail, code, challenge }) => {
    exchange.record("WARN", code, detail);
    const status = codeOf(exchange);
    // unverified: the message is the body as it is; without one the body is that of a gateway's error
    const body =
      message === undefined
        ? JSON.stringify({ code: status, message: reasons.get(status) ?? "" })
        : renderValue(message, exchange);
    const headers = [["Content-Type", contentType] as const, ...challengeHeaders(challenge)];
    const transformed = transform?.(exchange, headers) ?? headers;
    exchange.answer(status, forClient(areValid(transformed) ? transformed : headers), Buffer.from(body));
    return false;
  };
}

function challengeHeaders(challenge: string | undefined): (readonly [name: string, value: string])[] {
  return challenge === undefined ? [] : [["WWW-Authenticate", challenge]];
}

const reasons = new Map<number, string>(
  Object.values(gatewayErrors).map(({ status, reason }) => [status, reason]),
);

/** The status: a number, or a context variable's value. */
function compileCode(text: string | undefined): (exchange: Exchange) => number {
  if (text === undefined) return () => 401;
  if (/^[0-9]+$/.test(text)) return () => statusOf(text);
  const variable = parseBareVariable(text, responseCodeTables);
  if ("fault" in variable) throw new Error(`responseCode ${variable.fault}`);
  return (exchange) => statusOf(contextValue(variable, exchange) ?? "");
}

function statusOf(text: string): number {
  return /^[2-5][0-9]{2}$/.test(text) ? Number(text) : unverified.invalidResponseCodeStatus;
}
