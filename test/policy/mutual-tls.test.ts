import { deployment, describeRules, unknown } from "./table.ts";

const tls = (mutualTls: object) => deployment({ requestPolicies: { mutualTls } });
const asked = { deployments: ["dep*"] };
const key = "specification.requestPolicies.mutualTls.isVerifiedCertificateRequired";
const cure =
  "set mutualTls: {isVerifiedCertificateRequired: true}, and the CA of the clients in the gateway's caBundles";

describeRules({
  "mutual-tls": [
    { title: "nobody asked", resources: [deployment()], says: [] },
    {
      title: "asked and required",
      resources: [tls({ isVerifiedCertificateRequired: true })],
      config: asked,
      says: [],
    },
    {
      title: "asked, not there",
      resources: [deployment()],
      config: asked,
      says: [`deployment "deployment": ${key} isn't set; ${cure}`],
    },
    {
      title: "there, not required",
      resources: [tls({ isVerifiedCertificateRequired: false, allowedSans: ["*.example.com"] })],
      says: [`deployment "deployment": ${key} is false; ${cure}`],
    },
    {
      title: "unknown",
      resources: [tls({ isVerifiedCertificateRequired: unknown })],
      says: [`advisory: deployment "deployment" can't be judged yet: ${key} is known only after pulumi up`],
    },
  ],
});
