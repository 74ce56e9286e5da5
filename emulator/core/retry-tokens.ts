import { createHash } from "node:crypto";
import { OciError } from "./errors.ts";
import type { Answer } from "./operation.ts";

const remembered = 10_000;

/**
 * Answers of creations by `opc-retry-token` ("Retry Token"): the same token with the same body gives the first answer
 * again, with another body it is refused. A failed call isn't remembered.
 */
export class RetryTokens {
  readonly #answers = new Map<string, { bodyHash: string; answer: Promise<Answer> }>();

  async once(token: string, target: string, rawBody: Buffer, run: () => Promise<Answer>): Promise<Answer> {
    const key = `${target} ${token}`;
    const bodyHash = createHash("sha256").update(rawBody).digest("hex");
    const first = this.#answers.get(key);
    if (first !== undefined) {
      if (first.bodyHash === bodyHash) return first.answer;
      throw new OciError(
        "InvalidatedRetryToken",
        "The retry token was used before with another request body; use a new token for a new request.",
      );
    }
    const answer = run();
    this.#answers.set(key, { bodyHash, answer });
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > remembered && oldest !== undefined) this.#answers.delete(oldest);
    answer.catch(() => this.#answers.delete(key));
    return answer;
  }

  clear(): void {
    this.#answers.clear();
  }
}
