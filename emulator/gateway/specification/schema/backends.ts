import { z } from "zod";
import { limits } from "../../limits.ts";
import { refusedBackends } from "../carried-out.ts";
import { parseBackendUrl } from "../http-url.ts";
import type { DynamicRoutingBackend as Dynamic } from "../model.ts";
import { always, atMost, functionId, headerName, soundString, textOfBytes, wholeNumber } from "./parts.ts";
import { selectionKey, selectionSource, soundSelection } from "./selection.ts";

const seconds = (range: { min: number; max: number }) => z.number().min(range.min).max(range.max).optional();

const functionBackend = z.strictObject({ type: z.literal("ORACLE_FUNCTIONS_BACKEND"), functionId });

const urlFaults = (value: string, selector?: string) => {
  const parsed = parseBackendUrl(value, selector);
  return "faults" in parsed ? parsed.faults : [];
};

const httpBackend = z.strictObject({
  type: z.literal("HTTP_BACKEND"),
  url: soundString((value) => urlFaults(value)),
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
  .superRefine(atMost(limits.stockHeaders), always)
  .superRefine((headers: unknown, context) => {
    if (!Array.isArray(headers)) return;
    // A value that alone is too long has been told of.
    if (headers.some((header) => Buffer.byteLength(String(header?.value)) > limits.stockHeaderValueBytes))
      return;
    const bytes = Buffer.byteLength(JSON.stringify(headers));
    if (bytes <= limits.stockHeadersJsonBytes) return;
    context.addIssue({
      code: "custom",
      message: `must be at most ${limits.stockHeadersJsonBytes} bytes of JSON in all, but are ${bytes}`,
    });
  }, always);

const stockBackend = z.strictObject({
  type: z.literal("STOCK_RESPONSE_BACKEND"),
  status: wholeNumber(limits.stockStatus),
  body: textOfBytes(limits.stockBodyBytes).optional(),
  headers: stockHeaders.optional(),
});

/** The selector's variable may stand in the host: looked at together with the selector. */
const routedHttpBackend = httpBackend.extend({ url: z.string() });

const routingBackends = z
  .array(
    z.strictObject({
      key: selectionKey,
      backend: z.discriminatedUnion("type", [functionBackend, routedHttpBackend, stockBackend]),
    }),
  )
  .min(1)
  .superRefine(atMost(limits.routingBackends), always)
  .superRefine(soundSelection, always);

const dynamicRoutingBackend = z
  .strictObject({ type: z.literal("DYNAMIC_ROUTING_BACKEND"), selectionSource, routingBackends })
  .superRefine((backend: unknown, context) => {
    const { selectionSource: source, routingBackends: rules } = (backend ?? {}) as Partial<Dynamic>;
    if (!Array.isArray(rules)) return;
    for (const [index, rule] of rules.entries()) {
      if (rule?.backend?.type !== "HTTP_BACKEND" || typeof rule.backend.url !== "string") continue;
      const path = ["routingBackends", index, "backend", "url"];
      for (const message of urlFaults(rule.backend.url, source?.selector)) {
        context.addIssue({ code: "custom", path, message });
      }
    }
  }, always);

export const backend = z
  .unknown()
  .superRefine(refusedBackends)
  .pipe(z.discriminatedUnion("type", [functionBackend, httpBackend, stockBackend, dynamicRoutingBackend]));
