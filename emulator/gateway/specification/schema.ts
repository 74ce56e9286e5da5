import { z } from "zod";
import { limits } from "../limits.ts";
import { requestPlaces, responsePlaces } from "../policies/places.ts";
import { refused, refusedBackends } from "./carried-out.ts";
import { parseBackendUrl } from "./http-url.ts";
import { logLevels, methods } from "./model.ts";
import { routePathFault } from "./paths.ts";

/** A string that a function finds no fault with; the fault is the message. */
function soundString(fault: (value: string) => string | undefined) {
  return z.string().superRefine((value, context) => {
    const message = fault(value);
    if (message !== undefined) context.addIssue({ code: "custom", message });
  });
}

function textOfBytes(maximum: number) {
  return soundString((value) => {
    const bytes = Buffer.byteLength(value);
    return bytes <= maximum ? undefined : `must be at most ${maximum} bytes long, but has ${bytes}`;
  });
}

const seconds = (range: { min: number; max: number }) => z.number().min(range.min).max(range.max).optional();

const loggingPolicies = z
  .strictObject({
    accessLog: z.strictObject({ isEnabled: z.boolean().optional() }).optional(),
    executionLog: z
      .strictObject({ isEnabled: z.boolean().optional(), logLevel: z.enum(logLevels).optional() })
      .optional(),
  })
  .optional();

const functionId = soundString((value) =>
  /^ocid1\.fnfunc\.[a-z0-9-]+\.[a-z0-9-]*\.[a-z0-9]+$/.test(value)
    ? undefined
    : `must be the OCID of a function, but is ${JSON.stringify(value)}; for example "ocid1.fnfunc.oc1.eu-frankfurt-1.aaaa"`,
);

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
  name: textOfBytes(limits.stockHeaderNameBytes).pipe(
    soundString((value) =>
      /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(value)
        ? undefined
        : `must be a header's name, but is ${JSON.stringify(value)}`,
    ),
  ),
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

const backend = z
  .unknown()
  .superRefine(refusedBackends)
  .pipe(z.discriminatedUnion("type", [functionBackend, httpBackend, stockBackend]));

const deploymentPolicies = requestPlaces.filter((place) => place.on.includes("deployment"));
const routePolicies = requestPlaces.filter((place) => place.on.includes("route"));

const route = z.strictObject({
  path: soundString(routePathFault),
  // unverified: a route without methods answers every method
  methods: z.array(z.enum(methods)).min(1).optional(),
  backend,
  requestPolicies: refused(routePolicies.map((place) => place.name)),
  responsePolicies: refused(responsePlaces.map((place) => place.name)),
  loggingPolicies,
});

/** An API deployment specification without nulls. */
export const specificationSchema = z.strictObject({
  requestPolicies: refused(deploymentPolicies.map((place) => place.name)),
  loggingPolicies,
  routes: z.array(route).max(limits.routesPerDeployment).optional(),
});
