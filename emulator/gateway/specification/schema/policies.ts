import { requestPlaces, responsePlaces } from "../../policies/places.ts";
import { policies } from "../carried-out.ts";
import { authentication } from "./authentication.ts";
import { authorization } from "./authorization.ts";
import { cors } from "./cors.ts";
import { dynamicAuthentication } from "./dynamic-authentication.ts";
import { rateLimiting } from "./rate-limiting.ts";
import {
  queryParameterTransformations,
  requestHeaderTransformations,
  responseHeaderTransformations,
} from "./transformations.ts";
import { bodyValidation, headerValidations, queryParameterValidations } from "./validations.ts";

const ofDeployment = requestPlaces.filter((place) => place.on.includes("deployment"));
const ofRoute = requestPlaces.filter((place) => place.on.includes("route"));

/** Request policies of a deployment: those with a schema here are carried out, the others refused by name. */
export const deploymentRequestPolicies = policies(ofDeployment, {
  authentication,
  dynamicAuthentication,
  cors,
  rateLimiting,
});

/** Request policies of a route. */
export const routeRequestPolicies = policies(ofRoute, {
  authorization,
  cors,
  headerTransformations: requestHeaderTransformations,
  queryParameterTransformations,
  headerValidations,
  queryParameterValidations,
  bodyValidation,
});

/** Response policies of a route. */
export const routeResponsePolicies = policies(responsePlaces, {
  headerTransformations: responseHeaderTransformations,
});
