import { limits } from "../../limits.ts";
import { readBodyAhead } from "../../server/body.ts";
import { contextValue, queryValues } from "../../server/context-value.ts";
import type { Exchange } from "../../server/exchange.ts";
import type { CustomAuthentication } from "../../specification/authentication.ts";
import { type ContextVariable, parseBareVariable } from "../../specification/context-variables.ts";
import { argumentTables } from "../../specification/schema/token-location.ts";
import { compileRawToken } from "./token-location.ts";

/** What an authorizer function is asked. */
export interface Question {
  body: Buffer;
  /** What the result depends on; undefined when it isn't to be remembered. */
  cacheKey: string | undefined;
}

type Ask = (exchange: Exchange) => Question | { missing: string } | Promise<Question>;

/** Puts together what an authorizer function gets ("Creating an Authorizer Function"). */
export function compileQuestion(authentication: CustomAuthentication): Ask {
  const { parameters = {}, cacheKey = [] } = authentication;
  const entries = Object.entries(parameters).map(([name, text]) => ({ name, variable: parsed(name, text) }));
  return entries.length === 0 ? singleArgument(authentication) : multiArgument(entries, cacheKey);
}

// unverified: without its single token an authorizer function isn't called
function singleArgument(authentication: CustomAuthentication): Ask {
  const locate = compileRawToken(authentication);
  return (exchange) => {
    const located = locate(exchange);
    if ("missing" in located) return located;
    const { token } = located;
    return { body: Buffer.from(JSON.stringify({ type: "TOKEN", token })), cacheKey: token };
  };
}

/** A result is remembered by all arguments but the body, or by those that `cacheKey` names. */
// unverified: where no argument but the body is left to remember a result by, it isn't remembered
function multiArgument(
  entries: readonly { name: string; variable: ContextVariable }[],
  cacheKey: readonly string[],
): Ask {
  const isKept = ({ name, variable }: (typeof entries)[number]) =>
    cacheKey.length > 0 ? cacheKey.includes(name) : variable.kind !== "body";
  const kept = entries.filter(isKept).map(({ name }) => name);
  const question = (exchange: Exchange): Question => {
    // JSON leaves an absent value out of an object, and writes null for it in a list.
    const data = Object.fromEntries(
      entries.map(({ name, variable }) => [name, argumentValue(variable, exchange)]),
    );
    const key = kept.map((name) => [name, data[name]]);
    return {
      body: Buffer.from(JSON.stringify({ type: "USER_DEFINED", data })),
      cacheKey: kept.length === 0 ? undefined : JSON.stringify(key),
    };
  };
  if (!entries.some(({ variable }) => variable.kind === "body")) return question;
  return async (exchange) => {
    await readBodyAhead(exchange, limits.functionRequestBodyBytes, "functionBodyTooLarge");
    return question(exchange);
  };
}

/** An absent variable is left out, several values are a list. */
// unverified: request.body is given as UTF-8 text, an empty body as an absent one
function argumentValue(variable: ContextVariable, exchange: Exchange): string | string[] | undefined {
  const { head } = exchange;
  switch (variable.kind) {
    case "query":
      return oneOrAll(queryValues(head.query, variable.key));
    case "headers":
      return oneOrAll(
        head.headers.filter(([name]) => name.toLowerCase() === variable.key).map(([, value]) => value),
      );
    case "body":
      return head.body.hasBody ? exchange.bodyReadAhead?.toString() : undefined;
    default:
      return contextValue(variable, exchange);
  }
}

function oneOrAll(values: string[]): string | string[] | undefined {
  return values.length > 1 ? values : values[0];
}

function parsed(name: string, text: string): ContextVariable {
  const variable = parseBareVariable(text, argumentTables);
  if ("fault" in variable) throw new Error(`parameters.${name} ${variable.fault}`);
  return variable;
}
