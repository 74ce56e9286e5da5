import { describe, expect, it } from "vitest";
import { unknownText } from "../../components/model/known-settings.ts";
import { specificationSchema } from "../../emulator/gateway/specification/schema.ts";
import { allFields } from "./fields.ts";
import { schemaFields } from "./schema-fields.ts";
import { stepsOf } from "./variants.ts";

/** Fields that the table has not, and why. */
const later = "isn't carried out yet, and refused by name";
const jsonWebKey =
  "requestPolicies.authentication#TOKEN_AUTHENTICATION.validationPolicy#STATIC_KEYS.keys.*#JSON_WEB_KEY";
const leftOut: Readonly<Record<string, string>> = {
  [`${jsonWebKey}.keyOps.*`]: "the list as a whole says whether the key is for verifying",
  [`${jsonWebKey}.key_ops.*`]: "the list as a whole says whether the key is for verifying",
  "requestPolicies.mutualTls": later,
  "requestPolicies.usagePlans": later,
  "routes.*.requestPolicies.responseCacheLookup": later,
  "routes.*.responsePolicies.responseCacheStore": later,
};

const known = schemaFields(specificationSchema);

describe("the table of fields", () => {
  it("has every field that the control plane knows", () => {
    const inTable = new Set(allFields.map(({ at, base }) => known.at(base, stepsOf(at))));
    expect([...known.all].filter((field) => !inTable.has(field)).sort()).toEqual(Object.keys(leftOut).sort());
    expect([...inTable].filter((field) => !known.all.has(field))).toEqual([]);
  });

  it("has no name that the preview calls unsupported", () => {
    const names = new Set(allFields.flatMap(({ at }) => stepsOf(at).map(String)));
    expect([...names].filter((name) => unknownText(name, []).includes("not supported"))).toEqual([]);
    expect(unknownText("mutualTls", [])).toContain("not supported");
  });
});
