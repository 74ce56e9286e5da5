import type { ResourcePrincipal } from "../iam/types.ts";
import type { SessionCredentials } from "../runtime/types.ts";
import { type KeyPair, KeyPairs, makeKeyPair } from "./key-pairs.ts";
import { foreignToken, readToken, type Session, signToken } from "./session-token.ts";

// unverified: a resource principal session token is valid for 15 minutes; Oracle says that it is cached that long
export const tokenLifetimeInMs = 15 * 60_000;

/** A function may run this long ("Changing Default Memory and Timeout Settings"); no call outlives its token. */
const leastRestInMs = 5 * 60_000;

/** Makes the keys and tokens by which functions sign their calls of OCI, and reads them back. In memory only. */
export class ResourcePrincipals {
  readonly #nowInMs: () => number;
  readonly #keyPairs = new KeyPairs();
  readonly #functions = new Map<string, { pair: KeyPair; session: Issued }>();
  readonly #underWay = new Map<string, Promise<SessionCredentials>>();
  /** Signs the tokens; another one at every start. */
  #signer: Promise<KeyPair> | undefined;

  constructor(nowInMs: () => number) {
    this.#nowInMs = nowInMs;
  }

  /** Begins to make what the first call of one more function will need. */
  warm(): void {
    // Whoever needs them sees why they failed.
    this.#signerPair().catch(() => undefined);
    this.#keyPairs.warm();
    import("jose/jwt/sign").catch(() => undefined);
  }

  /** The function's credentials, when they are made and outlast a call. */
  current(principal: ResourcePrincipal): SessionCredentials | undefined {
    const session = this.#functions.get(principal.id)?.session;
    const isFresh =
      session !== undefined &&
      session.compartmentId === principal.compartmentId &&
      session.credentials.expiresAtInMs - this.#nowInMs() >= leastRestInMs;
    return isFresh ? session.credentials : undefined;
  }

  /** Makes or renews the function's credentials; the key stays, the token is new. */
  async issue(principal: ResourcePrincipal): Promise<SessionCredentials> {
    const current = this.current(principal);
    if (current !== undefined) return current;
    const key = `${principal.id} ${principal.compartmentId}`;
    let issuing = this.#underWay.get(key);
    if (issuing === undefined) {
      issuing = this.#issue(principal).finally(() => this.#underWay.delete(key));
      this.#underWay.set(key, issuing);
    }
    return issuing;
  }

  /** Who a token speaks for, or why it isn't taken. */
  async verify(token: string): Promise<Session | string> {
    return this.#signer === undefined ? foreignToken : readToken(token, await this.#signer, this.#nowInMs());
  }

  /** A function was deleted: its key is forgotten; a token given out is valid until it expires. */
  forget(functionId: string): void {
    this.#functions.delete(functionId);
  }

  close(): void {
    this.#keyPairs.close();
    this.#functions.clear();
  }

  async #issue(principal: ResourcePrincipal): Promise<SessionCredentials> {
    const signing = this.#signerPair();
    const pair = this.#functions.get(principal.id)?.pair ?? (await this.#keyPairs.take());
    const issuedAtInMs = this.#nowInMs();
    const expiresAtInMs = issuedAtInMs + tokenLifetimeInMs;
    const times = { issuedAtInMs, expiresAtInMs };
    const token = await signToken(principal, pair.publicKey, await signing, times);
    const privateKey = pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    const credentials = { token, privateKey, expiresAtInMs };
    const { compartmentId } = principal;
    this.#functions.set(principal.id, { pair, session: { compartmentId, credentials } });
    return credentials;
  }

  #signerPair(): Promise<KeyPair> {
    this.#signer ??= makeKeyPair();
    return this.#signer;
  }
}

interface Issued {
  compartmentId: string;
  credentials: SessionCredentials;
}
