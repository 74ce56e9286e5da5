import { NonceMemory, type Nonces } from "../kit/nonces.ts";
import type { Request } from "../kit/request.ts";
import { json, type Response } from "../kit/response.ts";
import type { Handler } from "../kit/serve.ts";
import { readArguments } from "./arguments.ts";
import { type Decision, decide } from "./decide.ts";
import type { AppKeys } from "./keys.ts";

export interface AuthorizerOptions {
  /** @default - in this instance */
  readonly nonces?: Nonces;
  /** @default - the clock */
  readonly nowInMs?: () => number;
  /** Takes one line for each refusal, without anything secret. @default - the function's log */
  readonly log?: (line: string) => void;
}

/** OCI remembers a result for at least a minute ("Creating an Authorizer Function"): we never ask for more. */
const resultInMs = 60_000;

/** An authorizer for app keys: docs/app-keys.md. */
export function authorizer(keys: AppKeys, options: AuthorizerOptions = {}): Handler {
  const { nonces = new NonceMemory(), nowInMs = Date.now, log = console.log } = options;
  return async ({ body }: Request) => {
    const now = nowInMs();
    const decision = await decide(readArguments(body), keys, nonces, now);
    if (!decision.isIn) log(refusalLine(decision));
    return answer(decision, now);
  };
}

/** What the gateway takes for an answer ("Creating an Authorizer Function"). */
export function answer(decision: Decision, nowInMs: number): Response {
  if (!decision.isIn) {
    const wwwAuthenticate = decision.reason === "no_key" ? "AppKey" : `AppKey error="${decision.reason}"`;
    return json(200, { active: false, wwwAuthenticate });
  }
  const { id, scopes, expiresAtInMs = Number.POSITIVE_INFINITY } = decision.key;
  return json(200, {
    active: true,
    principal: id,
    scope: scopes,
    expiresAt: new Date(Math.min(nowInMs + resultInMs, expiresAtInMs)).toISOString(),
    // Never empty: a transformation with an empty header might be left out as a whole, and let the client's own pass.
    context: { keyId: id, verified: decision.verified },
  });
}

function refusalLine({ reason, keyId }: Extract<Decision, { isIn: false }>): string {
  return JSON.stringify({ event: "refused", reason, ...(keyId === undefined ? {} : { keyId }) });
}
