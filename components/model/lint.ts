import { checkUndeclaredAnonymous } from "./lint/anonymous.ts";
import { checkAuthorizations } from "./lint/authorization.ts";
import { checkAuthorizerAccess } from "./lint/authorizer-access.ts";
import { checkCorsUse } from "./lint/cors.ts";
import { checkForgeableHeaders } from "./lint/forgeable.ts";
import { checkLiteralSegments } from "./lint/literal.ts";
import type { PlainApi } from "./lint/plain-api.ts";
import { checkReachable } from "./lint/reachable.ts";
import type { Problem } from "./problems.ts";

export type { PlainApi, PlainRoute } from "./lint/plain-api.ts";

/** What is wrong, or looks it, about an API's settings beside each other, which are right each by itself. */
export function lintApi(api: PlainApi): Problem[] {
  return [
    checkAuthorizations,
    checkAuthorizerAccess,
    checkReachable,
    checkLiteralSegments,
    checkCorsUse,
    checkUndeclaredAnonymous,
    checkForgeableHeaders,
  ].flatMap((check) => check(api));
}
