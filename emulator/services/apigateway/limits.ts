/** Limits of API Gateway ("API Gateway Internal Limits", "Service Limits", "Creating an API Gateway"). */
export const apiGatewayLimits = {
  gatewaysPerRegion: 50,
  deploymentsPerGateway: 20,
  networkSecurityGroupsPerGateway: 5,
  /** Free addresses that the gateway's subnet needs; OCI keeps three of a subnet's addresses for itself. */
  freeAddressesInSubnet: 32,
  reservedAddressesInSubnet: 3,
  specificationBytes: 2 * 1024 * 1024,
} as const;
