import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { ServerlessApi } from "../../components/index.ts";
import { canary, findCanaries } from "../engine/canaries.ts";
import { minimal } from "./fixture.ts";
import { lateErrors } from "./recorder.ts";

const one = canary("wrong");
const { core, value } = one;
const digest = `sha256:${"a".repeat(64)}`;
const hello = (change: object) => ({ functions: { hello: change } });
const stock = (body: unknown) => ({ routes: { "GET /a": { kind: "stock", status: 200, body } } });
const http = (url: unknown) => ({ routes: { "GET /a": { kind: "http", url } } });
const image = (reference: string) => hello({ image: pulumi.secret(reference) });
const configured = (config: object) => hello({ ...minimal.functions.hello, config });
const setHeader = (value: unknown) => ({
  requestPolicies: {
    headerTransformations: { setHeaders: { items: [{ name: "X-Key", values: [value] }] } },
  },
});
const routed = (policies: object) => ({
  routes: { "GET /a": { kind: "function", function: "hello", ...policies } },
});
const token = (validationPolicy: object) => ({
  requestPolicies: {
    authentication: {
      type: "TOKEN_AUTHENTICATION",
      tokenHeader: "Authorization",
      tokenAuthScheme: "Bearer",
      validationPolicy,
    },
  },
});

/** Every input that takes an Output, with a secret that is wrong in it. */
const wrong: [name: string, change: object][] = [
  ["compartmentId", { compartmentId: pulumi.secret(value) }],
  ["tenancyId", { tenancyId: pulumi.secret(value) }],
  ["an image without a form", image(value)],
  ["an image without a tag", image(`fra.ocir.io/ns/${core}`)],
  ["an image's tag", image(`fra.ocir.io/ns/hello:1 ${core}@${digest}`)],
  ["an image's digest", image(`fra.ocir.io/ns/hello:1@sha256:${core}`)],
  ["an image's region", image(`iad.ocir.io/ns/${core}:1@${digest}`)],
  ["an image's registry", image(`${core}.example.com/ns/hello:1@${digest}`)],
  ["a function's OCID", hello({ functionId: pulumi.secret(value) })],
  [
    "a function's compartment",
    hello({ functionId: "ocid1.fnfunc.oc1.fra.a", compartmentId: pulumi.secret(value) }),
  ],
  ["an unprintable value of a configuration", configured({ KEY: pulumi.secret(`${value}\0`) })],
  ["a configuration that is too long", configured({ KEY: pulumi.secret(value.repeat(200)) })],
  ["an application's configuration", { application: { config: { KEY: pulumi.secret(`${value}\n`) } } }],
  ["an application's OCID", { application: { applicationId: pulumi.secret(value) } }],
  ["a gateway's OCID", { gateway: { gatewayId: pulumi.secret(value) } }],
  [
    "a gateway's compartment",
    { gateway: { gatewayId: "ocid1.apigateway.oc1.fra.a", compartmentId: pulumi.secret(`'{${value}`) } },
  ],
  ["a group's OCID", { access: { mode: "existing", groupId: pulumi.secret(value) } }],
  ["a statement", { access: { statements: [pulumi.secret(value)] } }],
  ["a log group", { logging: { logGroupId: pulumi.secret(value) } }],
  ["a body", stock(pulumi.secret(value.repeat(200)))],
  ["a URL's scheme", http(pulumi.secret(`ftp://${value}`))],
  ["a URL's parameter", http(pulumi.secret(`https://a.example/\${request.path[${core}]}`))],
  ["a URL's user", http(pulumi.secret(`https://ada:${core}@a.example/`))],
  ["a header's value", routed(setHeader(pulumi.secret(`${value}\r\n`)))],
  ["a header's variable", routed(setHeader(pulumi.secret(`\${request.nothing[${core}]}`)))],
  ["a key set's URL", token({ type: "REMOTE_JWKS", uri: pulumi.secret(`ftp://${value}`) })],
  [
    "a static key",
    token({ type: "STATIC_KEYS", keys: [{ format: "PEM", kid: "k", key: pulumi.secret(value) }] }),
  ],
  [
    "a client's secret",
    token({
      type: "REMOTE_DISCOVERY",
      sourceUriDetails: { type: "DISCOVERY_URI", uri: "https://a.example/.well-known" },
      clientDetails: {
        type: "CUSTOM",
        clientId: "shop",
        clientSecretId: pulumi.secret(value),
        clientSecretVersionNumber: 1,
      },
    }),
  ],
];

describe("a secret that is wrong", () => {
  it.each(wrong)("isn't shown: %s", async (_, change) => {
    const errors = await lateErrors(() => new ServerlessApi("api", { ...minimal, ...change } as never));
    expect(findCanaries([one], { errors: errors.join("\n") })).toEqual([]);
    expect(errors).not.toEqual([]);
  });

  it("of an image is told of at its key", async () => {
    const reference = `fra.ocir.io/ns/hello:1 ${core}@${digest}`;
    const shown = await lateErrors(
      () => new ServerlessApi("api", { ...minimal, ...image(reference) } as never),
    );
    expect(shown).toEqual([
      'function-app "api-functions": 1 problem\n  ✖ functions.hello.image: (secret) has a tag (secret) that isn\'t one; give registry, tag and digest, for example "fra.ocir.io/ns/api/hello:1.2@sha256:<64 hexadecimal digits>" [image-reference]',
    ]);
  });
});
