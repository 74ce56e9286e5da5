import { z } from "zod";
import { limits } from "../limits.ts";
import type { Problem } from "../problems.ts";
import { isBag, shown } from "../values.ts";
import { checkWith, fault } from "./checking.ts";
import { atMost, flag, headerName, matching, settings } from "./schemas.ts";

const origin = z.string().superRefine((value, context) => {
  if (["*", "null"].includes(value) || isOrigin(value)) return;
  const cure = value.replace(/^(https?:\/\/[^/]+)\/.*$/, "$1");
  const example = isOrigin(cure) ? cure : (asciiOrigin(cure) ?? "https://shop.example.com");
  const message = `is ${shown(value)}; must be "*", "null", or scheme, host and port without a path, for example ${JSON.stringify(example)}`;
  fault(context, "cors-origin", message);
});

const method = matching(/^([A-Z]+|\*)$/, 'must be a method in upper case or "*", for example "GET"');

const cors = settings({
  allowedOrigins: z.array(origin).min(1),
  allowedMethods: atMost(limits.corsMethods, z.array(method)).optional(),
  allowedHeaders: z.array(headerName).optional(),
  exposedHeaders: z.array(headerName).optional(),
  isAllowCredentialsEnabled: flag,
  maxAgeInSeconds: z.int().min(0).optional(),
});

/** What is wrong with a CORS policy ("Adding CORS support to API Deployments"). */
export function checkCors(given: unknown, at: string): Problem[] {
  const problems = checkWith(cors, given, at, "cors");
  const { allowedHeaders, exposedHeaders } = isBag(given) ? given : {};
  const count = [allowedHeaders, exposedHeaders].flatMap((one) => (Array.isArray(one) ? one : [])).length;
  if (count <= limits.corsHeaders) return problems;
  const message = `has ${count} headers, allowed and exposed together; at most ${limits.corsHeaders} are allowed`;
  return [...problems, { rule: "cors", key: at, message }];
}

/** As browsers send it: a host of other letters in the Punycode of "IDNA". */
function asciiOrigin(text: string): string | undefined {
  if (!/^https?:\/\/[^/?#@\s*]+$/.test(text) || !/[^\0-\x7f]/.test(text)) return undefined;
  if (!URL.canParse(text)) return undefined;
  return new URL(text).origin;
}

function isOrigin(text: string): boolean {
  return /^https?:\/\/[A-Za-z0-9._:[\]-]+$/.test(text) && URL.canParse(text);
}
