import { describe, expect, it } from "vitest";
import { hidingSecrets, withoutSecrets } from "../../local/masked.ts";
import { PartlyCreatedError } from "../../local/provider/types.ts";
import { secret } from "../../local/values.ts";

const url = 'https://hunter2.example/"q"?a';
const properties = {
  specification: { routes: [{ backend: { url: secret(url) } }] },
  config: secret({ KEY: "s3cr3t-0123456789", SHORT: "on" }),
  displayName: "shop",
};

describe("a text of the control plane", () => {
  it.each([
    ["as it is", `but is ${url}; for example`, "but is [secret]; for example"],
    ["in JSON", `but is ${JSON.stringify(url)}; for example`, 'but is "[secret]"; for example'],
    ["cut off", 'but is "https://hunter2.ex…"', 'but is "[secret]…"'],
    ["several times", "s3cr3t-0123456789 and s3cr3t-0123456789", "[secret] and [secret]"],
    ["in a secret object", "KEY: s3cr3t-0123456789, shop", "KEY: [secret], shop"],
    ["nothing secret", 'displayName: "shop" is on', 'displayName: "shop" is on'],
  ])("loses what is secret: %s", (_, text, expected) => {
    expect(withoutSecrets(text, properties)).toBe(expected);
  });
});

describe("an operation's error", () => {
  const failing = (error: Error) => hidingSecrets(properties, () => Promise.reject(error));

  it("is another one when it would show a secret, and the same one else", async () => {
    const other = new TypeError("shop");
    await expect(failing(other)).rejects.toBe(other);
    await expect(failing(new Error(url))).rejects.toThrow(/^\[secret\]$/);
  });

  it("still says that the resource exists", async () => {
    const error = await failing(new PartlyCreatedError("ocid1.x", new Error(url))).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(PartlyCreatedError);
    expect([error.id, error.message]).toEqual(["ocid1.x", "[secret]"]);
  });
});
