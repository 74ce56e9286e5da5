// Mistake: the type of a function is fnfunc; OCI takes any other word, which then matches nothing.
import * as pulumi from "@pulumi/pulumi";

pulumi.runtime.registerResourceTransform(({ type, props, opts }) =>
  type === "oci:Identity/dynamicGroup:DynamicGroup"
    ? { props: { ...props, matchingRule: "ALL {resource.type = 'fnfunction'}" }, opts }
    : undefined,
);

// Everything else is as it should be; imported only now, so that the mistake is made.
export const { endpoint } = await import("../../raw-resources/index.ts");
