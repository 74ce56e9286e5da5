import { limits } from "../../limits.ts";
import type { Exchange } from "../../server/exchange.ts";
import type { CustomAuthentication } from "../../specification/authentication.ts";
import { RecentCache } from "../../tokens/recent-cache.ts";
import { unverified } from "../../unverified.ts";
import type { PolicyContext, RequestStep } from "../policy.ts";
import { compileQuestion, type Question } from "./arguments.ts";
import { callAuthorizer } from "./authorizer-call.ts";
import type { AuthorizerResult } from "./authorizer-result.ts";
import { compileRefusal } from "./failure.ts";

const failed = "customAuthentication.authenticationFailed";
const challenge = "Bearer";

/**
 * Asks a function who sends a request ("Passing Tokens to Authorizer Functions to Add Authentication and Authorization
 * to API Deployments"). Results are remembered; requests with the same arguments share a call.
 */
export function compileCustomAuthentication(
  authentication: CustomAuthentication,
  context: PolicyContext,
): RequestStep {
  const { functionId, validationFailurePolicy } = authentication;
  const ask = compileQuestion(authentication);
  const refuse = compileRefusal(validationFailurePolicy, context);
  const remembered = new RecentCache<AuthorizerResult>(limits.rememberedAuthorizerResults);
  const unasked = unverified.refusalsChallenge ? challenge : undefined;
  const underWay = new Map<string, Promise<AuthorizerResult>>();

  const call = (exchange: Exchange, { body, cacheKey }: Question): Promise<AuthorizerResult> => {
    if (cacheKey === undefined) return callAuthorizer(functionId, body, exchange, context.dependencies);
    const shared = underWay.get(cacheKey);
    if (shared !== undefined) return shared;
    exchange.record("INFO", "customAuthentication.cacheMiss", `no result of ${functionId} is remembered`);
    const own = callAuthorizer(functionId, body, exchange, context.dependencies)
      .then((result) => {
        if (result.isActive || unverified.refusalsAreRemembered) remembered.set(cacheKey, result);
        return result;
      })
      .finally(() => underWay.delete(cacheKey));
    underWay.set(cacheKey, own);
    return own;
  };
  const decide = (exchange: Exchange, result: AuthorizerResult): boolean => {
    if (exchange.isFinished) return false;
    // A refusal's context is there for the failure policy only: the request goes no further.
    exchange.auth = result.identity.auth;
    if (!result.isActive) {
      const detail = `${functionId} refuses the request`;
      return refuse(exchange, { detail, code: failed, challenge: result.wwwAuthenticate ?? unasked });
    }
    exchange.scopes = result.identity.scopes;
    exchange.record("INFO", "customAuthentication.successfulAuthentication", `${functionId} lets it in`);
    return true;
  };
  const answer = (exchange: Exchange, question: Question): boolean | Promise<boolean> => {
    const { cacheKey } = question;
    const known = cacheKey === undefined ? undefined : remembered.get(cacheKey);
    if (known !== undefined && Date.now() < known.untilInMs) return decide(exchange, known);
    return call(exchange, question).then((result) => decide(exchange, result));
  };
  return (exchange) => {
    exchange.functionId = functionId;
    const question = ask(exchange);
    if (question instanceof Promise) return question.then((asked) => answer(exchange, asked));
    if ("missing" in question) {
      return refuse(exchange, { detail: question.missing, code: failed, challenge });
    }
    return answer(exchange, question);
  };
}
