import { z } from "zod";
import { limits } from "../../limits.ts";
import { always, atMost, headerName, soundString, wholeNumber } from "./parts.ts";

const origin = soundString((value) => {
  if (value === "*" || value === "null") return undefined;
  if (/^https?:\/\/[A-Za-z0-9._:[\]-]+$/.test(value) && URL.canParse(value)) return undefined;
  return `must be "*", "null" or http(s)://host[:port] without a path, but is ${JSON.stringify(value)}; for example "https://shop.example.com"`;
});

// unverified: any method's name is allowed, also in lower case
const method = soundString((value) =>
  /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(value)
    ? undefined
    : `must be "*" or a method's name, but is ${JSON.stringify(value)}; for example "GET"`,
);

/** "Adding CORS support to API Deployments". */
export const cors = z
  .strictObject({
    allowedOrigins: z.array(origin).min(1),
    allowedMethods: z.array(method).superRefine(atMost(limits.corsMethods), always).optional(),
    allowedHeaders: z.array(headerName).optional(),
    exposedHeaders: z.array(headerName).optional(),
    isAllowCredentialsEnabled: z.boolean().optional(),
    maxAgeInSeconds: wholeNumber({ min: 0 }).optional(),
  })
  .superRefine((policy: unknown, context) => {
    const { allowedHeaders, exposedHeaders } = (policy ?? {}) as Readonly<Record<string, unknown>>;
    const count = [allowedHeaders, exposedHeaders].flatMap((each) =>
      Array.isArray(each) ? each : [],
    ).length;
    if (count <= limits.corsHeaders) return;
    context.addIssue({
      code: "custom",
      message: `must have at most ${limits.corsHeaders} headers, allowed and exposed together, but has ${count}`,
    });
  }, always);
