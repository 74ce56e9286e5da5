import { z } from "zod";
import { limits } from "../../limits.ts";
import { refusedBackends } from "../carried-out.ts";
import { parseBackendUrl } from "../http-url.ts";
import type { DynamicRoutingBackend as Dynamic } from "../model.ts";
import { functionId, headerName, soundString, textOfBytes } from "./parts.ts";
import { always, selectionKey, selectionSource, soundSelection } from "./selection.ts";

const seconds = (range: { min: number; max: number }) => z.number().min(range.min).max(range.max).optional();

const functionBackend = z.strictObject({ type: z.literal("ORACLE_FUNCTIONS_BACKEND"), functionId });

const urlFault = (value: string, selector?: string) => {
  const parsed = parseBackendUrl(value, selector);
  return "fault" in parsed ? parsed.fault : undefined;
};

const httpBackend = z.strictObject({
  type: z.literal("HTTP_BACKEND"),
  url: soundString((value) => urlFault(value)),
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
    // A value that alone is too long has been told of.
    if (headers.some(({ value }) => Buffer.byteLength(value) > limits.stockHeaderValueBytes)) return;
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
  .max(limits.routingBackends)
  .superRefine(soundSelection, always);

const dynamicRoutingBackend = z
  .strictObject({ type: z.literal("DYNAMIC_ROUTING_BACKEND"), selectionSource, routingBackends })
  .superRefine((backend: unknown, context) => {
    const { selectionSource: source, routingBackends: rules } = (backend ?? {}) as Partial<Dynamic>;
    if (!Array.isArray(rules)) return;
    for (const [index, rule] of rules.entries()) {
      if (rule?.backend?.type !== "HTTP_BACKEND" || typeof rule.backend.url !== "string") continue;
      const message = urlFault(rule.backend.url, source?.selector);
      const path = ["routingBackends", index, "backend", "url"];
      if (message !== undefined) context.addIssue({ code: "custom", path, message });
    }
  }, always);

export const backend = z
  .unknown()
  .superRefine(refusedBackends)
  .pipe(z.discriminatedUnion("type", [functionBackend, httpBackend, stockBackend, dynamicRoutingBackend]));
