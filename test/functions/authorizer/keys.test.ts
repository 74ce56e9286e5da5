import { describe, expect, it } from "vitest";
import { readAppKeys } from "../../../functions/authorizer/keys.ts";
import { sha256 } from "../../../functions/kit/signature.ts";

const codeSha256 = sha256("a-code");
const secret = "hush-hush-hush-hush-hush-hush-01";
const web = { id: "web", codeSha256, scopes: ["orders.read"] };
const erp = { id: "erp", secret, scopes: ["orders.read", "orders.write"] };

const read = (value: unknown) => readAppKeys(JSON.stringify(value));
const problemsOf = (config: string | undefined) => {
  const keys = readAppKeys(config);
  return "problems" in keys ? keys.problems : [];
};
const problems = (...keys: unknown[]) => problemsOf(JSON.stringify({ keys }));

describe("readAppKeys", () => {
  it("reads codes and secrets; keys are enabled and don't expire unless they say so", () => {
    expect(read({ keys: [web, erp] })).toEqual({
      codes: [{ id: "web", codeSha256, scopes: ["orders.read"], expiresAtInMs: undefined, isEnabled: true }],
      signing: new Map([
        [
          "erp",
          {
            id: "erp",
            secret,
            scopes: ["orders.read", "orders.write"],
            expiresAtInMs: undefined,
            isEnabled: true,
          },
        ],
      ]),
      clockSkewInSeconds: 60,
    });
  });

  it("reads expiry, also with an offset, the switch and the skew", () => {
    const expiresAt = "2027-01-01T01:00:00+01:00";
    const keys = read({ keys: [{ ...web, expiresAt, isEnabled: false }], clockSkewInSeconds: 300 });
    expect(keys).toMatchObject({
      codes: [{ expiresAtInMs: Date.UTC(2027, 0, 1), isEnabled: false }],
      clockSkewInSeconds: 300,
    });
  });

  const example =
    '{"keys": [{"id": "web", "codeSha256": "<64 hexadecimal digits>", "scopes": ["orders.read"]}]}';

  it.each([
    [undefined, `APP_KEYS is missing; set it to ${example}`],
    ["", `APP_KEYS is missing; set it to ${example}`],
    [`{"secret": "${secret}"`, `APP_KEYS is not JSON; set it to ${example}`],
    ["[]", `APP_KEYS must be an object, for example ${example}`],
    ["null", `APP_KEYS must be an object, for example ${example}`],
    ["{}", "APP_KEYS.keys must be a list of keys"],
    ['{"keys": []}', "APP_KEYS.keys must have at least one key"],
  ])("throws when the configuration is %j", (config, problem) => {
    expect(problemsOf(config)).toEqual([problem]);
  });

  const skew = "APP_KEYS.clockSkewInSeconds must be a whole number from 1 to 300";
  it.each([[0], [301], [1.5], ["60"]])("throws when the skew is %j", (clockSkewInSeconds) => {
    expect(problemsOf(JSON.stringify({ keys: [web], clockSkewInSeconds }))).toEqual([skew]);
  });

  const at = "APP_KEYS.keys[0]";
  const one = `${at} must have exactly one of codeSha256 and secret`;
  const hash = `${at}.codeSha256 must be the code's SHA-256 in 64 lower-case hexadecimal digits: printf %s "$code" | openssl dgst -sha256`;
  const long = `${at}.secret must be 32 to 256 printable ASCII characters without blanks: openssl rand -hex 32`;
  const id = `${at}.id must be 1 to 64 letters, digits, ".", "_" or "-", for example "web"`;
  const moment = `${at}.expiresAt must be a moment in ISO 8601, for example "2027-01-31T00:00:00Z"`;
  it.each([
    [
      "no key",
      "hush",
      [`${at} must be an object, for example {"id": "web", "codeSha256": "…", "scopes": ["orders.read"]}`],
    ],
    ["without an id", { ...web, id: undefined }, [id]],
    ["with a wrong id", { ...web, id: "a b" }, [id]],
    ["with neither code nor secret", { ...web, codeSha256: undefined }, [one]],
    ["with both", { ...web, secret }, [one]],
    ["with a code in place of its hash", { ...web, codeSha256: "hush" }, [hash]],
    ["with a short secret", { ...erp, secret: "s".repeat(31) }, [long]],
    ["with a long secret", { ...erp, secret: "s".repeat(257) }, [long]],
    ["with blanks in the secret", { ...erp, secret: " ".repeat(40) }, [long]],
    ["with a secret that is no text", { ...erp, secret: 7 }, [long]],
    [
      "without scopes",
      { ...web, scopes: undefined },
      [`${at}.scopes must be a list of scopes, for example ["orders.read"]`],
    ],
    [
      "with a list of no scopes",
      { ...web, scopes: [] },
      [`${at}.scopes must have at least one scope, for example ["orders.read"]`],
    ],
    [
      "with two scopes in one text",
      { ...web, scopes: ["a b"] },
      [`${at}.scopes[0] must be a text without blanks, for example "orders.read"`],
    ],
    ["with a date as expiry", { ...web, expiresAt: "2027-01-01" }, [moment]],
    ["with a number as expiry", { ...web, expiresAt: 1 }, [moment]],
    [
      "with a switch that is a text",
      { ...web, isEnabled: "false" },
      [`${at}.isEnabled must be true or false`],
    ],
    ["with a typing error", { ...web, scope: [] }, [`${at} has the unknown key scope`]],
    [
      "of a vault",
      { ...web, codeSha256: undefined, secretId: "ocid1.vaultsecret.oc1..a" },
      [`${at}.secretId Vault secrets aren't read yet; give secret, and set it as a Pulumi secret`],
    ],
  ])("throws for a key %s", (_what, key, expected) => {
    expect(problems(key)).toEqual(expected);
  });

  it("throws for what two keys share", () => {
    expect(problems(web, { ...erp, id: "web" }, { ...erp, id: "c" }, { ...web, id: "d" })).toEqual([
      "APP_KEYS.keys[1].id is the same as of keys[0]",
      "APP_KEYS.keys[3].codeSha256 is the same as of keys[0]",
      "APP_KEYS.keys[2].secret is the same as of keys[1]",
    ]);
  });

  it("says all problems at once, and never a value", () => {
    const found = problems({ ...erp, secret: "hush hush", id: "hush!" }, { ...erp, scopes: "hush" }, erp);
    expect(found).toEqual([
      id,
      long,
      'APP_KEYS.keys[1].scopes must be a list of scopes, for example ["orders.read"]',
      "APP_KEYS.keys[2].id is the same as of keys[1]",
      "APP_KEYS.keys[2].secret is the same as of keys[1]",
    ]);
    expect(found.join()).not.toContain("hush");
    expect(problemsOf(`{"keys": ${secret}}`).join()).not.toContain("hush");
  });

  it("takes 4096 bytes with the key's name, and no more", () => {
    const text = JSON.stringify({ keys: [web] });
    const filled = (bytes: number) => text + " ".repeat(bytes - text.length - "APP_KEYS".length);
    expect(problemsOf(filled(4096))).toEqual([]);
    expect(problemsOf(filled(4097))).toEqual([
      "APP_KEYS has 4097 bytes with its name; Functions allows 4096 for a function's whole configuration: remove keys",
    ]);
  });
});
