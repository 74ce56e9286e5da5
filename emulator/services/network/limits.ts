/** Networking limits ("VCNs and Subnets", "Security Lists", "Network Security Groups", "Service Limits"). */
export const networkLimits = {
  vcnPrefixLength: { min: 16, max: 30 },
  subnetPrefixLength: { max: 30 },
  cidrBlocksPerVcn: 5,
  securityListsPerSubnet: 5,
  rulesPerSecurityList: 200,
  rulesPerRouteTable: 200,
  rulesPerNetworkSecurityGroup: 120,
  rulesPerCall: 25,
  dnsLabelLength: 15,
  descriptionLength: { min: 1, max: 255 },
} as const;
