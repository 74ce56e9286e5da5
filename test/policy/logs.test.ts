import { deployment, describeRules, unknown } from "./table.ts";

const log = (category: string, of: unknown, rest: object = {}) => ({
  type: "oci:Logging/log:Log",
  name: `${category}-log`,
  properties: {
    logType: "SERVICE",
    configuration: {
      source: {
        sourceType: "OCISERVICE",
        service: category === "invoke" ? "functions" : "apigateway",
        category,
        resource: of === "deployment" || of === "application" ? unknown : of,
      },
    },
    ...rest,
  },
  ...(of === "deployment" || of === "application" ? { uses: { configuration: [of] } } : {}),
});
const application = (properties: object = {}) => ({
  type: "oci:Functions/application:Application",
  name: "application",
  properties: { displayName: "shop", ...properties },
});
const add = (category: string, service: string, of: string) =>
  `${of} "${of}": the ${category} log isn't set; add a Log whose configuration.source is {sourceType: "OCISERVICE", service: "${service}", category: "${category}", resource: ${of}.id}, or declare it: ${of}s: ["${of}"]`;
const both = [log("access", "deployment"), log("execution", "deployment")];

describeRules({
  "deployment-logs": [
    { title: "both, before ids are known", resources: [deployment(), ...both], says: [] },
    {
      title: "both, by ids",
      resources: [
        { ...deployment({}, { id: "ocid1.apideployment.a" }) },
        log("access", "ocid1.apideployment.a"),
        log("execution", "ocid1.apideployment.a"),
      ],
      says: [],
    },
    {
      title: "both, one that may be switched off",
      resources: [
        deployment(),
        log("access", "deployment", { isEnabled: unknown }),
        log("execution", "deployment", { isEnabled: true }),
      ],
      says: [],
    },
    { title: "an exception", resources: [deployment()], config: { deployments: ["deployment"] }, says: [] },
    {
      title: "none",
      resources: [deployment()],
      says: [add("access", "apigateway", "deployment"), add("execution", "apigateway", "deployment")],
    },
    {
      title: "one of another deployment, one that is switched off",
      resources: [
        deployment(),
        log("access", "ocid1.apideployment.b"),
        log("execution", "deployment", { isEnabled: false }),
      ],
      says: [
        add("access", "apigateway", "deployment"),
        'deployment "deployment": isEnabled of the execution log "execution-log" is false; set isEnabled: true, or declare it: deployments: ["deployment"]',
      ],
    },
    {
      title: "what looks like a log and isn't one",
      resources: [deployment(), ...both.map((one) => ({ ...one, type: "oci:Logging/other:Other" }))],
      config: { categories: ["execution"] },
      says: [add("execution", "apigateway", "deployment")],
    },
    ...[{ configuration: unknown }, { configuration: { source: unknown } }].map((properties, index) => ({
      title: `a log of which not even the category is known (${index})`,
      resources: [deployment(), log("access", unknown, properties)],
      config: { categories: ["execution"] },
      says: [
        'deployment "deployment" can\'t be judged yet: what the log "access-log" is of is known only after pulumi up',
      ],
    })),
    {
      title: "a log of nobody knows what yet",
      resources: [deployment(), log("access", unknown)],
      config: { categories: ["access"] },
      says: [
        'deployment "deployment" can\'t be judged yet: what the log "access-log" is of is known only after pulumi up',
      ],
    },
  ],
  "application-logs": [
    { title: "an invoke log", resources: [application(), log("invoke", "application")], says: [] },
    { title: "an exception", resources: [application()], config: { applications: ["app*"] }, says: [] },
    { title: "none", resources: [application()], says: [add("invoke", "functions", "application")] },
    {
      title: "only logs of the gateway",
      resources: [deployment(), application({ id: "ocid1.fnapp.a" }), ...both],
      says: [add("invoke", "functions", "application")],
    },
  ],
});
