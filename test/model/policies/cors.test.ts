import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { checkCors } from "../../../components/model/policies/cors.ts";
import { lines, names } from "./checked.ts";

const check = (given: unknown) => lines(checkCors(given, "cors"));
const origins = { allowedOrigins: ["*"] };

// "Adding CORS support to API Deployments"; numbers: "API Gateway Internal Limits"
describe("CORS", () => {
  it.each<unknown>([
    origins,
    { allowedOrigins: ["null", "https://a.example", "http://b.example:8080"] },
    {
      ...origins,
      allowedMethods: ["*"],
      allowedHeaders: names(25),
      exposedHeaders: names(25),
      isAllowCredentialsEnabled: true,
      maxAgeInSeconds: 0,
    },
    { ...origins, allowedMethods: Array.from({ length: 50 }, () => "GET") },
  ])("[cors] [cors-origin] takes %.80j", (given) => {
    expect(check(given)).toEqual([]);
  });

  it.each<[unknown, string[]]>([
    [7, ["cors: must be an object; is 7 [cors]"]],
    [new Date(0), ["cors: must be an object; is an object [cors]"]],
    [{}, ["cors.allowedOrigins: is missing; must be a list [cors]"]],
    [{ allowedOrigins: [] }, ["cors.allowedOrigins: must have at least 1; has 0 [cors]"]],
    [{ allowedOrigins: "*" }, ["cors.allowedOrigins: must be a list; is a text [cors]"]],
    [
      { ...origins, allowedMethods: ["get"] },
      ['cors.allowedMethods[0]: is "get"; must be a method in upper case or "*", for example "GET" [cors]'],
    ],
    ...["1GET", "GET1", "GET,PUT", "*x"].map((method): [unknown, string[]] => [
      { ...origins, allowedMethods: [method] },
      [
        `cors.allowedMethods[0]: is "${method}"; must be a method in upper case or "*", for example "GET" [cors]`,
      ],
    ]),
    [
      { ...origins, allowedMethods: Array.from({ length: 51 }, () => "GET") },
      ["cors.allowedMethods: has 51; at most 50 are allowed [cors]"],
    ],
    [
      { ...origins, allowedHeaders: names(26), exposedHeaders: names(25) },
      ["cors: has 51 headers, allowed and exposed together; at most 50 are allowed [cors]"],
    ],
    [
      { ...origins, allowedHeaders: ["X A"] },
      ['cors.allowedHeaders[0]: is "X A"; must be the name of a header, for example "X-Id" [cors]'],
    ],
    [
      { ...origins, maxAgeInSeconds: 1.5, isAllowCredentialsEnabled: "no" },
      [
        "cors.isAllowCredentialsEnabled: must be true or false; is a text [cors]",
        "cors.maxAgeInSeconds: must be a whole number; is 1.5 [cors]",
      ],
    ],
    [{ ...origins, maxAgeInSeconds: -1 }, ["cors.maxAgeInSeconds: is -1; must be at least 0 [cors]"]],
    [
      { ...origins, maxAge: 1 },
      [
        "cors.maxAge: is not a setting; allowed are allowedOrigins, allowedMethods, allowedHeaders, exposedHeaders, isAllowCredentialsEnabled, maxAgeInSeconds [unsupported-setting]",
      ],
    ],
  ])("[cors] refuses %.80j", (given, expected) => {
    expect(check(given)).toEqual(expected);
  });

  it("[cors] says of an Output that it must be known when the program runs", () => {
    const later = "known when the program runs; is an Output or a promise [cors]";
    const given = {
      allowedOrigins: pulumi.output(["*"]),
      allowedMethods: [pulumi.output("GET")],
      allowedHeaders: pulumi.output(["x-a"]),
      maxAgeInSeconds: pulumi.output(1),
    };
    expect(check({ ...origins, allowedMethods: pulumi.output(["GET"]) })).toEqual([
      `cors.allowedMethods: must be a list, ${later}`,
    ]);
    expect(check(given)).toEqual([
      `cors.allowedOrigins: must be a list, ${later}`,
      `cors.allowedMethods[0]: must be a text, ${later}`,
      `cors.allowedHeaders: must be a list, ${later}`,
      `cors.maxAgeInSeconds: must be a number, ${later}`,
    ]);
  });

  const must = 'must be "*", "null", or scheme, host and port without a path, for example';
  it.each([
    ["shop.example.com", `is "shop.example.com"; ${must} "https://shop.example.com"`],
    ["https://a.example/", `is "https://a.example/"; ${must} "https://a.example"`],
    ["http://a.example/", `is "http://a.example/"; ${must} "http://a.example"`],
    ["xhttps://a.example", `is "xhttps://a.example"; ${must} "https://shop.example.com"`],
    ["xhttps://müller.example", `is "xhttps://müller.example"; ${must} "https://shop.example.com"`],
    ["https://müller.example?b", `is "https://müller.example?b"; ${must} "https://shop.example.com"`],
    ["https://müller.example:99999", `is "https://müller.example:99999"; ${must} "https://shop.example.com"`],
    ["http://müller.example/", `is "http://müller.example/"; ${must} "http://xn--mller-kva.example"`],
    ["https://a.example/b/c", `is "https://a.example/b/c"; ${must} "https://a.example"`],
    ["https://*.example.com", `is "https://*.example.com"; ${must} "https://shop.example.com"`],
    ["https://a.example?b", `is "https://a.example?b"; ${must} "https://shop.example.com"`],
    ["ftp://a.example", `is "ftp://a.example"; ${must} "https://shop.example.com"`],
    ["https://a.example:99999", `is "https://a.example:99999"; ${must} "https://shop.example.com"`],
    ["", `is ""; ${must} "https://shop.example.com"`],
    // Browsers send the name in Punycode; the gateway compares texts.
    [
      "https://müller.example:8443",
      `is "https://müller.example:8443"; ${must} "https://xn--mller-kva.example:8443"`,
    ],
    ["https://a.example!", `is "https://a.example!"; ${must} "https://shop.example.com"`],
  ])("[cors-origin] refuses %s", (origin, message) => {
    expect(check({ allowedOrigins: ["*", origin] })).toEqual([
      `cors.allowedOrigins[1]: ${message} [cors-origin]`,
    ]);
  });
});
