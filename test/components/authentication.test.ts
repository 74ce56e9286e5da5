import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { ServerlessApi, type ServerlessApiArgs } from "../../components/index.ts";
import { image, minimal, types } from "./fixture.ts";
import { lateErrors, run, unknown } from "./recorder.ts";

type Functions = "hello" | "authorizer";

const withAuthorizer = {
  ...minimal,
  functions: { hello: { image }, authorizer: { image } },
  requestPolicies: {
    authentication: {
      type: "CUSTOM_AUTHENTICATION",
      function: "authorizer",
      parameters: { key: "request.headers[X-Api-Key]" },
    },
  },
} satisfies ServerlessApiArgs<Functions>;

// "Using Authorizer Functions to Add Authentication and Authorization to API Deployments"
describe("an authorizer that is a function of the API", () => {
  it("may be called by the gateway, and the deployment waits for that", async () => {
    const args = { ...withAuthorizer, access: { scope: "functions" } } satisfies ServerlessApiArgs<Functions>;
    const { one, options } = await run(() => new ServerlessApi<Functions>("api", args));
    const ids = "target.function.id = 'ocid1.fnfunc.oc1..api-functions-";
    const { statements } = one(types.policy).inputs;
    expect(statements.filter((text: string) => text.includes(`${ids}authorizer'`))).not.toEqual([]);
    expect(options["api-deployment"]?.dependsOn).toEqual([
      "api-access-group",
      "api-access-policy",
      "api-functions-authorizer",
      "api-functions-hello",
      "api-gateway",
    ]);
    const { requestPolicies } = one(types.deployment).inputs.specification;
    expect(requestPolicies.authentication.functionId).toBe("ocid1.fnfunc.oc1..api-functions-authorizer");
  });

  it("has its application and policy when no route leads to a function", async () => {
    const args = {
      ...withAuthorizer,
      functions: { authorizer: { image } },
      routes: { "GET /health": { kind: "stock", status: 200 } },
    } satisfies ServerlessApiArgs<"authorizer">;
    const { one, resources } = await run(() => new ServerlessApi<"authorizer">("api", args));
    expect(one(types.function).name).toBe("api-functions-authorizer");
    expect(resources.filter(({ type }) => type === types.policy)).toHaveLength(1);
  });

  it("leaves routes open only where they are ANONYMOUS, and the outputs say so", async () => {
    const health = { kind: "stock", status: 200 } as const;
    const routes = {
      "GET /hello": "hello",
      "GET /health": { ...health, requestPolicies: { authorization: { type: "ANONYMOUS" } } },
      "GET /mine": { ...health, requestPolicies: { authorization: { type: "AUTHENTICATION_ONLY" } } },
    } as const;
    const { requestPolicies, ...open } = withAuthorizer;
    const { authentication } = requestPolicies;
    const allowing = { authentication: { ...authentication, isAnonymousAccessAllowed: true } };
    const closed = { ...open, routes, requestPolicies: allowing } satisfies ServerlessApiArgs<Functions>;
    const openRoutes = { "GET /hello": "hello", "GET /health": health } as const;
    const anonymityOf = async (args: ServerlessApiArgs<Functions>) => {
      const { outputs } = await run(() => new ServerlessApi<Functions>("api", args));
      return outputs.api.routes.map((one: { path: string; isAnonymous: boolean }) => [
        one.path,
        one.isAnonymous,
      ]);
    };
    expect(await anonymityOf(closed)).toEqual([
      ["/hello", false],
      ["/health", true],
      ["/mine", false],
    ]);
    expect(await anonymityOf({ ...open, routes: openRoutes })).toEqual([
      ["/hello", true],
      ["/health", true],
    ]);
  });

  it("has an id that a preview doesn't know yet", async () => {
    const { one } = await run(() => new ServerlessApi<Functions>("api", withAuthorizer), { isPreview: true });
    const { requestPolicies } = one(types.deployment).inputs.specification;
    expect(requestPolicies.authentication.functionId).toBe("<unknown>");
  });

  it("is a key of functions, or the program doesn't compile", () => {
    const wrong: () => ServerlessApiArgs<Functions> = () => ({
      ...withAuthorizer,
      requestPolicies: {
        // @ts-expect-error there is no such function
        authentication: { type: "CUSTOM_AUTHENTICATION", function: "authoriser", tokenHeader: "X-Api-Key" },
      },
    });
    expect(wrong).toBeTypeOf("function");
  });
});

describe("values of an authentication that are known later", () => {
  const withKeys = (uri: pulumi.Input<string>, key: pulumi.Input<string>): ServerlessApiArgs => ({
    ...minimal,
    requestPolicies: {
      dynamicAuthentication: {
        selectionSource: { type: "SINGLE", selector: "request.host" },
        authenticationServers: [
          {
            key: { type: "ANY_OF", name: "remote", values: ["a.example"] },
            authenticationServerDetail: {
              type: "TOKEN_AUTHENTICATION",
              tokenHeader: "Authorization",
              tokenAuthScheme: "Bearer",
              validationPolicy: { type: "REMOTE_JWKS", uri },
            },
          },
          {
            key: { type: "ANY_OF", name: "static", isDefault: true },
            authenticationServerDetail: {
              type: "JWT_AUTHENTICATION",
              tokenQueryParam: "token",
              issuers: ["https://idp.example.com"],
              audiences: ["shop"],
              publicKeys: { type: "STATIC_KEYS", keys: [{ format: "PEM", kid: "k", key }] },
            },
          },
        ],
      },
    },
  });

  it("are checked when they resolve, at their own keys, without being shown", async () => {
    const errors = await lateErrors(
      () =>
        new ServerlessApi(
          "api",
          withKeys(pulumi.output("ftp://hidden"), pulumi.secret("-----BEGIN PRIVATE KEY-----hidden")),
        ),
    );
    const at = "requestPolicies.dynamicAuthentication.authenticationServers";
    expect(errors.toSorted()).toEqual([
      `serverless-api "api": 1 problem\n  ✖ ${at}[0].authenticationServerDetail.validationPolicy.uri: must be a URL that begins with "https://", for example "https://idp.example.com/keys" [authentication-uri]`,
      `serverless-api "api": 1 problem\n  ✖ ${at}[1].authenticationServerDetail.publicKeys.keys[0].key: must be a public RSA key in PEM, from "-----BEGIN PUBLIC KEY-----" to "-----END PUBLIC KEY-----", as "openssl rsa -in private.pem -pubout" prints it [authentication-key]`,
    ]);
  });

  it("pass while they are unknown", async () => {
    const { one } = await run(() => new ServerlessApi("api", withKeys(unknown(), unknown())), {
      isPreview: true,
    });
    const { authenticationServers } = one(types.deployment).inputs.specification.requestPolicies
      .dynamicAuthentication;
    expect(authenticationServers[0].authenticationServerDetail.validationPolicy).toEqual({
      type: "REMOTE_JWKS",
      uri: "<unknown>",
      isSslVerifyDisabled: false,
      maxCacheDurationInHours: 1,
    });
  });
});
