import { contextValue } from "../server/context-value.ts";
import { GatewayFault } from "../server/errors.ts";
import type { Exchange } from "../server/exchange.ts";
import type { TemplatePart } from "../specification/context-variables.ts";
import { isUnsafePath } from "../specification/unsafe-path.ts";

/**
 * A back end's path with the request's values in it, encoded as the client sent them ("Adding Context Variables to
 * Policies and HTTP Back End Definitions"); a value that isn't there leaves nothing.
 *
 * @throws GatewayFault `urlInvalid` when a value would change what the URL means: the path that the back end gets
 * is the one that was decided on.
 */
export function renderPath(template: readonly TemplatePart[], exchange: Exchange): string {
  let path = "";
  let hasValues = false;
  for (const part of template) {
    if (part.kind === "text") path += part.text;
    else {
      hasValues = true;
      path += contextValue(part, exchange) ?? "";
    }
  }
  if (hasValues && isUnsafePath(path)) {
    throw new GatewayFault("urlInvalid", `the back end's path would be ${JSON.stringify(path)}`);
  }
  return path;
}
