/** A matching rule or policy statement that IAM, or this reading of it, can't take. */
export class IamSyntaxError extends Error {
  override readonly name = "IamSyntaxError";
  /** Where in the text, counted from 1. */
  readonly position: number;
  /** What would have been right there, or what isn't supported. */
  readonly expectation: string;

  constructor(position: number, expectation: string) {
    super(`character ${position}: ${expectation}`);
    this.position = position;
    this.expectation = expectation;
  }
}

/** Reads a rule or a statement from left to right; spaces and line breaks between words mean nothing. */
export class Scanner {
  readonly #text: string;
  #offset = 0;

  constructor(text: string) {
    this.#text = text;
    this.#skipSpace();
  }

  /** The offset of the next word, to fail at later. */
  get offset(): number {
    return this.#offset;
  }

  get isAtEnd(): boolean {
    return this.#offset >= this.#text.length;
  }

  /** Takes what matches here (the pattern must be sticky), or nothing. */
  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#offset;
    const match = pattern.exec(this.#text);
    if (match === null || match[0] === "") return undefined;
    this.#offset += match[0].length;
    this.#skipSpace();
    return match[1] ?? match[0];
  }

  /** Whether a word comes next, in any case; doesn't take it. */
  sees(word: string): boolean {
    return this.peekWord()?.toLowerCase() === word;
  }

  peekWord(): string | undefined {
    const before = this.#offset;
    const word = this.take(WORD);
    this.#offset = before;
    return word;
  }

  takeKeyword(...keywords: readonly string[]): string | undefined {
    const word = this.peekWord()?.toLowerCase();
    if (word === undefined || !keywords.includes(word)) return undefined;
    this.take(WORD);
    return word;
  }

  expectKeyword(...keywords: readonly string[]): string {
    return this.takeKeyword(...keywords) ?? this.fail(`expected ${keywords.join(" or ")}`);
  }

  takeSymbol(symbol: string): boolean {
    if (!this.#text.startsWith(symbol, this.#offset)) return false;
    this.#offset += symbol.length;
    this.#skipSpace();
    return true;
  }

  expectSymbol(symbol: string): void {
    if (!this.takeSymbol(symbol)) this.fail(`expected "${symbol}"`);
  }

  expectEnd(): void {
    if (!this.isAtEnd) this.fail("expected the end");
  }

  /** @param expectation - What would be right; what is there instead is added. */
  fail(expectation: string): never {
    const rest = this.#text.slice(this.#offset);
    const found = /^[^\s{},()]+/.exec(rest)?.[0] ?? rest.slice(0, 1);
    throw new IamSyntaxError(
      this.#offset + 1,
      `${expectation}, but ${found === "" ? "the text ends" : `found ${JSON.stringify(found)}`}`,
    );
  }

  refuse(offset: number, reason: string): never {
    throw new IamSyntaxError(offset + 1, reason);
  }

  #skipSpace(): void {
    while (/\s/.test(this.#text[this.#offset] ?? "")) this.#offset++;
  }
}

/** A keyword, a resource type, a variable, an OCID or a name that needs no quotes. */
export const WORD = /[\p{L}\p{N}_.@+-]+/uy;

/** `'text'`; the quotes are needed around values and around names with other characters. */
export const QUOTED = /'([^']*)'/y;
