import { describe, expect, it } from "vitest";
import { unknownMessage } from "../../settings/unknown.ts";
import { allFields } from "../cases/fields.ts";
import { stepsOf } from "../cases/variants.ts";
import { problemsOf } from "./fixture.ts";

describe("an unknown key", () => {
  it.each([
    ["shop:comparmentId", "x", "is unknown; did you mean compartmentId?"],
    ["shop:PathPrefix", "/", "is unknown; did you mean pathPrefix?"],
    [
      "shop:colour",
      "red",
      "is unknown; known here: compartmentId, homeRegion, pathPrefix, network, gateway, application, functions, access, logging, readiness, protect, registryUsername, registryAuthToken, freeformTags",
    ],
    [
      "shop:region",
      "eu-frankfurt-1",
      "isn't a setting here: the region is the provider's own key, oci:region",
    ],
    ["shop:tenancyId", "x", "isn't a setting here: the tenancy is the provider's own key, oci:tenancyOcid"],
    ["oci:regoin", "eu-frankfurt-1", "is unknown; did you mean region?"],
    [
      "shop:cors",
      "{}",
      "isn't a setting here: CORS stands in the program, under requestPolicies of the API or of a route",
    ],
    [
      "shop:authorization",
      "{}",
      "isn't a setting here: authorization stands in the program, under requestPolicies of a route",
    ],
    [
      "shop:rateLimiting",
      "{}",
      "isn't a setting here: the rate limit stands in the program, under requestPolicies",
    ],
    [
      "shop:specification",
      "./api.json",
      "isn't a setting here: a deployment specification stands in the program, as an argument of the ServerlessApi",
    ],
    ["shop:logs", "{}", "isn't a setting here: which logs there are is logging"],
    ["shop:customDomain", "x", "isn't a setting here: custom domains aren't supported yet"],
    [
      "shop:toString",
      "x",
      "is unknown; known here: compartmentId, homeRegion, pathPrefix, network, gateway, application, functions, access, logging, readiness, protect, registryUsername, registryAuthToken, freeformTags",
    ],
  ])("%s", (key, value, message) => {
    expect(problemsOf({ [key]: value })).toBe(`  ✖ ${key} ${message}\n      pulumi config rm ${key} -s dev`);
  });

  it.each([
    [
      "gateway",
      { endpoint: "PUBLIC" },
      "endpoint",
      "is unknown; known here: endpointType, displayName, networkSecurityGroupIds, gatewayId, compartmentId",
    ],
    ["gateway", { endpointtype: "PUBLIC" }, "endpointtype", "is unknown; did you mean endpointType?"],
    [
      "gateway",
      { certificateId: "x" },
      "certificateId",
      "isn't a setting here: certificates aren't supported yet",
    ],
    [
      "functions",
      { hello: { memory: 256 } },
      "hello.memory",
      "is unknown; known here: source, image, functionId, compartmentId, memoryInMBs, timeoutInSeconds, config",
    ],
    [
      "functions",
      { hello: { timeoutInSecond: 30 } },
      "hello.timeoutInSecond",
      "is unknown; did you mean timeoutInSeconds?",
    ],
    [
      "functions",
      { hello: { archive: "x" } },
      "hello.archive",
      "isn't a setting here: functions from ZIP archives aren't supported by the provider; give source or image",
    ],
    ["functions", { helo: {} }, "helo", "isn't a function of the program; it declares hello, echo"],
    ["access", { scop: "functions" }, "scop", "is unknown; did you mean scope?"],
  ])("%s %j", (key, value, path, message) => {
    expect(problemsOf({ [`shop:${key}`]: value })).toBe(
      `  ✖ shop:${key}.${path} ${message}\n      pulumi config rm --path shop:${key}.${path} -s dev`,
    );
  });
});

it("nothing is called unsupported that the component has", () => {
  const names = new Set([
    "specification",
    "logging",
    ...allFields.flatMap(({ at }) => stepsOf(at).map(String)),
  ]);
  expect(names).toContain("dynamicAuthentication");
  expect([...names].filter((name) => unknownMessage(name, []).includes("supported yet"))).toEqual([]);
});
