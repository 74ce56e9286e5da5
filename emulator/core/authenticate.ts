import type { KeyObject } from "node:crypto";
import type { ResourcePrincipal } from "../iam/types.ts";
import type { KnownKeys } from "./keys.ts";
import type { Call } from "./operation.ts";
import { notAuthenticated, signatureParameters, tokenPrefix, verifySignature } from "./signature.ts";

/**
 * Who sends a request: a resource principal, by a token of this emulator's that is always verified, or whoever
 * deploys (undefined), whose signature is verified when the key is known ("Request Signatures").
 *
 * @throws 401 NotAuthenticated
 */
export async function authenticate(
  call: Call,
  target: string,
  keys: KnownKeys,
): Promise<ResourcePrincipal | undefined> {
  const { method, headers, rawBody, emulation } = call;
  const request = { method, target, headers, rawBody };
  const verify = (find: (keyId: string) => KeyObject | undefined) =>
    verifySignature(request, {
      find,
      isRequired: emulation.switches.requireSignature,
      nowInMs: emulation.now().getTime(),
    });
  const token = tokenOf(headers.authorization);
  // A user's session token may have been made known, like any other key.
  if (token === undefined || keys.find(`${tokenPrefix}${token}`) !== undefined) {
    verify((keyId) => keys.find(keyId));
    return undefined;
  }
  const session = await emulation.principals.verify(token);
  if (typeof session === "string") throw notAuthenticated(session);
  verify(() => session.publicKey);
  return session.principal;
}

function tokenOf(authorization: string | string[] | undefined): string | undefined {
  const keyId = typeof authorization === "string" ? signatureParameters(authorization)?.keyId : undefined;
  return keyId?.startsWith(tokenPrefix) ? keyId.slice(tokenPrefix.length) : undefined;
}
