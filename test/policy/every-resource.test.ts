import { describeRules, unknown } from "./table.ts";

const compartmentId = "ocid1.compartment.oc1..bbbb";
const tenancy = "ocid1.tenancy.oc1..aaaa";
const one = (type: string, properties: object = {}, rest: object = {}) => ({
  type,
  name: "it",
  properties: { compartmentId, ...properties },
  ...rest,
});
const application = "oci:Functions/application:Application";
const bucket = "oci:ObjectStorage/bucket:Bucket";
const repository = "oci:Artifacts/containerRepository:ContainerRepository";
const inRoot = (noun: string) =>
  `${noun} "it": compartmentId is "${tenancy}"; give the OCID of a compartment below it, which begins with "ocid1.compartment.", or declare it: inRoot: ["it"]`;
const protectCure = 'give the resource option protect: true, or declare it: unprotected: ["it"]';
const production = { productionStacks: ["dev"] };
const needed = { freeformTags: ["team"], definedTags: ["Operations.CostCenter"] };

describeRules({
  "compartment-not-root": [
    { title: "in a compartment", resources: [one(application), one("oci:Core/vcn:Vcn")], says: [] },
    {
      title: "IAM, and what isn't OCI's",
      resources: [
        one("oci:Identity/policy:Policy", { compartmentId: tenancy }),
        one("random:index:Thing", { compartmentId: tenancy }),
        one(application, { compartmentId: null }),
      ],
      says: [],
    },
    {
      title: "declared",
      resources: [one(bucket, { compartmentId: tenancy })],
      config: { inRoot: ["it"] },
      says: [],
    },
    {
      title: "an application",
      resources: [one(application, { compartmentId: tenancy })],
      says: [inRoot("application")],
    },
    {
      title: "what no other rule knows",
      resources: [one("oci:Ons/notificationTopic:NotificationTopic", { compartmentId: tenancy })],
      says: [inRoot("notification topic")],
    },
    {
      title: "unknown",
      resources: [one(bucket, { compartmentId: unknown })],
      says: ['advisory: bucket "it" can\'t be judged yet: compartmentId is known only after pulumi up'],
    },
  ],
  "required-tags": [
    { title: "none required", resources: [one(application)], says: [] },
    {
      title: "all there, one by a value that isn't known yet",
      resources: [
        one(application, { freeformTags: { team: unknown }, definedTags: { "Operations.CostCenter": "42" } }),
      ],
      config: needed,
      says: [],
    },
    {
      title: "declared, and what takes no tags",
      resources: [
        one(application),
        one(
          "oci:Core/networkSecurityGroupSecurityRule:NetworkSecurityGroupSecurityRule",
          {},
          { name: "rule" },
        ),
      ],
      config: { ...needed, untagged: ["it"] },
      says: [],
    },
    {
      title: "none there",
      resources: [one(application)],
      config: needed,
      says: [
        'application "it": freeformTags.team isn\'t set; give it a value, or declare it: untagged: ["it"]',
        'application "it": definedTags.Operations.CostCenter isn\'t set; give it a value, or declare it: untagged: ["it"]',
      ],
    },
    {
      title: "another one",
      resources: [one(bucket, { freeformTags: { owner: "a" } })],
      config: { freeformTags: ["team"] },
      says: ['bucket "it": freeformTags.team isn\'t set; give it a value, or declare it: untagged: ["it"]'],
    },
    {
      title: "unknown",
      resources: [one(application, { freeformTags: unknown })],
      config: { freeformTags: ["team"] },
      says: ['application "it" can\'t be judged yet: freeformTags is known only after pulumi up'],
    },
  ],
  "production-protected": [
    { title: "not production", resources: [one(bucket)], says: [] },
    { title: "protected", resources: [one(bucket, {}, { protect: true })], config: production, says: [] },
    {
      title: "declared, and what holds no data",
      resources: [one(bucket), one(application)],
      config: { ...production, unprotected: ["it"] },
      says: [],
    },
    {
      title: "a bucket",
      resources: [one(bucket)],
      config: production,
      says: [`bucket "it": protect is false; ${protectCure}`],
    },
    {
      title: "a repository",
      resources: [one(repository), one(application)],
      config: production,
      says: [`container repository "it": protect is false; ${protectCure}`],
    },
  ],
});
