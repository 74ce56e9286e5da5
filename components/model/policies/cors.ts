import { z } from "zod";
import { limits } from "../limits.ts";
import type { Problem } from "../problems.ts";
import { shown } from "../values.ts";
import { checkWith, fault } from "./checking.ts";
import { flag, headerName, matching, settings } from "./schemas.ts";

const origin = z.string().superRefine((value, context) => {
  if (["*", "null"].includes(value) || isOrigin(value)) return;
  const cure = value.replace(/^(https?:\/\/[^/]+)\/.*$/, "$1");
  const example = isOrigin(cure) ? cure : "https://shop.example.com";
  const message = `is ${shown(value)}; must be "*", "null", or scheme, host and port without a path, for example ${JSON.stringify(example)}`;
  fault(context, "cors-origin", message);
});

const method = matching(/^([A-Z]+|\*)$/, 'must be a method in upper case or "*", for example "GET"');

const cors = settings({
  allowedOrigins: z.array(origin).min(1),
  allowedMethods: z.array(method).max(limits.corsMethods).optional(),
  allowedHeaders: z.array(headerName).optional(),
  exposedHeaders: z.array(headerName).optional(),
  isAllowCredentialsEnabled: flag,
  maxAgeInSeconds: z.int().min(0).optional(),
});

/** What is wrong with a CORS policy ("Adding CORS support to API Deployments"). */
export function checkCors(given: unknown, at: string): Problem[] {
  const problems = checkWith(cors, given, at, "cors");
  if (problems.length > 0) return problems;
  const { allowedHeaders = [], exposedHeaders = [] } = given as Record<string, string[]>;
  const count = allowedHeaders.length + exposedHeaders.length;
  if (count <= limits.corsHeaders) return [];
  const message = `has ${count} headers, allowed and exposed together; at most ${limits.corsHeaders} are allowed`;
  return [{ rule: "cors", key: at, message }];
}

function isOrigin(text: string): boolean {
  return /^https?:\/\/[^/?#@\s*]+$/.test(text) && URL.canParse(text);
}
