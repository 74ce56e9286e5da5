import { limits } from "../limits.ts";
import type { Problem } from "../problems.ts";
import type { RuleId } from "../rules.ts";
import { isBag } from "../values.ts";
import { authentication } from "./authentication-schemas.ts";
import { checkWith, keyBelow } from "./checking.ts";
import { checkKeyIds } from "./static-keys.ts";
import { checkHeaderTransformations } from "./transformations.ts";

type Fields = Readonly<Record<string, unknown>>;

/**
 * What is wrong with one way to authenticate callers ("Using Tokens to Add Authentication and Authorization to API
 * Deployments", "Using JSON Web Tokens (JWTs) …", "Using Authorizer Functions …"). Keys, tokens and URLs are never
 * shown.
 */
export function checkAuthentication(given: unknown, at: string): Problem[] {
  const problems = checkWith(authentication, given, at, "authentication");
  if (!isBag(given)) return problems;
  return [
    ...problems,
    ...(given.type === "CUSTOM_AUTHENTICATION" ? checkAuthorizer(given, at) : []),
    ...(isOfTokens(given) ? checkTokenLocation(given, at) : []),
    ...["validationPolicy", "publicKeys"].flatMap((name) => {
      const { keys } = Object(given[name]) as { keys?: unknown };
      return checkKeyIds(keys, `${at}.${name}.keys`);
    }),
    ...checkFailureHeaders(given, at),
  ];
}

/** Whether the gateway itself reads the token. */
export function isOfTokens({ type }: Fields): boolean {
  return type === "TOKEN_AUTHENTICATION" || type === "JWT_AUTHENTICATION";
}

/** A token stands in one header, after its scheme, or in one query parameter. */
function checkTokenLocation(given: Fields, at: string): Problem[] {
  const { tokenHeader, tokenQueryParam, tokenAuthScheme } = given;
  const say = sayer("token-location", at);
  if (tokenHeader === undefined && tokenQueryParam === undefined) {
    return say("tokenHeader", 'is missing; give it or tokenQueryParam, for example "Authorization"');
  }
  if (tokenHeader !== undefined && tokenQueryParam !== undefined) {
    return say("tokenQueryParam", "stands beside tokenHeader; give exactly one of them");
  }
  if (tokenHeader !== undefined && tokenAuthScheme === undefined) {
    return say("tokenAuthScheme", 'is missing; beside tokenHeader it must be "Bearer"');
  }
  return [];
}

/** An authorizer function gets one token, or arguments. */
function checkAuthorizer(given: Fields, at: string): Problem[] {
  const { tokenHeader, tokenQueryParam, parameters, cacheKey } = given;
  const say = sayer("authorizer", at);
  const named = Object.keys(isBag(parameters) ? parameters : {});
  const ways = { tokenHeader, tokenQueryParam, parameters: named.length === 0 ? undefined : parameters };
  const [first, second] = Object.entries(ways).flatMap(([name, way]) => (way === undefined ? [] : [name]));
  return [
    ...checkFunction(given, at),
    ...(first === undefined
      ? say(
          "parameters",
          'is missing; give it, tokenHeader or tokenQueryParam, for example { token: "request.headers[Authorization]" }',
        )
      : []),
    ...(second === undefined ? [] : say(second, `stands beside ${first}; give exactly one of them`)),
    ...(named.length > limits.authorizerParameters
      ? say("parameters", `has ${named.length}; at most ${limits.authorizerParameters} are allowed`)
      : []),
    ...(Array.isArray(cacheKey) ? cacheKey : []).flatMap((name: unknown, index): Problem[] => {
      if (typeof name !== "string" || name === "" || named.includes(name)) return [];
      const known = named.length === 0 ? "there are none" : `there are ${named.join(", ")}`;
      const message = `is ${JSON.stringify(name)}, which is not among the parameters; ${known}`;
      return [{ rule: "authorizer", key: keyBelow(at, ["cacheKey", index]), message }];
    }),
  ];
}

function checkFunction({ function: key, functionId }: Fields, at: string): Problem[] {
  const say = sayer("authorizer", at);
  if (key !== undefined && functionId !== undefined) {
    return say("functionId", "stands beside function; give exactly one of them");
  }
  if (key !== undefined || functionId !== undefined) return [];
  return say("function", 'is missing; give the key of a function, for example "authorizer", or functionId');
}

function checkFailureHeaders({ validationFailurePolicy: policy }: Fields, at: string): Problem[] {
  if (!isBag(policy) || policy.type === "OAUTH2") return [];
  if (policy.responseHeaderTransformations === undefined) return [];
  const key = `${at}.validationFailurePolicy.responseHeaderTransformations`;
  return checkHeaderTransformations(policy.responseHeaderTransformations, key, "response", {
    hasAuthentication: true,
  });
}

function sayer(rule: RuleId, at: string): (name: string, message: string) => Problem[] {
  return (name, message) => [{ rule, key: `${at}.${name}`, message }];
}
