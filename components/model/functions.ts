import { checkConfig } from "./config.ts";
import { platformsOfShape } from "./images.ts";
import { limits } from "./limits.ts";
import { checkOcid } from "./ocids.ts";
import type { Problem } from "./problems.ts";
import { isLater, shown } from "./values.ts";

type Given = Readonly<Record<string, unknown>>;

// unverified: a function's display name has letters, digits, hyphens and underscores only
const functionKeyPattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,254}$/;

const codeKeys = ["source", "image", "functionId"] as const;
const settingKeys = ["memoryInMBs", "timeoutInSeconds", "config"];
const archiveKeys = ["zip", "archive", "handler", "runtimeConfig"];

/**
 * What is wrong with functions and their application as the user typed them. Ids, images and configuration values
 * that aren't texts (Outputs) are not looked into.
 *
 * @param at - Where the arguments stand: nothing, or for example `api.`.
 */
export function checkFunctions(
  functions: Readonly<Record<string, object>>,
  application: object | undefined,
  at = "",
): Problem[] {
  return [
    ...(application === undefined ? [] : checkApplication(application as Given, `${at}application`)),
    ...checkKeysDiffer(Object.keys(functions), at),
    ...Object.entries(functions).flatMap(([key, args]) => [
      ...checkFunctionKey(key, at),
      ...checkFunction(args, functionAt(key, at)),
    ]),
  ];
}

/** Where a function's problems are reported: `functions.hello`. */
export function functionAt(key: string, at = ""): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `${at}functions.${key}` : `${at}functions[${JSON.stringify(key)}]`;
}

export function isFunctionKey(key: string): boolean {
  return functionKeyPattern.test(key);
}

function checkFunctionKey(key: string, at: string): Problem[] {
  if (isFunctionKey(key)) return [];
  const message = `a key is the function's display name: 1 to 255 letters, digits, "-" and "_", for example "hello"`;
  return [{ rule: "function-key", key: functionAt(key, at), message }];
}

/** Repositories are named after keys, in lower case ("Creating a Repository"). */
function checkKeysDiffer(keys: readonly string[], at: string): Problem[] {
  return keys.flatMap((key, index): Problem[] => {
    const other = keys.slice(0, index).find((one) => one.toLowerCase() === key.toLowerCase());
    if (other === undefined) return [];
    const message = `differs from "${other}" in case only; repositories are named in lower case: choose another key`;
    return [{ rule: "function-key", key: functionAt(key, at), message }];
  });
}

function checkFunction(args: unknown, at: string): Problem[] {
  if (typeof args !== "object" || args === null) {
    const message = `${shown(args)} must be an object, for example { source: "./functions/hello" }`;
    return [{ rule: "function-code", key: at, message }];
  }
  const given = args as Given;
  const keys = Object.keys(given).filter((key) => given[key] !== undefined);
  const archives = keys.filter((key) => archiveKeys.includes(key));
  const codes = codeKeys.filter((key) => keys.includes(key));
  const problems = archives.map((key): Problem => {
    const message = `functions from archives can't be deployed by the provider; build an image and give "image", or give "source"`;
    return { rule: "function-archive", key: `${at}.${key}`, message };
  });
  if (codes.length !== 1 && archives.length === 0) {
    const found = codes.length === 0 ? "none is given" : `${codes.join(" and ")} are given`;
    const message = `must have exactly one of source, image and functionId; ${found}`;
    problems.push({ rule: "function-code", key: at, message });
  }
  const allowed = codes.includes("functionId")
    ? ["functionId", "compartmentId"]
    : [...codeKeys, ...settingKeys];
  problems.push(
    ...unknownKeys(
      keys.filter((key) => !archives.includes(key) && !codes.some((code) => code === key)),
      allowed,
      codes.includes("functionId") ? "an existing function" : "a function",
      at,
    ),
  );
  return [...problems, ...checkCode(given, at), ...checkSettings(given, at)];
}

function checkCode({ source, image, functionId, compartmentId }: Given, at: string): Problem[] {
  const problems: Problem[] = [];
  if (source !== undefined && (typeof source !== "string" || source === "")) {
    const message = `${shown(source)} must be a folder, for example "./functions/hello"`;
    problems.push({ rule: "function-code", key: `${at}.source`, message });
  }
  if (image !== undefined && !isLater(image) && typeof image !== "string") {
    const message = `${shown(image)} must be an image, for example "fra.ocir.io/ns/api/hello:1.2@sha256:…"`;
    problems.push({ rule: "image-reference", key: `${at}.image`, message });
  }
  if (functionId !== undefined && !isLater(functionId)) {
    problems.push(...checkOcid("function-ocid", functionId, `${at}.functionId`));
  }
  if (compartmentId !== undefined && !isLater(compartmentId)) {
    problems.push(...checkOcid("compartment-ocid", compartmentId, `${at}.compartmentId`));
  }
  return problems;
}

function checkSettings({ memoryInMBs, timeoutInSeconds, config }: Given, at: string): Problem[] {
  const problems: Problem[] = [];
  if (memoryInMBs !== undefined && !limits.memoryInMBs.some((one) => one === memoryInMBs)) {
    const message = `${shown(memoryInMBs)} must be one of ${limits.memoryInMBs.join(", ")}`;
    problems.push({ rule: "function-memory", key: `${at}.memoryInMBs`, message });
  }
  const { min, max } = limits.functionTimeoutInSeconds;
  // unverified: a function's time-out is at least 5 seconds
  const isTimeout = Number.isInteger(timeoutInSeconds) && between(Number(timeoutInSeconds), min, max);
  if (timeoutInSeconds !== undefined && !isTimeout) {
    const message = `${shown(timeoutInSeconds)} must be a whole number from ${min} to ${max}`;
    problems.push({ rule: "function-timeout", key: `${at}.timeoutInSeconds`, message });
  }
  return config === undefined ? problems : [...problems, ...checkConfig(config, `${at}.config`)];
}

function checkApplication(application: Given, at: string): Problem[] {
  const { applicationId, compartmentId, shape, config } = application;
  const keys = Object.keys(application).filter((key) => application[key] !== undefined);
  const allowed =
    applicationId === undefined ? ["shape", "config"] : ["applicationId", "compartmentId", "shape", "config"];
  const noun = applicationId === undefined ? "a new application" : "an existing application";
  const problems = unknownKeys(keys, allowed, noun, at);
  if (applicationId !== undefined && !isLater(applicationId)) {
    problems.push(...checkOcid("application-ocid", applicationId, `${at}.applicationId`));
  }
  if (applicationId !== undefined && compartmentId !== undefined && !isLater(compartmentId)) {
    problems.push(...checkOcid("compartment-ocid", compartmentId, `${at}.compartmentId`));
  }
  if (shape !== undefined && !Object.hasOwn(platformsOfShape, String(shape))) {
    const message = `${shown(shape)} must be one of ${Object.keys(platformsOfShape).join(", ")}`;
    problems.push({ rule: "application-shape", key: `${at}.shape`, message });
  }
  if (config === undefined) return problems;
  if (applicationId === undefined) return [...problems, ...checkConfig(config, `${at}.config`)];
  const message = "an existing application keeps its configuration; give the functions theirs instead";
  return [...problems, { rule: "application-config", key: `${at}.config`, message }];
}

function unknownKeys(
  keys: readonly string[],
  allowed: readonly string[],
  noun: string,
  at: string,
): Problem[] {
  return keys
    .filter((key) => !allowed.includes(key))
    .map((key) => ({
      rule: "unsupported-setting",
      key: `${at}.${key}`,
      message: `is not a setting of ${noun} here; allowed: ${allowed.join(", ")}`,
    }));
}

function between(value: number, min: number, max: number): boolean {
  return value >= min && value <= max;
}
