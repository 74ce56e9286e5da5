/** Names of the official provider's clients, which it looks for in `CLIENT_HOST_OVERRIDES`. */
const clients = [
  "oci_identity.IdentityClient",
  "oci_core.VirtualNetworkClient",
  "oci_functions.FunctionsManagementClient",
  "oci_functions.FunctionsInvokeClient",
  "oci_apigateway.ApiGatewayClient",
  "oci_apigateway.GatewayClient",
  "oci_apigateway.DeploymentClient",
  "oci_apigateway.UsagePlansClient",
  "oci_apigateway.SubscribersClient",
  "oci_apigateway.WorkRequestsClient",
  "oci_logging.LoggingManagementClient",
  "oci_monitoring.MonitoringClient",
  "oci_ons.NotificationControlPlaneClient",
  "oci_ons.NotificationDataPlaneClient",
  "oci_dns.DnsClient",
  "oci_nosql.NosqlClient",
  "oci_artifacts.ArtifactsClient",
  "oci_certificates_management.CertificatesManagementClient",
  "oci_object_storage.ObjectStorageClient",
];

/** Sends every client of the official provider to one address; services that it doesn't model refuse by name. */
export function clientHostOverrides(url: string): string {
  return clients.map((name) => `${name}=${url}`).join(";");
}
