// Less of zod: the whole costs each instance 24 MB and 40 ms of processor time at its start.
import * as z from "zod/mini";
import { clockSkewInSeconds, hasForm } from "../kit/signature.ts";

/** Functions allows a function's configuration 4096 bytes in all ("Passing Custom Configuration Parameters to Functions"). */
const configBytes = 4096;

/** The configuration key that holds the keys. */
export const configKey = "APP_KEYS";

interface KeyBase {
  readonly id: string;
  readonly scopes: readonly string[];
  /** Undefined when it doesn't expire. */
  readonly expiresAtInMs: number | undefined;
  readonly isEnabled: boolean;
}

/** A key that is shown: the configuration holds only its hash. */
export interface CodeKey extends KeyBase {
  readonly codeSha256: string;
}

/** A key that signs and is never sent; to check signatures takes the secret itself. */
export interface SigningKey extends KeyBase {
  readonly secret: string;
}

export interface AppKeys {
  readonly codes: readonly CodeKey[];
  /** By id. */
  readonly signing: ReadonlyMap<string, SigningKey>;
  readonly clockSkewInSeconds: number;
}

const { min, max } = clockSkewInSeconds;
const example =
  '{"keys": [{"id": "web", "codeSha256": "<64 hexadecimal digits>", "scopes": ["orders.read"]}]}';

/** What hangs on several fields is said beside what is wrong with each. */
const always = { when: () => true };

const text = (isRight: (value: string) => boolean, error: string) =>
  z.string({ error }).check(z.refine(isRight, { error }));

const scope = text(
  (given) => /^[\x21-\x7e]+$/.test(given),
  'must be a text without blanks, for example "orders.read"',
);

const key = z
  .strictObject(
    {
      id: text(
        (id) => hasForm("keyId", id),
        'must be 1 to 64 letters, digits, ".", "_" or "-", for example "web"',
      ),
      codeSha256: z.optional(
        text(
          (hash) => /^[0-9a-f]{64}$/.test(hash),
          'must be the code\'s SHA-256 in 64 lower-case hexadecimal digits: printf %s "$code" | openssl dgst -sha256',
        ),
      ),
      secret: z.optional(
        text(
          (secret) => /^[\x21-\x7e]{32,256}$/.test(secret),
          "must be 32 to 256 printable ASCII characters without blanks: openssl rand -hex 32",
        ),
      ),
      secretId: z.optional(
        z.undefined({ error: "Vault secrets aren't read yet; give secret, and set it as a Pulumi secret" }),
      ),
      scopes: z
        .array(scope, { error: 'must be a list of scopes, for example ["orders.read"]' })
        .check(z.minLength(1, { error: 'must have at least one scope, for example ["orders.read"]' })),
      expiresAt: z.optional(
        z.iso.datetime({
          offset: true,
          error: 'must be a moment in ISO 8601, for example "2027-01-31T00:00:00Z"',
        }),
      ),
      isEnabled: z.optional(z.boolean({ error: "must be true or false" })),
    },
    {
      error: unknownOr(
        'must be an object, for example {"id": "web", "codeSha256": "…", "scopes": ["orders.read"]}',
      ),
    },
  )
  .check(
    z.superRefine((value: unknown, context) => {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return;
      const { codeSha256, secret, secretId } = fieldsOf(value);
      if ([codeSha256, secret, secretId].filter((one) => one !== undefined).length === 1) return;
      context.addIssue({ code: "custom", message: "must have exactly one of codeSha256 and secret" });
    }, always),
  );

const skew = { error: `must be a whole number from ${min} to ${max}` };

const appKeys = z.strictObject(
  {
    keys: z.array(key, { error: "must be a list of keys" }).check(
      z.minLength(1, { error: "must have at least one key" }),
      z.superRefine((value: unknown, context) => {
        const keys = Array.isArray(value) ? value.map(fieldsOf) : [];
        for (const field of ["id", "codeSha256", "secret"] as const) {
          for (const [index, one] of keys.entries()) {
            const first = keys.findIndex((other) => other[field] === one[field]);
            if (one[field] === undefined || first === index) continue;
            const message = `is the same as of keys[${first}]`;
            context.addIssue({ code: "custom", path: [index, field], message });
          }
        }
      }, always),
    ),
    clockSkewInSeconds: z.optional(z.int(skew).check(z.minimum(min, skew), z.maximum(max, skew))),
  },
  { error: unknownOr(`must be an object, for example ${example}`) },
);

/**
 * Reads the keys of the configuration.
 *
 * @returns All problems, each with its place; never with a value, for they are secret.
 */
export function readAppKeys(config: string | undefined): AppKeys | { problems: readonly string[] } {
  if (config === undefined || config === "")
    return { problems: [`${configKey} is missing; set it to ${example}`] };
  const bytes = Buffer.byteLength(configKey) + Buffer.byteLength(config);
  if (bytes > configBytes) {
    const message = `${configKey} has ${bytes} bytes with its name; Functions allows ${configBytes} for a function's whole configuration: remove keys`;
    return { problems: [message] };
  }
  let value: unknown;
  try {
    value = JSON.parse(config);
  } catch {
    // The parser's own words quote the text, and with it a secret.
    return { problems: [`${configKey} is not JSON; set it to ${example}`] };
  }
  const read = appKeys.safeParse(value);
  if (read.success) return toAppKeys(read.data);
  return { problems: read.error.issues.map(({ path, message }) => `${placeOf(path)} ${message}`) };
}

function toAppKeys({
  keys,
  clockSkewInSeconds: skewInSeconds = clockSkewInSeconds.default,
}: z.infer<typeof appKeys>): AppKeys {
  const codes: CodeKey[] = [];
  const signing = new Map<string, SigningKey>();
  for (const { id, scopes, expiresAt, isEnabled = true, codeSha256, secret } of keys) {
    const expiresAtInMs = expiresAt === undefined ? undefined : Date.parse(expiresAt);
    const base = { id, scopes, expiresAtInMs, isEnabled };
    if (codeSha256 !== undefined) codes.push({ ...base, codeSha256 });
    if (secret !== undefined) signing.set(id, { ...base, secret });
  }
  return { codes, signing, clockSkewInSeconds: skewInSeconds };
}

function placeOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (place, step) => (typeof step === "number" ? `${place}[${step}]` : `${place}.${String(step)}`),
    configKey,
  );
}

function unknownOr(otherwise: string) {
  return (issue: { code?: string | undefined; keys?: readonly string[] }) =>
    issue.code === "unrecognized_keys" ? `has the unknown key ${(issue.keys ?? []).join(", ")}` : otherwise;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}
