// Mistake: a function has its code from an image ("Creating Functions from Existing Docker Images").
import * as pulumi from "@pulumi/pulumi";

pulumi.runtime.registerResourceTransform(({ type, props: { image: _, ...props }, opts }) =>
  type === "oci:Functions/function:Function" ? { props, opts } : undefined,
);

// Everything else is as it should be; imported only now, so that the mistake is made.
export const { endpoint } = await import("../../raw-resources/index.ts");
