// Mistake: a statement has the form "Allow … to … in …" ("Policy Syntax").
import * as pulumi from "@pulumi/pulumi";

pulumi.runtime.registerResourceTransform(({ type, props, opts }) =>
  type === "oci:Identity/policy:Policy"
    ? { props: { ...props, statements: ["Let any-user use functions-family in tenancy"] }, opts }
    : undefined,
);

// Everything else is as it should be; imported only now, so that the mistake is made.
export const { endpoint } = await import("../../raw-resources/index.ts");
