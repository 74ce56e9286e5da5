import { requestPlaces, responsePlaces } from "../../policies/places.ts";
import { policies } from "../carried-out.ts";

const ofDeployment = requestPlaces.filter((place) => place.on.includes("deployment"));
const ofRoute = requestPlaces.filter((place) => place.on.includes("route"));

/** Request policies of a deployment: those with a schema here are carried out, the others refused by name. */
export const deploymentRequestPolicies = policies(ofDeployment, {});

/** Request policies of a route. */
export const routeRequestPolicies = policies(ofRoute, {});

/** Response policies of a route. */
export const routeResponsePolicies = policies(responsePlaces, {});
