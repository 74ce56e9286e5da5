import { serve } from "../kit/serve.ts";
import { authorizer } from "./handler.ts";
import { configKey, readAppKeys } from "./keys.ts";

const keys = readAppKeys(process.env[configKey]);
if ("problems" in keys) {
  console.error(["The authorizer has no keys:", ...keys.problems].join("\n  "));
  process.exit(1);
}
serve(authorizer(keys));
