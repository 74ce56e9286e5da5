import type { KeyObject } from "node:crypto";
import { createPublicKey, randomUUID } from "node:crypto";
import type { ResourcePrincipal } from "../iam/types.ts";
import type { KeyPair } from "./key-pairs.ts";

/** Who signed a request, and the key that its signature is verified by. */
export interface Session {
  principal: ResourcePrincipal;
  publicKey: KeyObject;
}

// unverified: a resource principal session token has issuer, audience, key id, ptype and ttype as these constants say; SDKs read exp, jwk, res_tenant and res_compartment only
const issuer = "authService.oracle.com";
const audience = "oci";
const header = { alg: "RS256", typ: "JWT", kid: "asw" };
const types = { ptype: "resource", ttype: "res" };

/** A resource principal session token (RPST): a JWT that says who its bearer is and by which key it signs. */
export async function signToken(
  principal: ResourcePrincipal,
  publicKey: KeyObject,
  signer: KeyPair,
  times: { issuedAtInMs: number; expiresAtInMs: number },
): Promise<string> {
  const { SignJWT } = await import("jose/jwt/sign");
  const claims = {
    ...types,
    tenant: principal.tenancyId,
    res_type: principal.type,
    res_id: principal.id,
    res_tenant: principal.tenancyId,
    res_compartment: principal.compartmentId,
    // The SDKs take it as text ("jwk" of a security token).
    jwk: JSON.stringify({
      kid: header.kid,
      use: "sig",
      alg: "RS256",
      ...publicKey.export({ format: "jwk" }),
    }),
  };
  return new SignJWT(claims)
    .setProtectedHeader(header)
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(principal.id)
    .setJti(randomUUID())
    .setIssuedAt(seconds(times.issuedAtInMs))
    .setExpirationTime(seconds(times.expiresAtInMs))
    .sign(signer.privateKey);
}

/** What a token of this emulator says, or why it isn't taken; the token itself is never shown. */
export async function readToken(token: string, signer: KeyPair, nowInMs: number): Promise<Session | string> {
  const { jwtVerify } = await import("jose/jwt/verify");
  try {
    const { payload } = await jwtVerify(token, signer.publicKey, {
      algorithms: ["RS256"],
      issuer,
      audience,
      currentDate: new Date(nowInMs),
      requiredClaims: ["sub", "exp", "jwk", "res_tenant", "res_compartment"],
    });
    return {
      principal: {
        type: "fnfunc",
        id: String(payload.sub),
        compartmentId: String(payload.res_compartment),
        tenancyId: String(payload.res_tenant),
      },
      publicKey: createPublicKey({ key: JSON.parse(String(payload.jwk)), format: "jwk" }),
    };
  } catch (cause) {
    const isExpired = (cause as { code?: string }).code === "ERR_JWT_EXPIRED";
    return isExpired ? "the resource principal's token has expired" : foreignToken;
  }
}

/** Refused alike: made up, changed, signed by someone else, or from before the emulator's last start. */
export const foreignToken = "the resource principal's token isn't one that this emulator gave out";

function seconds(timeInMs: number): number {
  return Math.floor(timeInMs / 1000);
}
