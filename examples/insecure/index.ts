// What not to do: every rule of the policy pack finds its mistake here, once. Each mistake stands below a line
// "✗ <rule>"; what the rule asks for instead is in docs/policy-pack.md. Some rules speak in production only, so the
// stack is prod. Don't bring it up.
import { Deployment } from "@pulumi/oci/apigateway/deployment.js";
import { Gateway } from "@pulumi/oci/apigateway/gateway.js";
import { ContainerRepository } from "@pulumi/oci/artifacts/containerRepository.js";
import { DefaultSecurityList } from "@pulumi/oci/core/defaultSecurityList.js";
import { NetworkSecurityGroup } from "@pulumi/oci/core/networkSecurityGroup.js";
import { SecurityList } from "@pulumi/oci/core/securityList.js";
import { Subnet } from "@pulumi/oci/core/subnet.js";
import { Vcn } from "@pulumi/oci/core/vcn.js";
import { Application } from "@pulumi/oci/functions/application.js";
import { Function as OciFunction } from "@pulumi/oci/functions/function.js";
import { DynamicGroup } from "@pulumi/oci/identity/dynamicGroup.js";
import { Policy } from "@pulumi/oci/identity/policy.js";
import { Log } from "@pulumi/oci/logging/log.js";
import { LogGroup } from "@pulumi/oci/logging/logGroup.js";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const compartmentId = config.require("compartmentId");
const tenancyId = new pulumi.Config("oci").require("tenancyOcid");
const freeformTags = { team: "shop" };

// Network.
const vcn = new Vcn("vcn", { compartmentId, cidrBlocks: ["10.2.0.0/16"], freeformTags });

new DefaultSecurityList("default", {
  manageDefaultResourceId: vcn.defaultSecurityListId,
  compartmentId,
  // ✗ network-default-list-closed: every subnet without a list of its own lets the internet in.
  ingressSecurityRules: [{ protocol: "6", source: "0.0.0.0/0", tcpOptions: { min: 443, max: 443 } }],
  freeformTags,
});

const open = new SecurityList("open", {
  compartmentId,
  vcnId: vcn.id,
  ingressSecurityRules: [
    // ✗ network-no-remote-access: SSH from everywhere.
    { protocol: "6", source: "0.0.0.0/0", tcpOptions: { min: 22, max: 22 } },
    // ✗ network-ingress-https-only: a port that no gateway listens on.
    { protocol: "6", source: "0.0.0.0/0", tcpOptions: { min: 8080, max: 8080 } },
  ],
  freeformTags,
});

const gatewaySubnet = new Subnet("gateways", {
  compartmentId,
  vcnId: vcn.id,
  cidrBlock: "10.2.0.0/24",
  securityListIds: [open.id],
  freeformTags,
});

// ✗ network-flow-log: nobody sees afterwards who connected to this one.
const functionsSubnet = new Subnet("functions", {
  compartmentId,
  vcnId: vcn.id,
  cidrBlock: "10.2.1.0/24",
  // ✗ network-functions-subnet-private: functions need no public addresses.
  prohibitPublicIpOnVnic: false,
  // ✗ network-subnet-own-list: no securityListIds, so the default list holds.
  freeformTags,
});

// Functions.
// ✗ production-protected: the images go with a changed name.
new ContainerRepository("images", {
  compartmentId,
  displayName: "shop/orders",
  // ✗ required-tags: no team.
});

// ✗ application-logs: what its functions write is kept nowhere.
// ✗ application-shape-set: images of an ARM laptop don't start.
// ✗ application-image-signature: whoever pushes an image runs code.
// ✗ function-tracing: the function below is traced, its application isn't.
const application = new Application("application", {
  compartmentId,
  displayName: "shop",
  subnetIds: [functionsSubnet.id],
  freeformTags,
});

// ✗ function-callable: the gateway leads to it, and no policy lets the gateway call it.
const orders = new OciFunction("orders", {
  applicationId: application.id,
  displayName: "orders",
  // ✗ function-image-region: iad is not the registry of eu-frankfurt-1.
  // ✗ function-image-pinned: no imageDigest, so the tag may be pushed again.
  // ✗ function-runtime-supported: Python 3.8 gets no updates any more.
  image: "iad.ocir.io/axaxnpcrorw5/shop/python3.8:1",
  memoryInMbs: "256",
  // ✗ function-limits-set: no timeoutInSeconds.
  // ✗ function-failure-destination: of a detached call that fails nobody hears.
  detachedModeTimeoutInSeconds: 600,
  // ✗ function-config-no-secrets: whoever may read the function reads it.
  config: { DB_PASSWORD: "not-a-real-one" },
  traceConfig: { isEnabled: true },
  freeformTags,
});

// Gateways.
// ✗ gateway-network-security-group: the subnet's lists alone decide who gets in.
// ✗ gateway-custom-domain: callers know it by Oracle's host name.
const gateway = new Gateway("gateway", {
  compartmentId,
  // ✗ gateway-private-endpoint: open to the internet, and nobody declared it.
  endpointType: "PUBLIC",
  subnetId: gatewaySubnet.id,
  freeformTags,
});

const callers = new NetworkSecurityGroup("callers", { compartmentId, vcnId: vcn.id, freeformTags });

// ✗ gateway-deployment: answers nothing, costs money.
new Gateway("idle", {
  compartmentId,
  endpointType: "PRIVATE",
  subnetId: gatewaySubnet.id,
  networkSecurityGroupIds: [callers.id],
  certificateId: config.require("certificateId"),
  freeformTags,
});

// ✗ deployment-logs: there is an execution log below, but no access log.
const deployment = new Deployment("deployment", {
  compartmentId,
  gatewayId: gateway.id,
  pathPrefix: "/v1",
  specification: {
    // ✗ rate-limit: no rateLimiting among these.
    requestPolicies: {
      authentication: {
        type: "TOKEN_AUTHENTICATION",
        tokenHeader: "Authorization",
        tokenAuthScheme: "Bearer",
        isAnonymousAccessAllowed: true,
        // ✗ identity-provider-https: whoever answers in its place signs tokens.
        validationPolicy: { type: "REMOTE_JWKS", uri: "http://idp.example.com/jwks" },
      },
      cors: {
        // ✗ cors-any-origin: every web page may call.
        // ✗ cors-any-with-credentials: and does so as the visitor.
        allowedOrigins: ["*"],
        isAllowCredentialsEnabled: true,
      },
      // ✗ mutual-tls: asked for, and not required.
      mutualTls: { isVerifiedCertificateRequired: false },
    },
    routes: [
      {
        // ✗ anonymous-routes-declared: open, and nobody declared it.
        path: "/news",
        methods: ["GET"],
        backend: { type: "STOCK_RESPONSE_BACKEND", status: 200, body: "none" },
        requestPolicies: { authorization: { type: "ANONYMOUS" } },
      },
      {
        // ✗ validation-present: any body reaches the function.
        path: "/orders",
        methods: ["POST"],
        backend: { type: "ORACLE_FUNCTIONS_BACKEND", functionId: orders.id },
      },
      {
        path: "/orders/{id}",
        methods: ["GET"],
        backend: { type: "ORACLE_FUNCTIONS_BACKEND", functionId: orders.id },
        requestPolicies: {
          // ✗ validation-enforced: in production it lets everything through.
          headerValidations: { headers: [{ name: "X-Shop", required: true }], validationMode: "PERMISSIVE" },
          // ✗ cache-authorization: the next caller is given the orders of the one before.
          responseCacheLookup: {
            type: "SIMPLE_LOOKUP_POLICY",
            isEnabled: true,
            isPrivateCachingEnabled: true,
          },
        },
      },
      {
        path: "/prices",
        methods: ["GET"],
        // ✗ backend-https: tokens go over the network in the clear.
        backend: { type: "HTTP_BACKEND", url: "http://prices.example.com/" },
      },
      {
        path: "/stock",
        methods: ["GET"],
        // ✗ tls-verification: anybody may be stock.example.com.
        backend: { type: "HTTP_BACKEND", url: "https://stock.example.com/", isSslVerifyDisabled: true },
      },
      {
        // ✗ routes-shadowed: stands above already.
        path: "/prices",
        methods: ["GET"],
        backend: { type: "STOCK_RESPONSE_BACKEND", status: 410 },
      },
    ],
  },
  freeformTags,
});

// Logs.
// ✗ compartment-not-root: nobody can be given rights on this group alone.
const logGroup = new LogGroup("logs", { compartmentId: tenancyId, displayName: "shop", freeformTags });
const logOf = (service: string, category: string, resource: pulumi.Input<string>) => ({
  logGroupId: logGroup.id,
  displayName: category,
  logType: "SERVICE",
  isEnabled: true,
  configuration: { compartmentId, source: { sourceType: "OCISERVICE", service, category, resource } },
  freeformTags,
});
new Log("execution", logOf("apigateway", "execution", deployment.id));
new Log("connections", logOf("flowlogs", "all", gatewaySubnet.id));

// Access.
new DynamicGroup("functions", {
  // ✗ iam-dynamic-group-in-root: OCI keeps dynamic groups nowhere else.
  compartmentId,
  name: "shop-functions",
  description: "Functions of the shop",
  // ✗ iam-dynamic-group-scoped: every function of the tenancy.
  // ✗ iam-no-fnfunction: but not even that, for a function's type is fnfunc.
  matchingRule: "resource.type = 'fnfunction'",
  freeformTags,
});

const where = `in compartment id ${compartmentId}`;
new Policy("access", {
  compartmentId,
  name: "shop-access",
  description: "Who may do what in the shop",
  statements: [
    // ✗ iam-any-user-conditions: everybody who is signed in, every resource of the tenancy.
    `Allow any-user to read objects ${where}`,
    // ✗ iam-no-all-resources: whatever OCI has or will have.
    `Allow group Developers to use all-resources ${where}`,
    // ✗ iam-manage-declared: whoever only deploys need not delete.
    `Allow group Developers to manage functions-family ${where}`,
    // ✗ iam-tenancy-wide-declared: other teams' logs too.
    "Allow group Developers to read logging-family in tenancy",
    // ✗ iam-policy-readable: OCI knows no verb "look".
    `Allow group Developers to look buckets ${where}`,
  ],
  freeformTags,
});

export const endpoint = deployment.endpoint;
