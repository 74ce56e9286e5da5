// Mistake: a gateway must say whether it is PUBLIC or PRIVATE ("Creating an API Gateway").
import * as pulumi from "@pulumi/pulumi";

pulumi.runtime.registerResourceTransform(({ type, props: { endpointType: _, ...props }, opts }) =>
  type === "oci:ApiGateway/gateway:Gateway" ? { props, opts } : undefined,
);

// Everything else is as it should be; imported only now, so that the mistake is made.
export const { endpoint } = await import("../../raw-resources/index.ts");
