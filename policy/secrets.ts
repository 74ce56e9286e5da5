/** What a text is, when its form alone says that it is a secret. */
const forms: readonly (readonly [what: string, pattern: RegExp])[] = [
  ["a private key", /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ["a JSON Web Token", /\beyJ[\w-]{5,}\.eyJ[\w-]{5,}\.[\w-]+/],
  ["an access key of AWS", /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/],
  ["a token of GitHub", /\b(?:gh[oprsu]_\w{36,}|github_pat_\w{22,})/],
  ["a token of GitLab", /\bglpat-[\w-]{20,}/],
  ["a token of Slack", /\bxox[abeoprs]-[\w-]{10,}/],
  ["an API key of Google", /\bAIza[\w-]{35}/],
  ["a key of Stripe", /\b[rs]k_(?:live|test)_\w{16,}/],
  ["an API key of SendGrid", /\bSG\.[\w-]{16,}\.[\w-]{16,}/],
  ["a token of npm", /\bnpm_\w{36}/],
  ["a URL with a password", /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:[^\s/@]+@/i],
  ["a connection string with a password", /\b(?:password|pwd|accountkey|sharedaccesskey)\s*=\s*[^\s;]{4,}/i],
  ["credentials of HTTP", /^(?:basic|bearer)\s+[\w+/=.~-]{8,}$/i],
];

const secretName =
  /(?:^|_)(?:pass(?:word|wd|phrase)?|pwd|secrets?|tokens?|(?:api|app|auth|access|account|private|signing|encryption|shared|master|client|service|hmac|ssh|license)_?keys?|keys|credentials?)(?:$|_)/;
/** Names of what is about a secret, and not the secret. */
const aboutSecret =
  /_(?:ocid|id|ids|name|names|header|headers|url|uri|endpoint|path|file|ttl|type|scheme|issuer|audience|version|vault|region|algorithm|count|length|enabled|seconds|minutes|hours|days|commit|sha|sha256|digest|checksum|hash|etag|revision|build|tag)$/;

/**
 * What kind of secret a variable seems to hold; undefined when it seems to hold none. OCIDs are references: what they
 * name is read with the caller's rights.
 */
export function secretIn(name: string, value: string): string | undefined {
  const text = value.trim();
  if (text === "" || /^ocid1\.[a-z0-9]+\.[\w.-]+$/.test(text)) return undefined;
  const form = forms.find(([, pattern]) => pattern.test(text));
  if (form !== undefined) return form[0];
  const words = wordsOf(name);
  if (aboutSecret.test(`_${words}`)) return undefined;
  if (secretName.test(words) && !isSwitch(text)) return "what the name calls a secret";
  return isRandom(text) ? "a random text, as keys and tokens are" : undefined;
}

/** `dbPassword`, `DB-PASSWORD` → `db_password`. */
function wordsOf(name: string): string {
  return name
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, "_")
    .replaceAll(/[-.]/g, "_")
    .toLowerCase();
}

function isSwitch(text: string): boolean {
  return /^(?:true|false|yes|no|on|off|none|\d{1,3})$/i.test(text);
}

/** Digits and letters of both cases without words between them: at least 4 bits for each of 24 characters or more. */
function isRandom(text: string): boolean {
  if (!/^[\w+/=.~-]{24,}$/.test(text) || /^[/.]/.test(text)) return false;
  if (/^[0-9a-f]{32,}$/i.test(text))
    return /[a-f]/i.test(text) && /\d/.test(text) && bitsPerCharacter(text) >= 3;
  const isMixed = /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text);
  return isMixed && !/[a-z]{6,}/.test(text) && bitsPerCharacter(text) >= 4;
}

/** Shannon's entropy. */
function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce(
    (sum, count) => sum - (count / text.length) * Math.log2(count / text.length),
    0,
  );
}
