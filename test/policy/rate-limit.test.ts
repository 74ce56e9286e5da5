import { deployment, describeRules, unknown } from "./table.ts";

const limited = (rate: unknown) =>
  deployment({ requestPolicies: { rateLimiting: { rateInRequestsPerSecond: rate, rateKey: "CLIENT_IP" } } });
const says = [
  'deployment "deployment": specification.requestPolicies.rateLimiting isn\'t set; set one, for example rateLimiting: {rateInRequestsPerSecond: 50, rateKey: "CLIENT_IP"}, or declare it: deployments: ["deployment"]',
];

describeRules({
  "rate-limit": [
    { title: "a rate limit", resources: [limited(50)], says: [] },
    {
      title: "a usage plan",
      resources: [
        deployment({ requestPolicies: { usagePlans: { tokenLocations: ["request.headers[x-key]"] } } }),
      ],
      says: [],
    },
    {
      title: "the highest rate",
      resources: [limited(50)],
      config: { maxRateInRequestsPerSecond: 50 },
      says: [],
    },
    { title: "an exception", resources: [deployment()], config: { deployments: ["dep*ment"] }, says: [] },
    { title: "none", resources: [deployment()], says },
    { title: "other policies", resources: [deployment({ requestPolicies: { cors: {} } })], says },
    {
      title: "a rate that is too high",
      resources: [limited(51)],
      config: { maxRateInRequestsPerSecond: 50 },
      says: [
        'deployment "deployment": specification.requestPolicies.rateLimiting.rateInRequestsPerSecond is 51; give at most 50, or declare it: deployments: ["deployment"]',
      ],
    },
    {
      title: "an unknown rate",
      resources: [limited(unknown)],
      says: [
        'deployment "deployment" can\'t be judged yet: specification.requestPolicies.rateLimiting.rateInRequestsPerSecond is known only after pulumi up',
      ],
    },
  ],
});
