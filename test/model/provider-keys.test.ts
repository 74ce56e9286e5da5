import { expect, it } from "vitest";
import { jsonKeys, providerConfigKeys, textKeys } from "../../components/model/provider-keys.ts";

it("knows every key of the provider's configuration once, in order", () => {
  const others = ["region", "pluginDownloadURL", "version"];
  expect(providerConfigKeys).toEqual([...textKeys, ...jsonKeys, ...others].toSorted());
  expect(new Set(providerConfigKeys).size).toBe(providerConfigKeys.length);
});
