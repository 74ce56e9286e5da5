/** The part of the FDK for Node.js that the kit uses; the package ships no types. */
declare module "@fnproject/fdk" {
  export interface Context {
    readonly headers: Readonly<Record<string, readonly string[]>>;
    setResponseHeader(name: string, ...values: string[]): void;
    responseContentType: string | null;
  }
  interface Result {
    readonly writeResult: unknown;
  }
  interface Options {
    inputMode: "buffer";
  }
  const fdk: {
    handle(handler: (body: Buffer, context: Context) => Promise<Result>, options: Options): () => void;
    rawResult(body: Buffer): Result;
  };
  export default fdk;
}
