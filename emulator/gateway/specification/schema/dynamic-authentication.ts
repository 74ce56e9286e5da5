import { z } from "zod";
import { limits } from "../../limits.ts";
import { authentication } from "./authentication.ts";
import { always, atMost, fieldsOf } from "./parts.ts";
import { selectionKey, selectionSource, soundSelection } from "./selection.ts";

/** "Adding Multiple Authentication Servers to the same API Deployment". */
export const dynamicAuthentication = z
  .strictObject({
    selectionSource,
    authenticationServers: z
      .array(z.strictObject({ key: selectionKey, authenticationServerDetail: authentication }))
      .min(1)
      .superRefine(atMost(limits.authenticationServers), always)
      .superRefine(soundSelection, always),
  })
  .superRefine(soundSelector, always);

/** Choosing by a claim means to read the token before it is known which server verifies it. */
function soundSelector(value: unknown, context: z.RefinementCtx): void {
  const { selectionSource: source, authenticationServers: servers } = fieldsOf(value);
  const { selector } = fieldsOf(source);
  if (typeof selector !== "string" || !selector.startsWith("request.auth[") || !Array.isArray(servers))
    return;
  const locations = servers.map((server) => {
    const detail = fieldsOf(fieldsOf(server).authenticationServerDetail);
    const isToken = detail.type === "TOKEN_AUTHENTICATION" || detail.type === "JWT_AUTHENTICATION";
    const header = typeof detail.tokenHeader === "string" ? detail.tokenHeader.toLowerCase() : undefined;
    return isToken ? JSON.stringify([header, detail.tokenQueryParam]) : undefined;
  });
  if (locations.every((location) => location !== undefined && location === locations[0])) return;
  context.addIssue({
    code: "custom",
    path: ["selectionSource", "selector"],
    message: `is an invalid dynamic authentication selector: ${selector} is read from a token, so every server must be TOKEN_AUTHENTICATION or JWT_AUTHENTICATION with the same tokenHeader or tokenQueryParam`,
  });
}
