// Mistake: a dynamic group stands in the tenancy's root compartment, wherever the gateways are ("Managing Dynamic Groups").
import * as pulumi from "@pulumi/pulumi";

pulumi.runtime.registerResourceTransform(({ type, props, opts }) =>
  type === "oci:Identity/dynamicGroup:DynamicGroup"
    ? { props: { ...props, compartmentId: new pulumi.Config().require("compartmentId") }, opts }
    : undefined,
);

// Everything else is as it should be; imported only now, so that the mistake is made.
export const { endpoint } = await import("../../raw-resources/index.ts");
