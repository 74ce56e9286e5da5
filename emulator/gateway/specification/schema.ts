import { z } from "zod";
import { limits } from "../limits.ts";
import { type ApiSpecification, logLevels, methods } from "./model.ts";
import { routePathFault } from "./paths.ts";
import { backend } from "./schema/backends.ts";
import { always, atMost, soundString } from "./schema/parts.ts";
import { deploymentRequestPolicies, routeRequestPolicies, routeResponsePolicies } from "./schema/policies.ts";

const loggingPolicies = z
  .strictObject({
    accessLog: z.strictObject({ isEnabled: z.boolean().optional() }).optional(),
    executionLog: z
      .strictObject({ isEnabled: z.boolean().optional(), logLevel: z.enum(logLevels).optional() })
      .optional(),
  })
  .optional();

const route = z.strictObject({
  path: soundString(routePathFault),
  // unverified: a route without methods answers every method
  methods: z.array(z.enum(methods)).min(1).optional(),
  backend,
  requestPolicies: routeRequestPolicies,
  responsePolicies: routeResponsePolicies,
  loggingPolicies,
});

/** An API deployment specification without nulls. */
export const specificationSchema = z
  .strictObject({
    requestPolicies: deploymentRequestPolicies,
    loggingPolicies,
    routes: z.array(route).superRefine(atMost(limits.routesPerDeployment), always).optional(),
  })
  // The policies' schemas are put together by name, which hides their types.
  .transform((specification) => specification as ApiSpecification);
