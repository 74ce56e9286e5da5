// Mistake: a dynamic group exists only in the tenancy's root compartment ("Managing Dynamic Groups").
import { DynamicGroup } from "@pulumi/oci/identity/dynamicGroup.js";
import * as pulumi from "@pulumi/pulumi";

const compartmentId = new pulumi.Config().require("compartmentId");

new DynamicGroup("gateways", {
  compartmentId,
  name: "gateways",
  description: "API gateways of the compartment",
  matchingRule: `ALL {resource.type = 'ApiGateway', resource.compartment.id = '${compartmentId}'}`,
});
