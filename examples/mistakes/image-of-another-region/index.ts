// Mistake: an image lies in the registry of the function's own region ("Creating Functions from Existing Docker Images").
import * as pulumi from "@pulumi/pulumi";

pulumi.runtime.registerResourceTransform(({ type, props, opts }) =>
  type === "oci:Functions/function:Function"
    ? { props: { ...props, image: "fra.ocir.io/namespace/hello:1" }, opts }
    : undefined,
);

// Everything else is as it should be; imported only now, so that the mistake is made.
export const { endpoint } = await import("../../raw-resources/index.ts");
