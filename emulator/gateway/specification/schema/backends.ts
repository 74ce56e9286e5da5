import { z } from "zod";
import { limits } from "../../limits.ts";
import { refusedBackends } from "../carried-out.ts";
import { parseBackendUrl } from "../http-url.ts";
import { functionId, headerName, soundString, textOfBytes } from "./parts.ts";

const seconds = (range: { min: number; max: number }) => z.number().min(range.min).max(range.max).optional();

const functionBackend = z.strictObject({ type: z.literal("ORACLE_FUNCTIONS_BACKEND"), functionId });

const httpBackend = z.strictObject({
  type: z.literal("HTTP_BACKEND"),
  url: soundString((value) => {
    const parsed = parseBackendUrl(value);
    return "fault" in parsed ? parsed.fault : undefined;
  }),
  connectTimeoutInSeconds: seconds(limits.connectTimeoutInSeconds),
  readTimeoutInSeconds: seconds(limits.readTimeoutInSeconds),
  sendTimeoutInSeconds: seconds(limits.sendTimeoutInSeconds),
  isSslVerifyDisabled: z.boolean().optional(),
});

const stockHeader = z.strictObject({
  name: textOfBytes(limits.stockHeaderNameBytes).pipe(headerName),
  value: textOfBytes(limits.stockHeaderValueBytes).pipe(
    soundString((value) =>
      /^[\t\x20-\x7e\x80-\xff]*$/.test(value)
        ? undefined
        : "must hold characters that a header can carry: no line breaks, no control characters",
    ),
  ),
});

const stockHeaders = z
  .array(stockHeader)
  .max(limits.stockHeaders)
  .superRefine((headers, context) => {
    const bytes = Buffer.byteLength(JSON.stringify(headers));
    if (bytes <= limits.stockHeadersJsonBytes) return;
    context.addIssue({
      code: "custom",
      message: `must be at most ${limits.stockHeadersJsonBytes} bytes of JSON in all, but are ${bytes}`,
    });
  });

const stockBackend = z.strictObject({
  type: z.literal("STOCK_RESPONSE_BACKEND"),
  status: z.int().min(limits.stockStatus.min).max(limits.stockStatus.max),
  body: textOfBytes(limits.stockBodyBytes).optional(),
  headers: stockHeaders.optional(),
});

/** The back ends that stand alone, which are also those that are routed to dynamically. */
export const singleBackends = [functionBackend, httpBackend, stockBackend] as const;

export const backend = z
  .unknown()
  .superRefine(refusedBackends)
  .pipe(z.discriminatedUnion("type", [...singleBackends]));
