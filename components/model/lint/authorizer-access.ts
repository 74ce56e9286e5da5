import type { Problem } from "../problems.ts";
import { authenticationsOf, type PlainApi } from "./plain-api.ts";

/** Authorizers that the API makes no policy for; one that is known later may be another API's, which makes it. */
export function checkAuthorizerAccess(api: PlainApi): Problem[] {
  return authenticationsOf(api).flatMap(({ given, at }): Problem[] => {
    const { type, functionId } = given;
    if (type !== "CUSTOM_AUTHENTICATION" || typeof functionId !== "string") return [];
    const message = `is not among "functions", so that no policy is made by which the gateway may call it: without one from elsewhere the deployment is refused, or no caller gets in; give functions: { authorizer: { functionId: ${JSON.stringify(functionId)} } } and name it by that key`;
    return [{ rule: "authorizer-access", key: `${at}.functionId`, message }];
  });
}
