/** Pulumi's types of the resources that rules judge. */
export const types = {
  gateway: "oci:ApiGateway/gateway:Gateway",
  deployment: "oci:ApiGateway/deployment:Deployment",
  certificate: "oci:ApiGateway/certificate:Certificate",
  usagePlan: "oci:ApiGateway/usagePlan:UsagePlan",
  application: "oci:Functions/application:Application",
  function: "oci:Functions/function:Function",
  log: "oci:Logging/log:Log",
  dynamicGroup: "oci:Identity/dynamicGroup:DynamicGroup",
  policy: "oci:Identity/policy:Policy",
} as const;
