import { describeRules, unknown } from "./table.ts";

const digest = `sha256:${"a".repeat(64)}`;
const image = "fra.ocir.io/ns/shop/hello:1.2";
const func = (properties: object = {}, name = "hello") => ({
  type: "oci:Functions/function:Function",
  name,
  properties: {
    applicationId: unknown,
    displayName: name,
    memoryInMbs: "256",
    timeoutInSeconds: 30,
    image,
    imageDigest: digest,
    ...properties,
  },
});
const application = (properties: object = {}) => ({
  type: "oci:Functions/application:Application",
  name: "shop",
  properties: { displayName: "shop", subnetIds: [unknown], shape: "GENERIC_X86", ...properties },
});
const vault = (key: string) =>
  `keep it in a vault, configure its OCID (${key}_OCID: "ocid1.vaultsecret…") and read it with the function's own rights, or declare it: allowedKeys: ["${key}"]`;
const unpinned = 'or declare it: unpinned: ["hello"]';
const digestCure = `give the image's digest, "sha256:<64 hexadecimal digits>", as docker push prints it, ${unpinned}`;
const imageCure = `give registry, repository and tag, for example "fra.ocir.io/namespace/shop/hello:1.2", ${unpinned}`;
const later = (key: string) => `function "hello" can't be judged yet: ${key} is known only after pulumi up`;
const detached = { detachedModeTimeoutInSeconds: 600 };
const destinationCure =
  'give failureDestination { kind: "NOTIFICATION", topicId: <OCID of a topic> }, or one of kind "QUEUE" or "STREAM", or declare it: unnoticed: ["hello"]';
const inProduction = { productionStacks: ["dev"] };
const frankfurt = "ocid1.fnapp.oc1.eu-frankfurt-1.aaaa";
const vaultSecret = "ocid1.vaultsecret.oc1.iad.aaaa";

describeRules({
  "function-config-no-secrets": [
    { title: "no configuration", resources: [func(), application()], says: [] },
    {
      title: "references and plain settings",
      resources: [
        func({ config: { LOG_LEVEL: "info", DB_PASSWORD: vaultSecret } }),
        application({ config: { TOKEN_URL: "https://idp.example.com/token" } }),
      ],
      says: [],
    },
    { title: "what isn't a text", resources: [func({ config: { DB_PASSWORD: 1, TOKEN: null } })], says: [] },
    {
      title: "declared",
      resources: [func({ config: { APP_KEYS: "a:b" } })],
      config: { allowedKeys: ["APP_*"] },
      says: [],
    },
    {
      title: "by name in a function, by form in an application: the value is not shown",
      resources: [
        func({ config: { DB_PASSWORD: "hunter2", LOG_LEVEL: "info" } }),
        application({ config: { DATABASE_URL: "postgres://shop:hunter2@db/shop" } }),
      ],
      says: [
        `function "hello": config.DB_PASSWORD is "<what the name calls a secret>"; ${vault("DB_PASSWORD")}`,
        `application "shop": config.DATABASE_URL is "<a URL with a password>"; ${vault("DATABASE_URL")}`,
      ],
    },
    {
      title: "a value is unknown",
      resources: [func({ config: { A: unknown, TOKEN: "abc" } })],
      says: [
        `advisory: ${later("config.A")}`,
        `function "hello": config.TOKEN is "<what the name calls a secret>"; ${vault("TOKEN")}`,
      ],
    },
  ],
  "function-image-pinned": [
    { title: "tag and digest", resources: [func()], says: [] },
    {
      title: "one of Oracle's own",
      resources: [
        func({
          image: null,
          imageDigest: null,
          sourceDetails: { sourceType: "PRE_BUILT_FUNCTIONS", pbfListingId: "ocid1.pbflisting.oc1..a" },
        }),
      ],
      says: [],
    },
    {
      title: "declared",
      resources: [func({ imageDigest: null })],
      config: { unpinned: ["hello"] },
      says: [],
    },
    {
      title: "no digest",
      resources: [func({ imageDigest: null })],
      says: [`function "hello": imageDigest isn't set; ${digestCure}`],
    },
    {
      title: "more than a digest",
      resources: [func({ imageDigest: `x${digest}` }), func({ imageDigest: `${digest}0` })],
      says: [
        `function "hello": imageDigest is "x${digest}"; ${digestCure}`,
        `function "hello": imageDigest is "${digest}0"; ${digestCure}`,
      ],
    },
    {
      title: "a short digest",
      resources: [func({ imageDigest: "sha256:abc" })],
      says: [`function "hello": imageDigest is "sha256:abc"; ${digestCure}`],
    },
    {
      title: "no tag",
      resources: [func({ image: "fra.ocir.io/ns/shop/hello" })],
      says: [`function "hello": image is "fra.ocir.io/ns/shop/hello"; it has no tag: ${imageCure}`],
    },
    {
      title: "no image",
      resources: [func({ image: null })],
      says: [`function "hello": image isn't set; it is missing: ${imageCure}`],
    },
    {
      title: "an unknown digest",
      resources: [func({ imageDigest: unknown })],
      says: [`advisory: ${later("imageDigest")}`],
    },
  ],
  "function-image-region": [
    { title: "the application's region", resources: [func({ applicationId: frankfurt })], says: [] },
    {
      title: "a region of old, by its key",
      resources: [func({ applicationId: "ocid1.fnapp.oc1.iad.aaaa", image: "iad.ocir.io/ns/a:1" })],
      says: [],
    },
    { title: "the given region", resources: [func()], config: { region: "eu-frankfurt-1" }, says: [] },
    {
      title: "no image, one of Oracle's own, and an application of nobody knows which region",
      resources: [
        func({ applicationId: frankfurt, image: null }),
        func({ applicationId: frankfurt, image: "docker.io/a:1", sourceDetails: { pbfListingId: "a" } }),
        func({ applicationId: "application", image: "docker.io/ns/a:1" }),
        func({ applicationId: null, image: "docker.io/ns/a:1" }),
      ],
      says: [],
    },
    {
      title: "a region of old, by its key, and an image of another one",
      resources: [func({ applicationId: "ocid1.fnapp.oc1.iad.aaaa" })],
      says: [
        `function "hello": image is "${image}"; it is in the registry of eu-frankfurt-1: push it to the registry of us-ashburn-1`,
      ],
    },
    {
      title: "another region than the application's",
      resources: [func({ applicationId: frankfurt, image: "iad.ocir.io/ns/a:1" })],
      says: [
        'function "hello": image is "iad.ocir.io/ns/a:1"; it is in the registry of us-ashburn-1: push it to the registry of eu-frankfurt-1',
      ],
    },
    {
      title: "no registry of OCI",
      resources: [func({ image: "docker.io/ns/a:1" })],
      config: { region: "eu-frankfurt-1" },
      says: [
        'function "hello": image is "docker.io/ns/a:1"; it is not in OCI\'s Container Registry: push it to the registry of eu-frankfurt-1',
      ],
    },
    { title: "the region is unknown", resources: [func()], says: [`advisory: ${later("applicationId")}`] },
  ],
  "function-runtime-supported": [
    // "Languages Supported by OCI Functions"
    { title: "supported, by name", resources: [func({ image: "fra.ocir.io/ns/python3.12:1" })], says: [] },
    { title: "the name doesn't tell", resources: [func({ image: "fra.ocir.io/ns/node-3:16" })], says: [] },
    {
      title: "allowed",
      resources: [func({ image: "fra.ocir.io/ns/node:20" })],
      config: { allowed: ["node20"] },
      says: [],
    },
    {
      title: "python 3.8",
      resources: [func({ image: "fra.ocir.io/ns/shop-python3.8:1" })],
      says: [
        'function "hello": image is "fra.ocir.io/ns/shop-python3.8:1"; python3.8 is deprecated: build on a version that is supported, or declare it: allowed: ["python3.8"]',
      ],
    },
    { title: "no language in the name", resources: [func(), func({ image: null })], says: [] },
    ...[
      // "Languages Supported by OCI Functions"
      ...["3.6", "3.7", "3.8", "3.9"].map((version) => [`ns/python:${version}`, `python${version}`]),
      ...["2.5", "2.7", "3.1"].map((version) => [`ns/ruby:${version}`, `ruby${version}`]),
      ...["1.11", "1.15", "1.18", "1.19", "1.20"].map((version) => [`ns/go:${version}`, `go${version}`]),
      ...["11", "14", "16", "18", "20"].map((version) => [`ns/nodejs:${version}.1`, `node${version}`]),
      ...["3.1", "6.0"].map((version) => [`ns/dotnet:${version}`, `dotnet${version}`]),
      ["python3.8", "python3.8"],
      ["fra.ocir.io/ns/node:16", "node16"],
      ["fra.ocir.io/ns/go1.19:2", "go1.19"],
      ["fra.ocir.io/ns/RUBY_v2.7", "ruby2.7"],
      ["fra.ocir.io/ns/hello:1-dotnet3.1", "dotnet3.1"],
    ].map(([name, runtime]) => ({
      title: `${name}`,
      resources: [func({ image: name })],
      says: [
        `function "hello": image is "${name}"; ${runtime} is deprecated: build on a version that is supported, or declare it: allowed: ["${runtime}"]`,
      ],
    })),
    {
      title: "node 16.20",
      resources: [func({ image: "fra.ocir.io/ns/nodejs:16.20" })],
      says: [
        'function "hello": image is "fra.ocir.io/ns/nodejs:16.20"; node16 is deprecated: build on a version that is supported, or declare it: allowed: ["node16"]',
      ],
    },
    { title: "an unknown image", resources: [func({ image: unknown })], says: [later("image")] },
  ],
  "function-limits-set": [
    { title: "both", resources: [func()], says: [] },
    {
      title: "slow, declared",
      resources: [func({ timeoutInSeconds: 300 })],
      config: { maxTimeoutInSeconds: 60, slowFunctions: ["hello"] },
      says: [],
    },
    {
      title: "none",
      resources: [func({ timeoutInSeconds: null, memoryInMbs: null })],
      says: [
        'function "hello": memoryInMbs isn\'t set; give one of 128, 256, 512, 1024, 2048, 3072',
        'function "hello": timeoutInSeconds isn\'t set; give 5 to 300 seconds; without it 30 hold',
      ],
    },
    {
      title: "as slow as is allowed",
      resources: [func({ timeoutInSeconds: 60 })],
      config: { maxTimeoutInSeconds: 60 },
      says: [],
    },
    {
      title: "too slow",
      resources: [func({ timeoutInSeconds: 61 })],
      config: { maxTimeoutInSeconds: 60 },
      says: [
        'function "hello": timeoutInSeconds is 61; give at most 60, or declare it: slowFunctions: ["hello"]',
      ],
    },
    {
      title: "an unknown time-out",
      resources: [func({ timeoutInSeconds: unknown })],
      says: [later("timeoutInSeconds")],
    },
  ],
  "function-tracing": [
    { title: "not production", resources: [func(), application()], says: [] },
    {
      title: "traced",
      resources: [func({ traceConfig: { isEnabled: true } })],
      config: inProduction,
      says: [],
    },
    { title: "declared", resources: [func()], config: { ...inProduction, untraced: ["*"] }, says: [] },
    {
      title: "a function",
      resources: [func({ traceConfig: { isEnabled: false } })],
      config: inProduction,
      says: [
        'function "hello": traceConfig.isEnabled is false; give traceConfig { isEnabled: true }; the application\'s must be enabled too, or declare it: untraced: ["hello"]',
      ],
    },
    {
      title: "an application",
      resources: [application()],
      config: inProduction,
      says: [
        'application "shop": traceConfig.isEnabled isn\'t set; give traceConfig { isEnabled: true, domainId: <OCID of an APM domain> }, or declare it: untraced: ["shop"]',
      ],
    },
  ],
  "function-failure-destination": [
    { title: "no detached calls", resources: [func(), func({ detachedModeTimeoutInSeconds: 0 })], says: [] },
    {
      title: "a queue",
      resources: [func({ ...detached, failureDestination: { kind: "QUEUE", queueId: unknown } })],
      says: [],
    },
    { title: "declared", resources: [func(detached)], config: { unnoticed: ["hell*"] }, says: [] },
    {
      title: "none",
      resources: [func(detached)],
      says: [`function "hello": failureDestination.kind isn't set; ${destinationCure}`],
    },
    {
      title: "none, and says so",
      resources: [func({ ...detached, failureDestination: { kind: "none" } })],
      says: [`function "hello": failureDestination.kind is "none"; ${destinationCure}`],
    },
    {
      title: "unknown",
      resources: [
        func({ detachedModeTimeoutInSeconds: unknown }),
        func({ ...detached, failureDestination: unknown }),
      ],
      says: [later("detachedModeTimeoutInSeconds"), later("failureDestination")],
    },
  ],
  "application-image-signature": [
    { title: "not production", resources: [application()], says: [] },
    {
      title: "signed images only",
      resources: [application({ imagePolicyConfig: { isPolicyEnabled: true } })],
      config: inProduction,
      says: [],
    },
    {
      title: "no policy",
      resources: [application()],
      config: inProduction,
      says: [
        'application "shop": imagePolicyConfig.isPolicyEnabled isn\'t set; give imagePolicyConfig { isPolicyEnabled: true, keyDetails: [{ kmsKeyId: <OCID of a key> }] }, or declare it: unsigned: ["shop"]',
      ],
    },
    {
      title: "switched off",
      resources: [application({ imagePolicyConfig: { isPolicyEnabled: false } })],
      config: inProduction,
      says: [
        'application "shop": imagePolicyConfig.isPolicyEnabled is false; give imagePolicyConfig { isPolicyEnabled: true, keyDetails: [{ kmsKeyId: <OCID of a key> }] }, or declare it: unsigned: ["shop"]',
      ],
    },
  ],
  "application-shape-set": [
    { title: "chosen", resources: [application()], says: [] },
    { title: "ARM", resources: [application({ shape: "GENERIC_ARM" })], says: [] },
    {
      title: "absent",
      resources: [application({ shape: null })],
      says: [
        'application "shop": shape isn\'t set; give the one that the images are built for: "GENERIC_X86", "GENERIC_ARM" or "GENERIC_X86_ARM"',
      ],
    },
    {
      title: "absent, beside one that is right",
      resources: [application(), { ...application({ shape: null }), name: "other" }],
      says: [
        'application "other": shape isn\'t set; give the one that the images are built for: "GENERIC_X86", "GENERIC_ARM" or "GENERIC_X86_ARM"',
      ],
    },
  ],
});
