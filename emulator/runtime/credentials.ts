import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { FunctionDefinition, SessionCredentials } from "./types.ts";

/** Files of an instance by which an SDK's resource principal provider signs. */
export class CredentialFiles {
  readonly #directory: string;
  #written: SessionCredentials | undefined;

  /** @param directory - Of the instance alone; removed with it. */
  constructor(directory: string) {
    this.#directory = path.join(directory, "credentials");
  }

  /** Writes what is new; providers read the token's file again when theirs has expired. */
  write(credentials: SessionCredentials): void {
    if (this.#written === credentials) return;
    mkdirSync(this.#directory, { recursive: true, mode: 0o700 });
    this.#put("private.pem", credentials.privateKey);
    this.#put("rpst", credentials.token);
    this.#written = credentials;
  }

  /**
   * Variables as "Accessing Other Oracle Cloud Infrastructure Resources from Running Functions" names them: absolute
   * paths of the two files, which are secret, and the region.
   */
  environment({ region }: FunctionDefinition): Record<string, string> {
    return {
      OCI_RESOURCE_PRINCIPAL_VERSION: "2.2",
      OCI_RESOURCE_PRINCIPAL_RPST: path.join(this.#directory, "rpst"),
      OCI_RESOURCE_PRINCIPAL_PRIVATE_PEM: path.join(this.#directory, "private.pem"),
      OCI_RESOURCE_PRINCIPAL_REGION: region,
    };
  }

  /** A reader sees the old content or the new one, never a part. */
  #put(name: string, text: string): void {
    const file = path.join(this.#directory, name);
    writeFileSync(`${file}.new`, text, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
}
