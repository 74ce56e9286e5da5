import { createHash, createPrivateKey, createPublicKey, generateKeyPair } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

export interface ApiKey {
  userId: string;
  fingerprint: string;
  keyFile: string;
  /** A configuration file for Oracle's SDKs and CLI ("SDK and CLI Configuration File"). */
  configFile: string;
}

/** Names nobody: the local OCI has no users. */
const userId = "ocid1.user.oclocal..aaaaaaaalocaluserofthethrowawaykey000000000000000000000000000000";

/** An API signing key that is valid nowhere, made once and kept under `folder`. */
export async function throwAwayKey(
  folder: string,
  { tenancyId, region }: { tenancyId: string; region: string },
): Promise<ApiKey> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const keyFile = join(folder, "key.pem");
  const configFile = join(folder, "config");
  const pem = await readFile(keyFile, "utf8").catch(() => newKey(keyFile));
  const fingerprint = fingerprintOf(pem);
  const lines = {
    user: userId,
    fingerprint,
    tenancy: tenancyId,
    region,
    key_file: keyFile,
  };
  const text = Object.entries(lines).map(([key, value]) => `${key}=${value}`);
  await writeFile(configFile, `[DEFAULT]\n${text.join("\n")}\n`, { mode: 0o600 });
  return { userId, fingerprint, keyFile, configFile };
}

async function newKey(keyFile: string): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  await writeFile(keyFile, privateKey, { mode: 0o600 });
  return privateKey;
}

/** MD5 over the public key in DER, as OCI shows it ("Required Keys and OCIDs"). */
function fingerprintOf(pem: string): string {
  const der = createPublicKey(createPrivateKey(pem)).export({ type: "spki", format: "der" });
  const digest = createHash("md5").update(der).digest("hex");
  return (digest.match(/../g) ?? []).join(":");
}
