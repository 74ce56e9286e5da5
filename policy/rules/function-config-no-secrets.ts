import { z } from "zod";
import { matches, orDeclare } from "../declared.ts";
import { each, resourceRule } from "../rule.ts";
import { secretIn } from "../secrets.ts";
import { types } from "../types.ts";

export const functionConfigNoSecrets = resourceRule({
  name: "function-config-no-secrets",
  checks: "Checks that the configuration of a function or an application holds no secrets.",
  why: "Who may read a function or its application reads its configuration, in the Console and in every listing; the code gets it as plain environment variables.",
  references: [
    "Oracle: Passing Custom Configuration Parameters to Functions",
    "Prowler: awslambda_function_no_secrets_in_variables",
    "OWASP API Security Top 10 2023, API8 Security Misconfiguration",
  ],
  severity: "critical",
  enforcement: "mandatory",
  config: z.object({
    allowedKeys: z
      .array(z.string())
      .default([])
      .describe('Keys that are meant to hold what they hold; "*" stands for any text.'),
  }),
  types: [types.function, types.application],
  judge: ({ properties }, { allowedKeys }) =>
    each(properties.at("config").entries(), ([name, value]) => {
      if (allowedKeys.some((pattern) => matches(pattern, name))) return [];
      const secret = secretIn(name, value.text() ?? "");
      if (secret === undefined) return [];
      const cure = `keep it in a vault, configure its OCID (${name}_OCID: "ocid1.vaultsecret…") and read it with the function's own rights, ${orDeclare("allowedKeys", name)}`;
      // The value itself is shown nowhere.
      return [{ key: value.key, value: `<${secret}>`, cure }];
    }),
});
