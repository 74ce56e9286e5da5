import fc from "fast-check";
import { expect, it } from "vitest";
import { lintApi } from "../../../components/model/lint.ts";
import { checkAuthentication } from "../../../components/model/policies/authentication.ts";
import { checkDynamicAuthentication } from "../../../components/model/policies/dynamic-authentication.ts";
import { RouteKey } from "../../../components/model/routes.ts";
import { rules } from "../../../components/model/rules.ts";

const any = fc.anything({ withNullPrototype: true, withDate: true, withMap: true, withBigInt: true });
const maybe = (value: unknown) => fc.oneof(any, fc.constant(value));

/** Policies of which any part may be of any kind. */
const authentication = fc.oneof(
  any,
  fc.record(
    {
      type: fc.constantFrom("TOKEN_AUTHENTICATION", "JWT_AUTHENTICATION", "CUSTOM_AUTHENTICATION"),
      tokenHeader: maybe("Authorization"),
      tokenQueryParam: maybe("t"),
      parameters: maybe({ a: "request.host" }),
      cacheKey: maybe(["a"]),
      function: maybe("a"),
      functionId: any,
      isAnonymousAccessAllowed: maybe(true),
      validationPolicy: fc.oneof(
        any,
        fc.record({
          type: maybe("STATIC_KEYS"),
          keys: fc.oneof(
            any,
            fc.array(fc.oneof(any, fc.record({ format: maybe("PEM"), kid: any, key: any }))),
          ),
        }),
      ),
      validationFailurePolicy: fc.oneof(
        any,
        fc.record({ type: maybe("MODIFY_RESPONSE"), responseCode: any, responseHeaderTransformations: any }),
      ),
    },
    { requiredKeys: ["type"] },
  ),
);
const servers = fc.oneof(
  any,
  fc.array(fc.oneof(any, fc.record({ key: any, authenticationServerDetail: authentication }))),
);
const dynamicAuthentication = fc.oneof(
  any,
  fc.record({
    selectionSource: fc.oneof(any, fc.record({ type: maybe("SINGLE"), selector: maybe("request.auth[a]") })),
    authenticationServers: servers,
  }),
);

it("whatever stands for an authentication is told about, and never throws", () => {
  fc.assert(
    fc.property(authentication, (given) => {
      for (const { key, rule } of checkAuthentication(given, "a")) {
        expect([key.slice(0, 1), Object.hasOwn(rules, rule)]).toEqual(["a", true]);
      }
    }),
  );
});

it("whatever stands for a choice of servers is told about, and never throws", () => {
  fc.assert(
    fc.property(dynamicAuthentication, (given) => {
      for (const { key, rule } of checkDynamicAuthentication(given, "d")) {
        expect([key.slice(0, 1), Object.hasOwn(rules, rule)]).toEqual(["d", true]);
      }
    }),
  );
});

it("whatever stands for policies is looked at beside routes, and never throws", () => {
  const { route } = RouteKey.parse("GET /a/{id}");
  if (route === undefined) throw new Error("no route");
  const policies = fc.oneof(
    any,
    fc.record({ authentication, dynamicAuthentication, cors: any, authorization: any }),
  );
  fc.assert(
    fc.property(policies, policies, (requestPolicies, own) => {
      const routes = [{ route, requestPolicies: own, functionKeys: [] }];
      lintApi({ requestPolicies, routes, functionKeys: [] });
    }),
  );
});
