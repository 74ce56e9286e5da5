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
  domainDynamicGroup: "oci:Identity/domainsDynamicResourceGroup:DomainsDynamicResourceGroup",
  policy: "oci:Identity/policy:Policy",
  vcn: "oci:Core/vcn:Vcn",
  subnet: "oci:Core/subnet:Subnet",
  securityList: "oci:Core/securityList:SecurityList",
  defaultSecurityList: "oci:Core/defaultSecurityList:DefaultSecurityList",
  networkSecurityGroupRule: "oci:Core/networkSecurityGroupSecurityRule:NetworkSecurityGroupSecurityRule",
} as const;

/** What holds data, keys or images that no deployment brings back. */
export const statefulTypes: readonly string[] = [
  "oci:Artifacts/containerRepository:ContainerRepository",
  "oci:Nosql/table:Table",
  "oci:ObjectStorage/bucket:Bucket",
  "oci:Database/autonomousDatabase:AutonomousDatabase",
  "oci:Kms/vault:Vault",
  "oci:Kms/key:Key",
  "oci:Vault/secret:Secret",
];

/** What an API is made of and takes tags. */
export const taggedTypes: readonly string[] = [
  types.gateway,
  types.deployment,
  types.certificate,
  types.usagePlan,
  types.application,
  types.function,
  types.log,
  types.dynamicGroup,
  types.policy,
  types.vcn,
  types.subnet,
  types.securityList,
  "oci:ApiGateway/api:Api",
  "oci:ApiGateway/subscriber:Subscriber",
  "oci:Core/internetGateway:InternetGateway",
  "oci:Core/natGateway:NatGateway",
  "oci:Core/networkSecurityGroup:NetworkSecurityGroup",
  "oci:Core/routeTable:RouteTable",
  "oci:Core/serviceGateway:ServiceGateway",
  "oci:Logging/logGroup:LogGroup",
  ...statefulTypes,
];
