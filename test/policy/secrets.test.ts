import { expect, it } from "vitest";
import { secretIn } from "../../policy/secrets.ts";

const random = "v7Qk2ZpX9mLr4TnB8sYw3HcJ";
const hexadecimal = "0f3c9a7b51e2d8460f3c9a7b51e2d846";
const named = "what the name calls a secret";
const looksRandom = "a random text, as keys and tokens are";

it.each([
  ["PEM", "-----BEGIN RSA PRIVATE KEY-----\nMIIE", "a private key"],
  ["X", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1c2VyIn0.c2lnbmF0dXJl", "a JSON Web Token"],
  ["X", `AKIA${"ABCDEFGH01234567"}`, "an access key of AWS"],
  ["X", `ghp_${"a1".repeat(18)}`, "a token of GitHub"],
  ["X", `glpat-${"a1".repeat(10)}`, "a token of GitLab"],
  ["X", `xoxb-${"1234567890"}`, "a token of Slack"],
  ["X", `AIza${"b".repeat(35)}`, "an API key of Google"],
  ["X", `sk_live_${"c1".repeat(8)}`, "a key of Stripe"],
  ["X", `SG.${"d".repeat(16)}.${"e".repeat(16)}`, "an API key of SendGrid"],
  ["X", `npm_${"f".repeat(36)}`, "a token of npm"],
  ["X", `github_pat_${"a1".repeat(11)}`, "a token of GitHub"],
  ["X", `ASIA${"ABCDEFGH01234567"}`, "an access key of AWS"],
  ["X", `rk_test_${"c1".repeat(8)}`, "a key of Stripe"],
  ["X", "Server=db; pwd = hunter2", "a connection string with a password"],
  ["X", "Bearer  dXNlcjpwYXNz", "credentials of HTTP"],
  ["DATABASE_URL", "postgres://shop:hunter2@db.example.com/shop", "a URL with a password"],
  ["X", "Server=db;Password=hunter2;", "a connection string with a password"],
  ["X", "Basic dXNlcjpwYXNz", "credentials of HTTP"],
  ["DB_PASSWORD", "hunter2", named],
  ["dbPassword", "hunter2", named],
  ["API-KEY", "abc", named],
  ["DB-PASSWORD", "abc", named],
  ["db.password", "abc", named],
  ["CLIENT_SECRET", "abc", named],
  ["AUTH_TOKEN", "abc", named],
  ["KEYS", "alice:abc", named],
  ["SALT", random, looksRandom],
  ["X", hexadecimal, looksRandom],
  ["X", "abcd1234".repeat(4), looksRandom],
  ["X", "aB1cD2eF3gH4iJ5k".repeat(2), looksRandom],
  ["X", "v7Qk2ZpX9mLr/4TnB8sYw3HcJ", looksRandom],
  ["X", ` ${random} `, looksRandom],
  ["TOKENS", "1000", named],
  ["TOKENS", "true story", named],
  ["TOKENS", "untrue", named],
  ["DB_PASSWORD", "x ocid1.vaultsecret.oc1.iad.amaaaaaaexample", named],
  ["DB_PASSWORD", "ocid1.vaultsecret.oc1.iad.amaaaaaaexample x", named],
])("%s=%s holds %s", (name, value, what) => {
  expect(secretIn(name, value)).toBe(what);
});

const kinds =
  "api app auth access account private signing encryption shared master client service hmac ssh license";
const keys = kinds.split(" ").flatMap((kind) => [`${kind}_KEY`, `${kind}Keys`, `MY_${kind}_key_1`]);
const words = [
  "PASS",
  "PASSWD",
  "PASSPHRASE",
  "PWD",
  "SECRET",
  "SECRETS",
  "TOKEN",
  "CREDENTIAL",
  "CREDENTIALS",
];

it.each([...keys, ...words, ...words.map((word) => `OLD_${word}_2`), "APIKEY", "CLIENT_ID_SECRET"])(
  "%s is the name of a secret",
  (name) => {
    expect(secretIn(name, "abc")).toBe(named);
  },
);

const about =
  "ocid id ids name names header headers url uri endpoint path file ttl type scheme issuer audience version vault region algorithm count length enabled seconds minutes hours days commit sha sha256 digest checksum hash etag revision build tag";

it.each([
  ...about.split(" ").map((what) => `TOKEN_${what}`),
  "COMPASS",
  "SECRETARY",
  "KEY",
  "PASSAGE",
  "TOKENIZER",
])("%s is the name of none", (name) => {
  expect(secretIn(name, "abc")).toBe(undefined);
});

// One character less than such a key has, and what only looks alike.
it.each([
  `ghp_${"a".repeat(35)}`,
  `github_pat_${"a".repeat(21)}`,
  `glpat-${"a".repeat(19)}`,
  "xoxb-123456789",
  `AIza${"b".repeat(34)}`,
  `sk_live_${"c".repeat(15)}`,
  `SG.${"d".repeat(16)}.${"e".repeat(15)}`,
  `SG.${"d".repeat(15)}.${"e".repeat(16)}`,
  `npm_${"f".repeat(35)}`,
  "AKIAABCDEFGH0123456",
  "eyJhbGc.eyJz.c2lnbmF0dXJl",
  "Password=abc",
  "Basic dXNlcjp",
  "by Basic dXNlcjpwYXNz",
  "Basic dXNlcjpwYXNz, or none",
  "https://idp.example.com:443/user@example.com",
])("%s holds none", (value) => {
  expect(secretIn("X", value)).toBe(undefined);
});

it.each([
  ["DB_PASSWORD", ""],
  ["DB_PASSWORD", "ocid1.vaultsecret.oc1.iad.amaaaaaaexample"],
  ["DB_PASSWORD_OCID", "anything"],
  ["TOKEN_URL", "https://idp.example.com/token"],
  ["TOKEN_HEADER", "X-Token"],
  ["TOKENS", "true"],
  ["SECRET_TTL_SECONDS", "3600"],
  ["LOG_LEVEL", "info"],
  ["TABLE", "orders"],
  ["KEYBOARD", "querty"],
  ["MONKEY", "george"],
  ["ENDPOINT", "https://a.b.c.example.com/AbC123/xYz789/v1"],
  ["FOLDER", "/var/lib/A1b2C3d4E5f6G7h8I9j0K1"],
  ["REQUEST_ID", "3f2504e0-4f89-41d3-9a0c-0305e82c3301"],
  ["COMMIT_SHA", "0f3c9a7b51e2d8460f3c9a7b51e2d8460f3c9a7b"],
  ["NAME", "TheVeryLongNameOfAService2Run"],
  ["ID", random],
  ["DB_PASSWORD", "  "],
  ["TOKENS", " true "],
  ["TOKENS", "100"],
  // Words, one case, no digits, few characters: no keys and tokens are like that.
  ["X", "TheVeryLongNameOfAService2Run"],
  ["X", random.toLowerCase()],
  ["X", random.toUpperCase()],
  ["X", "vQkZpXmLrTnBsYwHcJdGfKaWe"],
  ["X", "aA1".repeat(8)],
  ["X", "a1".repeat(16)],
  ["X", "aAbBcCdDeEfFaAbBcCdDeEfFaAbBcCdD"],
  ["X", `zz${hexadecimal}`],
  ["X", `${hexadecimal}zz`],
  ["X", `by ${random}`],
  ["X", `${random} by`],
  ["NUMBERS", "123456789012345678901234567890123456"],
])("%s=%s holds none", (name, value) => {
  expect(secretIn(name, value)).toBe(undefined);
});
