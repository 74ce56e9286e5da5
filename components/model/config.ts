import { limits } from "./limits.ts";
import type { Problem } from "./problems.ts";
import { isBag, isLater, kindOf } from "./values.ts";

/** Control, format, unassigned and private characters, and separators of lines and paragraphs. */
const unprintable = /[\p{C}\p{Zl}\p{Zp}]/u;

/**
 * What is wrong with the configuration of a function or an application. Values that aren't known yet (Outputs) are
 * not looked into and don't count; values are never shown, for they may be secret.
 */
export function checkConfig(config: unknown, key: string): Problem[] {
  if (!isBag(config)) {
    return [
      { rule: "config-value", key, message: 'must be keys and values, for example { LOG_LEVEL: "info" }' },
    ];
  }
  const entries = Object.entries(config).filter(([, value]) => value !== undefined);
  const problems = entries.flatMap(([name, value]) => [
    ...checkConfigKey(name, `${key}[${JSON.stringify(name)}]`),
    ...checkConfigValue(value, `${key}[${JSON.stringify(name)}]`),
  ]);
  const bytes = entries.reduce((sum, [name, value]) => sum + byteLength(name) + byteLength(value), 0);
  if (bytes <= limits.configBytes) return problems;
  const message = `keys and values have ${bytes} bytes; at most ${limits.configBytes} are allowed: keep long values in a bucket or a vault and configure their OCIDs`;
  return [...problems, { rule: "config-size", key, message }];
}

function checkConfigKey(name: string, key: string): Problem[] {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return [];
  const message =
    'a key has letters, digits and "_" and doesn\'t begin with a digit, for example "LOG_LEVEL"';
  return [{ rule: "config-key", key, message }];
}

function checkConfigValue(value: unknown, key: string): Problem[] {
  if (isLater(value)) return [];
  if (typeof value !== "string") {
    const message = `the value is ${kindOf(value)}; give a text: put it between quotes`;
    return [{ rule: "config-value", key, message }];
  }
  const found = unprintable.exec(value)?.[0]?.codePointAt(0);
  if (found === undefined) return [];
  const code = `U+${found.toString(16).toUpperCase().padStart(4, "0")}`;
  const message = `the value holds the unprintable character ${code}; encode it, for example as Base64`;
  return [{ rule: "config-value", key, message }];
}

function byteLength(value: unknown): number {
  return typeof value === "string" ? Buffer.byteLength(value) : 0;
}
