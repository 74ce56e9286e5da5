import { StringDecoder } from "node:string_decoder";

/** Takes a stream's chunks and gives its lines; the rest of an endless line is dropped. */
export class LineSplitter {
  readonly #decoder = new StringDecoder("utf8");
  readonly #onLine: (line: string) => void;
  readonly #maxLength: number;
  #pending = "";
  #isCut = false;

  constructor(maxLength: number, onLine: (line: string) => void) {
    this.#maxLength = maxLength;
    this.#onLine = onLine;
  }

  write(chunk: Buffer): void {
    const parts = this.#decoder.write(chunk).split("\n");
    const last = parts.pop() ?? "";
    for (const part of parts) {
      this.#add(part);
      this.#endLine();
    }
    this.#add(last);
  }

  /** Gives what came after the last line break. */
  end(): void {
    this.#add(this.#decoder.end());
    if (this.#pending !== "") this.#endLine();
  }

  #add(text: string): void {
    if (this.#isCut || text === "") return;
    this.#pending += text;
    if (this.#pending.length <= this.#maxLength) return;
    this.#onLine(`${this.#pending.slice(0, this.#maxLength)}… (cut after ${this.#maxLength} characters)`);
    this.#pending = "";
    this.#isCut = true;
  }

  #endLine(): void {
    const line = this.#pending.endsWith("\r") ? this.#pending.slice(0, -1) : this.#pending;
    if (!this.#isCut) this.#onLine(line);
    this.#pending = "";
    this.#isCut = false;
  }
}
